import Kernel

/// What a parcel must obey and what it costs to send.
package struct PackingRules: Sendable {
    /// Kept free at each of the six walls of a carton.
    package var padding: Millimetres
    /// The least share of a unit's base, in parts per million, that stands on the floor or on other units.
    package var minSupportPPM: Int
    /// The carrier service's limits.
    package var limits: ParcelLimits
    package var tariff: ParcelTariff

    package init(
        padding: Millimetres = 0, minSupportPPM: Int = 800_000, limits: ParcelLimits = ParcelLimits(),
        tariff: ParcelTariff = .billable(perParcelMinor: 0, perKilogramMinor: 0, divisor: 0)
    ) {
        precondition((0...1_000_000).contains(minSupportPPM), "a support share is 0 to 1,000,000 parts per million")
        self.padding = padding
        self.minSupportPPM = minSupportPPM
        self.limits = limits
        self.tariff = tariff
    }
}

/// What a carrier service accepts; absent means no limit.
package struct ParcelLimits: Hashable, Sendable {
    /// Gross weight of a parcel.
    package var maxGross: Grams?
    /// The longest outer side.
    package var maxLength: Millimetres?
    /// The longest side plus twice the sum of the two others.
    package var maxLengthPlusGirth: Millimetres?

    package init(maxGross: Grams? = nil, maxLength: Millimetres? = nil, maxLengthPlusGirth: Millimetres? = nil) {
        self.maxGross = maxGross
        self.maxLength = maxLength
        self.maxLengthPlusGirth = maxLengthPlusGirth
    }

    /// True where a parcel of this outer size is accepted, whatever it weighs.
    func accept(_ outer: Dimensions) -> Bool {
        let sides = [outer.length.rawValue, outer.width.rawValue, outer.height.rawValue].sorted()
        if let maxLength, sides[2] > maxLength.rawValue { return false }
        if let maxLengthPlusGirth, sides[2] + 2 * (sides[0] + sides[1]) > maxLengthPlusGirth.rawValue { return false }
        return true
    }
}

/// Freight of one parcel in minor units. It never falls when the parcel gets heavier: the search for the
/// cheapest plan rests on that.
package enum ParcelTariff: Sendable {
    /// `perParcelMinor` plus `perKilogramMinor` on the billable weight: the greater of the gross weight and the outer
    /// volume divided by `divisor` cubic millimetres a gram (5,000 for the usual 5,000 cm³/kg), rounded up.
    /// A divisor of 0 means that volume is not billed.
    case billable(perParcelMinor: Int64, perKilogramMinor: Int64, divisor: Int64)
    /// Anything else, from gross weight and outer size.
    case table(@Sendable (Grams, Dimensions) -> Int64)

    package func costMinor(gross: Grams, outer: Dimensions) -> Int64 {
        switch self {
        case .billable(let perParcel, let perKilogram, let divisor):
            let volumetric = divisor > 0 ? (outer.volume + divisor - 1) / divisor : 0
            return perParcel + (max(gross.rawValue, volumetric) * perKilogram + 999) / 1_000
        case .table(let cost):
            return cost(gross, outer)
        }
    }
}
