import Kernel
import Testing

@testable import HTTPAPI
@testable import Views

/// Goods that are tracked one by one, from the dock to the shopper and back.
@Suite struct SerialRoutesTests {
    @Test func `a serial is scanned at the dock, packed, sold and comes back; what was never sold is found out`() async throws {
        try await withNetwork { network, client in
            let world = try await StateWorld(network, client)
            let watches = try await Watches(world)
            #expect(try await watches.receive(["A1", "A2", "A3"]).status == 201)
            #expect(try await watches.receive(["A4", "A4"]).code == "receipt.serials_wrong")
            #expect(try await watches.receive(["A4", "A1"]).code == "receipt.serial_in_stock")
            let first = try await watches.picked(), second = try await watches.picked()
            #expect(try await watches.pack(first, []).code == "packing.serial_missing")
            #expect(try await watches.pack(first, ["A1", "A2"]).code == "packing.serial_missing")
            #expect(try await watches.pack(first, ["Z9"]).code == "packing.serial_unknown")
            #expect(try await watches.pack(first, [" A1"]).code == "packing.serial_invalid")
            #expect(try await watches.story("A1")["state"] == "in_stock")
            try await watches.send(first, "A1")
            #expect(try await watches.pack(second, ["A1"]).code == "packing.serial_not_here")
            try await watches.send(second, "A2")
            let sold = try await watches.story("A1")
            #expect(sold["state"] == "gone" && sold["order"]?.string == first["order"])
            #expect(sold.list("steps").map { $0["reason"] } == ["receive", "pack", "deliver"])
            // A false one, then the one of the other order, then the right one.
            #expect(try await watches.comesBack(first, "FALSE") == "counterfeit")
            #expect(try await watches.comesBack(first, "A2") == "wrong")
            #expect(try await watches.comesBack(first, "A1") == "as_announced")
            #expect(try await watches.story("A1")["state"] == "in_stock")
            #expect(try await client.with(key: network.tokens.otherMerchant).send("GET", "/v1/serials/A1").status == 404)
            let report = try AuditRun.run(SerialChecks.all + [StockChecks.onHand], read: network.store.readBlocking)
            #expect(report.findings.map(\.sentence) == [])
        }
    }

    @Test func `goods whose serials nobody has scanned get them when they are packed`() async throws {
        try await withNetwork { network, client in
            let watches = try await Watches(try await StateWorld(network, client))
            #expect(try await watches.receive([], quantity: 1).status == 201)
            #expect(try await watches.receive(["B1"]).status == 201)
            let first = try await watches.picked(), second = try await watches.picked()
            try await watches.send(first, "NEW-1")
            // The one that is left is known.
            #expect(try await watches.pack(second, ["NEW-2"]).code == "packing.serial_unknown")
            try await watches.send(second, "B1")
            #expect(try await watches.story("NEW-1").list("steps").map { $0["reason"] } == ["pack", "deliver"])
        }
    }
}

/// A SKU that is tracked by serial.
private struct Watches {
    let world: StateWorld
    let sku: String

    init(_ world: StateWorld) async throws {
        self.world = world
        let size: JSON = ["length": 100, "width": 90, "height": 80]
        let watch: JSON = [
            "code": "WATCH-1", "name": "Watch", "serial_tracked": true,
            "packaging": [["kind": "each", "size_mm": size, "weight_g": 250]],
        ]
        let path = "/v1/merchants/\(world.network.merchants[0])/skus"
        let saved = try await world.merchant.call("PUT", path, ["skus": [watch]], expecting: 200)
        sku = try #require(saved.list("items").first).text("sku")
    }

    func receive(_ serials: [String], quantity: Int64? = nil) async throws -> Reply {
        let announced: JSON = [
            "site": world.here, "number": .string(world.number), "expected_at": .string("\(Instant.wallClock + .days(1))"),
            "lines": [["sku": "WATCH-1", "quantity": 5]],
        ]
        let asn = try await world.merchant.call("POST", "/v1/asns", announced, expecting: 201).text("id")
        let line: JSON = [
            "sku": .string(sku), "quantity": .int(quantity ?? Int64(serials.count)), "serials": .array(serials.map(JSON.string)),
        ]
        let reply = try await world.post(
            world.site, "/v1/asns/\(asn)/receipts", ["dock": .id(world.network.docks[0]), "lines": [line]])
        for task in reply.status == 201 ? try reply.json.list("tasks") : [] {
            let body: JSON = ["task": task, "location": .id(world.network.bins[0])]
            _ = try await world.site.call("POST", "/v1/putaways", body, expecting: 204)
        }
        // What did not come is not waited for.
        _ = try await world.site.call("POST", "/v1/asns/\(asn)/closing", expecting: nil)
        return reply
    }

    func picked() async throws -> Thing {
        let placed = try await world.place("WATCH-1")
        try await world.release()
        try await world.pick(placed)
        return placed
    }

    func pack(_ thing: Thing, _ serials: [String]) async throws -> Reply {
        let fulfillment = JSON.string(thing["id"] ?? "")
        let scan: JSON = ["fulfillment_order": fulfillment, "sku": .string(sku), "serials": .array(serials.map(JSON.string))]
        let body: JSON = ["fulfillment_orders": [fulfillment], "serials": serials.isEmpty ? [] : [scan]]
        return try await world.post(world.site, "/v1/packings", body)
    }

    func send(_ thing: Thing, _ serial: String) async throws {
        let reply = try await pack(thing, [serial])
        #expect(reply.status == 201, "\(reply.body)")
        try await world.ship(thing)
        try await world.report("delivered", world.parcel(of: thing))
    }

    func story(_ serial: String) async throws -> JSON {
        let found = try await world.merchant.call("GET", "/v1/serials/\(serial)", expecting: 200)
        return try #require(found.list("items").first)
    }

    /// What the desk makes of a unit that is said to be of an order.
    func comesBack(_ thing: Thing, _ serial: String) async throws -> JSON? {
        let item: JSON = ["sku": .string(sku), "quantity": 1, "serials": [.string(serial)]]
        let body: JSON = ["site": world.here, "code": .string(thing["order"] ?? ""), "items": [item]]
        let receipt = try await world.site.call("POST", "/v1/return-receipts", body, expecting: 201)
        return receipt.list("goods").first?["finding"]
    }
}
