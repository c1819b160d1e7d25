import Kernel

/// How an order leaves: its parcels, what could not be packed, and what it costs.
package struct PackingPlan: Hashable, Sendable {
    package var parcels: [PackedParcel] = []
    package var unfit: [UnfitItem] = []
    /// Cartons and freight of all parcels in minor units.
    package var costMinor: Int64 = 0
    package var proof: PackingProof = .proven

    package init() {}
}

/// How sure a plan is to be the cheapest.
package enum PackingProof: String, Hashable, Sendable {
    /// No cheaper choice of cartons exists. Where a cheaper carton was ruled out by exhausting the search rather than
    /// by a bound, the proof covers all packings in which each unit touches, to its left, behind it and beneath
    /// it, a wall or a unit placed before (what a packer builds by pushing each unit into a corner).
    case proven
    /// The cheapest found within the search budget.
    case bestFound
}

/// One parcel and where each unit lies in it.
package struct PackedParcel: Hashable, Sendable {
    /// Nil where the unit travels in its own container.
    package var carton: Int64?
    package var outer: Dimensions
    /// In an order in which a packer can lower them in: by height of the base, then back to front, left to right.
    package var units: [PackedUnit]
    /// Volume of the goods in parts per million of the carton's inner volume.
    package var fillPPM: Int
    /// Goods and carton.
    package var gross: Grams
    /// Carton and freight in minor units.
    package var costMinor: Int64

    package init(
        carton: Int64?, outer: Dimensions, units: [PackedUnit], fillPPM: Int, gross: Grams, costMinor: Int64
    ) {
        (self.carton, self.outer, self.units) = (carton, outer, units)
        (self.fillPPM, self.gross, self.costMinor) = (fillPPM, gross, costMinor)
    }
}

/// One unit in its carton; x runs along the carton's length, y along its width, z upwards, from an inner corner.
package struct PackedUnit: Hashable, Sendable {
    /// `PackingItem.index` of its line.
    package var item: Int
    package var x: Millimetres
    package var y: Millimetres
    package var z: Millimetres
    /// The unit's size as turned: length along x, width along y, height along z.
    package var size: Dimensions

    package init(item: Int, x: Millimetres, y: Millimetres, z: Millimetres, size: Dimensions) {
        (self.item, self.x, self.y, self.z, self.size) = (item, x, y, z, size)
    }
}

/// Units of a line that no parcel of the plan holds.
package struct UnfitItem: Hashable, Sendable {
    package var item: Int
    package var quantity: Int
    package var reason: UnfitReason

    package init(item: Int, quantity: Int, reason: UnfitReason) {
        (self.item, self.quantity, self.reason) = (item, quantity, reason)
    }
}

/// Why a unit was not packed, in the order of the checks.
package enum UnfitReason: String, Hashable, Sendable, CaseIterable {
    /// A side is not positive or the weight is negative.
    case unmeasured
    /// No carton is large enough in any allowed position.
    case tooLarge
    /// Every carton that is large enough exceeds the carrier's length or girth.
    case beyondCarrierSize
    /// Every such carton, or the carrier, carries less than its weight.
    case tooHeavy
    /// Every such carton is used up.
    case noCartonLeft
}
