import Kernel

/// A carrier's prices for one service: by zone and weight, from a day until a day.
///
/// price = (flat + per kilogram × billable weight, at least the minimum) × (1 + fuel), rounded once by the card's rule.
/// Rates are millionths of a minor unit, so that a rate per kilogram of 0.0123 cents loses nothing.
package struct RateCard: Hashable, Sendable {
    /// One row of the card.
    package struct WeightBreak: Hashable, Sendable {
        /// The heaviest billable weight of this row.
        package var upTo: Grams
        /// By zone.
        package var prices: [ZonePrice]

        package init(upTo: Grams, prices: [ZonePrice]) {
            self.upTo = upTo
            self.prices = prices
        }
    }

    package struct ZonePrice: Hashable, Sendable {
        /// Millionths of a minor unit.
        package var flat: Int64
        /// Millionths of a minor unit for a kilogram of billable weight, counted to the gram.
        package var perKilogram: Int64

        package init(flat: Int64, perKilogram: Int64 = 0) {
            self.flat = flat
            self.perKilogram = perKilogram
        }
    }

    package let currency: Currency
    package let validity: Validity
    package let zoneNames: [String]
    package let zones: ZoneTable
    /// Ascending by weight.
    package let breaks: [WeightBreak]
    package let dimensional: DimensionalRule
    /// In millionths of a minor unit, before fuel.
    package let minimum: Int64
    /// Millionths of the price that fuel adds.
    package let fuelPartsPerMillion: Int64
    package let rounding: RoundingRule

    /// - Throws: a refusal of the first of zones, breaks and prices that is empty, unsorted, negative or lacks a zone.
    package init(
        currency: Currency, validity: Validity = .always, zoneNames: [String], zones: ZoneTable, breaks: [WeightBreak],
        dimensional: DimensionalRule, minimum: Int64 = 0, fuelPartsPerMillion: Int64 = 0, rounding: RoundingRule
    ) throws(InvalidInput) {
        self.currency = currency
        self.validity = validity
        self.zoneNames = zoneNames
        self.zones = zones
        self.breaks = breaks
        self.dimensional = dimensional
        self.minimum = minimum
        self.fuelPartsPerMillion = fuelPartsPerMillion
        self.rounding = rounding
        try check()
    }

    /// - Parameter zone: see `ZoneTable.zone`.
    package func rate(_ parcel: ParcelFacts, zone: Int) throws(RateRefusal) -> Money {
        try rate(billableWeight: dimensional.billableWeight(parcel), zone: zone)
    }

    package func rate(billableWeight: Grams, zone: Int) throws(RateRefusal) -> Money {
        guard zoneNames.indices.contains(zone) else { throw .notServed }
        guard let row = row(of: billableWeight) else {
            throw .overweight(billableWeight, limit: breaks[breaks.count - 1].upTo)
        }
        let price = breaks[row].prices[zone]
        // In thousandths of a millionth, as the weight is in grams and the rate by the kilogram.
        let base = max(
            Int128(price.flat) * 1000 + Int128(price.perKilogram) * Int128(billableWeight.rawValue), Int128(minimum) * 1000)
        let minor = rounding.round(base * Int128(1_000_000 + fuelPartsPerMillion), per: 1_000_000_000_000_000)
        return Money(Int64(minor), currency)
    }

    /// The first row that takes the weight, by halving.
    private func row(of weight: Grams) -> Int? {
        var low = 0, high = breaks.count
        while low < high {
            let middle = (low + high) / 2
            if breaks[middle].upTo < weight { low = middle + 1 } else { high = middle }
        }
        return low < breaks.count ? low : nil
    }

    private func check() throws(InvalidInput) {
        if zoneNames.isEmpty { throw InvalidInput(field: "/zones", "A rate card has at least one zone.") }
        if breaks.isEmpty { throw InvalidInput(field: "/breaks", "A rate card has at least one weight break.") }
        for (index, row) in breaks.enumerated() {
            let field = "/breaks/\(index)"
            guard row.upTo > (index == 0 ? 0 : breaks[index - 1].upTo) else {
                throw InvalidInput(field: field + "/upTo", "Weight breaks ascend; \(row.upTo) g does not.")
            }
            guard row.prices.count == zoneNames.count else {
                throw InvalidInput(field: field + "/prices", "A row has a price for each of \(zoneNames.count) zones.")
            }
            guard row.prices.allSatisfy({ $0.flat >= 0 && $0.perKilogram >= 0 }) else {
                throw InvalidInput(field: field + "/prices", "A price is not below zero.")
            }
        }
        guard zones.indices.allSatisfy(zoneNames.indices.contains) else {
            throw InvalidInput(field: "/zones", "The zone table names a zone that the card has no prices for.")
        }
        guard minimum >= 0, fuelPartsPerMillion >= 0 else {
            throw InvalidInput(field: "/minimum", "The minimum and the fuel surcharge are not below zero.")
        }
    }
}

/// Why a card gives no price.
package enum RateRefusal: Error, Hashable, Sendable {
    case notServed
    case overweight(Grams, limit: Grams)
}
