import Kernel
import Testing

@testable import HTTPAPI

/// What comes in, is counted, and what may be told of it.
@Suite struct RoutesInboundTests {
    @Test func `announced goods are received, measured and put away`() async throws {
        try await withNetwork { network, client in
            let merchant = client.with(key: network.tokens.merchant), site = client.with(key: network.tokens.site)
            let asn = try await merchant.call(
                "POST", "/v1/asns",
                [
                    "site": .id(network.sites[0]), "number": "IN-1", "expected_at": .string("\(Instant.wallClock + .hours(5))"),
                    "lines": [["sku": "POSTER-1", "quantity": 20]],
                ], expecting: 201
            ).text("id")
            let path = "/v1/asns/\(asn)/receipts"
            let line: [String: JSON] = ["sku": .id(network.skus[0][2]), "quantity": 20]
            let unmeasured = try await site.post(
                path, JSON.object(["dock": .id(network.docks[0]), "lines": [.object(line)]]).text)
            #expect(unmeasured.code == "receipt.unmeasured")
            let size: JSON = ["size_mm": ["length": 600, "width": 60, "height": 60], "weight_g": 150]
            let whole = line.merging(["measured": size]) { own, _ in own }
            let tasks = try await site.call(
                "POST", path, ["dock": .id(network.docks[0]), "lines": [.object(whole)]], expecting: 201)
            let task = try #require(tasks.list("tasks").first)
            _ = try await site.call("POST", "/v1/putaways", ["task": task, "location": .id(network.bins[0])], expecting: 204)
            _ = try await site.call("POST", "/v1/asns/\(asn)/closing", expecting: 204)
            let closed = try await site.post(path, JSON.object(["dock": .id(network.docks[0]), "lines": [.object(whole)]]).text)
            #expect(closed.code == "asn.not_receiving")
            let level = try #require(
                try await merchant.call("GET", "/v1/stock?code=POSTER-1", expecting: 200).list("items").first)
            #expect(level["on_hand"] == 20)
            #expect(level["available_to_promise"] == 20)
            #expect(level["inbound"] == 0)
        }
    }

    @Test func `a count below what is promised is taken and leaves a shortage`() async throws {
        try await withNetwork { network, client in
            try await network.stock(0, 3)
            let merchant = client.with(key: network.tokens.merchant), site = client.with(key: network.tokens.site)
            let order = try await merchant.call("POST", "/v1/orders", RoutesBodies.order("S-1", quantity: 3), expecting: 201)
            let count: JSON = ["location": .id(network.bins[0]), "sku": .id(network.skus[0][0]), "counted": 0]
            let counted = try await site.call("POST", "/v1/stock/counts", count, expecting: 200)
            #expect(counted["before"] == 3)
            let stock = try await site.call("GET", "/v1/stock", expecting: 200)
            #expect(stock.list("items").first?["short"] == 3)
            let story = try await merchant.call("GET", "/v1/orders/\(try order.text("id"))/events", expecting: 200)
            #expect(story.list("items").first?["type"] == "order.placed")
        }
    }

    @Test func `the log is read on from where it was left`() async throws {
        try await withNetwork { network, client in
            let chief = client.with(key: network.tokens.operator)
            var position = try await chief.call("GET", "/v1/events?limit=3", expecting: 200).text("next"), seen = 3
            while true {
                let feed = try await chief.call("GET", "/v1/events?limit=3&after=\(position)", expecting: 200)
                position = try feed.text("next")
                if feed.list("items").isEmpty { break }
                seen += feed.list("items").count
            }
            let all = try await chief.call("GET", "/v1/events?limit=500", expecting: 200).list("items")
            #expect(seen == all.count)
            #expect(all.contains { $0["type"] == "key.created" })
            #expect(try await chief.get("/v1/events?after=here").status == 422)
        }
    }

    @Test func `a key is shown once and opens nothing when it is revoked`() async throws {
        try await withNetwork { network, client in
            let chief = client.with(key: network.tokens.operator)
            let body: JSON = ["name": "Dock tablet", "role": "site", "site": .id(network.sites[0])]
            let made = try await chief.call("POST", "/v1/keys", body, expecting: 201)
            let token = try made.text("token"), key = try made.text("key", "id")
            #expect(try await client.with(key: token).get("/v1/sites").status == 200)
            #expect(!(try await chief.call("GET", "/v1/keys", expecting: 200).text.contains(token)))
            _ = try await chief.call("DELETE", "/v1/keys/\(key)", expecting: 204)
            #expect(try await client.with(key: token).get("/v1/sites").status == 401)
            let wrong = try await chief.post("/v1/keys", #"{"name":"x","role":"site"}"#)
            #expect(wrong.violations.first?.pointer == "/role")
        }
    }
}
