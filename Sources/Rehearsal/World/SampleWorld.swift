import Kernel
import Merchants

/// Demand made up from a seed: a few merchants, some goods that go viral, orders around four cities.
package enum SampleWorld {
    private static let cities: [(name: String, region: String, area: String, lat: Int64, lon: Int64, weight: Int)] = [
        ("Berlin", "BE", "10", 52_520_000, 13_405_000, 37), ("Hamburg", "HH", "20", 53_551_000, 9_994_000, 19),
        ("München", "BY", "80", 48_137_000, 11_575_000, 15), ("Köln", "NW", "50", 50_938_000, 6_960_000, 11),
        ("Frankfurt am Main", "HE", "60", 50_110_000, 8_682_000, 8), ("Leipzig", "SN", "04", 51_340_000, 12_375_000, 6),
        ("Freiburg", "BW", "79", 47_999_000, 7_842_000, 4),
    ]
    private static let goods: [(name: String, l: Int64, w: Int64, h: Int64, g: Int64, price: Int64, flags: HandlingFlags)] = [
        ("Lip tint", 80, 20, 20, 40, 990, .init()), ("Phone stand", 140, 90, 30, 180, 1490, .init()),
        ("Ring light", 260, 260, 60, 650, 2990, .init(fragile: true)), ("Yoga mat", 620, 130, 130, 1100, 2490, .init()),
        ("Water bottle", 80, 80, 260, 320, 1990, .init(liquid: false)),
        ("Serum 30 ml", 45, 45, 110, 95, 2490, .init(liquid: true, thisSideUp: true)),
        ("Hoodie", 320, 250, 60, 620, 3990, .init()), ("Board game", 300, 300, 80, 1450, 3490, .init()),
        ("Ceramic mug", 110, 120, 100, 380, 1290, .init(fragile: true)), ("Desk lamp", 420, 200, 160, 1900, 4990, .init(fragile: true)),
        ("Storage crate", 600, 400, 320, 2600, 2790, .init()), ("Sticker set", 160, 110, 3, 25, 490, .init()),
    ]

    /// - Parameters:
    ///   - orders: how many, spread over `days` from `start`, more in the evening.
    package static func make(orders: Int, days: Int, start: CivilDate, seed: UInt64) -> World {
        guard let zone = TimeZoneRule.named("Europe/Berlin"), let currency = Currency("EUR"), let country = Country("DE")
        else { preconditionFailure("Germany is in every table") }
        var random = SeededRandom(seed: seed).fork("sample world")
        let merchants = ["glow", "studio", "outdoor"].map { World.Merchant(code: $0, name: $0.capitalized + " GmbH") }
        let items = goods.enumerated().flatMap { index, one in
            (0..<3).map { variant in
                World.Item(
                    merchant: index % merchants.count, code: "\(merchants[index % merchants.count].code)-\(index)-\(variant)",
                    name: "\(one.name) \(["black", "white", "rose"][variant])",
                    // One in twelve comes without measures, as in real catalogues.
                    size: index == 7 && variant == 2
                        ? nil : Dimensions(length: Millimetres(one.l), width: Millimetres(one.w), height: Millimetres(one.h)),
                    weight: index == 7 && variant == 2 ? nil : Grams(one.g), flags: one.flags,
                    // Ring lights and desk lamps bear serials.
                    isSerial: index == 2 || index == 9)
            }
        }
        let made = (0..<orders).map { order($0, days, start, zone, items, &random) }
        let sorted = made.sorted { $0.placed != $1.placed ? $0.placed < $1.placed : $0.number < $1.number }
        return World(
            name: "sample", currency: currency, country: country, zone: zone, merchants: merchants, items: items,
            orders: sorted, corners: ["SKUs without dimensions or weight": 1])
    }

    private static func order(
        _ index: Int, _ days: Int, _ start: CivilDate, _ zone: TimeZoneRule, _ items: [World.Item], _ random: inout SeededRandom
    ) -> World.Order {
        let hour = max(random.below(24), random.below(24))
        let minute = LocalTime(minuteOfDay: min(1439, hour * 60 + random.below(60))) ?? .midnight
        let placed = zone.instant(start + random.below(max(1, days)), minute) + .seconds(random.below(60))
        // A third of all demand is for the first goods of the list: the ones in the video.
        let first = random.chance(partsPerMillion: 330_000) ? random.below(3) : random.below(items.count)
        var lines: [World.Line] = []
        for _ in 0..<[1, 1, 1, 2, 3][random.below(5)] {
            let pick = lines.isEmpty ? first : random.below(items.count)
            guard items[pick].merchant == items[first].merchant, !lines.contains(where: { $0.item == pick }) else { continue }
            lines.append(
                World.Line(
                    item: pick, quantity: [1, 1, 1, 1, 2][random.below(5)], unitPrice: goods[pick / 3].price, shipping: 490))
        }
        let city = pick(&random)
        return World.Order(
            number: "S-\(100_000 + index)", merchant: items[first].merchant, lines: lines, placed: placed,
            paid: random.chance(partsPerMillion: 50_000) ? placed + .minutes(30 + random.below(600)) : nil,
            cancelled: random.chance(partsPerMillion: 30_000) ? placed + .minutes(5 + random.below(4000)) : nil,
            channelDate: nil, city: city.name, region: city.region, postalArea: city.area,
            place: Coordinates(
                latitude: city.lat + Int64(random.below(200_000)) - 100_000,
                longitude: city.lon + Int64(random.below(200_000)) - 100_000))
    }

    private typealias City = (name: String, region: String, area: String, lat: Int64, lon: Int64, weight: Int)

    private static func pick(_ random: inout SeededRandom) -> City {
        var draw = random.below(cities.reduce(0) { $0 + $1.weight })
        for city in cities {
            if draw < city.weight { return city }
            draw -= city.weight
        }
        return cities[0]
    }
}
