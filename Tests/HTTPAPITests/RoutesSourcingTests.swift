import Kernel
import Testing

@testable import HTTPAPI

/// Rules of merchants, and why orders are shipped from where they are.
@Suite struct RoutesSourcingTests {
    @Test func `a merchant says which site ships, and an order tells why it does`() async throws {
        try await withNetwork { network, client in
            let merchant = client.with(key: network.tokens.merchant)
            let rules = "/v1/merchants/\(network.merchants[0])/sourcing-rules"
            for site in 0..<2 { try await network.stock(0, 5, at: site) }
            for (day, site) in [("2026-01-01", 0), ("2026-01-02", 1)] {
                let rule: JSON = ["only_sites": [.id(network.sites[site])], "never_split": true, "from": .string(day)]
                let saved = try await merchant.call("POST", rules, rule, expecting: 201)
                #expect(try saved.text("id").hasPrefix("rul_"))
                let placed = try await merchant.call("POST", "/v1/orders", RoutesBodies.order("S-\(site)"), expecting: 201)
                #expect(placed["sites"] == [.id(network.sites[site])])
                let why = try await merchant.call("GET", "/v1/orders/\(try placed.text("id"))/sourcing", expecting: 200)
                let reason = try #require(why.list("decisions").first?["reason"])
                #expect(reason["rule"] == saved["id"])
                #expect(reason.list("chosen").map { $0["site"] } == [.id(network.sites[site])])
                let other: JSON = ["site": .id(network.sites[1 - site]), "because": "rule"]
                #expect(reason.list("ruled_out").contains(other))
                #expect((reason["cost"]?["total"]?.int ?? 0) > 0)
            }
            let again = try await merchant.call("POST", rules, ["from": "2026-01-02"], expecting: 409)
            #expect(again["code"] == "sourcing_rule.day_taken")
            #expect(try await merchant.call("GET", rules, expecting: 200).list("items").map { $0["from"] } == ["2026-01-01", "2026-01-02"])
        }
    }
}
