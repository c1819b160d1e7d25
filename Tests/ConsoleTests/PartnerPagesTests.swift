import Facilities
import Flows
import Identity
import Kernel
import Merchants
import Orders
import Partners
import Store
import TestGround
import Testing
import Views

@testable import Console

@Suite struct PartnerPagesTests {
    /// An order of two units that the partner's site is asked for, as the first page shows it.
    private static func asked(_ server: ConsoleServer, _ number: String) async throws -> HandoffView {
        let desk = server.parts.orders, now = server.store.clock()
        let (site, merchant) = try await server.store.read { tx in
            (try Site.all(in: tx).first { $0.mode == .partner }, try Merchant.list(limit: 1, in: tx).first?.id)
        }
        let place = try #require(site?.place), owner = try #require(merchant)
        let code = try await server.store.read { try SKUPage.first(of: owner, in: $0) }, sku = try #require(code)
        let request = OrderRequest(
            merchant: owner, number: number, currency: try #require(Currency("EUR")),
            person: Person(
                name: "Sam Sample", street: ["Musterweg 1"], city: "München", postalCode: "80331", country: try #require(Country("DE"))),
            destination: Destination(
                country: "DE", region: "BY", city: "München", postalArea: "80", latitude: place.latitude, longitude: place.longitude),
            lines: [.init(sku: sku, quantity: 2, unitPrice: 1000)], placedAt: now)
        let order = try await server.store.perform(PlaceOrder(request, desk: desk, actor: "test")).order
        _ = try await server.store.perform(
            Once(scope: "test", key: number, fingerprint: number) { tx in
                try HandToPartners(network: desk.network).handle(try EventLog.history(of: order.description, in: tx), in: tx)
                return ""
            })
        let found = try await server.store.read { try HandoffView.page([.sent], number: number, .network, after: nil, limit: 1, in: $0) }
        return try #require(found.first)
    }

    private static func state(_ id: FulfillmentID, _ server: ConsoleServer) async throws -> HandoffView {
        try await server.store.read { try HandoffView.find(id, .network, in: $0) }
    }

    @Test("a partner says yes, cannot find one unit, and sends the other", arguments: EngineKind.shared)
    func acceptAndShip(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let one = try await Self.asked(server, "P-1"), visitor = try await server.visitor(.partner)
            let path = "/partner/orders/\(one.id)", line = one.lines[0].line
            #expect(try await visitor.get("/partner").text.contains("P-1"))
            #expect(try await visitor.get(path).text.contains("Sam Sample"))
            #expect(try await visitor.post("\(path)/acceptance", ["days_late": "40"]).status == 422)
            #expect(try await visitor.post("\(path)/acceptance", ["days_late": "1"]).status == 303)
            #expect(try await Self.state(one.id, server).expectedAt == one.shipBy + .days(1))
            #expect(try await visitor.post("\(path)/shortages", ["units_\(line)": "3"]).status == 422)
            #expect(try await visitor.post("\(path)/shortages", ["units_\(line)": "1"]).status == 303)
            let parcel = ["carrier": "Yellow Post", "tracking_number": "YP-1", "weight_g": "", "units_\(line)": "1"]
            #expect(try await visitor.post("\(path)/shipments", parcel.merging(["carrier": ""]) { $1 }).status == 422)
            #expect(try await visitor.post("\(path)/shipments", parcel).status == 303)
            let after = try await Self.state(one.id, server)
            #expect(after.state == .shipped && after.parcels.map(\.trackingNumber) == ["YP-1"])
            let page = try await visitor.get(path).text
            #expect(page.contains("YP-1") && !page.contains("Sam Sample") && MarkupCheck(page).faults == [])
            #expect(try await visitor.post("\(path)/acceptance", ["days_late": "0"]).status == 409)
        }
    }

    @Test("a partner rejects some of it and does the rest; nobody else has a word in it", arguments: EngineKind.shared)
    func rejectInPart(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let one = try await Self.asked(server, "P-2"), visitor = try await server.visitor(.partner)
            let path = "/partner/orders/\(one.id)", form = ["reason": "no_capacity", "units_\(one.lines[0].line)": "1"]
            for role in [AccountRole.operator, .lead, .floor, .merchant, .driver, .reader] {
                #expect(try await server.visitor(role).get(path).status == 403, "\(role)")
                #expect(try await server.visitor(role).post("\(path)/rejection", form).status == 403, "\(role)")
            }
            #expect(try await visitor.post("\(path)/rejection", form.merging(["reason": "whim"]) { $1 }).status == 422)
            #expect(try await visitor.post("\(path)/rejection", ["reason": "other"]).status == 422)
            #expect(try await visitor.post("\(path)/rejection", form).status == 303)
            let after = try await Self.state(one.id, server)
            #expect(after.state == .accepted && after.lines[0].dropped == 1 && after.lines[0].open == 1)
        }
    }

    @Test("a stock report starts from the last one less what left, and is sent whole", arguments: EngineKind.shared)
    func stockReport(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let visitor = try await server.visitor(.partner), before = try await Self.stock(server)
            let first = try #require(before.lines.first), merchant = try #require(before.merchant)
            let page = try await visitor.get("/partner/stock?merchant=\(merchant)").text
            #expect(page.contains("units_\(first.sku)") && MarkupCheck(page).faults == [])
            var form = Dictionary(uniqueKeysWithValues: before.lines.map { ("units_\($0.sku)", "\($0.quantity)") })
            form.merge(["merchant": merchant.description, "as_of": server.store.clock().description]) { $1 }
            form["units_\(first.sku)"] = "-1"
            #expect(try await visitor.post("/partner/stock", form).status == 422)
            form["units_\(first.sku)"] = "9"
            #expect(try await visitor.post("/partner/stock", form).status == 303)
            #expect(try await visitor.post("/partner/stock", form).status == 409)
            let after = try await Self.stock(server)
            #expect(after.lines.map(\.quantity) == [9] + before.lines.dropFirst().map(\.quantity))
            #expect(try await visitor.get("/partner/penalties").status == 200)
        }
    }

    private static func stock(_ server: ConsoleServer) async throws -> PartnerStock {
        let now = server.store.clock(), sites = try await server.store.read { try Site.all(in: $0) }
        let site = try #require(sites.first { $0.mode == .partner })
        return try await server.store.read { tx in
            try PartnerStock.read(at: site.id, of: nil, on: site.zone.day(of: now), limit: 600, in: tx)
        }
    }
}
