import Kernel

/// Chooses the cartons of an order and where each unit lies in them, at the least cost of cartons and freight.
///
/// Same input, same plan. An order of few units is searched exactly (see `PackingPlan.proof`); a larger one is packed by
/// heuristics. Every plan keeps the units apart, inside, supported, in an allowed turn and within the weights.
package struct Cartonizer: Sendable {
    /// Placements that the searches of one order may try; about one a microsecond.
    package var searchNodes: Int
    /// Attempts to repack some parcels of a large order at less cost.
    package var improvementRounds: Int

    package init(searchNodes: Int = 2_500, improvementRounds: Int = 40) {
        self.searchNodes = searchNodes
        self.improvementRounds = improvementRounds
    }

    /// Units that no carton takes are reported in `unfit`; all others are packed while cartons last.
    package func pack(_ items: [PackingItem], cartons: [CartonOption], rules: PackingRules) -> PackingPlan {
        let shelf = Shelf(cartons, rules)
        var plan = PackingPlan(), packable: [PackingItem] = []
        for item in items where item.quantity > 0 {
            if let reason = shelf.reasonAgainst(item, cartons) {
                plan.unfit.append(UnfitItem(item: item.index, quantity: item.quantity, reason: reason))
            } else {
                packable.append(item)
            }
        }
        guard !packable.isEmpty else { return plan }
        let goods = Goods(packable, minSupportPPM: rules.minSupportPPM)
        var order = OrderPacking(
            goods: goods, shelf: shelf, search: LoadingSearch(nodes: searchNodes), improvementRounds: improvementRounds)
        let draft = order.solve()
        plan.add(draft, goods, shelf)
        return plan
    }
}

extension Shelf {
    /// Why no parcel can hold a unit of the item; nil where one can.
    fileprivate func reasonAgainst(_ item: PackingItem, _ options: [CartonOption]) -> UnfitReason? {
        let sides = [item.size.length, item.size.width, item.size.height].map(\.rawValue)
        guard sides.allSatisfy({ $0 > 0 }), item.weight.rawValue >= 0 else { return .unmeasured }
        guard sides.allSatisfy({ $0 <= Extent.longest }) else { return .tooLarge }
        let turns = Extent(item.size).orientations(thisSideUp: item.thisSideUp)
        if cartons.contains(where: { carton in
            item.weight.rawValue <= carton.maxLoadGrams && turns.contains { $0.fits(in: carton.usable) }
        }) { return nil }
        if item.shipsInOwnContainer { return ownContainerReason(item) }
        let large = options.filter { option in turns.contains { $0.fits(in: option.inner.less(rules.padding)) } }
        let accepted = large.filter { rules.limits.accept($0.outer) }
        if large.isEmpty { return .tooLarge }
        if accepted.isEmpty { return .beyondCarrierSize }
        return accepted.allSatisfy { $0.load(within: rules.limits) < item.weight.rawValue } ? .tooHeavy : .noCartonLeft
    }

    private func ownContainerReason(_ item: PackingItem) -> UnfitReason? {
        if !rules.limits.accept(item.size) { return .beyondCarrierSize }
        if let most = rules.limits.maxGross, item.weight > most { return .tooHeavy }
        return nil
    }
}
