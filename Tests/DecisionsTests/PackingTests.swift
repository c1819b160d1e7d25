import Decisions
import Kernel
import Testing

@Suite("Cartonization")
struct PackingTests {
    private func pack(
        _ items: [PackingItem], _ cartons: [CartonOption] = PackingSample.range, rules: PackingRules = PackingSample.rules
    ) -> PackingPlan {
        let plan = Cartonizer().pack(items, cartons: cartons, rules: rules)
        #expect(PackingCheck(items, cartons: cartons, rules: rules).faults(of: plan) == [])
        return plan
    }

    @Test("one unit goes into the cheapest carton that it fits", arguments: [
        (PackingSample.size(90, 90, 90), Int64(1)), (PackingSample.size(100, 200, 90), 2), (PackingSample.size(50, 50, 180), 2),
        (PackingSample.size(110, 110, 30), 3),
    ] as [(Dimensions, Int64)])
    func oneUnit(size: Dimensions, carton: Int64) {
        let plan = pack([PackingItem(index: 7, size: size, weight: 100)])
        #expect(plan.parcels.map(\.carton) == [carton])
        #expect(plan.proof == .proven)
    }

    @Test("what fits by volume only is not packed into that carton")
    func volumeIsNotEnough() {
        // Two cubes of 60 mm are 43 % of a litre, and never share a cube of 100 mm.
        let plan = pack([PackingSample.item(0, 60, 60, 60, quantity: 2)])
        #expect(plan.parcels.map(\.carton) == [2])
        #expect(plan.proof == .proven)
    }

    @Test("eight bricks that fill the carton to the last millimetre are found")
    func fullCarton() {
        let plan = pack([PackingSample.item(0, 100, 100, 100, quantity: 8)])
        #expect(plan.parcels.map(\.fillPPM) == [1_000_000])
        #expect(plan.parcels.map(\.carton) == [3])
    }

    @Test("an upright unit is not laid down")
    func upright() {
        var bottle = PackingSample.item(0, 50, 50, 180)
        bottle.thisSideUp = true
        #expect(pack([bottle]).parcels.map(\.carton) == [3])
    }

    @Test("a fragile unit ends on top or alone on the floor")
    func fragile() {
        var glass = PackingSample.item(0, 100, 100, 100, grams: 200)
        glass.bears = .nothing
        let plan = pack([glass, PackingSample.item(1, 200, 200, 100)])
        #expect(plan.parcels.map(\.carton) == [3])
        #expect(plan.parcels.first?.units.map(\.item) == [1, 0])
    }

    @Test("units that must keep apart travel in two parcels")
    func segregation() {
        var food = PackingSample.item(0, 40, 40, 40), bleach = PackingSample.item(1, 40, 40, 40)
        food.groups = .group(0)
        bleach.keepsApartFrom = .group(0)
        #expect(pack([food, bleach]).parcels.map(\.carton) == [1, 1])
        bleach.keepsApartFrom = .group(5)
        #expect(pack([food, bleach]).parcels.map(\.carton) == [1])
    }

    @Test("padding is kept free at all walls")
    func padding() {
        var rules = PackingSample.rules
        rules.padding = 5
        let plan = pack([PackingSample.item(0, 91, 40, 40)], rules: rules)
        #expect(plan.parcels.map(\.carton) == [2])
        #expect(plan.parcels.first?.units.first?.x == 5)
    }

    @Test("the carrier's weight limit splits an order")
    func weightLimit() {
        var rules = PackingSample.rules
        rules.limits.maxGross = 1_050
        let plan = pack([PackingSample.item(0, 50, 50, 50, grams: 500, quantity: 4)], rules: rules)
        #expect(plan.parcels.map(\.gross) == [1_050, 1_050])
    }

    @Test("two small parcels are taken where volume makes the large one dearer")
    func dimensionalWeight() {
        let items = [PackingSample.item(0, 95, 95, 95), PackingSample.item(1, 195, 95, 95)]
        let dear = PackingRules(tariff: .billable(perParcelMinor: 0, perKilogramMinor: 1_000, divisor: 5_000))
        #expect(pack(items, rules: dear).parcels.compactMap(\.carton).sorted() == [1, 2])
        #expect(pack(items).parcels.map(\.carton) == [3])
    }

    @Test("any tariff may be given as a function of gross weight and outer size")
    func tableTariff() {
        let rules = PackingRules(tariff: .table { gross, outer in gross.rawValue > 200 ? 10_000 : outer.length.rawValue })
        let plan = pack([PackingSample.item(0, 40, 40, 40, grams: 120, quantity: 2)], rules: rules)
        #expect(plan.parcels.map(\.carton) == [1, 1])
        #expect(plan.costMinor == 2 * (20 + 100))
        #expect(plan.proof == .proven)
    }

    @Test("cartons that ran out are not used")
    func stock() {
        let cartons = [PackingSample.carton(1, 100, 100, 100, cost: 20, onHand: 1), PackingSample.carton(2, 100, 100, 110, cost: 90)]
        let plan = pack([PackingSample.item(0, 90, 90, 90, quantity: 3)], cartons)
        #expect(plan.parcels.compactMap(\.carton).sorted() == [1, 2, 2])
    }

    @Test("what no parcel can hold is reported with its reason", arguments: [
        (PackingSample.item(3, 300, 10, 10), UnfitReason.tooLarge),
        (PackingSample.item(3, 0, 10, 10), .unmeasured),
        (PackingSample.item(3, 10, 10, 10, grams: 30_000), .tooHeavy),
        (PackingSample.item(3, 190, 190, 190), .beyondCarrierSize),
        (PackingSample.item(3, 190, 90, 90), .noCartonLeft),
        (PackingSample.item(3, 4_000_000_000, 4_000_000_000, 4_000_000_000), .tooLarge),
    ] as [(PackingItem, UnfitReason)])
    func unfit(item: PackingItem, reason: UnfitReason) {
        var cartons = PackingSample.range
        cartons[1].onHand = 0
        var rules = PackingSample.rules
        rules.limits.maxLengthPlusGirth = 700
        let plan = pack([item, PackingSample.item(4, 50, 50, 50)], cartons, rules: rules)
        #expect(plan.unfit == [UnfitItem(item: 3, quantity: 1, reason: reason)])
        #expect(plan.parcels.count == 1)
    }

    @Test("a unit in its maker's box leaves without a carton")
    func ownContainer() {
        var chair = PackingSample.item(0, 600, 500, 400, grams: 9_000)
        chair.shipsInOwnContainer = true
        let plan = pack([chair, PackingSample.item(1, 50, 50, 50)])
        #expect(plan.parcels.compactMap(\.carton) == [1])
        #expect(plan.parcels.count == 2)
    }

    @Test("an order of nothing has no parcels")
    func empty() {
        #expect(pack([]) == PackingPlan())
        #expect(pack([PackingSample.item(0, 10, 10, 10, quantity: 0)]) == PackingPlan())
    }
}
