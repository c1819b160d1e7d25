import Facilities
import Flows
import Kernel

/// The network between the sites of a rehearsal: a sort center beside the busiest fulfillment center, two hubs where demand
/// is far from it, and trucks between them every working day;
/// what came back from shoppers rides with them to the fulfillment centers. The courier collects what goes standard at its end only.
struct MiddleMile {
    static let linehaul = "linehaul"
    private static let hubs = 2
    private static let metresPerMinute: Int64 = 1000

    let places: [NetworkPlan.Place]
    let lanes: [NetworkPlan.Line]

    init(_ world: World, fulfillment: [PlaceSites.Spot]) {
        guard let busiest = fulfillment.first else {
            (places, lanes) = ([], [])
            return
        }
        let wide = PlaceSites.choose(fulfillment.count + Self.hubs, for: world)
        let distant = wide.filter { spot in !fulfillment.contains { $0.city == spot.city && $0.region == spot.region } }
        let ends = [("SC1", Site.Kind.sortCenter, busiest)]
            + distant.prefix(Self.hubs).enumerated().map { ("H\($0.offset + 1)", Site.Kind.hub, $0.element) }
        places = ends.map { Self.place(world, $0.0, $0.1, $0.2) }
        var lanes: [NetworkPlan.Line] = []
        for (index, spot) in fulfillment.enumerated() {
            let hubs = ends.dropFirst().sorted { Self.metres(spot, $0.2) < Self.metres(spot, $1.2) }
            for end in ends.prefix(1) + hubs.prefix(1) {
                lanes.append(Self.line("FC\(index + 1)", spot, end.0, end.2, leaving: ["17:30"]))
            }
        }
        for (index, spot) in fulfillment.enumerated() {
            let hubs = ends.dropFirst().sorted { Self.metres(spot, $0.2) < Self.metres(spot, $1.2) }
            for end in ends.prefix(1) + hubs.prefix(1) {
                lanes.append(Self.line(end.0, end.2, "FC\(index + 1)", spot, leaving: ["06:00"]))
            }
        }
        for from in ends {
            for to in ends where from.0 != to.0 {
                lanes.append(Self.line(from.0, from.2, to.0, to.2, leaving: ["09:00", "22:00"]))
            }
        }
        self.lanes = lanes
    }

    /// Sorts around the clock; the courier collects before the morning round and in the evening.
    private static func place(
        _ world: World, _ code: String, _ kind: Site.Kind, _ spot: PlaceSites.Spot
    ) -> NetworkPlan.Place {
        NetworkPlan.Place(
            site: NewSite(
                code: code, name: "\(kind == .hub ? "Hub" : "Sort center") \(spot.city)", kind: kind, operatedBy: "Waybill",
                address: SiteAddress(
                    country: world.country, region: spot.region, city: spot.city, postalCode: spot.postalArea, street: "Gate 1"),
                place: spot.place, zone: world.zone.name, handlingMinutes: 60, parcelCost: 15, unitCost: 0),
            hours: [], locations: [NewLocation(code: "DOCK", kind: .dock, pickable: false, sellable: false)], cartons: [],
            collections: ["04:00", "20:00"].compactMap(LocalTime.init).map {
                NetworkPlan.Collection(service: "standard", weekdays: .mondayToSaturday, leaves: $0, cutOffMinutes: 30)
            })
    }

    private static func metres(_ a: PlaceSites.Spot, _ b: PlaceSites.Spot) -> Int64 { a.place.distance(to: b.place).rawValue }

    /// Roads are a third longer than the line between their ends; half an hour goes to the gates.
    private static func line(
        _ from: String, _ a: PlaceSites.Spot, _ to: String, _ b: PlaceSites.Spot, leaving: [String]
    ) -> NetworkPlan.Line {
        let road = metres(a, b) * 4 / 3
        return NetworkPlan.Line(
            from: from, to: to, service: linehaul, mode: .road, transitMinutes: Int(30 + road / metresPerMinute),
            parcelCost: 20 + road / 20_000,
            departures: (1...6).flatMap { weekday in
                leaving.compactMap(LocalTime.init).map { LaneDeparture(weekday: weekday, leaves: $0, cutOffMinutes: 45) }
            })
    }

    static func haulier(_ currency: Currency) -> NetworkPlan.Haulier {
        NetworkPlan.Haulier(carrier: NewCarrier(code: "haulier", name: "Haulier", client: "none")) { carrier in
            NewService(
                carrier: carrier, code: linehaul, name: "Linehaul", mode: .road, currency: currency,
                limits: .init(weight: 1_000_000, length: 12_000, girth: 36_000, dimDivisor: 0),
                zones: [ServiceZone("all", upToKm: 20_100, minimumDays: 0, likelyDays: 1)], rates: [])
        }
    }
}
