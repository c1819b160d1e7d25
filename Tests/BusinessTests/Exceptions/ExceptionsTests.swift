import Exceptions
import Kernel
import Store
import TestGround
import Testing

@Suite struct ExceptionsTests {
    private static func new(
        _ subject: String, _ kind: String = "short_pick", role: OwnerRole = .site, due minutes: Int = 60
    ) -> NewException {
        NewException(
            kind, subject: subject, merchant: MerchantID(7), site: SiteID(8), ownerRole: role,
            due: .testStart + .minutes(minutes), stake: Money(1250, euro), detail: "A bin was empty.")
    }

    private func withExceptions<T>(_ kind: EngineKind, _ body: (Stepper) throws -> T) throws -> T {
        try withStepper(kind, migrations: ExceptionsSchema.migrations, body)
    }

    @Test(arguments: EngineKind.all)
    func `opening what is open answers the first, within a request and over several`(_ kind: EngineKind) throws {
        try withExceptions(kind) { stepper in
            func open(_ new: NewException...) throws -> [ExceptionID] {
                try stepper.perform(InPlace { tx in try Exceptions.open(new, in: tx) })
            }
            let first = try open(Self.new("ord_1"), Self.new("ord_2"), Self.new("ord_1"), Self.new("ord_1", "late"))
            #expect(first[0] == first[2])
            #expect(Set(first).count == 3)
            #expect(try open(Self.new("ord_2", due: 5)) == [first[1]])
            let events = try stepper.read { tx in try EventLog.history(of: "ord_2", in: tx) }
            #expect(events.map(\.type) == [ExceptionEvents.exceptionOpened])
            #expect(events[0].payload["stake_minor"] == 1250)
            #expect(events[0].owner == MerchantID(7))
        }
    }

    @Test(arguments: EngineKind.all)
    func `what was closed may open again, as another exception`(_ kind: EngineKind) throws {
        try withExceptions(kind) { stepper in
            let first = try stepper.perform(InPlace { tx in try Exceptions.open([Self.new("ord_1")], in: tx) })
            stepper.now = .testStart + .minutes(10)
            func close() throws -> Int {
                try stepper.perform(InPlace { tx in
                    try Exceptions.close(["ord_1", "ord_9"], kind: "short_pick", outcome: "refilled", in: tx)
                })
            }
            #expect(try close() == 1)
            #expect(try close() == 0)
            let second = try stepper.perform(InPlace { tx in try Exceptions.open([Self.new("ord_1")], in: tx) })
            #expect(first != second)
            let (history, events) = try stepper.read { tx in
                (try Exceptions.history(of: "ord_1", in: tx), try EventLog.history(of: "ord_1", in: tx))
            }
            #expect(history.map(\.outcome) == ["refilled", nil])
            #expect(history[0].closed == .testStart + .minutes(10))
            #expect(events.map(\.type) == ["exception.opened", "exception.closed", "exception.opened"])
            #expect(events[1].payload["open_seconds"] == 600)
        }
    }

    @Test(arguments: EngineKind.all)
    func `an inbox shows a role what is most urgent, page by page`(_ kind: EngineKind) throws {
        try withExceptions(kind) { stepper in
            let new = [("a", 30), ("b", 10), ("c", 20), ("d", 20)].map { Self.new($0.0, due: $0.1) }
            let others = [Self.new("e", role: .support, due: 1)]
            _ = try stepper.perform(InPlace { tx in try Exceptions.open(new + others, in: tx) })
            let (first, second, counts) = try stepper.read { tx in
                let first = try Exceptions.inbox(.site, limit: 3, in: tx)
                return (
                    first, try Exceptions.inbox(.site, after: first.last?.cursor, limit: 3, in: tx),
                    try Exceptions.openCounts(in: tx)
                )
            }
            #expect(first.map(\.subject) == ["b", "c", "d"])
            #expect(second.map(\.subject) == ["a"])
            #expect(first[0].stake == Money(1250, euro))
            #expect(counts == [.site: 4, .support: 1])
            let foreign = try stepper.read { tx in try Exceptions.inbox(.site, merchant: MerchantID(1), limit: 9, in: tx) }
            #expect(foreign.isEmpty)
        }
    }

    @Test(arguments: EngineKind.all)
    func `a person closes one exception once`(_ kind: EngineKind) throws {
        try withExceptions(kind) { stepper in
            let id = try stepper.perform(InPlace { tx in try Exceptions.open([Self.new("ord_1")], in: tx) })[0]
            func close(_ id: ExceptionID) throws -> Bool {
                try stepper.perform(InPlace { tx in
                    try Exceptions.close(id, outcome: "called the shopper", actor: "key_1", in: tx)
                })
            }
            #expect(try close(id))
            #expect(try !close(id))
            #expect(throws: NotFound("exception", ExceptionID(1))) { try close(ExceptionID(1)) }
        }
    }
}
