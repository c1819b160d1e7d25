import Flows
import Identity
import Kernel
import Merchants
import Orders
import Store
import Testing
import Views

@testable import Console

@Suite struct OrdersPagesTests {
    /// An order of the first merchant's first SKU.
    private static func place(
        _ number: String, _ server: ConsoleServer, quantity: Quantity = 1
    ) async throws -> (order: OrderID, merchant: MerchantID) {
        let (merchant, sku) = try await server.store.read { tx in
            let merchant = try #require(try MerchantView.page(.network, after: nil, limit: 1, in: tx).first)
            let code: String? = try tx.value("SELECT code FROM sku WHERE merchant = \(merchant.id) ORDER BY id LIMIT 1")
            return (merchant, try #require(code))
        }
        let person = Person(
            name: "Ada Muster", phone: "+49 30 1234567", email: "ada@example.org", street: ["Hauptstr. 1"], city: "Berlin",
            postalCode: "10115", country: try #require(Country("DE")))
        let request = OrderRequest(
            merchant: merchant.id, channel: "shop", number: number, way: .place, payment: .paid, currency: merchant.currency,
            person: person,
            destination: Destination(country: "DE", region: "", city: "Berlin", postalArea: "101", latitude: nil, longitude: nil),
            lines: [.init(sku: sku, quantity: quantity, unitPrice: 1000, discount: 0, shipping: 0, tax: 0, channelUnit: nil)],
            placedAt: server.store.clock(), deliverBy: nil, backorder: true, labelIssuer: .carrier)
        let placed = try await server.store.perform(PlaceOrder(request, desk: server.parts.orders))
        return (placed.order, merchant.id)
    }

    @Test("an order is found by its number, its phone number and its e-mail address, and by nobody who may not find people")
    func finding() async throws {
        try await ConsoleServer.run { server in
            let order = try await Self.place("A-1001", server).order
            let support = try await server.visitor(.support), reader = try await server.visitor(.reader)
            for text in ["A-1001", "a-1001", "ada@example.org", "%2B49301234567", order.description] {
                #expect(try await support.get("/search?q=\(text)").headers["location"] == "/orders/\(order)", "\(text)")
                #expect(try await support.get("/support?q=\(text)").text.contains("/orders/\(order)"), "\(text)")
            }
            #expect(try await support.get("/orders?q=ada@example.org").text.contains("A-1001"))
            #expect(try await reader.get("/orders?q=A-1001").text.contains("/orders/\(order)"))
            #expect(try await !reader.get("/orders?q=ada@example.org").text.contains("/orders/\(order)"))
            #expect(try await !reader.get("/orders/\(order)").text.contains("Ada"))
        }
    }

    @Test("what is shown of an order is what may be: others see neither it nor its shopper")
    func isolation() async throws {
        try await ConsoleServer.run { server in
            let (order, merchant) = try await Self.place("A-1002", server)
            let visitor = try await server.visitor(.merchant), own = try await Self.party(of: .merchant, server)
            let status = own == merchant.raw ? 200 : 404
            #expect(try await visitor.get("/orders/\(order)").status == status)
            #expect(try await visitor.get("/orders/\(order)/recipient").status == status)
            #expect(try await server.visitor(.lead).get("/orders/\(order)").status == 403)
            #expect(try await server.visitor(.planner).get("/orders/\(order)/recipient").status == 403)
            let before = try await server.store.read { try EventLog.history(of: order.description, in: $0).count }
            let page = try await server.visitor(.operator).get("/orders/\(order)/recipient")
            #expect(page.text.contains("Ada Muster"))
            let after = try await server.store.read { try EventLog.history(of: order.description, in: $0) }
            #expect(after.count == before + 1 && after.last?.type == ReadRecipient.type && after.last?.actor.hasPrefix("acc_") == true)
        }
    }

    @Test("an order is held back, let go, sent elsewhere and cancelled from its page")
    func acting() async throws {
        try await ConsoleServer.run { server in
            let order = try await Self.place("A-1003", server).order, path = "/orders/\(order)"
            let visitor = try await server.visitor(.support)
            #expect(try await visitor.post("\(path)/holds", ["kind": "address", "reason": ""]).status == 422)
            #expect(try await visitor.post("\(path)/holds", ["kind": "address", "reason": "to check"]).status == 303)
            #expect(try await visitor.get(path).text.contains("\(path)/releases"))
            #expect(try await visitor.post("\(path)/releases", ["kind": "address"]).status == 303)
            #expect(try await visitor.post("\(path)/releases", ["kind": "address"]).status == 404)
            let home = [
                "name": "Ada Muster", "street": "Seitenstr. 2\nHof", "city": "Potsdam", "postal_code": "14467", "country": "de",
            ]
            #expect(try await visitor.post("\(path)/address", home.merging(["country": "nowhere"]) { $1 }).status == 422)
            #expect(try await visitor.post("\(path)/address", home).status == 303)
            #expect(try await visitor.get(path).text.contains("Potsdam"))
            #expect(try await server.visitor(.reader).post("\(path)/cancellations", ["reason": "no"]).status == 403)
            #expect(try await visitor.post("\(path)/cancellations", ["reason": "changed mind"]).status == 303)
            let state = try await server.store.read { try OrderDetails.find(order, .network, in: $0).state }
            #expect(state == .cancelled)
        }
    }

    @Test("pieces are taken off an order and sent apart from its page")
    func changing() async throws {
        try await ConsoleServer.run { server in
            let order = try await Self.place("A-1004", server, quantity: 4).order, path = "/orders/\(order)"
            let line = try #require(try await server.store.read { try OrderDetails.find(order, .network, in: $0) }.lines.first?.id)
            let visitor = try await server.visitor(.support)
            #expect(try await visitor.get(path).text.contains("units_\(line)"))
            #expect(try await visitor.post("\(path)/changes", ["version": "1", "units_\(line)": "-1"]).status == 422)
            #expect(try await visitor.post("\(path)/changes", ["version": "2", "units_\(line)": "3"]).status == 409)
            let priceless = ["version": "1", "units_\(line)": "3", "add_sku": "glow-1-0", "add_units": "1", "add_price": "free"]
            #expect(try await visitor.post("\(path)/changes", priceless).status == 422)
            #expect(try await visitor.post("\(path)/changes", ["version": "1", "units_\(line)": "3"]).status == 303)
            let less = try await server.store.read { try OrderDetails.find(order, .network, in: $0) }
            #expect(less.lines.map(\.quantity) == [3] && less.money.total.minor == 3000 && less.version == 2)
            let new = try #require(less.lines.first?.id)
            #expect(try await server.visitor(.reader).post("\(path)/splits", ["version": "2", "units_\(new)": "1"]).status == 403)
            let split = try await visitor.post("\(path)/splits", ["version": "2", "units_\(new)": "1"])
            #expect(split.status == 303 && split.headers["location"]?.contains(path) == false)
            let rest = try await server.store.read { try OrderDetails.find(order, .network, in: $0) }
            #expect(rest.lines.map(\.quantity) == [2])
            let last = try #require(rest.lines.first?.id)
            #expect(try await visitor.post("\(path)/changes", ["version": "\(rest.version)", "units_\(last)": "3"]).status == 303)
            let more = try await server.store.read { try OrderDetails.find(order, .network, in: $0) }
            #expect(more.lines.map(\.quantity) == [3] && more.money.total.minor == 3000)
        }
    }

    private static func party(of role: AccountRole, _ server: ConsoleServer) async throws -> Int64? {
        try await server.store.read { try $0.value("SELECT party FROM account WHERE role = \(role.rawValue) ORDER BY id LIMIT 1") }
    }
}
