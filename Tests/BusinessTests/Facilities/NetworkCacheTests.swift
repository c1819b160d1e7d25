import Facilities
import Kernel
import Store
import TestGround
import Testing

@Suite struct NetworkCacheTests {
    private struct Undone: Error {}

    @Test(arguments: EngineKind.all)
    func `the network is read anew when something changed, and only then`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let cache = NetworkCache()
            func network() throws -> Network { try stepper.read { tx in try cache.network(in: tx) } }
            #expect(try network().version == 0)
            let site = try stepper.addSite()
            let first = try network()
            #expect(first.sites.map(\.id) == [site])
            #expect(try network().version == first.version)
            let closure = SiteClosure(site: site, day: day("2026-12-25"), reason: "Christmas")
            try stepper.perform(InPlace { tx in try SetClosures.run([closure], in: tx) })
            #expect(try network().version > first.version)
            #expect(try network().calendar(site)?.closures == [day("2026-12-25")])
            #expect(first.calendar(site)?.closures == [])
        }
    }

    @Test(arguments: EngineKind.all)
    func `what a transaction saw and gave up is not taken for what came after`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let cache = NetworkCache()
            let undone = stepper.perform([InPlace { tx in
                _ = try SaveSites.run([.porto("GHOST")], in: tx)
                #expect(try cache.network(in: tx).sites.map(\.code) == ["GHOST"])
                throw Undone()
            }])[0]
            #expect(throws: Undone.self) { try undone.get() }
            #expect(try stepper.read { tx in try cache.network(in: tx).sites.isEmpty })
            _ = try stepper.addSite("REAL")
            #expect(try stepper.read { tx in try cache.network(in: tx).sites.map(\.code) } == ["REAL"])
        }
    }

    @Test func `two networks of the same statements are the same`() throws {
        func describe() throws -> String {
            try withNetwork(.sqliteMemory) { stepper in
                let service = try stepper.addService(), site = try stepper.addSite()
                let lane = NewLane(
                    origin: site, service: service,
                    departures: [3, 1, 2].map { LaneDeparture(weekday: $0, leaves: clock("17:00"), cutOffMinutes: 30 * $0) })
                _ = try stepper.perform(InPlace { tx in try SaveLanes.run([lane], in: tx) })
                let network = try stepper.network()
                return "\(network.sites) \(network.services) \(network.lanes) \(network.version)"
                    + "\(network.collections(site, service).map { "\($0.groups)" } ?? "")"
            }
        }
        #expect(try describe() == describe())
    }
}
