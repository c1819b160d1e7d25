import Edges
import Flows
import Foundation
import Kernel
import Store
import Testing

@testable import HTTPAPI
@testable import Views

/// Where things with states are made and acted upon.
struct StateWorld: Sendable {
    let network: RoutesNetwork
    let chief: PlainClient
    let merchant: PlainClient
    let site: PlainClient
    let partner: PlainClient
    let carrier: PlainClient
    let tote: JSON
    private let tables: [StoredTable]

    init(_ network: RoutesNetwork, _ client: PlainClient) async throws {
        self.network = network
        chief = client.with(key: network.tokens.operator)
        merchant = client.with(key: network.tokens.merchant)
        site = client.with(key: network.tokens.site)
        partner = client.with(key: network.tokens.partner)
        carrier = client.with(key: network.tokens.carrier)
        // Leases are kept by the clock and not by what is asked.
        tables = try StoredTables.after(RoutesNetwork.migrations + StoreSchema.migrations).filter { $0.name != "node" }
        try await network.stock(0, 5000)
        let totes = try await site.call("POST", "/v1/sites/\(network.sites[0])/totes", ["count": 1], expecting: 201)
        tote = try #require(totes.list("totes").first)
    }

    var here: JSON { .id(network.sites[0]) }

    /// A number that nothing else has.
    var number: String { UUID().uuidString }

    /// The rows of every table, as one hash a table.
    func everything() async throws -> [String: Int] {
        let tables = tables
        return try await network.store.read { tx in
            var all: [String: Int] = [:]
            for table in tables {
                var reader = try TableReader(table), hash = Hasher()
                while case let rows = try reader.next(on: tx.connection), !rows.isEmpty { hash.combine("\(rows)") }
                all[table.name] = hash.finalize()
            }
            return all
        }
    }

    func state(of thing: Thing, _ machine: StateMachine) async throws -> String {
        let id = try raw(thing, "id")
        return try #require(
            await find("SELECT \(machine.state) FROM \(verbatim: machine.table) WHERE \(verbatim: machine.key) = \(id)", as: String.self))
    }

    func find<T: SQLValue & Sendable>(_ sql: SQL, as type: T.Type = T.self) async throws -> T? {
        try await network.store.read { try $0.value(sql, as: type) }
    }

    func raw(_ thing: Thing, _ name: String) throws -> Int64 {
        let text = try #require(thing[name])
        // Whatever kind of id it is.
        let digits = try #require(text.split(separator: "_").last)
        return try #require(OrderID("ord_" + digits)).raw
    }

    func post(_ client: PlainClient, _ path: String, _ body: JSON? = nil) async throws -> Reply {
        try await client.send("POST", path, [:], body.map { Array($0.text.utf8) })
    }

    func put(_ client: PlainClient, _ path: String, _ body: JSON) async throws -> Reply {
        try await client.send("PUT", path, [:], Array(body.text.utf8))
    }
}

/// What orders go through on the floor of the first site.
extension StateWorld {
    func place(_ sku: String = "MUG-1", quantity: Int64 = 1) async throws -> Thing {
        let placed = try await merchant.call(
            "POST", "/v1/orders", RoutesBodies.order(number, sku: sku, quantity: quantity), expecting: 201)
        return try await fulfillment(of: placed.text("id"))
    }

    /// The one fulfillment order of an order.
    func fulfillment(of order: String) async throws -> Thing {
        let raw = try raw(["id": order], "id")
        let fulfillment: FulfillmentID = try #require(await find("SELECT id FROM fulfillment_order WHERE order_id = \(raw)"))
        let component: ComponentID = try #require(await find("SELECT id FROM order_component WHERE order_id = \(raw)"))
        return ["id": fulfillment.description, "order": order, "component": component.description]
    }

    func release() async throws {
        _ = try await site.call("POST", "/v1/sites/\(network.sites[0])/waves", ["until": "2099-01-01T00:00:00Z"], expecting: 201)
    }

