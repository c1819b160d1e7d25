import Kernel

/// One line to pack: so many equal units of one size and weight.
package struct PackingItem: Hashable, Sendable {
    /// The caller's name for the line; every packed or unfit unit is reported under it.
    package var index: Int
    /// Outer size of one unit as it stands; `height` is the vertical when `thisSideUp`.
    package var size: Dimensions
    /// Mass of one unit.
    package var weight: Grams
    /// Units to pack; none where it is not positive.
    package var quantity: Int
    /// The unit may be turned about its vertical axis only.
    package var thisSideUp: Bool
    /// What may rest on the unit.
    package var bears: BearingRule
    /// The unit may travel in its maker's box, without one of our cartons.
    package var shipsInOwnContainer: Bool
    /// Segregation groups that the unit belongs to.
    package var groups: PackingGroups
    /// Groups whose members may not share a parcel with the unit.
    package var keepsApartFrom: PackingGroups

    package init(
        index: Int, size: Dimensions, weight: Grams, quantity: Int = 1, thisSideUp: Bool = false,
        bears: BearingRule = .anything, shipsInOwnContainer: Bool = false, groups: PackingGroups = [],
        keepsApartFrom: PackingGroups = []
    ) {
        self.index = index
        self.size = size
        self.weight = weight
        self.quantity = quantity
        self.thisSideUp = thisSideUp
        self.bears = bears
        self.shipsInOwnContainer = shipsInOwnContainer
        self.groups = groups
        self.keepsApartFrom = keepsApartFrom
    }
}

/// What may rest directly on a unit: touch its top with a part of the own base.
package enum BearingRule: UInt8, Hashable, Sendable, CaseIterable {
    case anything
    /// Only units that weigh no more than it does.
    case nothingHeavier
    case nothing
}

/// Up to 64 segregation groups (food, chemicals, lithium cells, …), numbered by the caller.
package struct PackingGroups: OptionSet, Hashable, Sendable {
    package var rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The group of one number, 0 ... 63.
    package static func group(_ number: Int) -> PackingGroups {
        precondition((0..<64).contains(number), "a segregation group is numbered 0 to 63")
        return PackingGroups(rawValue: 1 << UInt64(number))
    }
}
