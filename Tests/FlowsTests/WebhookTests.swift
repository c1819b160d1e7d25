import Exceptions
import Flows
import Identity
import Kernel
import Store
import TestGround
import Testing
import Views
import Webhooks

@Suite("Webhooks")
struct WebhookTests {
    @Test("each holder is told of its own, and of the types it asked for", arguments: EngineKind.all)
    func scopes(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let site = ground.site
            let all = try ground.subscribe(.operator, "*").id
            let glow = try ground.subscribe(.merchant(ground.merchants[0]), "order.*", "exception.*").id
            let partner = try ground.subscribe(.site(site), "*").id
            try ground.emit("order.placed", owner: 0)
            try ground.emit("order.placed", owner: 1)
            try ground.emit("orders.odd", owner: 0)
            try ground.emit("parcel.packed", owner: 0, site: site)
            try ground.emit("parcel.packed", owner: 0, site: SiteID(6))
            try ground.emit("inventory.supply_grew", owner: 0, site: site)
            try ground.emit("exception.opened", owner: 0, site: site, payload: ["owner_role": "merchant"])
            try ground.emit("exception.opened", owner: 0, site: site, payload: ["owner_role": "operator"])
            try ground.catchUp()
            let types = { (id: WebhookID) in try ground.deliveries(id).reversed().map(\.type) }
            #expect(try types(all).filter { !$0.hasPrefix("webhook.") }.count == 8)
            #expect(try types(glow) == ["order.placed", "exception.opened"])
            #expect(try types(partner) == ["parcel.packed"])
            #expect(try ground.deliveries(glow).allSatisfy { $0.state == .delivered && $0.lastStatus == 204 })
            #expect(try ground.findings() == [])
        }
    }

    @Test("what ended long ago is swept with its attempts; what is on its way stays", arguments: EngineKind.all)
    func swept(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let id = try ground.subscribe(.operator, "order.*").id
            try ground.emit("order.placed", key: "old")
            try ground.catchUp()
            let sweep = { _ = try ground.stepper.perform(TimerStep([SweepDeliveries(keeping: .days(30))])) }
            ground.pass(.days(29))
            try ground.emit("order.placed", key: "young")
            ground.receiver.answer(500)
            try ground.catchUp()
            try sweep()
            #expect(try ground.deliveries(id).count == 2)
            ground.pass(.days(2))
            try sweep()
            #expect(try ground.deliveries(id).map(\.state) == [.failed])
            let attempts = try ground.stepper.read { try $0.value("SELECT COUNT(*) FROM webhook_attempt", as: Int.self) }
            #expect(attempts == 1)
            let next = try ground.stepper.read {
                try $0.value("SELECT COUNT(*) FROM clock WHERE kind = 'webhook.sweep' AND closed_at IS NULL", as: Int.self)
            }
            #expect(next == 1)
            #expect(try ground.findings() == [])
        }
    }

    @Test("nothing is read while there is no webhook, and a new one begins with what comes", arguments: EngineKind.all)
    func rests(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            for number in 0..<20 { try ground.emit("order.placed", key: "\(number)") }
            #expect(try ground.stepper.follow(GatherDeliveries()) == 0)
            let id = try ground.subscribe(.operator, "order.*").id
            try ground.emit("order.placed", key: "new")
            #expect(try ground.stepper.follow(GatherDeliveries()) == 2)
            #expect(try ground.deliveries(id).count == 1)
        }
    }

    @Test("a receiver that is down gets its message later, once, under the same id", arguments: EngineKind.all)
    func downThenUp(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let id = try ground.subscribe(.operator, "order.*").id
            try ground.emit("order.placed")
            ground.receiver.answer(500, 302, 200)
            try ground.catchUp()
            #expect(try ground.deliveries(id).map(\.state) == [.failed])
            #expect(try ground.webhook(id).failingSince != nil)
            for pause in [Duration.seconds(6), .minutes(6), .minutes(40)] {
                ground.pass(pause)
                try ground.catchUp()
            }
            let delivery = try #require(try ground.deliveries(id).first)
            #expect(delivery.state == .delivered)
            #expect(delivery.attempts == 3)
            #expect(Set(ground.receiver.ids).count == 1)
            #expect(ground.receiver.ids.first == delivery.event?.description)
            #expect(try ground.webhook(id).failingSince == nil)
            let log = try ground.stepper.read { try AttemptView.all(of: delivery.id, in: $0) }
            #expect(log.map(\.status) == [500, 302, 200])
            #expect(log.map(\.durationMs) == [7, 7, 7])
            #expect(log[1].error == "The receiver answered 302.")
        }
    }

    @Test("after ten attempts over three days a message is given up, and may be sent again by hand", arguments: EngineKind.all)
    func givenUp(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let id = try ground.subscribe(.operator, "order.*").id
            try ground.emit("order.placed")
            ground.receiver.answer(503)
            for _ in 0..<90 {
                try ground.catchUp()
                ground.pass(.hours(1))
            }
            let delivery = try #require(try ground.deliveries(id).first)
            #expect(delivery.state == .dead)
            #expect(delivery.attempts == 10)
            #expect(try ground.webhook(id).state == .active)
            ground.pass(.days(2))
            try ground.emit("order.placed")
            try ground.catchUp()
            #expect(try ground.webhook(id).state == .disabled)
            #expect(throws: WebhookNotActive.self) { try ground.stepper.perform(ResendDelivery(delivery.id, of: id)) }
            try ground.stepper.perform(SetWebhookState(id, .active, actor: "test"))
            ground.receiver.answer(200)
            try ground.stepper.perform(ResendDelivery(delivery.id, of: id))
            try ground.catchUp()
            let again = try ground.deliveries(id).first { $0.id == delivery.id }
            #expect(again?.state == .delivered)
            #expect(again?.attempts == 11)
            #expect(try ground.findings() == [])
        }
    }

    @Test("410 disables at once, with an exception for its holder that ends when it starts again", arguments: EngineKind.all)
    func gone(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let id = try ground.subscribe(.merchant(ground.merchants[0]), "*").id
            try ground.emit("order.placed", owner: 0)
            ground.receiver.answer(410)
            try ground.catchUp()
            #expect(try ground.webhook(id).state == .disabled)
            #expect(try ground.deliveries(id, .init(type: "order.placed")).map(\.state) == [.dead])
            let inbox = { try ground.stepper.read { try Exceptions.inbox(.merchant, limit: 9, in: $0) } }
            #expect(try inbox().map(\.kind) == ["webhook.disabled"])
            #expect(try inbox().map(\.subject) == [id.description])
            try ground.emit("order.placed", owner: 0)
            try ground.catchUp()
            #expect(try ground.deliveries(id, .init(type: "order.placed")).count == 1)
            try ground.stepper.perform(SetWebhookState(id, .active, actor: "test"))
            #expect(try inbox().isEmpty)
            #expect(throws: Webhooks.Refused.isNot(.paused, id, .disabled)) {
                try ground.stepper.perform(InPlace { tx in
                    try Webhooks.set(id, .disabled, actor: "test", in: tx)
                    try Webhooks.set(id, .paused, actor: "test", in: tx)
                })
            }
        }
    }

    @Test("one that gives no answer is left alone for a moment, which costs no attempt", arguments: EngineKind.all)
    func silent(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let id = try ground.subscribe(.operator, "order.*").id
            for number in 0..<5 { try ground.emit("order.placed", key: "\(number)") }
            ground.receiver.answer(nil, 200)
            try ground.catchUp()
            #expect(ground.receiver.posts.count == 1)
            #expect(try ground.deliveries(id).map(\.attempts).reduce(0, +) == 1)
            ground.pass(.seconds(11))
            try ground.catchUp()
            #expect(try ground.deliveries(id).allSatisfy { $0.state == .delivered })
        }
    }

    @Test("a paused one gathers nothing, and what was under way goes out when it starts again", arguments: EngineKind.all)
    func paused(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let id = try ground.subscribe(.operator, "order.*").id
            try ground.emit("order.placed", key: "before")
            try ground.stepper.follow(GatherDeliveries())
            try ground.stepper.perform(SetWebhookState(id, .paused, actor: "test"))
            try ground.emit("order.placed", key: "during")
            try ground.catchUp()
            #expect(ground.receiver.posts.isEmpty)
            try ground.stepper.perform(SetWebhookState(id, .active, actor: "test"))
            ground.pass(.minutes(6))
            try ground.emit("order.placed", key: "after")
            try ground.catchUp()
            let keys = try ground.receiver.posts.map { try JSON($0.body)["data"]?["key"]?.string }
            #expect(Set(keys) == ["before", "after"])
        }
    }

    @Test("a new secret signs beside the one before until the overlap ends", arguments: EngineKind.all)
    func rotation(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let (id, first) = try ground.subscribe(.operator, "order.*")
            let second = WebhookSecret.make { (0..<$0).map { UInt8($0) } }
            let rotate = RotateSecret(id, to: second, overlap: .hours(1), vault: ground.vault, actor: "test")
            try ground.stepper.perform(rotate)
            try ground.emit("order.placed")
            try ground.catchUp()
            let signatures = ground.receiver.posts[0].header("webhook-signature").split(separator: " ")
            #expect(signatures.count == 2)
            #expect(signatures.allSatisfy { $0.hasPrefix("v1,") })
            ground.pass(.hours(2))
            try ground.emit("order.placed")
            try ground.catchUp()
            #expect(!ground.receiver.posts[1].header("webhook-signature").contains(" "))
            let stored = try ground.stepper.read { try $0.values("SELECT secret FROM webhook", as: String.self) }
            #expect(stored.allSatisfy { !first.text.contains($0) && !second.text.contains($0) })
        }
    }

    @Test("what was on its way when a process ended goes out from the next one, under its id", arguments: EngineKind.shared)
    func restart(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            var claimed: [String] = []
            do {
                let ground = try WebhookGround(database)
                _ = try ground.subscribe(.operator, "order.*")
                try ground.emit("order.placed")
                try ground.stepper.follow(GatherDeliveries())
                claimed = try ground.stepper.perform(ClaimOutbox(WebhookWorker(ground.desk), node: 0)).map { $0.1.text }
            }
            #expect(claimed.count == 1)
            let receiver = Receiver()
            let now = Instant.testStart + .minutes(2)
            let stepper = try Stepper(engine: database.engine, migrations: [], now: now)
            let vault = Vault(try MasterKey(id: "t", bytes: [UInt8](repeating: 7, count: 32)))
            let worker = WebhookWorker(WebhookDesk(vault: vault, client: receiver, clock: { now }))
            #expect(try stepper.deliver(worker) == 1)
            #expect(claimed[0].contains(receiver.ids[0]))
        }
    }
}
