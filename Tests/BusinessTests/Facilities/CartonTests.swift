import Facilities
import Kernel
import Store
import TestGround
import Testing

@Suite struct CartonTests {
    private static func carton(_ site: SiteID, _ code: String = "S", onHand: Int64? = 100) -> NewCarton {
        NewCarton(
            site: site, code: code, inner: .box(300, 200, 150), maxLoad: 10_000, tare: 180, cost: 42, onHand: onHand)
    }

    @Test(arguments: EngineKind.all)
    func `used cartons come off the count, below zero where it must be`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let site = try stepper.addSite()
            let saved = try stepper.perform(InPlace { tx in
                try SaveCartons.run([Self.carton(site), Self.carton(site, "M", onHand: nil)], in: tx)
            })
            let (small, medium) = (saved[0].id, saved[1].id)
            let version = try stepper.network().version
            try stepper.perform(InPlace { tx in
                try Cartons.use([(medium, 2), (small, 1), (small, 3)], in: tx)
            })
            #expect(try stepper.read { tx in try Cartons.onHand(at: [site], in: tx) } == [small: 96, medium: -2])
            #expect(try stepper.network().version == version)
        }
    }

    @Test(arguments: EngineKind.all)
    func `a changed carton keeps its count unless it was counted`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let site = try stepper.addSite()
            func save(_ carton: NewCarton) throws -> CartonID {
                try stepper.perform(InPlace { tx in try SaveCartons.run([carton], in: tx)[0].id })
            }
            func count() throws -> [Int64] {
                try stepper.read { tx in Array(try Cartons.onHand(at: [site], in: tx).values) }
            }
            let id = try save(Self.carton(site))
            var changed = Self.carton(site, onHand: nil)
            changed.cost = 50
            #expect(try save(changed) == id)
            #expect(try count() == [100])
            #expect(try stepper.network().cartons(site).map(\.cost) == [50])
            #expect(try save(Self.carton(site, onHand: 7)) == id)
            #expect(try count() == [7])
        }
    }

    @Test func `a carton is refused by the first rule it breaks`() throws {
        try withNetwork(.sqliteMemory) { stepper in
            let site = try stepper.addSite()
            func refused(_ change: (inout NewCarton) -> Void) -> [String]? {
                var carton = Self.carton(site, "NEW")
                change(&carton)
                return stepper.refused { [carton] tx in try SaveCartons.run([Self.carton(site), carton], in: tx) }
            }
            #expect(refused { $0.site = SiteID(9) } == ["facilities.site_unknown", "/cartons/1/site"])
            #expect(refused { $0.code = "" } == ["facilities.code_invalid", "/cartons/1/code"])
            #expect(refused { $0.inner.height = 0 } == ["facilities.not_positive", "/cartons/1/height_mm"])
            #expect(refused { $0.maxLoad = 0 } == ["facilities.not_positive", "/cartons/1/max_g"])
            #expect(refused { $0.tare = -1 } == ["facilities.negative", "/cartons/1/tare_g"])
            #expect(refused { $0.code = "S" } == ["facilities.carton_repeated", "/cartons/1/code"])
        }
    }
}
