import Decisions
import Kernel
import Testing

@Suite("Cartonization, on random orders")
struct PackingPropertyTests {
    /// Seeds a block: a debug build takes a tenth of what a release build tries.
    #if DEBUG
    static let seeds: UInt64 = 100
    #else
    static let seeds: UInt64 = 2_000
    #endif

    @Test("every plan obeys every rule and accounts for every unit", arguments: 0..<5)
    func validity(block: Int) {
        for seed in UInt64(block) * Self.seeds..<UInt64(block + 1) * Self.seeds {
            let scene = PackingSample.scene(seed: seed, mostUnits: seed % 100 == 0 ? 25 : 6)
            let plan = Cartonizer(searchNodes: 300, improvementRounds: 4)
                .pack(scene.items, cartons: scene.cartons, rules: scene.rules)
            let faults = PackingCheck(scene.items, cartons: scene.cartons, rules: scene.rules).faults(of: plan)
            #expect(faults == [], "seed \(seed)")
        }
    }

    @Test("the same order gives the same plan")
    func determinism() {
        for seed in UInt64(0)..<20 {
            let scene = PackingSample.scene(seed: seed, mostUnits: 12)
            let plans = (0..<2).map { _ in Cartonizer().pack(scene.items, cartons: scene.cartons, rules: scene.rules) }
            #expect(plans[0] == plans[1], "seed \(seed)")
        }
    }

    @Test("a unit is left behind for want of cartons only")
    func nothingForgotten() {
        for seed in UInt64(0)..<Self.seeds {
            var scene = PackingSample.scene(seed: seed, mostUnits: 5)
            for place in scene.cartons.indices { scene.cartons[place].onHand = .max }
            let plan = Cartonizer(searchNodes: 100, improvementRounds: 2)
                .pack(scene.items, cartons: scene.cartons, rules: scene.rules)
            #expect(plan.unfit.allSatisfy { $0.reason != .noCartonLeft }, "seed \(seed)")
        }
    }
}
