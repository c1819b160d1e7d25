import Facilities
import Flows
import Kernel
import Rehearsal
import Store
import TestGround
import Testing

@Suite("The network kept in memory")
struct NetworkCacheTests {
    private struct Undone: Error {}

    private static func closure(_ site: SiteID, _ day: Int) -> InPlace<Void> {
        InPlace { tx in
            try SetClosures.run([SiteClosure(site: site, day: CivilDate(dayNumber: day), reason: "Christmas")], in: tx)
        }
    }

    @Test("is read anew when something changed, and only then; what was given up is not taken for it", arguments: EngineKind.all)
    func anew(kind: EngineKind) throws {
        try withStepper(kind, migrations: Assembly.migrations) { stepper in
            let world = SampleWorld.make(orders: 10, days: 1, start: CivilDate(dayNumber: 20_500), seed: 1)
            let site = try stepper.perform(SaveNetwork(WorldNetwork.plan(world, sites: 1, binsPerSite: 10))).sites[0]
            let cache = NetworkCache()
            func network() throws -> Network { try stepper.read { tx in try cache.network(in: tx) } }
            let first = try network()
            #expect(try network().version == first.version)
            try stepper.perform(Self.closure(site, 20_700))
            #expect(try network().version > first.version)
            #expect(try network().calendar(site)?.closures == [CivilDate(dayNumber: 20_700)])
            #expect(first.calendar(site)?.closures == [])
            let undone = stepper.perform([
                InPlace { tx in
                    try Self.closure(site, 20_701).run(in: tx)
                    #expect(try cache.network(in: tx).calendar(site)?.closures.contains(CivilDate(dayNumber: 20_701)) == true)
                    throw Undone()
                }
            ])[0]
            #expect(throws: Undone.self) { try undone.get() }
            #expect(try network().calendar(site)?.closures == [CivilDate(dayNumber: 20_700)])
        }
    }
}
