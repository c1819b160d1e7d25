import Facilities
import Flows
import Kernel

/// The network a rehearsal gives to a world: sites where the demand is, one courier with three services.
package enum WorldNetwork {
    static let cutOff = LocalTime("17:00") ?? .midnight

    /// - Parameters:
    ///   - partners: how many of the sites a partner runs, the last of them.
    ///   - sorts: what our own sites send standard goes over sort centers and hubs; else the courier collects it there.
    package static func plan(
        _ world: World, sites: Int, partners: Int = 0, sorts: Bool = false, binsPerSite: Int
    ) -> NetworkPlan {
        let spots = PlaceSites.choose(sites, for: world)
        let sorting = MiddleMile(world, fulfillment: sorts ? Array(spots.dropLast(partners)) : [])
        return NetworkPlan(
            places: spots.enumerated().map { index, spot in
                place(world, index + 1, spot, binsPerSite, index + partners < spots.count ? .own : .partner, sorts: sorts)
            } + sorting.places,
            carrier: NewCarrier(code: "courier", name: "Built-in courier", client: BuiltInCourier.clientName),
            services: services(world.currency), haulier: MiddleMile.haulier(world.currency), lanes: sorting.lanes)
    }

    /// A partner's courier collects all services at its door.
    private static func place(
        _ world: World, _ number: Int, _ spot: PlaceSites.Spot, _ bins: Int, _ mode: Site.Mode, sorts: Bool
    ) -> NetworkPlan.Place {
        let opens = LocalTime("08:00") ?? .midnight, closes = LocalTime("18:00") ?? .midnight
        return NetworkPlan.Place(
            site: NewSite(
                code: "FC\(number)", name: "Fulfillment center \(spot.city)", operatedBy: mode == .own ? "Waybill" : "Partner",
                mode: mode,
                address: SiteAddress(
                    country: world.country, region: spot.region, city: spot.city, postalCode: spot.postalArea, street: "Dock 1"),
                place: spot.place, zone: world.zone.name, handlingMinutes: 120, parcelCost: 120, unitCost: 25),
            hours: (1...6).map { OpeningWindow(weekday: $0, opens: opens, closes: closes) },
            locations: locations(bins), cartons: cartons(),
            collections: (mode == .own && sorts ? ["express", "heavy"] : ["standard", "express", "heavy"]).map {
                NetworkPlan.Collection(service: $0, weekdays: .mondayToSaturday, leaves: cutOff, cutOffMinutes: 45)
            })
    }

    /// A dock, a hold area and aisles of fifty bins, walked in order.
    static func locations(_ bins: Int) -> [NewLocation] {
        var all = [
            NewLocation(code: "DOCK", kind: .dock, pickable: false, sellable: true),
            NewLocation(code: "HOLD", kind: .hold, pickable: false, sellable: false),
        ]
        for aisle in 0..<max(1, (bins + 49) / 50) {
            let name = "A" + String(1000 + aisle).dropFirst()
            all.append(NewLocation(code: name, kind: .aisle, pickable: false, sellable: false))
            for bin in 0..<min(50, bins - aisle * 50) {
                all.append(
                    NewLocation(
                        code: "\(name)-\(String(100 + bin).dropFirst())", parent: name, kind: .bin,
                        walk: Int64(aisle * 50 + (aisle % 2 == 0 ? bin : 49 - bin)), pickable: true, sellable: true))
            }
        }
        return all
    }

    /// Ten sizes from an envelope to what one person can still carry.
    static func cartons() -> [NetworkPlan.Box] {
        let sizes: [(Int64, Int64, Int64, Int64, Int64, Int64)] = [
            (220, 160, 60, 2000, 60, 35), (260, 200, 100, 5000, 110, 48), (310, 220, 150, 8000, 160, 62),
            (350, 250, 200, 12_000, 220, 78), (400, 300, 200, 15_000, 280, 95), (450, 350, 250, 20_000, 380, 120),
            (500, 400, 300, 25_000, 480, 150), (600, 400, 400, 30_000, 620, 190), (700, 500, 450, 40_000, 850, 260),
            (900, 600, 600, 60_000, 1400, 420),
        ]
        return sizes.enumerated().map { index, one in
            NetworkPlan.Box(
                code: "B\(index + 1)",
                inner: Dimensions(length: Millimetres(one.0), width: Millimetres(one.1), height: Millimetres(one.2)),
                maxLoad: Grams(one.3), tare: Grams(one.4), cost: one.5, onHand: 1_000_000)
        }
    }

    private struct Level {
        let code, name: String
        let mode: TransportMode
        let limits: Facilities.ParcelLimits
        let base, perKilogram, perZone: Int64
        let days: [(Int64, Int, Int)]
        let weights: [Int64]
        let refuses: GoodsTraits
    }

    static func services(_ currency: Currency) -> [@Sendable (CarrierID) -> NewService] {
        let small: [Int64] = [300, 500, 1000, 2000, 3000, 5000, 7500, 10_000, 15_000, 20_000, 25_000, 30_000]
        let levels = [
            Level(
                code: "standard", name: "Standard", mode: .road,
                limits: .init(weight: 30_000, length: 1200, girth: 3000, dimDivisor: 6000), base: 390, perKilogram: 70,
                perZone: 55,
                days: [(60, 1, 1), (300, 1, 2), (700, 2, 3), (1300, 3, 5), (2200, 4, 7), (20_100, 5, 10)], weights: small,
                refuses: []),
            Level(
                code: "express", name: "Express", mode: .air,
                limits: .init(weight: 20_000, length: 1000, girth: 2500, dimDivisor: 5000), base: 890, perKilogram: 190,
                perZone: 160, days: [(60, 1, 1), (300, 1, 1), (700, 1, 1), (1300, 1, 2), (2200, 1, 2), (20_100, 1, 3)],
                weights: Array(small.prefix(10)), refuses: [.lithiumBattery, .dangerousGoods]),
            Level(
                code: "heavy", name: "Heavy goods", mode: .road,
                limits: .init(weight: 120_000, length: 3000, girth: 6500, dimDivisor: 4000), base: 1900, perKilogram: 95,
                perZone: 240,
                days: [(60, 1, 2), (300, 1, 3), (700, 2, 5), (1300, 4, 7), (2200, 5, 9), (20_100, 7, 14)],
                weights: [10_000, 20_000, 30_000, 50_000, 80_000, 120_000, 200_000], refuses: []),
        ]
        return levels.map { level in { carrier in service(level, currency, carrier) } }
    }

    private static func service(_ level: Level, _ currency: Currency, _ carrier: CarrierID) -> NewService {
        let zones = level.days.enumerated().map {
            ServiceZone("Z\($0.offset + 1)", upToKm: $0.element.0, minimumDays: $0.element.1, likelyDays: $0.element.2)
        }
        let rates = zones.enumerated().flatMap { index, zone in
            level.weights.map { weight in
                ServiceRate(
                    zone: zone.name, upTo: Grams(weight),
                    price: level.base + Int64(index) * level.perZone
                        + weight * (level.perKilogram + Int64(index) * level.perKilogram / 5) / 1000)
            }
        }
        return NewService(
            carrier: carrier, code: level.code, name: level.name, mode: level.mode, currency: currency,
            limits: level.limits, refuses: level.refuses, maxPieces: 20, zones: zones, rates: rates)
    }
}
