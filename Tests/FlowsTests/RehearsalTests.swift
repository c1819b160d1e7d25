import Kernel
import Rehearsal
import Store
import TestGround
import Testing

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
}
