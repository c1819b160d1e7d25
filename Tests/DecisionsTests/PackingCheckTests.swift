import Decisions
import Kernel
import Testing

@Suite("The check of packing plans")
struct PackingCheckTests {
    private static let items = [
        PackingSample.item(0, 200, 200, 100), PackingSample.item(1, 100, 100, 100, grams: 300, quantity: 2),
    ]

    private static let plan = Cartonizer().pack(items, cartons: PackingSample.range, rules: PackingSample.rules)

    private func faults(_ plan: PackingPlan, items: [PackingItem] = items, rules: PackingRules = PackingSample.rules) -> [String] {
        PackingCheck(items, cartons: PackingSample.range, rules: rules).faults(of: plan)
    }

    @Test("a right plan has no faults")
    func right() { #expect(faults(Self.plan) == []) }

    /// Ways to spoil the plan: one large unit on the floor, two smaller ones on it.
    static let spoilings: [(String, @Sendable (inout PackingPlan) -> Void)] = [
        ("overlap", { $0.parcels[0].units[2] = $0.parcels[0].units[1] }),
        ("not inside", { $0.parcels[0].units[2].x = 150 }),
        ("too little support", { $0.parcels[0].units[2].z = 105 }),
        ("changed its size", { $0.parcels[0].units[0].size = PackingSample.size(200, 200, 90) }),
        ("has 2 units", { $0.parcels[0].units.removeLast() }),
        ("unit of no line", { $0.parcels[0].units[0].item = 9 }),
        ("gross weight", { $0.parcels[0].gross = 1 }),
        ("The fill is", { $0.parcels[0].fillPPM += 10 }),
        ("It costs", { $0.parcels[0].costMinor -= 1 }),
        ("the plan says", { $0.costMinor -= 1 }),
        ("no carton 9", { $0.parcels[0].carton = 9 }),
        ("no carton and holds", { $0.parcels[0].carton = nil }),
        ("outer size", { $0.parcels[0].outer = PackingSample.size(1, 1, 1) }),
    ]

    @Test("a spoilt plan is found out", arguments: spoilings.indices)
    func spoilt(index: Int) throws {
        var plan = Self.plan
        try #require(plan.parcels.first?.units.count == 3)
        let (word, spoil) = Self.spoilings[index]
        spoil(&plan)
        #expect(faults(plan).contains { $0.contains(word) }, "\(faults(plan))")
    }

    @Test("a plan made without a rule fails the check with it")
    func rules() {
        var upright = Self.items, fragile = Self.items, apart = Self.items
        upright[0].size = PackingSample.size(200, 100, 200)
        upright[0].thisSideUp = true
        #expect(faults(Self.plan, items: upright).contains { $0.contains("upright") })
        fragile[0].bears = .nothing
        #expect(faults(Self.plan, items: fragile).contains { $0.contains("does not bear") })
        fragile[0].bears = .nothingHeavier
        #expect(faults(Self.plan, items: fragile).contains { $0.contains("does not bear") })
        apart[0].groups = .group(3)
        apart[1].keepsApartFrom = .group(3)
        #expect(faults(Self.plan, items: apart).contains { $0.contains("may not share") })
        var rules = PackingSample.rules
        rules.limits = ParcelLimits(maxGross: 10, maxLength: 10, maxLengthPlusGirth: 10)
        #expect(faults(Self.plan, rules: rules).count == 3)
    }
}
