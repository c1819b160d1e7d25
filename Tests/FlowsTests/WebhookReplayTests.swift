import Flows
import Kernel
import Store
import TestGround
import Testing
import Views
import Webhooks

@Suite("Replays")
struct WebhookReplayTests {
    private func replay(_ ground: WebhookGround, _ id: WebhookID, _ start: ReplayEvents.Start, until: Instant? = nil, _ types: String = "*")
        throws -> ReplayRecord
    {
        let patterns = TypePatterns([TypePattern(types)].compactMap(\.self))
        let replay = try ground.stepper.perform(ReplayEvents(id, from: start, until: until, types: patterns))
        try ground.runClocks()
        return try #require(try ground.stepper.read { try Replays.find(replay, in: $0) })
    }

    @Test("any stretch of the log is told again, from a moment or an event, of the holder's own", arguments: EngineKind.all)
    func stretch(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            for number in 0..<30 {
                try ground.emit(number % 3 == 0 ? "parcel.packed" : "order.placed", key: "\(number)", owner: number % 2)
                ground.pass(.minutes(1))
            }
            let id = try ground.subscribe(.merchant(ground.merchants[0]), "*").id
            let from = Instant.testStart + .minutes(10)
            let first = try replay(ground, id, .moment(from), until: from + .minutes(10))
            #expect(first.state == .done)
            #expect(first.found == 5)
            try ground.catchUp()
            let told = try ground.deliveries(id, .init(replay: first.id))
            #expect(told.count == 5)
            #expect(told.allSatisfy { $0.state == .delivered })
            let keys = try ground.receiver.posts.map { try JSON($0.body) }.filter { $0["type"] != "webhook.created" }
                .compactMap { $0["data"]?["key"]?.string }
            #expect(Set(keys) == ["10", "12", "14", "16", "18"])

            let event = try #require(told.last?.event)
            let second = try replay(ground, id, .event(event), until: from + .minutes(10), "order.*")
            #expect(second.found == 3)
            try ground.catchUp()
            let again = try ground.deliveries(id, .init(replay: second.id)).compactMap(\.event)
            #expect(Set(again).isSubset(of: Set(told.compactMap(\.event))))
        }
    }

    @Test("a foreign event, an end before the begin and a second replay are refused by name", arguments: EngineKind.all)
    func refusals(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            try ground.emit("order.placed", owner: 1)
            ground.pass(.minutes(1))
            let id = try ground.subscribe(.merchant(ground.merchants[0]), "*").id
            let foreign = try #require(try ground.stepper.read { try EventLog.history(of: "a", in: $0) }.first).id
            let start = { (start: ReplayEvents.Start, until: Instant?) in
                ReplayEvents(id, from: start, until: until, types: TypePatterns([TypePattern("*")].compactMap(\.self)))
            }
            #expect(throws: NotFound.self) { try ground.stepper.perform(start(.event(foreign), nil)) }
            #expect(throws: NotFound.self) { try ground.stepper.perform(start(.event(EventID(99_999)), nil)) }
            #expect(throws: InvalidInput.self) { try ground.stepper.perform(start(.moment(ground.stepper.now), .testStart)) }
            _ = try ground.stepper.perform(start(.moment(.testStart), nil))
            #expect(throws: Replays.Running(id)) { try ground.stepper.perform(start(.moment(.testStart), nil)) }
            try ground.stepper.perform(SetWebhookState(id, .paused, actor: "test"))
            try ground.runClocks()
            #expect(throws: WebhookNotActive.self) { try ground.stepper.perform(start(.moment(.testStart), nil)) }
        }
    }

    @Test("a long replay goes on in pieces, and waits while much is on its way", arguments: EngineKind.all)
    func pieces(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            try ground.stepper.perform(
                InPlace { tx in
                    for number in 0..<1700 { tx.emit(NewEvent("order.placed", key: "\(number)", occurred: tx.now)) }
                })
            ground.pass(.minutes(1))
            let id = try ground.subscribe(.operator, "order.*").id
            var one = try replay(ground, id, .moment(.testStart))
            #expect(one.state == .running)
            #expect(one.found >= 1000 && one.found < 1700)
            for _ in 0..<4 {
                try ground.catchUp()
                ground.pass(.seconds(6))
                try ground.runClocks()
            }
            let replayed = one.id
            let read = try ground.stepper.read { tx in try Replays.find(replayed, in: tx) }
            one = try #require(read)
            #expect(one.state == .done)
            #expect(one.found == 1700)
            try ground.catchUp()
            #expect(Set(ground.receiver.ids).count == 1700)
            #expect(ground.receiver.ids.count == 1700)
        }
    }
}
