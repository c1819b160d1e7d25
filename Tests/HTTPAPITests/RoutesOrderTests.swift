import Kernel
import TestGround
import Testing

@testable import HTTPAPI

/// Orders: one answer a number, and one winner of the last unit.
@Suite struct RoutesOrderTests {
    @Test(arguments: EngineKind.all) func `of 200 who buy the last unit at once one wins`(_ kind: EngineKind) async throws {
        try await withNetwork(kind) { network, client in
            try await network.stock(0, 1)
            let merchant = client.with(key: network.tokens.merchant)
            let replies = try await withThrowingTaskGroup(of: Reply.self) { tasks in
                for buyer in 0..<200 {
                    tasks.addTask { try await merchant.post("/v1/orders", RoutesBodies.order("B-\(buyer)").text) }
                }
                return try await tasks.reduce(into: [Reply]()) { $0.append($1) }
            }
            #expect(replies.filter { $0.status == 201 }.count == 1)
            let refused = replies.filter { $0.status == 409 }
            #expect(refused.count == 199)
            #expect(Set(refused.compactMap { try? $0.decoded(Problem.self) }.map { "\($0.code): \($0.detail)" }) == [
                "inventory.stock_short: 1 of SKU 'MUG-1' wanted, 0 available to promise."
            ])
        }
    }

    @Test func `a repeated order number returns the first order`() async throws {
        try await withNetwork { network, client in
            try await network.stock(0, 5)
            let merchant = client.with(key: network.tokens.merchant)
            let first = try await merchant.call("POST", "/v1/orders", RoutesBodies.order("R-1"), expecting: 201)
            let again = try await merchant.call("POST", "/v1/orders", RoutesBodies.order("R-1"), expecting: 201)
            #expect(again["id"] == first["id"])
            #expect(again["is_repeat"] == true)
            let other = try await merchant.post("/v1/orders", RoutesBodies.order("R-1", quantity: 2).text)
            #expect(other.status == 409)
            #expect(other.code == "order.number_used")
        }
    }

    @Test(arguments: EngineKind.all) func `an idempotency key outlives the server's memory`(_ kind: EngineKind) async throws {
        try await withNetwork(kind) { network, client in
            try await network.stock(0, 5)
            let merchant = client.with(key: network.tokens.merchant)
            let body = #"{"lines":[{"sku":"MUG-1","quantity":2}],"expires_at":"\#(Instant.wallClock + .hours(1))"}"#
            let first = try await merchant.post("/v1/holds", body, ["Idempotency-Key": "hold-1"])
            #expect(first.status == 201)
            let again = try await merchant.post("/v1/holds", body, ["Idempotency-Key": "hold-1"])
            #expect(again.status == 201)
            #expect(again.body == first.body)
            #expect(again.headers["idempotency-replayed"] == "true")
            let other = try await merchant.post("/v1/promises", RoutesBodies.promise.text, ["Idempotency-Key": "hold-1"])
            #expect(other.status == 200)
            let stock = try await merchant.call("GET", "/v1/stock?code=MUG-1", expecting: 200)
            #expect(stock.list("items").first?["held"] == 2)
            let hold = try first.json.text("id")
            _ = try await merchant.call("DELETE", "/v1/holds/\(hold)", expecting: 204)
            let freed = try await merchant.call("GET", "/v1/stock?code=MUG-1", expecting: 200)
            #expect(freed.list("items").first?["held"] == 0)
        }
    }

    @Test func `a batch answers each order by itself`() async throws {
        try await withNetwork { network, client in
            try await network.stock(0, 2)
            let merchant = client.with(key: network.tokens.merchant)
            let orders = (0..<4).map { RoutesBodies.order("C-\($0)", sku: $0 == 3 ? "NONE" : "MUG-1") }
            let batch = try await merchant.call("POST", "/v1/orders/batch", ["orders": .array(orders)], expecting: 200)
            #expect(batch.list("items").map { $0["problem"]?["code"]?.string } == [
                nil, nil, "inventory.stock_short", "order.sku_unknown",
            ])
            let recorded = try await merchant.call(
                "POST", "/v1/orders/recorded", RoutesBodies.order("C-9", quantity: 3), expecting: 201)
            #expect(recorded["waiting"] == 3)
            let page = try await merchant.call("GET", "/v1/orders?limit=2", expecting: 200)
            let rest = try await merchant.call("GET", "/v1/orders?limit=2&cursor=\(try page.text("next"))", expecting: 200)
            let numbers = (page.list("items") + rest.list("items")).compactMap { $0["number"]?.string }
            #expect(numbers == ["C-9", "C-1", "C-0"])
            #expect(rest["next"] == .null)
        }
    }

    @Test func `an order is held, paid and let go`() async throws {
        try await withNetwork { network, client in
            try await network.stock(0, 2)
            let merchant = client.with(key: network.tokens.merchant)
            let order = try await merchant.call("POST", "/v1/orders", RoutesBodies.order("H-1"), expecting: 201).text("id")
            let hold: JSON = ["kind": "fraud", "reason": "Looks odd"]
            _ = try await merchant.call("POST", "/v1/orders/\(order)/holds", hold, expecting: 204)
            _ = try await merchant.call("PUT", "/v1/orders/\(order)/payment", ["payment": "pending"], expecting: 204)
            let held = try await merchant.call("GET", "/v1/orders/\(order)", expecting: 200)
            #expect(held.list("holds").count == 1)
            #expect(held["payment"] == "pending")
            _ = try await merchant.call("DELETE", "/v1/orders/\(order)/holds/fraud", expecting: 204)
            _ = try await merchant.call("DELETE", "/v1/orders/\(order)/holds/fraud", expecting: 404)
        }
    }

    @Test func `operators name the merchant`() async throws {
        try await withNetwork { network, client in
            try await network.stock(0, 2)
            let chief = client.with(key: network.tokens.operator)
            let nameless = try await chief.post("/v1/orders", RoutesBodies.order("O-1").text)
            #expect(nameless.status == 422)
            #expect(nameless.violations.first?.pointer == "/merchant")
            let named = RoutesBodies.order("O-1", merchant: network.merchants[0].description)
            _ = try await chief.call("POST", "/v1/orders", named, expecting: 201)
        }
    }
}
