/// A unit that lies in a carton.
struct LoadedUnit: Hashable, Sendable {
    var kind: Int
    var box: Cuboid
}

/// One carton while it is being loaded: what lies in it and what is still empty.
struct CartonLoad {
    private(set) var units: [LoadedUnit] = []
    private(set) var spaces = EmptySpaces()
    private(set) var weightGrams: Int64 = 0

    /// Empties the carton. `least` are the smallest side and volume of any unit that may come.
    mutating func reset(_ carton: Extent, leastSide: Int32, leastVolume: Int64) {
        units.removeAll(keepingCapacity: true)
        spaces.reset(carton, leastSide: leastSide, leastVolume: leastVolume)
        weightGrams = 0
    }

    mutating func place(_ unit: LoadedUnit, _ goods: Goods) {
        units.append(unit)
        spaces.place(unit.box)
        weightGrams += goods.kinds[unit.kind].weightGrams
    }

    mutating func undo(_ goods: Goods) {
        weightGrams -= goods.kinds[units.removeLast().kind].weightGrams
        spaces.undo()
    }

    /// True where enough of the base of `unit` is borne, by units that bear it, and `unit` bears what it would touch above.
    func bears(_ unit: LoadedUnit, _ goods: Goods) -> Bool {
        let box = unit.box
        var borne: Int64 = 0
        for other in units {
            if other.box.z1 == box.z0 {
                let shared = other.box.sharedBase(box)
                if shared > 0, !goods.may(unit.kind, restOn: other.kind) { return false }
                borne += shared
            } else if other.box.z0 == box.z1, goods.hasFragile, other.box.sharedBase(box) > 0,
                !goods.may(other.kind, restOn: unit.kind) {
                return false
            }
        }
        let base = Int64(box.x1 - box.x0) * Int64(box.y1 - box.y0)
        return box.z0 == 0 || borne * 1_000_000 >= base * goods.minSupportPPM
    }

    /// True where a unit of `kind` may share the parcel with all that lies in it.
    func accepts(_ kind: Int, _ goods: Goods) -> Bool {
        guard goods.hasSegregation else { return true }
        return units.allSatisfy { goods.kinds[$0.kind].sharesWith(goods.kinds[kind]) }
    }
}

extension Goods {
    /// True where a unit of `upper` may rest on one of `lower`.
    func may(_ upper: Int, restOn lower: Int) -> Bool {
        switch kinds[lower].bears {
        case .anything: true
        case .nothingHeavier: kinds[upper].weightGrams <= kinds[lower].weightGrams
        case .nothing: false
        }
    }
}
