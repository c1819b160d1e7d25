import Kernel

extension PackingPlan {
    /// Writes a draft in the caller's terms; units of a kind are dealt to its lines in their order.
    mutating func add(_ draft: PackingDraft, _ goods: Goods, _ shelf: Shelf) {
        var dealt = goods.kinds.map { _ in (line: 0, units: 0) }
        for parcel in draft.parcels {
            let inBuildingOrder = parcel.units.sorted { a, b in
                (a.box.z0, a.box.y0, a.box.x0) < (b.box.z0, b.box.y0, b.box.x0)
            }
            let padding = parcel.carton == nil ? Millimetres.zero : shelf.rules.padding
            var units: [PackedUnit] = []
            units.reserveCapacity(inBuildingOrder.count)
            for unit in inBuildingOrder {
                let line = goods.nextLine(of: unit.kind, &dealt)
                units.append(PackedUnit(item: line, box: unit.box, padding: padding))
            }
            parcels.append(PackedParcel(parcel, units, goods, shelf))
            costMinor += parcel.costMinor
        }
        reportLeft(draft.left, goods, &dealt)
        proof = draft.isProven ? .proven : .bestFound
    }

    private mutating func reportLeft(_ left: [Int], _ goods: Goods, _ dealt: inout [(line: Int, units: Int)]) {
        for kind in left.indices {
            for _ in 0..<left[kind] {
                let line = goods.nextLine(of: kind, &dealt)
                if let at = unfit.firstIndex(where: { $0.item == line && $0.reason == .noCartonLeft }) {
                    unfit[at].quantity += 1
                } else {
                    unfit.append(UnfitItem(item: line, quantity: 1, reason: .noCartonLeft))
                }
            }
        }
    }
}

extension Goods {
    /// The line that the next unit of a kind belongs to.
    fileprivate func nextLine(of kind: Int, _ dealt: inout [(line: Int, units: Int)]) -> Int {
        let lines = kinds[kind].lines
        if dealt[kind].units == lines[dealt[kind].line].quantity { dealt[kind] = (dealt[kind].line + 1, 0) }
        dealt[kind].units += 1
        return lines[dealt[kind].line].item
    }
}

extension PackedParcel {
    fileprivate init(_ draft: ParcelDraft, _ units: [PackedUnit], _ goods: Goods, _ shelf: Shelf) {
        var volume: Int64 = 0, weight: Int64 = 0
        for unit in draft.units {
            volume += goods.kinds[unit.kind].volume
            weight += goods.kinds[unit.kind].weightGrams
        }
        let option = draft.carton.map { shelf.cartons[$0].option }
        let own = draft.units.first.map { goods.kinds[$0.kind].size }
        outer = option?.outer ?? own ?? Dimensions(length: 0, width: 0, height: 0)
        let (whole, part) = volume.multipliedReportingOverflow(by: 1_000_000)
        let inner = option?.inner.volume ?? volume
        fillPPM = Int(part ? volume / max(1, inner / 1_000_000) : whole / inner)
        carton = option?.id
        gross = Grams(weight) + (option?.tare ?? 0)
        costMinor = draft.costMinor
        self.units = units
    }
}

extension PackedUnit {
    init(item: Int, box: Cuboid, padding: Millimetres) {
        let size = box.extent
        self.item = item
        x = Millimetres(Int64(box.x0)) + padding
        y = Millimetres(Int64(box.y0)) + padding
        z = Millimetres(Int64(box.z0)) + padding
        self.size = Dimensions(
            length: Millimetres(Int64(size.length)), width: Millimetres(Int64(size.width)),
            height: Millimetres(Int64(size.height)))
    }
}
