import Decisions
import Kernel

/// The plain reference: units by falling volume, each at the first corner where it stands; cartons by rising volume, the
/// first that takes all units, or else the largest filled up and the rest packed again.
struct FirstFitPacking {
    private let cartons: [CartonOption]
    private let rules: PackingRules

    init(_ cartons: [CartonOption], _ rules: PackingRules) {
        self.cartons = cartons.sorted { ($0.inner.volume, $0.id) < ($1.inner.volume, $1.id) }
        self.rules = rules
    }

    func pack(_ items: [PackingItem]) -> PackingPlan {
        var left = items.flatMap { Array(repeating: $0, count: max(0, $0.quantity)) }
            .sorted { ($0.size.volume, $1.index) > ($1.size.volume, $0.index) }
        var plan = PackingPlan()
        plan.proof = .bestFound
        while !left.isEmpty {
            var filling: (carton: CartonOption, taken: [(place: Int, unit: PackedUnit)])?
            for carton in cartons {
                filling = (carton, fill(carton, left))
                if filling?.taken.count == left.count { break }
            }
            guard let filling, !filling.taken.isEmpty else { break }
            let parcel = parcel(filling.carton, filling.taken.map { ($0.unit, left[$0.place]) })
            plan.parcels.append(parcel)
            plan.costMinor += parcel.costMinor
            for place in filling.taken.map(\.place).sorted(by: >) { left.remove(at: place) }
        }
        for unit in left { plan.unfit.append(UnfitItem(item: unit.index, quantity: 1, reason: .tooLarge)) }
        return plan
    }

    private func parcel(_ carton: CartonOption, _ units: [(PackedUnit, PackingItem)]) -> PackedParcel {
        let gross = units.reduce(carton.tare) { $0 + $1.1.weight }
        let volume = units.reduce(0) { $0 + $1.0.size.volume }
        let cost = carton.costMinor + rules.tariff.costMinor(gross: gross, outer: carton.outer)
        return PackedParcel(
            carton: carton.id, outer: carton.outer, units: units.map(\.0),
            fillPPM: Int(volume * 1_000_000 / carton.inner.volume), gross: gross, costMinor: cost)
    }

    /// The units that stand, by their place in `left`.
    private func fill(_ carton: CartonOption, _ left: [PackingItem]) -> [(place: Int, unit: PackedUnit)] {
        let floor = rules.padding
        var taken: [(place: Int, unit: PackedUnit)] = [], weight = Grams.zero
        var corners = [(floor, floor, floor)]
        for (place, item) in left.enumerated() {
            guard weight + item.weight <= carton.maxLoad, let corner = corners.indices.first(where: { at in
                stand(item, corners[at], carton, taken.map { ($0.unit, left[$0.place]) }) != nil
            }), let unit = stand(item, corners[corner], carton, taken.map({ ($0.unit, left[$0.place]) })) else { continue }
            taken.append((place, unit))
            weight = weight + item.weight
            corners.remove(at: corner)
            corners += [
                (unit.x + unit.size.length, unit.y, unit.z), (unit.x, unit.y + unit.size.width, unit.z),
                (unit.x, unit.y, unit.z + unit.size.height),
            ]
        }
        return taken
    }

    /// The first turn of the unit that stands at the corner.
    private func stand(
        _ item: PackingItem, _ corner: (Millimetres, Millimetres, Millimetres), _ carton: CartonOption,
        _ others: [(unit: PackedUnit, item: PackingItem)]
    ) -> PackedUnit? {
        let (l, w, h) = (item.size.length, item.size.width, item.size.height), inner = carton.inner
        let upright = [(l, w, h), (w, l, h)], tipped = [(l, h, w), (h, l, w), (w, h, l), (h, w, l)]
        for (length, width, height) in item.thisSideUp ? upright : upright + tipped {
            let unit = PackedUnit(
                item: item.index, x: corner.0, y: corner.1, z: corner.2,
                size: Dimensions(length: length, width: width, height: height))
            if unit.x + length + rules.padding <= inner.length, unit.y + width + rules.padding <= inner.width,
                unit.z + height + rules.padding <= inner.height, isSound(unit, item, others) {
                return unit
            }
        }
        return nil
    }

    private func isSound(_ unit: PackedUnit, _ item: PackingItem, _ others: [(unit: PackedUnit, item: PackingItem)]) -> Bool {
        var borne: Int64 = 0
        for (other, otherItem) in others {
            let area = overlap(unit.x, unit.size.length, other.x, other.size.length)
                * overlap(unit.y, unit.size.width, other.y, other.size.width)
            if area == 0 { continue }
            if overlap(unit.z, unit.size.height, other.z, other.size.height) > 0 { return false }
            if other.z + other.size.height == unit.z {
                if !bears(otherItem, item) { return false }
                borne += area
            }
            if unit.z + unit.size.height == other.z, !bears(item, otherItem) { return false }
        }
        let base = unit.size.length.rawValue * unit.size.width.rawValue
        return unit.z == rules.padding || borne * 1_000_000 >= base * Int64(rules.minSupportPPM)
    }

    private func bears(_ lower: PackingItem, _ upper: PackingItem) -> Bool {
        lower.bears == .anything || lower.bears == .nothingHeavier && upper.weight <= lower.weight
    }

    private func overlap(_ a: Millimetres, _ aSize: Millimetres, _ b: Millimetres, _ bSize: Millimetres) -> Int64 {
        max(0, (min(a + aSize, b + bSize) - max(a, b)).rawValue)
    }
}
