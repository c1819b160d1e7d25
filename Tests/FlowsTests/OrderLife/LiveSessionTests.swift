import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing
import Views

@Suite("Orders of a live session wait for each other")
struct LiveSessionTests {
    private typealias Ground = CommitmentGround

    private func open(_ ground: Ground, for duration: Duration = .hours(1), channel: String = "api") throws -> LiveSessionID {
        try ground.stepper.perform(
            OpenLiveSession(
                merchant: ground.merchant, channel: channel, name: "live", endsAt: ground.stepper.now + duration, actor: "test"))
    }

    private func placed(
        _ ground: Ground, _ number: String, _ name: String?, in session: LiveSessionID, _ lines: [(String, Int64)] = [("A", 1)],
        _ change: (inout OrderRequest) -> Void = { _ in }
    ) throws -> OrderID {
        var request = ground.order(number, for: name, lines)
        change(&request)
        return try ground.stepper.perform(PlaceInSession(request, session, desk: ground.network.desk, actor: "test")).order
    }

    private func clocks(_ ground: Ground) -> [any ClockHandler] {
        [OrderHoldClocks(desk: ground.network.desk), LiveSessionClocks(desk: ground.network.desk)]
    }

    private func view(_ ground: Ground, _ session: LiveSessionID) throws -> LiveSessionView {
        try ground.stepper.read { try LiveSessionView.find(session, .network, in: $0) }
    }

    @Test("at its end the orders of each shopper become one and go", arguments: EngineKind.all)
    func ends(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [20, 0], other: [5, 0])
            let session = try open(ground, for: .minutes(10))
            let ada = try (1...3).map { try placed(ground, "A-\($0)", "Ada", in: session, [("A", Int64($0)), ("B", 1)]) }
            let bob = try placed(ground, "B-1", "Bob", in: session), nobody = try placed(ground, "N-1", nil, in: session)
            let repeated = try placed(ground, "B-1", "Bob", in: session)
            #expect(repeated == bob)
            #expect(try view(ground, session).held == 5 && view(ground, session).orders == 5)
            #expect(try ground.release() == 0)
            #expect(try ground.wrong() == [])
            try ground.advance(.minutes(10), clocks(ground))
            #expect(try view(ground, session).state == .closed && view(ground, session).held == 0)
            #expect(try ground.details(ada[0]).lines.count == 6)
            #expect(try ada[1...].allSatisfy { try ground.details($0).state == .cancelled })
            #expect(try [bob, nobody].allSatisfy { try ground.details($0).state == .open })
            #expect(try ground.wrong() == [])
            #expect(try ground.release() == 3)
            #expect(throws: LiveSessionRefused.closed(session)) { try placed(ground, "B-2", "Bob", in: session) }
            _ = try placed(ground, "B-3", "Bob", in: session) { $0.way = .record }
            #expect(try ground.release() == 1, "what is sold is taken, and waits for nobody")
        }
    }

    @Test("an order whose last safe release comes goes with what else its shopper bought, the others wait on", arguments: EngineKind.all)
    func lastSafeRelease(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [20, 0])
            let session = try open(ground, for: .days(2))
            let ada = try placed(ground, "A-1", "Ada", in: session)
            let until = try #require(try ground.details(ada).holds.first?.until)
            let head = try ground.stepper.read { try Fulfillments.of([ada], in: $0)[0] }
            #expect(until == head.releaseBy && until < ground.stepper.now + .days(2))
            let half = Duration.microseconds((until - ground.stepper.now).micros / 2)
            try ground.advance(half, clocks(ground))
            let more = try placed(ground, "A-2", "Ada", in: session)
            let bob = try placed(ground, "B-1", "Bob", in: session)
            let later = try #require(try ground.details(bob).holds.first?.until)
            try ground.advance(until - ground.stepper.now, clocks(ground))
            #expect(try ground.details(ada).holds.isEmpty)
            #expect(try ground.details(more).state == .cancelled, "it went along")
            #expect(try ground.units(ada) == ["A 0/1", "A 0/1"])
            if later > until { #expect(try ground.details(bob).holds.count == 1) }
            #expect(try view(ground, session).state == .open)
            #expect(try ground.release() >= 1)
            #expect(try ground.wrong() == [])
        }
    }

    @Test("orders that may not be merged, or save nothing by it, go as they are", arguments: EngineKind.all)
    func apart(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [20, 0])
            let session = try open(ground)
            let first = try placed(ground, "A-1", "Ada", in: session)
            let unpaid = try placed(ground, "A-2", "Ada", in: session) { $0.payment = .pending }
            let waits = try placed(ground, "A-3", "Ada", in: session, [("B", 1)]) { $0.backorder = true }
            try ground.stepper.perform(CloseLiveSession(session, merchant: ground.merchant, actor: "test"))
            try ground.advance(.zero, clocks(ground))
            #expect(try [first, unpaid, waits].allSatisfy { try ground.details($0).state == .open && ground.details($0).holds.isEmpty })
            let before = try ground.rows()
            try ground.stepper.perform(CloseLiveSession(session, merchant: ground.merchant, actor: "test"))
            #expect(try ground.rows() == before, "it is closed already")
            #expect(try ground.wrong() == [])
        }
    }

    @Test("what joins is of the session's merchant, channel and of no other session", arguments: EngineKind.all)
    func joins(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [20, 0])
            let now = ground.stepper.now
            for end in [now, now + .days(4)] {
                let flow = OpenLiveSession(merchant: ground.merchant, channel: "api", name: "x", endsAt: end, actor: "test")
                #expect(try ground.code(flow) == "live_session.ends_invalid")
            }
            let session = try open(ground), other = try open(ground), foreign = try open(ground, channel: "other")
            let order = try ground.placed("J-1"), gone = try ground.placed("J-2")
            _ = try ground.stepper.perform(CancelOrder(gone, merchant: nil, reason: "test", actor: "test"))
            try ground.stepper.perform(JoinLiveSession(session, [order], merchant: ground.merchant))
            let before = try ground.rows()
            try ground.stepper.perform(JoinLiveSession(session, [order], merchant: ground.merchant))
            #expect(try ground.rows() == before, "it has joined already")
            let tries: [(JoinLiveSession, String)] = [
                (JoinLiveSession(session, [OrderID(3)], merchant: nil), "order.not_found"),
                (JoinLiveSession(session, [gone], merchant: nil), "order.ended"),
                (JoinLiveSession(other, [order], merchant: nil), "live_session.other_session"),
                (JoinLiveSession(foreign, [order], merchant: nil), "live_session.other_channel"),
                (JoinLiveSession(session, [order], merchant: MerchantID(1)), "live_session.not_found"),
            ]
            for (flow, code) in tries { #expect(try ground.code(flow) == code) }
            #expect(try ground.rows() == before)
        }
    }
}