    func task(_ thing: Thing, _ kind: String = "pick") async throws -> JSON {
        let fulfillment = try raw(thing, "id")
        let id: TaskID? = try await find(
            "SELECT id FROM task WHERE fulfillment_order = \(fulfillment) AND kind = \(kind) ORDER BY id DESC LIMIT 1")
        return .id(try #require(id))
    }

    func pick(_ task: JSON, _ quantity: Int64) async throws -> Reply {
        try await post(site, "/v1/picks", ["tote": tote, "results": [["task": task, "quantity": .int(quantity)]]])
    }

    func pick(_ thing: Thing) async throws {
        let reply = try await pick(task(thing), 1)
        #expect(reply.status == 204, "\(reply.body)")
    }

    func pack(_ fulfillment: String) async throws -> Reply {
        try await post(site, "/v1/packings", ["fulfillment_orders": [.string(fulfillment)]])
    }

    /// The order in a parcel.
    func packed() async throws -> Thing {
        try await packed(place())
    }

    func packed(_ placed: Thing) async throws -> Thing {
        var thing = placed
        try await release()
        try await pick(thing)
        let parcel = try #require(try await pack(thing["id"] ?? "").json.list("parcels").first)
        thing["fulfillment"] = thing["id"]
        (thing["id"], thing["weight"]) = (try parcel.text("id"), "\(parcel["expected_g"]?.int ?? 0)")
        return thing
    }

    func weigh(_ thing: Thing) async throws -> Reply {
        let weight = Int64(thing["weight"] ?? "") ?? 0
        return try await post(
            site, "/v1/weighings", ["weights": [["parcel": .string(try #require(thing["id"])), "weight_g": .int(weight)]]])
    }

    func label(_ thing: Thing) async throws {
        try await network.buyLabels()
        _ = try await weigh(thing)
    }

    func handOver() async throws {
        _ = try await site.call("POST", "/v1/handovers", ["site": here, "service": .id(network.service)], expecting: 201)
    }

    /// The courier tells of a parcel.
    func report(_ code: String, _ thing: Thing) async throws {
        let parcel = try raw(thing, "id")
        let number: String = try #require(await find("SELECT number FROM label WHERE parcel = \(parcel) AND state = 'current'"))
        try await Task.sleep(for: .milliseconds(2))
        let update: JSON = ["number": .string(number), "code": .string(code), "at": .string("\(Instant.wallClock)")]
        let taken = try await carrier.call("POST", "/v1/tracking-updates", ["updates": [update]], expecting: 200)
        #expect(taken["recorded"] == 1)
    }

    /// The parcel of a packed fulfillment order.
    func parcel(of fulfillment: Thing) async throws -> Thing {
        let id = try raw(fulfillment, "id")
        let found = try await network.store.read {
            try $0.first("SELECT id, expected_g FROM parcel WHERE fulfillment_order = \(id)") {
                (try $0.next(UnitID.self), try $0.next(Int64.self))
            }
        }
        let (unit, weight) = try #require(found)
        return ["id": unit.description, "weight": "\(weight)"]
    }

    /// From the packing table to the courier.
    func ship(_ fulfillment: Thing) async throws {
        try await label(parcel(of: fulfillment))
        try await handOver()
    }

    func cancel(_ thing: Thing) async throws {
        let order = try #require(thing["order"])
        _ = try await merchant.call("POST", "/v1/orders/\(order)/cancellations", ["reason": "no"], expecting: 201)
    }

    /// The order at its shopper's door.
    func delivered() async throws -> Thing {
        let thing = try await packed()
        try await label(thing)
        try await handOver()
        try await report("delivered", thing)
        return thing
    }
}

/// Goods that come, and units between the sites.
extension StateWorld {
    func announced() async throws -> Thing {
        let body: JSON = [
            "site": here, "number": .string(number), "expected_at": .string("\(Instant.wallClock + .days(1))"),
            "lines": [["sku": "MUG-1", "quantity": 5]],
        ]
        return ["id": try await merchant.call("POST", "/v1/asns", body, expecting: 201).text("id")]
    }

    func receive(_ asn: Thing) async throws -> Reply {
        let body: JSON = ["dock": .id(network.docks[0]), "lines": [["sku": .id(network.skus[0][0]), "quantity": 1]]]
        return try await post(site, "/v1/asns/\(asn["id"] ?? "")/receipts", body)
    }

    /// A trip that nothing was done with.
    func plannedTrip() async throws -> JSON {
        _ = try await chief.call("POST", "/v1/trips", ["until": .string("\(Instant.wallClock + .days(58))")], expecting: 200)
        let trips = try await chief.call("GET", "/v1/trips?state=planned&limit=100", expecting: 200).list("items")
        return try #require(trips.last)
    }

    func bag(_ kind: JSON = "bag", isClosed: Bool = false) async throws -> String {
        let opened: JSON = ["site": here, "lane": .string(try await network.lane()), "kind": kind]
        let bag = try await site.call("POST", "/v1/bags", opened, expecting: 201).text("id")
        if isClosed { _ = try await site.call("POST", "/v1/bags/\(bag)/closures", ["weight_g": 300], expecting: 200) }
        return bag
    }

    /// Goes with a trip, and is found or missed at its end.
    func travel(_ bag: Thing, found: Bool) async throws {
        let unit = JSON.string(bag["id"] ?? ""), trip = "/v1/trips/\(bag["trip"] ?? "")"
        _ = try await chief.call("POST", trip + "/loadings", ["units": [unit]], expecting: 200)
        for step in ["departure", "arrival"] { _ = try await chief.call("POST", "\(trip)/\(step)", [:], expecting: 200) }
        if found { _ = try await chief.call("POST", trip + "/unloadings", ["found": [["unit": unit]]], expecting: 200) }
        _ = try await chief.call("POST", trip + "/reconciliation", [:], expecting: 200)
        if !found { _ = try await chief.call("POST", "/v1/losses", ["unit": unit], expecting: 204) }
    }

    /// A parcel leaves for the hub.
    func sendOn(_ parcel: Thing) async throws {
        let trip = try await plannedTrip(), id = try trip.text("id"), unit = parcel["id"] ?? ""
        try await network.plan(unit, trip)
        _ = try await chief.call("POST", "/v1/trips/\(id)/loadings", ["units": [.string(unit)]], expecting: 200)
        _ = try await chief.call("POST", "/v1/trips/\(id)/departure", [:], expecting: 200)
        let clocks = ExpandUnits(desk: network.orders)
        while try await network.store.perform(TimerStep([clocks])) > 0 {}
    }
}
