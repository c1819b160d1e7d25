import Kernel
import TestGround
import Testing

@testable import HTTPAPI

/// What becomes of an order over the API, until the floor has it.
@Suite struct RoutesLifeTests {
    private static func line(_ quantity: Int64) -> JSON {
        ["sku": "MUG-1", "quantity": .int(quantity), "unit_price_minor": 1290, "tax_minor": 206]
    }

    @Test func `an order is edited, split and merged again by whoever has seen its version`() async throws {
        try await withNetwork { network, client in
            try await network.stock(0, 20)
            let merchant = client.with(key: network.tokens.merchant)
            let order = try await merchant.call("POST", "/v1/orders", RoutesBodies.order("L-1"), expecting: 201).text("id")
            let path = "/v1/orders/\(order)"
            let edit: JSON = ["version": 1, "lines": [Self.line(3)]]
            let edited = try await merchant.call("POST", path + "/edits", edit, expecting: 200)
            #expect(edited["outcome"] == "edited" && edited["version"] == 2)
            #expect(edited["due"]?["minor"] == 2580)
            let late = try await merchant.post(path + "/edits", edit.text)
            #expect(late.status == 409 && late.code == "order.version_stale")
            let stands = try await merchant.call("GET", path, expecting: 200)
            let part: JSON = ["version": 2, "parts": [["line": stands.list("lines")[0]["id"] ?? .null, "quantity": 1]]]
            let split = try await merchant.call("POST", path + "/splits", part, expecting: 201)
            #expect(split["number"] == "L-1-2" && split["version"] == 3)
            let back: JSON = ["orders": [split["id"] ?? .null]]
            let merged = try await merchant.call("POST", path + "/merges", back, expecting: 200)
            #expect(merged["parts"] == 1 && merged["parts_before"] == 2)
            let whole = try await merchant.call("GET", path, expecting: 200)
            #expect(whole.list("edits").map { $0["kind"]?.string } == ["edit", "split", "merge"])
            #expect(whole["money"]?["total"] == stands["money"]?["total"])
        }
    }

    @Test func `a channel's versions come in any order, and orders wait for their live session`() async throws {
        try await withNetwork { network, client in
            try await network.stock(0, 20)
            let merchant = client.with(key: network.tokens.merchant)
            func told(_ version: Int64, _ quantity: Int64) async throws -> JSON {
                let body: JSON = ["version": .int(version), "order": RoutesBodies.order("V-1", quantity: quantity)]
                return try await merchant.call("POST", "/v1/orders/versions", body, expecting: 200)
            }
            let outcomes = [try await told(5, 1), try await told(9, 2), try await told(7, 4)].map { $0["outcome"]?.string }
            #expect(outcomes == ["recorded", "edited", "superseded"])
            let until = JSON.string("\(Instant.wallClock + .hours(1))")
            let session = try await merchant.call("POST", "/v1/live-sessions", ["name": "live", "ends_at": until], expecting: 201)
            guard case .object(var order) = RoutesBodies.order("S-1") else { return }
            order["live_session"] = session["id"]
            let placed = try await merchant.call("POST", "/v1/orders", .object(order), expecting: 201).text("id")
            let held = try await merchant.call("GET", "/v1/orders/\(placed)", expecting: 200)
            #expect(held["live_session"] == session["id"])
            #expect(held.list("holds").map { $0["kind"]?.string } == ["live_session"])
            let path = "/v1/live-sessions/\(try session.text("id"))"
            #expect(try await merchant.call("GET", path, expecting: 200)["held"] == 1)
            _ = try await merchant.call("POST", path + "/closing", expecting: 204)
            order["number"] = "S-2"
            let late = try await merchant.post("/v1/orders", JSON.object(order).text)
            #expect(late.status == 409 && late.code == "live_session.closed")
        }
    }
}
