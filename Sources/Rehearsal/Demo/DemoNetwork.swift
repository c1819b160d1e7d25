import Facilities
import Flows
import Inventory
import Kernel
import Merchants
import Partners
import Store

/// The sample network of the demo: three fulfillment centers, one of them a partner's, two hubs and a courier in Germany; three
/// merchants, their goods, and stock in the bins.
package struct DemoNetwork: Flow {
    static let zone = "Europe/Berlin"

    package init() {}

    package func run(in tx: Transaction) throws {
        let made = try SaveNetwork(try Self.plan()).run(in: tx)
        let world = Self.world
        let merchants = try CreateMerchants.run(
            world.merchants.map { NewMerchant(code: $0.code, name: $0.name, currency: world.currency) }, in: tx)
        var lines: [StockLine] = []
        for (index, merchant) in merchants.enumerated() {
            try Self.allowGoodwill(merchant.id, in: tx)
            try DemoReturns.promise(merchant.id, world.currency, in: tx)
            let items = world.items.filter { $0.merchant == index }
            let new = items.enumerated().map { number, item in
                NewSKU(
                    code: item.code, name: item.name, flags: item.flags,
                    packaging: [
                        .init(
                            dimensions: item.size ?? Rehearsal.measured.size, weight: item.weight ?? Rehearsal.measured.weight,
                            barcodes: [Self.barcode(index, number)])
                    ])
            }
            let ids = try UpsertSKUs.run(new, of: merchant.id, in: tx).map(\.id)
            try open(made.sites[2], merchant.id, new.map(\.code), in: tx)
            try DemoDock.announceFirst(of: merchant.id, index, ids, to: Array(made.sites.prefix(2)), in: tx)
            for (number, site) in made.sites.prefix(2).enumerated() {
                let bins = (made.locations[site] ?? [:]).values.filter(\.pickable).sorted { $0.walk < $1.walk }
                for (at, sku) in ids.enumerated() where !bins.isEmpty {
                    lines.append(
                        StockLine(
                            owner: merchant.id, sku: sku, location: bins[(at + index * 12) % bins.count].id,
                            quantity: Quantity(Int64([40, 25][number]))))
                }
            }
        }
        try OpenStock(lines, occurred: tx.now).run(in: tx)
        for site in made.sites.prefix(2) { _ = try StateCapacities(Self.shifts(), at: site, actor: "demo").run(in: tx) }
    }

    /// Two shifts a day, with the hands of a small crew.
    private static func shifts() -> [SiteCapacity] {
        let hours = ["06:00", "14:00", "22:00"].compactMap(LocalTime.init)
        return [WorkProcess.pick, .pack].flatMap { process in
            (1...6).flatMap { weekday in
                zip(hours, hours.dropFirst()).map {
                    SiteCapacity(process: process, weekday: weekday, opens: $0, closes: $1, units: 60)
                }
            }
        }
    }

    /// What the support desk and the operator may give of each merchant's money for one order.
    private static func allowGoodwill(_ merchant: MerchantID, in tx: Transaction) throws {
        try SetGoodwillLimit(merchant, .support, mostMinor: 1500, sharePPM: 200_000, actor: "demo").run(in: tx)
        try SetGoodwillLimit(merchant, .operator, mostMinor: 5000, sharePPM: 500_000, actor: "demo").run(in: tx)
    }

    /// The partner has some of everything.
    private func open(_ site: SiteID, _ merchant: MerchantID, _ codes: [String], in tx: Transaction) throws {
        let network = NetworkCache()
        _ = try SaveAgreement(
            Agreement(
                id: AgreementID(0), site: site, merchant: merchant, acceptMinutes: 8 * 60, cancelMinutes: 8 * 60,
                reportMinutes: 24 * 60, currency: Self.world.currency, lateAcceptance: 100, lateShipment: 300, lateReport: 500,
                rejectedUnit: 50, shortUnit: 150), network: network
        ).run(in: tx)
        _ = try TakeStockReport(
            site: site, merchant: merchant, asOf: tx.now, codes.map { .init(sku: $0, quantity: 15) }, network: network,
            actor: "partner"
        ).run(in: tx)
    }

    static var world: World { SampleWorld.make(orders: 0, days: 1, start: CivilDate(dayNumber: 0), seed: 1) }

    /// Twelve digits and their check digit, from a range kept for use inside a company.
    private static func barcode(_ merchant: Int, _ number: Int) -> String {
        let body = "20" + String(1_000_000_000 + merchant * 1000 + number)
        let digits = body.utf8.reversed().enumerated().reduce(0) { $0 + Int($1.element - 48) * ($1.offset % 2 == 0 ? 3 : 1) }
        return body + String((10 - digits % 10) % 10)
    }

    private static func plan() throws -> NetworkPlan {
        guard let country = Country("DE"), let currency = Currency("EUR") else { preconditionFailure("Germany is in every table") }
        let spots: [(String, Site.Kind, String, String, String, Int64, Int64)] = [
            ("BER", .fulfillmentCenter, "Berlin", "BE", "10317", 52_497_000, 13_489_000),
            ("CGN", .fulfillmentCenter, "Köln", "NW", "50829", 50_972_000, 6_880_000),
            ("MUC", .fulfillmentCenter, "München", "BY", "80995", 48_205_000, 11_510_000),
            ("KAS", .hub, "Kassel", "HE", "34123", 51_297_000, 9_533_000),
            ("LEJ", .sortCenter, "Leipzig", "SN", "04435", 51_414_000, 12_231_000),
        ]
        let template = WorldNetwork.locations(40)
        let places = try spots.map { code, kind, city, region, postal, lat, lon in
            guard let place = Coordinates(latitude: lat, longitude: lon), let opens = LocalTime("06:00"), let closes = LocalTime("22:00")
            else { throw InvalidInput(field: "/sites", "A place of the sample is off the globe.") }
            let isCenter = kind == .fulfillmentCenter
            return NetworkPlan.Place(
                site: NewSite(
                    code: code, name: "\(city) \(kind.rawValue.replacing("_", with: " "))", kind: kind,
                    operatedBy: code == "MUC" ? "Isar Logistik" : "Waybill", mode: code == "MUC" ? .partner : .own,
                    address: SiteAddress(country: country, region: region, city: city, postalCode: postal, street: "Hafenstraße 1"),
                    place: place, zone: zone, handlingMinutes: isCenter ? 90 : 45, parcelCost: isCenter ? 95 : 15,
                    unitCost: isCenter ? 18 : 0),
                hours: isCenter ? (1...6).map { OpeningWindow(weekday: $0, opens: opens, closes: closes) } : [],
                locations: isCenter ? template : [NewLocation(code: "DOCK", kind: .dock, pickable: false, sellable: false)],
                cartons: isCenter ? WorldNetwork.cartons() : [],
                collections: collections(kind, isOurs: code != "MUC"))
        }
        let trips = [("BER", "LEJ", 150), ("CGN", "KAS", 170), ("LEJ", "KAS", 180), ("KAS", "LEJ", 180)].map { from, to, minutes in
            NetworkPlan.Line(
                from: from, to: to, service: MiddleMile.linehaul, mode: .road, transitMinutes: minutes, parcelCost: 25,
                departures: (1...6).flatMap { weekday in
                    ["09:30", "13:30", "19:30"].compactMap(LocalTime.init).map {
                        LaneDeparture(weekday: weekday, leaves: $0, cutOffMinutes: 30)
                    }
                })
        }
        return NetworkPlan(
            places: places, carrier: NewCarrier(code: "courier", name: "Built-in courier", client: BuiltInCourier.clientName),
            services: WorldNetwork.services(currency), haulier: MiddleMile.haulier(currency), lanes: trips)
    }

    /// What goes standard from our own centers rides on our trucks first; the courier collects it where they end.
    private static func collections(_ kind: Site.Kind, isOurs: Bool) -> [NetworkPlan.Collection] {
        let isCenter = kind == .fulfillmentCenter
        let services = !isCenter ? ["standard"] : isOurs ? ["express", "heavy"] : ["standard", "express", "heavy"]
        return services.flatMap { service in
            (isCenter ? ["13:00", "19:00"] : ["04:00", "12:00", "20:00"]).compactMap(LocalTime.init).map {
                NetworkPlan.Collection(service: service, weekdays: .mondayToSaturday, leaves: $0, cutOffMinutes: 30)
            }
        }
    }
}
