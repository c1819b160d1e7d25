import Decisions
import Facilities
import Kernel
import Merchants
import Orders

/// The packing question of one fulfillment order.
struct PackingTable {
    private let head: FulfillmentOrder
    private let facts: [SKUID: SKUFacts]
    private let cartons: [CartonOption]
    private let rules: PackingRules
    private let limits: Facilities.ParcelLimits

    init(
        _ head: FulfillmentOrder, _ network: Network, _ facts: [SKUID: SKUFacts], _ onHand: [CartonID: Int64]
    ) throws {
        self.head = head
        self.facts = facts
        cartons = network.cartons(head.site).map { carton in
            CartonOption(
                id: carton.id.raw, inner: carton.inner, maxLoad: carton.maxLoad, tare: carton.tare, costMinor: carton.cost,
                // The count is what people typed; a carton in the packer's hand outweighs it.
                onHand: (onHand[carton.id] ?? 0) > 0 ? .max : 0)
        }
        guard let service = network.service(head.service) else { throw NotFound("service", head.service) }
        limits = service.limits
        rules = PackingRules(
            limits: Decisions.ParcelLimits(
                maxGross: service.limits.weight, maxLength: service.limits.length, maxLengthPlusGirth: service.limits.girth),
            tariff: .billable(perParcelMinor: 300, perKilogramMinor: 100, divisor: service.limits.dimDivisor))
    }

    /// Refuses by the first SKU that cannot be packed. What fits no carton that the service takes leaves in its maker's box.
    func plan() throws -> PackingPlan {
        let items = head.lines.enumerated().compactMap { index, line -> PackingItem? in
            guard line.picked > 0, let one = facts[line.sku], let size = one.each, let weight = one.weight else { return nil }
            return PackingItem(
                index: index, size: size, weight: weight, quantity: Int(line.picked.rawValue),
                thisSideUp: one.flags.thisSideUp, bears: one.flags.fragile ? .nothingHeavier : .anything,
                shipsInOwnContainer: one.flags.ownContainer || !fitsSomeCarton(size))
        }
        let plan = Cartonizer().pack(items, cartons: cartons, rules: rules)
        if let unfit = plan.unfit.first {
            throw PackOrders.Refused.doesNotFit(
                head.id, sku: facts[head.lines[unfit.item].sku]?.code ?? "", reason: unfit.reason.rawValue)
        }
        return plan
    }

    private func fitsSomeCarton(_ size: Dimensions) -> Bool {
        let sides = size.sorted
        return cartons.contains { carton in
            let inner = carton.inner.sorted
            return carton.onHand > 0 && limits.holds(carton.outer) && zip(sides, inner).allSatisfy { $0 <= $1 }
        }
    }
}

extension Dimensions {
    fileprivate var sorted: [Millimetres] { [length, width, height].sorted() }
}
