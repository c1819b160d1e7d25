import Decisions
import Kernel
import Testing

@Suite("Cartonization, on random orders")
struct PackingPropertyTests {
    /// Five blocks of a thousand seeds, small orders and a few larger ones.
    @Test("every plan obeys every rule and accounts for every unit", arguments: 0..<5)
    func validity(block: Int) {
        for seed in UInt64(block * 1_000)..<UInt64(block * 1_000 + 1_000) {
            let scene = Sample.scene(seed: seed, mostUnits: seed % 50 == 0 ? 30 : 6)
            let plan = Cartonizer(searchNodes: 500, improvementRounds: 10)
                .pack(scene.items, cartons: scene.cartons, rules: scene.rules)
            let faults = PackingCheck(scene.items, cartons: scene.cartons, rules: scene.rules).faults(of: plan)
            #expect(faults == [], "seed \(seed)")
        }
    }

    @Test("the same order gives the same plan")
    func determinism() {
        for seed in UInt64(0)..<40 {
            let scene = Sample.scene(seed: seed, mostUnits: 12)
            let plans = (0..<2).map { _ in Cartonizer().pack(scene.items, cartons: scene.cartons, rules: scene.rules) }
            #expect(plans[0] == plans[1], "seed \(seed)")
        }
    }

    @Test("a unit is left behind for want of cartons only")
    func nothingForgotten() {
        for seed in UInt64(0)..<500 {
            var scene = Sample.scene(seed: seed, mostUnits: 8)
            for place in scene.cartons.indices { scene.cartons[place].onHand = .max }
            let plan = Cartonizer(searchNodes: 500).pack(scene.items, cartons: scene.cartons, rules: scene.rules)
            #expect(plan.unfit.allSatisfy { $0.reason != .noCartonLeft }, "seed \(seed)")
        }
    }
}
