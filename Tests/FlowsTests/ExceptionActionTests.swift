import Exceptions
import Flows
import Kernel
import Store
import TestGround
import Testing
import Views
import Webhooks

@Suite("What a person does about an exception")
struct ExceptionActionTests {
    private func open(_ ground: WebhookGround, _ kind: String, _ subject: String) throws -> ExceptionID {
        let merchant = ground.merchants[0]
        return try ground.stepper.perform(
            InPlace { tx in
                try Exceptions.open(
                    [
                        NewException(
                            kind, subject: subject, merchant: merchant, ownerRole: .merchant, due: tx.now + .hours(1),
                            detail: "Something is wrong.")
                    ], in: tx)[0]
            })
    }

    private func act(_ ground: WebhookGround, _ id: ExceptionID, _ step: ExceptionStep, note: String? = nil, until: Instant? = nil) throws {
        let desk = OrderDesk(network: NetworkCache(), vault: ground.vault)
        try ground.stepper.perform(ActOnException(id, step, note: note, until: until, desk: desk, actor: "test"))
    }

    @Test("it closes with what was done, once; what is not of its kind is refused by name", arguments: EngineKind.all)
    func refusals(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let id = try open(ground, "parcel.lost", "hu_0000000000001")
            #expect(throws: NotFound.self) { try act(ground, ExceptionID(1), .resolve, note: "x") }
            #expect(throws: ActOnException.Refused.notOfThisKind(.retryLabel, "parcel.lost")) { try act(ground, id, .retryLabel) }
            #expect(throws: ActOnException.Refused.noteMissing) { try act(ground, id, .resolve) }
            try act(ground, id, .resolve, note: "found behind the belt")
            #expect(throws: Exceptions.Closed(id)) { try act(ground, id, .resolve, note: "again") }
            let view = try ground.stepper.read { try ExceptionPages.find(id, .network, in: $0) }
            #expect(view.outcome == "found behind the belt")
            let late = try open(ground, "order.late", "ord_0000000000001")
            #expect(throws: NotFound.self) { try act(ground, late, .cancelOrder) }
            let label = try open(ground, "label.failed", "hu_0000000000002")
            #expect(throws: ActOnException.Refused.nothingLeft("hu_0000000000002")) { try act(ground, label, .retryLabel) }
            let shortage = try open(ground, "shortage.undecided", "sho_0000000000001")
            #expect(throws: ActOnException.Refused.untilPassed(.testStart)) { try act(ground, shortage, .wait, until: .testStart) }
            #expect(throws: ActOnException.Refused.nothingLeft("sho_0000000000001")) { try act(ground, shortage, .wait) }
            let odd = try open(ground, "odd.kind", "x")
            try act(ground, odd, .resolve, note: "seen")
        }
    }

    @Test("a disabled webhook starts again by its action", arguments: EngineKind.all)
    func restart(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let webhook = try ground.subscribe(.merchant(ground.merchants[0]), "order.*").id
            try ground.emit("order.placed", owner: 0)
            ground.receiver.answer(410)
            try ground.catchUp()
            let id = try #require(try ground.stepper.read { try Exceptions.inbox(.merchant, limit: 1, in: $0) }.first).id
            try act(ground, id, .restartWebhook)
            #expect(try ground.webhook(webhook).state == .active)
            #expect(try ground.stepper.read { try Exceptions.find(id, in: $0) }?.outcome == "restart_webhook")
        }
    }

    @Test("what is overdue is the operator's as well, and is counted so", arguments: EngineKind.all)
    func escalation(kind: EngineKind) throws {
        try withWebhooks(kind) { ground in
            let id = try open(ground, "parcel.lost", "hu_0000000000001")
            let closed = try open(ground, "parcel.lost", "hu_0000000000002")
            try act(ground, closed, .resolve, note: "there it is")
            try ground.stepper.perform(AssignException(id, to: "Night desk", actor: "lead"))
            #expect(throws: Exceptions.Closed(closed)) { try ground.stepper.perform(AssignException(closed, to: nil, actor: "lead")) }
            _ = try ground.stepper.perform(NoteOnException(id, "called the carrier", actor: "test"))
            var filter = ExceptionPages.Filter()
            filter.role = .operator
            let inbox = { [filter] in
                try ground.stepper.read { try ExceptionPages.open(filter, .network, after: nil, limit: 9, in: $0) }
            }
            #expect(try inbox().isEmpty)
            ground.pass(.hours(2))
            while try ground.stepper.perform(TimerStep([EscalateExceptions()])) > 0 {}
            let found = try inbox()
            #expect(found.map(\.id) == [id])
            #expect(found.first?.assignee == "Night desk")
            #expect(found.first?.escalatedAt == ground.stepper.now)
            let counts = try ground.stepper.read { try ExceptionPages.counts(.network, in: $0) }
            #expect(counts.map(\.kind) == ["parcel.lost"])
            #expect(counts.map(\.overdue) == [1])
            let types = try ground.stepper.read { try EventLog.history(of: "hu_0000000000001", in: $0) }.map(\.type)
            #expect(types == ["exception.opened", "exception.assigned", "exception.noted", "exception.escalated"])
            let notes = try ground.stepper.read { try Exceptions.notes(of: id, in: $0) }
            #expect(notes.map(\.text) == ["called the carrier"])
            #expect(try ground.findings() == [])
        }
    }
}
