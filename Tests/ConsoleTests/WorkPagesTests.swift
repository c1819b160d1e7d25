import Flows
import Identity
import Kernel
import Merchants
import Store
import TestGround
import Testing
import Views

@testable import Console

@Suite struct WorkPagesTests {
    /// The fullest bin of the demo.
    private static func bin(_ server: ConsoleServer) async throws -> (location: LocationID, sku: SKUID, site: SiteID, units: Int64) {
        let found = try await server.store.read { tx in
            try tx.first(
                """
                SELECT place, sku, site, on_hand FROM stock WHERE place_kind = 'location' AND condition = 'new'
                ORDER BY on_hand DESC, id LIMIT 1
                """
            ) { row in
                let (location, sku): (LocationID, SKUID) = try (row.next(), row.next())
                return (location: location, sku: sku, site: try row.next(SiteID.self), units: try row.next(Int64.self))
            }
        }
        return try #require(found)
    }

    @Test("a number leads to its movements, a count sets it right, and the log knows who counted and why", arguments: EngineKind.shared)
    func counting(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let bin = try await Self.bin(server), path = "/bins/\(bin.location)"
            let visitor = try await server.visitor(.operator)
            #expect(try await visitor.get("/stock").text.contains("/skus/\(bin.sku)/movements"))
            let form = ["sku": bin.sku.description, "counted": "\(bin.units - 1)", "why": "damaged"]
            #expect(try await visitor.post("\(path)/counts", form.merging(["why": "because"]) { $1 }).status == 422)
            #expect(try await visitor.post("\(path)/counts", form.merging(["counted": "-1"]) { $1 }).status == 422)
            #expect(try await server.visitor(.reader).post("\(path)/counts", form).status == 403)
            #expect(try await visitor.post("\(path)/counts", form).status == 303)
            let ledger = try await visitor.get("/skus/\(bin.sku)/movements?bin=\(bin.location)&reason=count").text
            #expect(ledger.contains("−1") && ledger.contains("Otto Operator"))
            let acts = try await visitor.get("/acts").text
            #expect(acts.contains("Counted a bin") && acts.contains("why: damaged"))
            #expect(try await server.visitor(.support).get("/acts").status == 403)
        }
    }

    @Test("a merchant sees the ledger of its own SKUs, without names; a lead the bins of its own site", arguments: EngineKind.shared)
    func isolation(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let (own, other) = try await server.store.read { tx in
                let merchant: Int64? = try tx.value("SELECT party FROM account WHERE role = 'merchant' ORDER BY id LIMIT 1")
                let own: SKUID? = try tx.value("SELECT id FROM sku WHERE merchant = \(merchant ?? 0) ORDER BY id LIMIT 1")
                let other: SKUID? = try tx.value("SELECT id FROM sku WHERE merchant <> \(merchant ?? 0) ORDER BY id LIMIT 1")
                return (try #require(own), try #require(other))
            }
            let merchant = try await server.visitor(.merchant)
            for (sku, status) in [(own, 200), (other, 404)] {
                for path in ["/skus/\(sku)", "/skus/\(sku)/movements", "/skus/\(sku)/claims"] {
                    #expect(try await merchant.get(path).status == status, "\(path)")
                }
            }
            let (mine, foreign) = try await server.store.read { tx in
                let site: Int64? = try tx.value("SELECT party FROM account WHERE role = 'lead' ORDER BY id LIMIT 1")
                let mine: LocationID? = try tx.value("SELECT id FROM location WHERE site = \(site ?? 0) ORDER BY id LIMIT 1")
                let foreign: LocationID? = try tx.value("SELECT id FROM location WHERE site <> \(site ?? 0) ORDER BY id LIMIT 1")
                return (try #require(mine), try #require(foreign))
            }
            let lead = try await server.visitor(.lead)
            #expect(try await lead.get("/bins/\(mine)").status == 200)
            #expect(try await lead.get("/bins/\(foreign)").status == 404)
            #expect(try await lead.post("/bins/\(foreign)/counts", ["sku": own.description, "counted": "1", "why": "found"]).status == 404)
        }
    }

    @Test("pages of SKUs hold each one once, by whatever they are narrowed", arguments: EngineKind.shared)
    func pages(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let site = try await Self.bin(server).site
            for (isAtSite, standing) in [(false, nil), (true, nil), (false, StockStanding.ok)] {
                var filter = StockListFilter()
                filter.site = isAtSite ? site : nil
                filter.standing = standing
                let wanted = filter
                let seen = try await server.store.read { tx in
                    var seen: [SKUID] = [], after: SKUID?
                    repeat {
                        let window = try StockSummary.window(wanted, .network, after: after, limit: 2, reach: 5, in: tx)
                        seen += window.lines.map(\.sku)
                        after = window.next
                    } while after != nil
                    return seen
                }
                let all = try await server.store.read { tx in
                    try StockSummary.window(wanted, .network, after: nil, limit: 10_000, in: tx).lines.map(\.sku)
                }
                #expect(seen == all && Set(seen).count == seen.count && !seen.isEmpty)
            }
        }
    }

    @Test("a shipment is found by number and day, comes later, brings less, and is closed once", arguments: EngineKind.shared)
    func inbound(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let bin = try await Self.bin(server), now = server.store.clock()
            let merchant = try await server.store.read { try #require(try Catalog.facts(of: [bin.sku], in: $0)[bin.sku]).merchant }
            let asn = try await server.store.perform(
                AnnounceASN(
                    merchant: merchant, site: bin.site, number: "IN-77", expected: now + .days(2),
                    lines: [AnnounceASN.Line(sku: bin.sku, quantity: 40)], actor: "acc_nobody"))
            let visitor = try await server.visitor(.operator), path = "/inbound/\(asn)"
            for list in ["/inbound", "/inbound?q=IN-77", "/inbound?site=\(bin.site)&merchant=\(merchant)"] {
                #expect(try await visitor.get(list).text.contains("IN-77"), "\(list)")
            }
            #expect(try await !visitor.get("/inbound?state=closed").text.contains("IN-77"))
            #expect(try await visitor.get("/inbound/calendar").text.contains("/inbound?site=\(bin.site)"))
            let later = ["day": TimeZoneRule.utc.day(of: now + .days(5)).description, "time": "08:00", "units_\(bin.sku)": "30"]
            #expect(try await visitor.post("\(path)/arrival", later.merging(["day": "soon"]) { $1 }).status == 422)
            #expect(try await visitor.post("\(path)/arrival", later).status == 303)
            let changed = try await server.store.read { try ASNView.find(asn, .network, in: $0) }
            #expect(changed.lines.map(\.expected) == [30] && changed.expectedAt > now + .days(3))
            #expect(try await server.visitor(.planner).post("\(path)/closing").status == 403)
            #expect(try await visitor.post("\(path)/closing").status == 303)
            #expect(try await visitor.post("\(path)/closing").status == 409)
            #expect(try await visitor.get(path).text.contains("Otto Operator"))
            #expect(try await visitor.get("/inbound?state=closed").text.contains("IN-77"))
        }
    }

    @Test("merchants are taken in, and a site is closed on a day and opened again", arguments: EngineKind.shared)
    func network(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let visitor = try await server.visitor(.owner), site = try await Self.bin(server).site
            #expect(try await visitor.post("/merchants", ["name": "Neu", "code": "neu", "currency": "nothing"]).status == 422)
            let made = try await visitor.post("/merchants", ["name": "Neu", "code": "neu", "currency": "eur"])
            let page = try await visitor.get(try #require(made.headers["location"]))
            #expect(page.status == 200 && page.text.contains("Neu"))
            #expect(try await visitor.post("/merchants", ["name": "Neu", "code": "neu", "currency": "eur"]).status == 409)
            let day = TimeZoneRule.utc.day(of: server.store.clock() + .days(9)).description
            #expect(try await visitor.post("/sites/\(site)/closures", ["day": day, "reason": "Stock-taking"]).status == 303)
            #expect(try await visitor.get("/sites/\(site)").text.contains("Stock-taking"))
            #expect(try await visitor.post("/sites/\(site)/openings", ["day": day]).status == 303)
            #expect(try await !visitor.get("/sites/\(site)").text.contains("Stock-taking"))
            #expect(try await server.visitor(.planner).post("/sites/\(site)/closures", ["day": day, "reason": "x"]).status == 403)
            let today = TimeZoneRule.utc.day(of: server.store.clock())
            for list in [
                "/planner", "/returns", "/returns?reason=late&age=7&site=\(site)", "/returns?state=closed", "/bins?site=\(site)&q=A",
                "/stock?standing=out&site=\(site)", "/stock?q=thing", "/acts?who=key_0000000000001&day=\(today)", "/acts?q=\(site)",
                "/acts?day=\(today)", "/inbound?day=\(today)&site=\(site)", "/exceptions?role=operator&due=overdue&mine=nobody",
            ] { #expect(try await visitor.get(list).status == 200, "\(list)") }
        }
    }
}
