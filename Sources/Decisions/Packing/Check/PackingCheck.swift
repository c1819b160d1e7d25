import Kernel

/// Tells whether a plan is physically and commercially right, from the plan and the input alone.
///
/// It shares no code with the search: every rule is checked by its definition, pair by pair.
package struct PackingCheck {
    private let items: [Int: PackingItem]
    private let cartons: [Int64: CartonOption]
    private let rules: PackingRules

    /// Lines and cartons must have different indices and ids.
    package init(_ items: [PackingItem], cartons: [CartonOption], rules: PackingRules) {
        self.items = Dictionary(items.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        self.cartons = Dictionary(cartons.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.rules = rules
    }

    /// All faults of the plan, in the order of its parcels, each as a sentence; none where it is right.
    package func faults(of plan: PackingPlan) -> [String] {
        var found: [String] = []
        for (number, parcel) in plan.parcels.enumerated() {
            found += faults(of: parcel).map { "Parcel \(number): \($0)" }
        }
        found += quantityFaults(plan) + stockFaults(plan)
        let total = plan.parcels.reduce(0) { $0 + $1.costMinor }
        if total != plan.costMinor { found.append("The parcels cost \(total), the plan says \(plan.costMinor).") }
        return found
    }

    private func faults(of parcel: PackedParcel) -> [String] {
        guard parcel.units.allSatisfy({ items[$0.item] != nil }) else { return ["It holds a unit of no line."] }
        var faults = sizeFaults(parcel) + overlapFaults(parcel) + bearingFaults(parcel) + sharingFaults(parcel)
        if let id = parcel.carton {
            guard let carton = cartons[id] else { return ["There is no carton \(id)."] }
            faults += cartonFaults(parcel, carton)
        } else {
            faults += ownContainerFaults(parcel)
        }
        return faults + carrierFaults(parcel)
    }

    private func sizeFaults(_ parcel: PackedParcel) -> [String] {
        parcel.units.compactMap { unit in
            guard let item = items[unit.item] else { return nil }
            let given = [item.size.length, item.size.width, item.size.height]
            let turned = [unit.size.length, unit.size.width, unit.size.height]
            if given.sorted() != turned.sorted() { return "A unit of line \(unit.item) has changed its size." }
            if item.thisSideUp, item.size.height != unit.size.height { return "Line \(unit.item) does not stand upright." }
            return nil
        }
    }

    private func overlapFaults(_ parcel: PackedParcel) -> [String] {
        pairs(parcel.units).compactMap { a, b in
            let x = shared(a.x, a.size.length, b.x, b.size.length)
            let y = shared(a.y, a.size.width, b.y, b.size.width)
            let z = shared(a.z, a.size.height, b.z, b.size.height)
            return x > 0 && y > 0 && z > 0 ? "Units of lines \(a.item) and \(b.item) overlap." : nil
        }
    }

    private func bearingFaults(_ parcel: PackedParcel) -> [String] {
        let floor = parcel.carton == nil ? Millimetres.zero : rules.padding
        var faults: [String] = []
        for upper in parcel.units {
            var borne: Int64 = 0
            for lower in parcel.units where lower.z + lower.size.height == upper.z {
                let area = contact(upper, lower)
                borne += area
                if area > 0, let rule = items[lower.item]?.bears, !allows(rule, upper, on: lower) {
                    faults.append("Line \(upper.item) rests on line \(lower.item), which does not bear it.")
                }
            }
            let base = upper.size.length.rawValue * upper.size.width.rawValue
            if upper.z != floor, borne * 1_000_000 < base * Int64(rules.minSupportPPM) {
                faults.append("A unit of line \(upper.item) has too little support: \(borne) of \(base) mm².")
            }
        }
        return faults
    }

    private func allows(_ rule: BearingRule, _ upper: PackedUnit, on lower: PackedUnit) -> Bool {
        guard let above = items[upper.item], let below = items[lower.item] else { return false }
        switch rule {
        case .anything: return true
        case .nothingHeavier: return above.weight <= below.weight
        case .nothing: return false
        }
    }

    private func sharingFaults(_ parcel: PackedParcel) -> [String] {
        pairs(parcel.units).compactMap { a, b in
            guard let one = items[a.item], let two = items[b.item] else { return nil }
            let clash = one.groups.rawValue & two.keepsApartFrom.rawValue | two.groups.rawValue & one.keepsApartFrom.rawValue
            return clash == 0 ? nil : "Lines \(a.item) and \(b.item) may not share a parcel."
        }
    }

    private func pairs(_ units: [PackedUnit]) -> [(PackedUnit, PackedUnit)] {
        units.indices.flatMap { b in units.indices.prefix(b).map { (units[$0], units[b]) } }
    }

    /// Millimetres that two intervals share; not positive where they are apart.
    private func shared(_ a: Millimetres, _ aSize: Millimetres, _ b: Millimetres, _ bSize: Millimetres) -> Int64 {
        (min(a + aSize, b + bSize) - max(a, b)).rawValue
    }

    private func contact(_ a: PackedUnit, _ b: PackedUnit) -> Int64 {
        let x = shared(a.x, a.size.length, b.x, b.size.length), y = shared(a.y, a.size.width, b.y, b.size.width)
        return x > 0 && y > 0 ? x * y : 0
    }
}

extension PackingCheck {
    private func cartonFaults(_ parcel: PackedParcel, _ carton: CartonOption) -> [String] {
        var faults: [String] = []
        let (least, inner) = (rules.padding, carton.inner)
        for unit in parcel.units
        where unit.x < least || unit.x + unit.size.length > inner.length - least || unit.y < least
            || unit.y + unit.size.width > inner.width - least || unit.z < least
            || unit.z + unit.size.height > inner.height - least {
            faults.append("A unit of line \(unit.item) is not inside carton \(carton.id).")
        }
        let goods = goodsWeight(parcel)
        if goods > carton.maxLoad { faults.append("\(goods) g are too heavy for carton \(carton.id).") }
        if parcel.gross != goods + carton.tare { faults.append("The gross weight is not goods and carton.") }
        if parcel.outer != carton.outer { faults.append("The outer size is not the carton's.") }
        let volume = parcel.units.reduce(0.0) { $0 + Double($1.size.volume) }
        let fill = volume / Double(inner.volume) * 1_000_000
        if abs(fill - Double(parcel.fillPPM)) > 2 { faults.append("The fill is \(fill), not \(parcel.fillPPM).") }
        let cost = carton.costMinor + rules.tariff.costMinor(gross: parcel.gross, outer: parcel.outer)
        if cost != parcel.costMinor { faults.append("It costs \(cost), not \(parcel.costMinor).") }
        return faults
    }

    private func ownContainerFaults(_ parcel: PackedParcel) -> [String] {
        guard parcel.units.count == 1, let item = items[parcel.units[0].item] else {
            return ["It has no carton and holds \(parcel.units.count) units."]
        }
        var faults: [String] = []
        if !item.shipsInOwnContainer { faults.append("Line \(item.index) does not ship in its own container.") }
        if parcel.outer != item.size || parcel.gross != item.weight { faults.append("Its measures are not the unit's.") }
        let cost = rules.tariff.costMinor(gross: item.weight, outer: item.size)
        if cost != parcel.costMinor { faults.append("It costs \(cost), not \(parcel.costMinor).") }
        return faults
    }

    private func carrierFaults(_ parcel: PackedParcel) -> [String] {
        var faults: [String] = []
        let (l, w, h) = (parcel.outer.length.rawValue, parcel.outer.width.rawValue, parcel.outer.height.rawValue)
        let longest = max(l, w, h), girth = 2 * (l + w + h - longest)
        if let most = rules.limits.maxGross, parcel.gross > most {
            faults.append("\(parcel.gross) g exceed the carrier's limit.")
        }
        if let most = rules.limits.maxLength, longest > most.rawValue { faults.append("\(longest) mm are too long.") }
        if let most = rules.limits.maxLengthPlusGirth, longest + girth > most.rawValue {
            faults.append("Length and girth are \(longest + girth) mm.")
        }
        return faults
    }

    private func quantityFaults(_ plan: PackingPlan) -> [String] {
        var seen: [Int: Int] = [:]
        for unit in plan.parcels.flatMap(\.units) { seen[unit.item, default: 0] += 1 }
        for unfit in plan.unfit { seen[unfit.item, default: 0] += unfit.quantity }
        return items.keys.sorted().compactMap { index in
            let wanted = max(0, items[index]?.quantity ?? 0), found = seen[index] ?? 0
            return wanted == found ? nil : "Line \(index) has \(wanted) units, the plan \(found)."
        }
    }

    private func stockFaults(_ plan: PackingPlan) -> [String] {
        cartons.keys.sorted().compactMap { id in
            let used = plan.parcels.count { $0.carton == id }
            return used > cartons[id]?.onHand ?? 0 ? "Carton \(id) is used \(used) times." : nil
        }
    }

    private func goodsWeight(_ parcel: PackedParcel) -> Grams {
        parcel.units.reduce(.zero) { $0 + (items[$1.item]?.weight ?? .zero) }
    }
}
