import Kernel
import Testing

@testable import HTTPAPI

/// An order that was delivered and came back, over HTTP alone; its goods wait for a grade and its refund is due.
struct RoutesReturn {
    let order: String
    let component: String
    let rma: String
    let code: String
    let goods: String
    let refund: String

    init(_ walk: inout RoutesWalk, _ number: String) async throws {
        try await walk.place(number)
        try await walk.pack()
        try await walk.weighAndLabel()
        try await walk.handOver()
        try await walk.deliver()
        order = walk.order
        let (merchant, site) = (walk.merchant, walk.site)
        let details = try await merchant.call("GET", "/v1/orders/\(order)", expecting: 200)
        component = try #require(details.list("lines").first?.list("components").first).text("id")
        let item: JSON = ["component": .string(component), "quantity": 1, "reason": "damaged"]
        let asked: JSON = ["order_number": .string(number), "number": .string("R-\(number)"), "items": [item]]
        let answer = try await merchant.call("POST", "/v1/returns", asked, expecting: 201)
        #expect(answer["state"] == "authorised")
        #expect(answer["expected"]?["total"]?["minor"] == 1496)
        (rma, code) = (try answer.text("id"), try answer.text("code"))
        let handed: JSON = ["site": .id(walk.network.sites[0]), "codes": [.string(code)]]
        _ = try await site.call("POST", "/v1/return-drop-offs", handed, expecting: 200)
        let receipt: JSON = [
            "site": .id(walk.network.sites[0]), "code": .string(code),
            "items": [["sku": .id(walk.network.skus[0][0]), "quantity": 1]],
        ]
        let taken = try await site.call("POST", "/v1/return-receipts", receipt, expecting: 201)
        #expect(taken["kind"] == "known")
        goods = try #require(taken.list("goods").first).text("id")
        try await walk.network.grantReturns()
        refund = try #require(try await merchant.call("GET", "/v1/refunds?state=due", expecting: 200).list("items").first).text("id")
    }
}

@Suite struct RoutesReturnTests {
    @Test func `an order comes back, is graded and refunded`() async throws {
        try await withNetwork { network, client in
            var walk = RoutesWalk(network, client)
            try await walk.openStock()
            let merchant = client.with(key: network.tokens.merchant), site = client.with(key: network.tokens.site)
            let terms: JSON = ["terms": ["refund_on": "receipt", "window_days": 14]]
            _ = try await merchant.call("PUT", "/v1/return-policies", terms, expecting: 204)
            let policies = try await merchant.call("GET", "/v1/return-policies", expecting: 200)
            #expect(policies.list("items").first?["terms"]?["window_days"] == 14)
            let back = try await RoutesReturn(&walk, "B-1")
            let results: JSON = ["results": [["goods": .string(back.goods), "grade": "A"]]]
            let graded = try await site.call("POST", "/v1/return-inspections", results, expecting: 200)
            let task = try #require(graded.list("items").first).text("task")
            let putaway: JSON = ["task": .string(task), "location": .id(network.bins[0])]
            _ = try await site.call("POST", "/v1/putaways", putaway, expecting: 204)
            let sent = try await merchant.call("PUT", "/v1/refunds/\(back.refund)/sending", ["reference": "PSP-1"], expecting: 200)
            #expect(sent["state"] == "sent")
            let again = try await merchant.send(
                "PUT", "/v1/refunds/\(back.refund)/sending", [:], Array(#"{"reference":"PSP-1"}"#.utf8))
            #expect(again.status == 409 && again.code == "refund.not_due")
            let order = try await merchant.call("GET", "/v1/orders/\(back.order)", expecting: 200)
            #expect(order["state"] == "returned" && order["payment"] == "refunded")
            #expect(order.list("returns").first?["state"] == "closed")
            let stock = try await merchant.call("GET", "/v1/stock?code=MUG-1", expecting: 200)
            #expect(stock.list("items").first?["available_to_promise"] == 10)
            let item: JSON = ["component": .string(back.component), "quantity": 1, "reason": "late"]
            let late: JSON = ["order": .string(back.order), "number": "R-2", "items": [item]]
            let more = try await merchant.send("POST", "/v1/returns", [:], Array(late.text.utf8))
            #expect(more.status == 409 && more.code == "return.nothing_paid")
        }
    }
}
