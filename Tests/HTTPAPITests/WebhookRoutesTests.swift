import Edges
import Flows
import Foundation
import Kernel
import Store
import Testing

@testable import HTTPAPI

/// Webhooks over HTTP, to a receiver that somebody else wrote.
@Suite struct WebhookRoutesTests {
    private static func types(_ texts: JSON...) -> JSON { .array(texts) }

    @Test func `an independent verifier accepts what is sent, and refuses what was changed on the way`() async throws {
        guard let receiver = try WebhookReceiver.start() else { return }
        defer { receiver.stop() }
        try await withNetwork { network, client in
            let merchant = client.with(key: network.tokens.merchant)
            let made = try await merchant.call(
                "POST", "/v1/webhooks", ["url": .string(receiver.url), "types": ["order.*"]], expecting: 201)
            let (id, secret) = (try #require(made["webhook"]).text("id"), try made.text("secret"))
            #expect(secret.hasPrefix("whsec_"))
            try receiver.know([secret])
            var walk = RoutesWalk(network, client)
            try await walk.openStock()
            try await walk.place("HOOK-1")
            try await network.tellWebhooks()
            let first = try receiver.next()
            #expect(first["type"] == "order.placed")
            #expect(first["verified"] == [true])
            #expect(first["tampered"] == [false])

            let second = try await merchant.call("POST", "/v1/webhooks/\(id)/secrets", [:], expecting: 201).text("secret")
            try receiver.know([secret, second, "whsec_" + Data(repeating: 9, count: 32).base64EncodedString()])
            let test = try await merchant.call("POST", "/v1/webhooks/\(id)/tests", expecting: 201).text("id")
            try await network.tellWebhooks()
            var last = try receiver.next()
            while last["type"] != "webhook.test" { last = try receiver.next() }
            #expect(last["id"]?.string == test)
            #expect(last["verified"] == [true, true, false])

            let log = try await merchant.call("GET", "/v1/webhooks/\(id)/deliveries?type=order.placed", expecting: 200)
            let delivery = try #require(log.list("items").first)
            #expect(delivery["state"] == "delivered")
            #expect(delivery["event"] == first["id"])
            let path = "/v1/webhooks/\(id)/deliveries/\(try delivery.text("id"))"
            #expect(try await merchant.call("GET", path, expecting: 200).list("log").first?["status"] == 200)
            _ = try await merchant.call("POST", path + "/resends", expecting: 204)
            try await network.tellWebhooks()
            #expect(try receiver.next()["id"] == first["id"])
        }
    }

    @Test func `a redirect is not followed, and a replay tells what was missed`() async throws {
        guard let receiver = try WebhookReceiver.start() else { return }
        defer { receiver.stop() }
        try await withNetwork { network, client in
            let chief = client.with(key: network.tokens.operator)
            let moved = receiver.url.replacing("/hooks", with: "/moved")
            let made = try await chief.call("POST", "/v1/webhooks", ["url": .string(moved), "types": ["merchant.*"]], expecting: 201)
            let id = try #require(made["webhook"]).text("id")
            try receiver.know([try made.text("secret")])
            _ = try await chief.call("POST", "/v1/webhooks/\(id)/tests", expecting: 201)
            try await network.tellWebhooks()
            let failed = try await chief.call("GET", "/v1/webhooks/\(id)/deliveries?state=failed", expecting: 200)
            #expect(failed.list("items").contains { $0["type"] == "webhook.test" && $0["last_status"] == 302 })
            _ = try await chief.call("PATCH", "/v1/webhooks/\(id)", ["url": .string(receiver.url)], expecting: 204)
            let body: JSON = ["from": "2020-01-01T00:00:00Z", "types": ["merchant.created"]]
            _ = try await chief.call("POST", "/v1/webhooks/\(id)/replays", body, expecting: 201)
            try await network.tellWebhooks()
            let told = [try receiver.next(), try receiver.next()]
            #expect(told.map { $0["type"] } == ["merchant.created", "merchant.created"])
            #expect(told.map { $0["verified"] } == [[true], [true]])
            let replay = try #require(try await chief.call("GET", "/v1/webhooks/\(id)/replays", expecting: 200).list("items").first)
            #expect(replay["state"] == "done")
            #expect(replay["found"] == 2)
        }
    }

    @Test func `what is wrong with a subscription is refused by name`() async throws {
        try await withNetwork { network, client in
            let merchant = client.with(key: network.tokens.merchant)
            func refusal(_ body: JSON) async throws -> String? {
                try await merchant.send("POST", "/v1/webhooks", [:], Array(body.text.utf8)).code
            }
            let ok: JSON = .string("https://shop.example/")
            #expect(try await refusal(["url": "nowhere", "types": ["*"]]) == "webhook.url_invalid")
            #expect(try await refusal(["url": ok, "types": ["order.placed;"]]) == "input.invalid")
            #expect(try await refusal(["url": ok, "types": []]) == "input.invalid")
            #expect(try await refusal(["url": ok, "types": ["*"], "merchant": .id(network.merchants[1])]) == "merchant.not_found")
            #expect(try await refusal(["url": ok, "types": ["*"], "site": .id(network.sites[0])]) == "site.not_found")
            for _ in 0..<20 { _ = try await merchant.call("POST", "/v1/webhooks", ["url": ok, "types": ["*"]], expecting: 201) }
            #expect(try await refusal(["url": ok, "types": ["*"]]) == "webhook.too_many")
            let list = try await merchant.call("GET", "/v1/webhooks?limit=3", expecting: 200)
            #expect(list.list("items").count == 3)
            let id = try #require(list.list("items").first).text("id")
            _ = try await merchant.call("PUT", "/v1/webhooks/\(id)/state", ["state": "paused"], expecting: 204)
            let paused = try await merchant.send("POST", "/v1/webhooks/\(id)/tests")
            #expect(paused.code == "webhook.not_active")
            _ = try await merchant.call("DELETE", "/v1/webhooks/\(id)", expecting: 204)
            #expect(try await merchant.send("GET", "/v1/webhooks/\(id)").code == "webhook.not_found")
        }
    }
}

extension RoutesNetwork {
    /// Lets the log, the timer and the outbox catch up with what webhooks are told.
    func tellWebhooks() async throws {
        let client = URLSessionWebhookClient(WebhookTargets(allowsPrivate: true))
        let worker = WebhookWorker(WebhookDesk(vault: orders.vault, client: client, clock: { .wallClock }))
        _ = try await store.perform(LeasePartitions("webhooks", node: store.node, nodes: 1))
        while try await store.perform(TimerStep([RunReplays()])) > 0 {}
        while try await store.perform(FollowerStep(GatherDeliveries(), node: store.node)) > 0 {}
        let store = store
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { done.resume(with: Result { while try store.deliver(worker) > 0 {} }) }
        }
    }
}
