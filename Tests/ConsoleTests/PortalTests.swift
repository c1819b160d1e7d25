import Identity
import Kernel
import Merchants
import Testing
import Views

@testable import Console

@Suite struct PortalTests {
    /// The ids of the demo's first two merchants; the demo's merchant account is the first one's.
    private static func merchants(_ server: ConsoleServer) async throws -> [MerchantID] {
        try await server.store.read { try Merchant.list(limit: 2, in: $0) }.map(\.id)
    }

    @Test("a merchant makes a SKU, announces it, and finds both again")
    func announce() async throws {
        try await ConsoleServer.run { server in
            let mara = try await server.visitor(.merchant), own = try await Self.merchants(server)[0]
            let saved = try await mara.post(
                "/portal/catalog", [
                    "code": "NEW-1", "name": "New <thing>", "length": "100", "width": "80", "height": "40", "grams": "250", "hs_code": "",
                ])
            let path = try #require(saved.headers["location"])
            #expect(saved.status == 303 && path.hasPrefix("/portal/catalog/sku_"))
            let edit = try await mara.get(path).text
            #expect(edit.contains("New &lt;thing&gt;") && edit.contains(#"value="250""#))
            let site = try await server.store.read { try SiteView.page(.network, after: nil, limit: 9, in: $0) }[0].id
            let form = ["number": "IN-1", "site": "\(site)", "day": "2027-01-04", "sku_0": "NEW-1", "quantity_0": "120"]
            let announced = try await mara.post("/portal/inbound", form)
            #expect(announced.status == 303)
            let page = try await mara.get(try #require(announced.headers["location"]))
            #expect(page.text.contains("NEW-1") && page.text.contains("120"))
            let ahead = try await server.store.read { tx in
                let sku = try #require(try Catalog.list(of: own, prefix: "NEW-1", limit: 1, in: tx).first)
                return try StockAhead.find(sku.id, of: own, in: tx)
            }
            #expect(ahead.inbound == 120 && ahead.available == 0 && ahead.hindrances == [.nothingThere])
            #expect(try await mara.post("/portal/inbound", form.merging(["day": "soon"]) { $1 }).status == 422)
            #expect(try await mara.post("/portal/inbound", ["number": "IN-2", "site": "\(site)", "day": "2027-01-04"]).status == 422)
        }
    }

    @Test("what is another merchant's is not there, whatever a form or an address names")
    func isolation() async throws {
        try await ConsoleServer.run { server in
            let mara = try await server.visitor(.merchant), owner = try await server.visitor(.owner)
            let others = try await Self.merchants(server)[1]
            let sku = try await server.store.read { try Catalog.list(of: others, limit: 1, in: $0) }[0]
            for path in ["/portal/stock/\(sku.id)", "/portal/catalog/\(sku.id)"] {
                #expect(try await mara.get(path).status == 404, "\(path)")
                #expect(try await mara.get(path + "?merchant=\(others)").status == 404, "\(path)")
                #expect(try await owner.get(path + "?merchant=\(others)").status == 200, "\(path)")
            }
            #expect(try await !mara.get("/portal/stock?merchant=\(others)").text.contains(sku.id.description))
            #expect(try await mara.post("/portal/catalog/\(sku.id)", ["name": "Mine", "merchant": "\(others)"]).status == 404)
            _ = try await owner.post("/portal/keys", ["name": "Theirs", "merchant": "\(others)"])
            let key = try await server.store.read { try Keys.list(of: .merchant(others), limit: 9, in: $0) }.last
            let id = try #require(key?.id)
            #expect(try await !mara.get("/portal/keys").text.contains("Theirs"))
            #expect(try await mara.post("/portal/keys/\(id)/revocation").status == 404)
            #expect(try await owner.post("/portal/keys/\(id)/revocation", ["merchant": "\(others)"]).status == 303)
        }
    }

    @Test("a key and a webhook's secret are shown once")
    func once() async throws {
        try await ConsoleServer.run { server in
            let mara = try await server.visitor(.merchant), own = try await Self.merchants(server)[0]
            let shown = try await mara.post("/portal/keys", ["name": "Shop"]).text
            let token = try #require(shown.firstMatch(of: /wb_[0-9a-z]{32}/)).0
            let kept = try await server.store.read { try Keys.find(APIToken(String(token)).hash, in: $0) }
            #expect(kept?.holder == .merchant(own))
            #expect(try await !mara.get("/portal/keys").text.contains(token))
            let made = try await mara.post("/portal/webhooks", ["url": "https://shop.example/hook", "types": "order.* parcel.packed"])
            #expect(made.text.contains("whsec_"))
            let list = try await mara.get("/portal/webhooks").text
            #expect(list.contains("https://shop.example/hook") && !list.contains("whsec_"))
            #expect(try await mara.post("/portal/webhooks", ["url": "https://shop.example/hook", "types": "no/such"]).status == 422)
        }
    }
}
