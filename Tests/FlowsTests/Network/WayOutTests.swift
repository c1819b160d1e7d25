import Exceptions
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport

@testable import Flows

extension NetworkGround {
    fileprivate func opened(_ kind: String) throws -> ExceptionID {
        let id: ExceptionID? = try stepper.read {
            try $0.value("SELECT id FROM exception WHERE kind = \(kind) AND closed_at IS NULL")
        }
        guard let id else { throw StoreError.unexpected("no \(kind) is open") }
        return id
    }

    fileprivate func act(_ id: ExceptionID, _ step: ExceptionStep) throws {
        try stepper.perform(ActOnException(id, step, note: "looked", until: nil, desk: desk, actor: "lead"))
    }

    fileprivate func resolve(_ id: ExceptionID) throws {
        _ = try stepper.perform(ResolveException(id, outcome: "looked", actor: "lead"))
    }

    /// From now on nothing leaves by this lane, or it does again.
    fileprivate func run(_ name: String, until day: Int64) throws {
        let id = lane(name)
        try stepper.perform(
            InPlace { tx in
                try tx.run("UPDATE lane SET until_day = \(day) WHERE id = \(id)", expecting: 1)
                try tx.run("UPDATE reference_version SET version = version + 1 WHERE name = 'network'", expecting: 1)
            })
    }

    /// A parcel that stands at H1, from which nothing leaves any more.
    fileprivate func stuck() throws -> (order: OrderID, parcel: UnitID) {
        let made = try pack(1)[0]
        try route([made.parcel], "FC-H1", "H1-H2")
        let trip = try drive("FC-H1", [made.parcel])
        try unload(trip, [made.parcel])
        try reconcile(trip)
        try run("H1-H2", until: 0)
        let (found, h1, desk) = (try parcel(made.parcel), h1, desk)
        try stepper.perform(InPlace { try Reroute(desk: desk).run([found], at: h1, in: $0) })
        return made
    }
}

@Suite("The way out of an exception about goods")
struct WayOutTests {
    @Test("a missing bag is given up from the inbox, and words alone leave it missing", arguments: EngineKind.all)
    func lost(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let made = try ground.pack(2)
            try ground.route(made.map(\.parcel), "FC-H2")
            let bag = try ground.bagged(made.map(\.parcel), "FC-H2")
            let trip = try ground.drive("FC-H2", [bag])
            try ground.reconcile(trip)
            try ground.settle()
            let id = try ground.opened("unit.short")
            #expect(try refusal { try ground.act(id, .resolve) } == "exception.action_unknown")
            #expect(try refusal { try ground.resolve(id) } == "exception.action_unknown")
            #expect(try ground.findings() == [])
            try ground.act(id, .declareLost)
            try ground.settle()
            #expect(try ground.open("unit.short") == 0)
            #expect(try ground.stepper.read { try Exceptions.notes(of: id, in: $0) }.map(\.text) == ["looked"])
            for one in made { #expect(try ground.order(one.order) == .lost) }
            #expect(try ground.findings() == [])
        }
    }

    @Test("a parcel without a way gets one when there is one, and words alone leave it standing", arguments: EngineKind.all)
    func stuck(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let (_, parcel) = try ground.stuck()
            let id = try ground.opened("parcel.no_route")
            #expect(try ground.findings() == [])
            #expect(try refusal { try ground.resolve(id) } == "exception.action_unknown")
            #expect(try refusal { try ground.act(id, .findWay) } == "exception.no_way")
            #expect(try ground.open("parcel.no_route") == 1)
            try ground.run("H1-H2", until: 9_000_000)
            try ground.act(id, .findWay)
            #expect(try ground.open("parcel.no_route") == 0)
            let h1 = ground.h1
            #expect(try ground.stepper.read { try Routes.next(of: [parcel], at: h1, in: $0) }[parcel]?.destination == ground.h2)
            #expect(try ground.findings() == [])
        }
    }

    @Test("a parcel without a way whose order is cancelled needs nobody any more", arguments: EngineKind.all)
    func cancelled(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let (order, _) = try ground.stuck()
            #expect(try ground.open("parcel.no_route") == 1)
            #expect(try ground.cancel(order).answer == .accepted)
            #expect(try ground.open("parcel.no_route") == 0)
            #expect(try ground.findings() == [])
        }
    }
}
