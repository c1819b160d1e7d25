import Kernel

/// A plain tariff for the built-in courier, so that an installation can price and ship before it has a contract.
///
/// Distance bands and weight breaks have the shape of public parcel tariffs; the amounts are ours and quote nobody.
package enum BuiltInTariff {
    private static let bands: [(name: String, kilometres: Int64)] = [
        ("1", 80), ("2", 240), ("3", 480), ("4", 960), ("5", 1600), ("6", 2250), ("7", 2900), ("8", 20_100),
    ]
    private static let breaks: [Int64] = [250, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000]

    /// What distinguishes a service: hundredths for the parcel, for each zone beyond the first and for the kilogram of the
    /// row's heaviest parcel.
    private struct Level {
        let code, name: String
        let parcel, zone, kilogram: Int64
        let transitDays: [Int]
    }

    private static let levels = [
        Level(
            code: "ECONOMY", name: "Economy", parcel: 310, zone: 22, kilogram: 60, transitDays: [2, 2, 3, 4, 5, 6, 7, 8]),
        Level(
            code: "STANDARD", name: "Standard", parcel: 420, zone: 34, kilogram: 85, transitDays: [1, 1, 2, 2, 3, 4, 4, 5]),
        Level(
            code: "EXPRESS", name: "Express", parcel: 890, zone: 95, kilogram: 190, transitDays: [1, 1, 1, 1, 2, 2, 2, 2]),
    ]

    /// Economy, Standard and Express; by the great circle, 5000 cm³ a kilogram, 8.5 % fuel, half up.
    ///
    /// - Parameter times: what the amounts, made for dollars and euros, are multiplied by; 150 suits yen.
    /// - Throws: a refusal of the tariff's own tables, which a test rules out.
    package static func services(currency: Currency, times: Int64 = 1) throws(InvalidInput) -> [CourierService] {
        var services: [CourierService] = []
        for level in levels {
            services.append(CourierService(
                code: level.code, name: level.name, cards: [try card(level, currency, times)], transitDays: level.transitDays,
                longestSide: 1750))
        }
        return services
    }

    private static func card(_ level: Level, _ currency: Currency, _ times: Int64) throws(InvalidInput) -> RateCard {
        // The amounts are hundredths of the major unit; a currency with other digits is scaled.
        let scale = (0..<currency.exponent).reduce(10_000 * times) { power, _ in power * 10 }
        return try RateCard(
            currency: currency, zoneNames: bands.map(\.name),
            zones: .distance(bands.enumerated().map { .init(upTo: Metres($0.element.kilometres * 1000), zone: $0.offset) }),
            breaks: breaks.map { weight in
                .init(upTo: Grams(weight), prices: bands.indices.map { zone in
                    let kilogram = level.kilogram + 6 * Int64(zone)
                    return .init(flat: (level.parcel + level.zone * Int64(zone) + kilogram * weight / 1000) * scale)
                })
            },
            dimensional: .metric(divisor: 5000, side: 10, step: 1), fuelPartsPerMillion: 85_000, rounding: .halfUp)
    }
}
