import Kernel
import Testing

@testable import HTTPAPI

/// From nothing to the door, over HTTP alone.
@Suite struct RoutesWalkTests {
    @Test func `an order goes from placing to the door`() async throws {
        try await withNetwork { network, client in
            var walk = RoutesWalk(network, client)
            try await walk.openStock()
            try await walk.place("A-1001")
            try await walk.pack()
            try await walk.weighAndLabel()
            try await walk.handOver()
            try await walk.deliver()
            try await walk.check()
        }
    }

    @Test func `a cancelled parcel's scan says pull`() async throws {
        try await withNetwork { network, client in
            var walk = RoutesWalk(network, client)
            try await walk.openStock()
            try await walk.place("A-1002")
            try await walk.pack()
            try await walk.weighAndLabel()
            let merchant = client.with(key: network.tokens.merchant), site = client.with(key: network.tokens.site)
            let answer = try await merchant.call(
                "POST", "/v1/orders/\(walk.order)/cancellations", ["reason": "Changed my mind"], expecting: 201)
            #expect(answer["answer"] == "accepted")
            let scan = try await site.call("GET", "/v1/scans/\(walk.number)", expecting: 200)
            #expect(scan["instruction"] == "pull")
            let weighing = try await site.send(
                "POST", "/v1/weighings", [:], Array(#"{"weights":[{"parcel":"\#(walk.parcel)","weight_g":500}]}"#.utf8))
            #expect(weighing.status == 409)
            #expect(weighing.code == "parcel.pull")
            let tasks = try await site.call("GET", "/v1/sites/\(network.sites[0])/tasks?kind=unpick", expecting: 200)
            let task = try #require(tasks.list("items").first).text("id")
            let putaway: JSON = ["task": .string(task), "location": .id(network.bins[0])]
            _ = try await site.call("POST", "/v1/putaways", putaway, expecting: 204)
            let stock = try await merchant.call("GET", "/v1/stock?code=MUG-1", expecting: 200)
            #expect(stock.list("items").first?["available_to_promise"] == 10)
        }
    }
}

/// One order on its way.
struct RoutesWalk {
    let network: RoutesNetwork
    let merchant: PlainClient
    let site: PlainClient
    let carrier: PlainClient
    var order = "", fulfillment = "", parcel = "", number = "", expected: Int64 = 0

    init(_ network: RoutesNetwork, _ client: PlainClient) {
        self.network = network
        merchant = client.with(key: network.tokens.merchant)
        site = client.with(key: network.tokens.site)
        carrier = client.with(key: network.tokens.carrier)
    }

    func openStock() async throws {
        let line: JSON = ["sku": .id(network.skus[0][0]), "location": .id(network.bins[0]), "quantity": 10]
        _ = try await site.call("POST", "/v1/stock/openings", ["lines": [line]], expecting: 204)
        let promise = try await merchant.call("POST", "/v1/promises", RoutesBodies.promise, expecting: 200)
        #expect(promise["available"] == 1)
        #expect(promise["promised_by"]?.string != nil)
    }

    mutating func place(_ name: String) async throws {
        let placed = try await merchant.call("POST", "/v1/orders", RoutesBodies.order(name), expecting: 201)
        order = try placed.text("id")
        #expect(placed["reserved"] == 1)
        let details = try await merchant.call("GET", "/v1/orders/\(order)", expecting: 200)
        #expect(details.list("lines").first?.list("components").first?["reserved"] == 1)
        #expect(details["money"]?["total"]?["minor"] == 1496)
        let recipient = try await merchant.call("GET", "/v1/orders/\(order)/recipient", expecting: 200)
        #expect(recipient["name"] == "Ada Muster")
    }

    mutating func pack() async throws {
        let base = "/v1/sites/\(network.sites[0])"
        let wave = try await site.call("POST", base + "/waves", ["until": "2099-01-01T00:00:00Z"], expecting: 201)
        #expect(wave["tasks"] == 1)
        let tasks = try await site.call("GET", base + "/tasks?kind=pick", expecting: 200)
        let tote = try #require(try await site.call("POST", base + "/totes", ["count": 1], expecting: 201).list("totes").first)
        let results = try tasks.list("items").map { task -> JSON in
            ["task": .string(try task.text("id")), "quantity": task["quantity"] ?? .null]
        }
        _ = try await site.call("POST", "/v1/picks", ["tote": tote, "results": .array(results)], expecting: 204)
        let picked = try await site.call("GET", base + "/fulfillment-orders?state=picked", expecting: 200)
        fulfillment = try #require(picked.list("items").first).text("id")
        let packed = try await site.call(
            "POST", "/v1/packings", ["fulfillment_orders": [.string(fulfillment)]], expecting: 201)
        let first = try #require(packed.list("parcels").first)
        parcel = try first.text("id")
        expected = try #require(first["expected_g"]?.int)
    }

    mutating func weighAndLabel() async throws {
        try await network.buyLabels()
        let weights: JSON = ["weights": [["parcel": .string(parcel), "weight_g": .int(expected)]]]
        let weighed = try await site.call("POST", "/v1/weighings", weights, expecting: 200)
        #expect(weighed.list("items").first?["is_within_tolerance"] == true)
        let labelled = try await merchant.call("GET", "/v1/parcels/\(parcel)", expecting: 200)
        #expect(labelled["state"] == "labelled")
        number = try #require(labelled.list("labels").first).text("number")
        let pdf = try await site.send("GET", "/v1/parcels/\(parcel)/label.pdf")
        #expect(pdf.status == 200)
        #expect(pdf.body.hasPrefix("%PDF"))
        let zpl = try await site.send("GET", "/v1/parcels/\(parcel)/label.zpl")
        #expect(zpl.body.hasPrefix("^XA"))
        #expect(zpl.body.contains("Ada Muster"))
        let slip = try await site.send("GET", "/v1/parcels/\(parcel)/packing-slip.pdf")
        #expect(slip.status == 200)
        let scan = try await site.call("GET", "/v1/scans/\(try labelled.text("code"))", expecting: 200)
        #expect(scan["instruction"] == "hand_over")
    }

    func handOver() async throws {
        #expect(try await carrier.send("GET", "/v1/parcels/\(parcel)").status == 404)
        let body: JSON = ["site": .id(network.sites[0]), "service": .id(network.service)]
        let handed = try await site.call("POST", "/v1/handovers", body, expecting: 201)
        #expect(try handed.list("parcels").first?.text("number") == number)
        #expect(try await carrier.send("GET", "/v1/parcels/\(parcel)").status == 200)
    }

    func deliver() async throws {
        let now = Instant(micros: Instant.wallClock.micros / 1_000_000 * 1_000_000)
        let updates = ["in_transit", "out_for_delivery", "delivered"].enumerated().map { index, code -> JSON in
            ["number": .string(number), "code": .string(code), "at": .string("\(now - .minutes(3 - index))")]
        }
        for known in [0, 3] {
            let taken = try await carrier.call(
                "POST", "/v1/tracking-updates", ["updates": .array(updates.reversed())], expecting: 200)
            #expect(taken["known"]?.int == Int64(known))
        }
        let way = try await merchant.call("GET", "/v1/tracking/\(number)", expecting: 200)
        #expect(way["state"] == "delivered")
        #expect(way.list("reports").count == 3)
    }

    func check() async throws {
        let details = try await merchant.call("GET", "/v1/orders/\(order)", expecting: 200)
        #expect(details["state"] == "delivered")
        let story = try await merchant.call("GET", "/v1/orders/\(order)/events", expecting: 200).list("items")
        let types = story.compactMap { $0["type"]?.string }
        #expect(types.first == "order.placed")
        #expect(types.contains("parcel.handed_over"))
        #expect(!story.map(\.text).joined().contains("Ada"))
    }
}
