import Kernel

/// A carton that may be used for an order: in stock and within the carrier's limits.
struct ShelfCarton: Sendable {
    var option: CartonOption
    /// Inner size less the padding.
    var usable: Extent
    /// The most that the goods may weigh, by carton and carrier.
    var maxLoadGrams: Int64
}

/// The cartons that may be used for an order, and what a parcel costs.
struct Shelf: Sendable {
    var cartons: [ShelfCarton] = []
    var rules: PackingRules

    init(_ options: [CartonOption], _ rules: PackingRules) {
        self.rules = rules
        cartons.reserveCapacity(options.count)
        for option in options where option.onHand > 0 && rules.limits.accept(option.outer) {
            let usable = option.inner.less(rules.padding)
            let load = option.load(within: rules.limits)
            guard usable.length > 0, usable.width > 0, usable.height > 0, load >= 0 else { continue }
            cartons.append(ShelfCarton(option: option, usable: usable, maxLoadGrams: load))
        }
    }

    /// Carton and freight in minor units of a parcel with so many grams of goods.
    func costMinor(_ carton: Int, goodsGrams: Int64) -> Int64 {
        let option = cartons[carton].option
        let gross = Grams(goodsGrams) + option.tare
        return option.costMinor + rules.tariff.costMinor(gross: gross, outer: option.outer)
    }

    /// Freight in minor units of a unit in its own container; nil where it may not travel so.
    func ownContainerCostMinor(_ kind: GoodsKind) -> Int64? {
        guard kind.shipsInOwnContainer, rules.limits.accept(kind.size),
            kind.weightGrams <= rules.limits.maxGross?.rawValue ?? .max
        else { return nil }
        return rules.tariff.costMinor(gross: Grams(kind.weightGrams), outer: kind.size)
    }

    /// No plan of two or more parcels for these goods costs less.
    func leastSplitCostMinor(_ goods: Goods) -> Int64 {
        let lightest = goods.kinds.map(\.weightGrams).min() ?? 0
        var least = cartons.indices.map { costMinor($0, goodsGrams: lightest) }.min() ?? .max / 4
        for kind in goods.kinds { least = min(least, ownContainerCostMinor(kind) ?? least) }
        guard case .billable(let perParcel, let perKilogram, _) = rules.tariff else { return 2 * least }
        let total = zip(goods.kinds, goods.counts).reduce(0) { $0 + $1.0.weightGrams * Int64($1.1) }
        let own = goods.kinds.contains { $0.shipsInOwnContainer }
        let carton = own ? 0 : cartons.map(\.option.costMinor).min() ?? 0
        return max(2 * least, 2 * (perParcel + carton) + total * perKilogram / 1_000)
    }
}

extension Dimensions {
    /// The size with so much taken off at each wall.
    func less(_ padding: Millimetres) -> Extent {
        Extent(Dimensions(
            length: length - padding * 2, width: width - padding * 2, height: height - padding * 2))
    }
}

extension CartonOption {
    /// The most grams of goods that the carton may carry under the carrier's limit.
    func load(within limits: ParcelLimits) -> Int64 {
        min(maxLoad.rawValue, limits.maxGross.map { $0.rawValue - tare.rawValue } ?? .max)
    }
}
