import Edges
import Flows
import Foundation
import Inventory
import Kernel
import Store
import Testing
import Webhooks

@testable import HTTPAPI

/// Webhooks, and what is open until somebody closes it.
extension StateMachines {
    static let telling: [StateMachine] = [webhook, delivery, exception, key, hold]

    private static func webhook(
        _ name: String, to: String? = nil, done: Set<String> = [], _ method: String, _ path: String, _ body: JSON? = nil
    ) -> StateAction {
        StateAction(name, to: to, done: done) { world, thing in
            try await world.merchant.send(method, "/v1/webhooks/\(thing["id"] ?? "")\(path)", [:], body.map { Array($0.text.utf8) })
        }
    }

    static let webhook = StateMachine(
        "webhook", table: "webhook", WebhookState.transitions, from: .active, make: { try await $0.subscribed() },
        [
            webhook("pause", to: "paused", done: ["paused"], "PUT", "/state", ["state": "paused"]),
            webhook("start", to: "active", done: ["active"], "PUT", "/state", ["state": "active"]),
            .step("be gone", to: "disabled") { world, thing in
                _ = try await world.merchant.call("POST", "/v1/webhooks/\(thing["id"] ?? "")/tests", expecting: 201)
                try await world.tell(410)
            },
            webhook("test", done: ["active"], "POST", "/tests"),
            webhook("replay", done: ["active"], "POST", "/replays", ["from": "2020-01-01T00:00:00Z"]),
        ])

    static let delivery = StateMachine(
        "webhook delivery", table: "webhook_delivery", DeliveryState.transitions, from: .pending,
        make: { world in
            let hook = try await world.subscribed()["id"] ?? ""
            let test = try await world.merchant.call("POST", "/v1/webhooks/\(hook)/tests", expecting: 201)
            return ["id": try test.text("id"), "webhook": hook]
        },
        [
            .step("fail", to: "failed") { world, _ in try await world.tell(500) },
            .step("be taken", to: "delivered") { world, _ in try await world.tell(200) },
            .step("be gone", to: "dead") { world, _ in try await world.tell(410) },
            // What waits is sent now; a webhook that is gone is started again first.
            StateAction("send again", to: "pending", done: ["pending", "failed"], barred: ["dead"]) { world, thing in
                let path = "/v1/webhooks/\(thing["webhook"] ?? "")/deliveries/\(thing["id"] ?? "")/resends"
                return try await world.post(world.merchant, path)
            },
        ])

    /// Of things that are open until they are closed.
    private enum Open: String, CaseIterable {
        case open, closed
        static let transitions: [Open: Set<Open>] = [.open: [.closed]]
    }

    static let exception = StateMachine(
        "exception", table: "exception", state: "CASE WHEN closed_at IS NULL THEN 'open' ELSE 'closed' END", Open.transitions,
        from: .open,
        make: { world in
            let parcel = try await world.packed()
            var heavy = parcel
            heavy["weight"] = "99999"
            _ = try await world.weigh(heavy)
            let subject = parcel["id"] ?? ""
            let id: ExceptionID? = try await world.find("SELECT id FROM exception WHERE subject = \(subject)")
            return ["id": try #require(id).description]
        },
        [
            StateAction("resolve", to: "closed", done: ["closed"]) { world, thing in
                try await world.post(world.site, "/v1/exceptions/\(thing["id"] ?? "")/resolution", ["outcome": "looked"])
            },
            StateAction("act", to: "closed") { world, thing in
                let body: JSON = ["action": "resolve", "note": "looked"]
                return try await world.post(world.site, "/v1/exceptions/\(thing["id"] ?? "")/actions", body)
            },
            StateAction("assign", done: ["open"]) { world, thing in
                try await world.put(world.site, "/v1/exceptions/\(thing["id"] ?? "")/assignee", ["assignee": "Kim"])
            },
            StateAction("note", done: ["open", "closed"]) { world, thing in
                try await world.post(world.site, "/v1/exceptions/\(thing["id"] ?? "")/notes", ["text": "hm"])
            },
        ])

    static let key = StateMachine(
        "key", table: "api_key", state: "CASE WHEN revoked_at IS NULL THEN 'open' ELSE 'closed' END", Open.transitions,
        from: .open,
        make: { world in
            let made = try await world.chief.call("POST", "/v1/keys", ["name": "spare", "role": "operator"], expecting: 201)
            return ["id": try #require(made["key"]).text("id")]
        },
        [
            StateAction("revoke", to: "closed", done: ["closed"]) { world, thing in
                try await world.chief.send("DELETE", "/v1/keys/\(thing["id"] ?? "")")
            }
        ])

    static let hold = StateMachine(
        "hold", table: "hold", HoldState.transitions, from: .active, unreached: [.expired],
        make: { world in
            let lines: JSON = [["sku": "MUG-1", "quantity": 1]]
            let body: JSON = ["lines": lines, "expires_at": .string("\(Instant.wallClock + .hours(1))")]
            return ["id": try await world.merchant.call("POST", "/v1/holds", body, expecting: 201).text("id")]
        },
        [
            StateAction("release", to: "voided", done: ["voided", "confirmed"]) { world, thing in
                try await world.merchant.send("DELETE", "/v1/holds/\(thing["id"] ?? "")")
            },
            StateAction("order", to: "confirmed") { world, thing in
                let order = RoutesBodies.order(world.number, holds: [.string(thing["id"] ?? "")])
                return try await world.post(world.merchant, "/v1/orders", order)
            },
        ])
}

extension StateWorld {
    func subscribed() async throws -> Thing {
        let body: JSON = ["url": "https://shop.example/", "types": ["nothing"]]
        let made = try await merchant.call("POST", "/v1/webhooks", body, expecting: 201)
        return ["id": try #require(made["webhook"]).text("id")]
    }

    /// Sends what waits to a receiver that gives one answer.
    func tell(_ status: Int) async throws {
        let desk = WebhookDesk(vault: network.orders.vault, client: OneAnswer(status: status), clock: { .wallClock })
        let (store, worker) = (network.store, WebhookWorker(desk))
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { done.resume(with: Result { _ = try store.deliver(worker) }) }
        }
    }

    private struct OneAnswer: WebhookClient {
        let status: Int
        func post(_ message: WebhookPost) -> WebhookReply { WebhookReply(status: status, durationMs: 1) }
    }
}
