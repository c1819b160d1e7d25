import Kernel
import Store
import TestGround
import Testing

@testable import Rehearsal

@Suite("A rehearsal")
struct RehearsalTests {
    private static func outcome(_ kind: EngineKind, seed: UInt64) throws -> RehearsalOutcome {
        let world = SampleWorld.make(orders: 80, days: 6, start: CivilDate(dayNumber: 20_500), seed: seed)
        return try withDatabase(kind) { database in
            try Rehearsal(RehearsalPlan(world: world, sites: 3, seed: seed), engine: database.engine).run()
        }
    }

    @Test("ends with every order accounted for and clean books", arguments: EngineKind.all)
    func endsClean(kind: EngineKind) throws {
        let outcome = try Self.outcome(kind, seed: 7)
        #expect(outcome.audit.findings.map(\.sentence) == [])
        #expect(outcome.report.finalStates.reduce(0) { $0 + $1.count } == 80)
        #expect(outcome.report.unfinished.allSatisfy { $0.name != "no reason known" })
        #expect(outcome.report.daysToDoor.delivered > 60)
        let outbound = Set(outcome.report.outbound.map(\.name))
        #expect(outbound.isSuperset(of: ["transfer (delivered)", "removal (delivered)", "disposal (disposed)"]), "\(outbound)")
    }

    @Test("gives one digest for one seed on every engine, and another for another seed")
    func oneDigest() throws {
        let digests = try EngineKind.all.map { try Self.outcome($0, seed: 3).report.digest }
        #expect(Set(digests).count == 1)
        #expect(try Self.outcome(.sqliteMemory, seed: 4).report.digest != digests[0])
    }

    @Test("of everything that can go wrong ends with all of it found, owned and resolved, alike on every engine")
    func faults() throws {
        let world = SampleWorld.make(orders: 150, days: 6, start: CivilDate(dayNumber: 20_500), seed: 2)
        // So many that a small sample has some whatever else changes.
        var troubles = Troubles.faulty
        troubles.wrongWeights = 80_000
        (troubles.countedBags, troubles.lostFromBags) = (600_000, 80_000)
        let outcomes = try EngineKind.all.map { [troubles] kind in
            try withDatabase(kind) { database in
                let rehearsal = try Rehearsal(
                    RehearsalPlan(world: world, sites: 3, seed: 2, troubles: troubles), engine: database.engine)
                let outcome = try rehearsal.run()
                // Opened bags are counted one by one: what lacks in one is missed by itself.
                let lacking = try rehearsal.stepper.read {
                    try $0.value(
                        "SELECT COUNT(*) FROM trip_count c JOIN parcel p ON p.id = c.unit WHERE c.result = 'short'", as: Int.self)
                }
                #expect(lacking ?? 0 > 0)
                let pallets = try rehearsal.stepper.read {
                    try $0.value("SELECT COUNT(*) FROM handling_unit WHERE kind = 'pallet'", as: Int.self)
                }
                #expect(pallets ?? 0 > 0)
                return outcome
            }
        }
        #expect(Set(outcomes.map(\.report.digest)).count == 1)
        for outcome in outcomes {
            #expect(outcome.audit.findings.map(\.sentence) == [])
            #expect(outcome.report.unfinished.allSatisfy { $0.name != "no reason known" })
            #expect(outcome.report.wishes.contains { $0.name == "another address: asked" }, "\(outcome.report.wishes)")
            let kinds = outcome.report.exceptions.map(\.name)
            #expect(kinds.filter { $0.hasSuffix("(open)") } == [])
            for kind in ["unit.short", "unit.damaged", "label.failed", "fulfillment.late", "parcel.weight"] {
                #expect(kinds.contains("\(kind) (closed)"), "\(kind) is not among \(kinds)")
            }
            #expect(kinds.contains { $0.hasPrefix("return.") })
            #expect(kinds.contains { $0.hasPrefix("partner.") })
        }
    }

    @Test("in which half of what was delivered comes back, much of it wrong, ends with nothing owed or open", arguments: EngineKind.all)
    func manyReturns(kind: EngineKind) throws {
        let world = SampleWorld.make(orders: 120, days: 6, start: CivilDate(dayNumber: 20_500), seed: 5)
        var troubles = Troubles()
        (troubles.returns, troubles.returnsNeverSent, troubles.returnsUncoded) = (500_000, 100_000, 100_000)
        (troubles.returnsWrong, troubles.returnsMissing) = (150_000, 150_000)
        (troubles.returnsExtra, troubles.returnsCounterfeit) = (150_000, 100_000)
        try withDatabase(kind) { (database: TestDatabase) throws in
            let outcome = try Rehearsal(
                RehearsalPlan(world: world, sites: 2, seed: 5, troubles: troubles), engine: database.engine).run()
            #expect(outcome.audit.findings.map(\.sentence) == [])
            let record = try #require(outcome.report.returns)
            #expect(record.ends.reduce(0) { $0 + $1.count } > 20)
            let ended = ["closed", "expired", "denied"]
            #expect(record.ends.allSatisfy { one in one.name.hasPrefix("refused") || ended.contains { one.name.hasSuffix($0) } })
            #expect(record.refunds.minor > 0 && record.restockedUnits > 0)
            let open = outcome.report.exceptions.map(\.name).filter { $0.hasSuffix("(open)") }
            #expect(open.allSatisfy { !$0.hasPrefix("return.") && !$0.hasPrefix("refund.") }, "\(open)")
        }
    }
}
