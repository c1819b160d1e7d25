import Claims
import Drops
import Exceptions
import Facilities
import Flows
import Foundation
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Partners
import Returns
import Sourcing
import Store
import StoreSQLite
import TestGround
import Testing
import Transport
import Views
import Warehouse
import Webhooks

/// A network with one site to import into: BER with a few bins, and one service to anywhere.
struct ImportGround {
    let store: Store
    let desk: OrderDesk
    /// A new database on the disk for every connection, gone with it.
    let scratch = SQLiteEngine(.file(""))

    static let migrations =
        IdentitySchema.migrations + MerchantsSchema.migrations + FacilitiesSchema.migrations + InventorySchema.migrations
        + OrdersSchema.migrations + WarehouseSchema.migrations + TransportSchema.migrations + ReturnsSchema.migrations
        + ExceptionsSchema.migrations + PartnersSchema.migrations + SourcingSchema.migrations + DropsSchema.migrations
        + ClaimsSchema.migrations
        + WebhooksSchema.migrations + ImportSchema.migrations

    init(_ store: Store) throws {
        self.store = store
        let master = try MasterKey(id: "test", bytes: Array(0..<32))
        desk = OrderDesk(network: NetworkCache(), vault: Vault(master))
        _ = try store.performBlocking(SaveNetwork(TestNetwork.plan()))
    }

    func job(_ folder: String, name: String = "first", layout: ImportLayout = .waybill, catalogue: String? = nil) -> ImportJob {
        ImportJob(
            store: store, scratch: scratch, folder: folder, catalogue: catalogue, layout: layout, name: name, desk: desk)
    }

    var runs: ImportRun { ImportRun(store: store, scratch: scratch, desk: desk) }

    func count(_ table: String, _ condition: String = "1 = 1") throws -> Int {
        try store.readBlocking { tx in
            try tx.value("SELECT COUNT(*) FROM \(verbatim: table) WHERE \(verbatim: condition)") ?? -1
        }
    }

    func values(_ query: String) throws -> [String] {
        try store.readBlocking { tx in try tx.values("\(verbatim: query)", as: String.self) }
    }

    /// The books agree once what is due by now has run.
    func expectCleanBooks(_ location: SourceLocation = #_sourceLocation) throws {
        while try store.performBlocking(TimerStep([DueClocks()])) > 0 {}
        let findings = try AuditRun.run(read: { body in try store.readBlocking(body) }).findings.map(\.sentence)
        #expect(findings == [], sourceLocation: location)
    }

    /// The problems for which a folder is refused; empty where it is not.
    func problems(_ files: [String: String], name: String = "first") throws -> [ImportProblem] {
        try withFolder { folder in
            try write(files, to: folder)
            do { _ = try job(folder, name: name).run() } catch ImportRefused.problems(let problems) { return problems }
            return []
        }
    }
}

/// Runs `body` with a serving store on an empty database of this kind, with the network in it.
func withGround<T>(_ kind: EngineKind, _ body: (ImportGround) throws -> T) throws -> T {
    try withDatabase(kind) { database in
        let store = try database.store(migrations: ImportGround.migrations)
        defer { store.close() }
        return try body(ImportGround(store))
    }
}

func write(_ files: [String: String], to folder: String) throws {
    for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
}

enum TestNetwork {
    static func plan() throws -> NetworkPlan {
        let country = try #require(Country("DE")), currency = try #require(Currency("EUR"))
        let place = try #require(Coordinates(latitude: 52_520_000, longitude: 13_405_000))
        let leaves = try #require(LocalTime("17:00")), opens = try #require(LocalTime("08:00"))
        let bins = ["A-01", "A-02", "A000-00", "A000-01"].map { NewLocation(code: $0, kind: .bin, pickable: true, sellable: true) }
        return NetworkPlan(
            places: [
                NetworkPlan.Place(
                    site: NewSite(
                        code: "BER", name: "Berlin", operatedBy: "Waybill",
                        address: SiteAddress(country: country, city: "Berlin", postalCode: "10115", street: "Dock 1"),
                        place: place, zone: "Europe/Berlin", handlingMinutes: 60),
                    hours: (1...6).map { OpeningWindow(weekday: $0, opens: opens, closes: leaves) }, locations: bins,
                    cartons: [
                        NetworkPlan.Box(
                            code: "B1", inner: Dimensions(length: 400, width: 300, height: 200), maxLoad: 20_000, tare: 200,
                            cost: 50, onHand: 1000)
                    ],
                    collections: [.init(service: "standard", weekdays: .mondayToSaturday, leaves: leaves, cutOffMinutes: 30)])
            ],
            carrier: NewCarrier(code: "courier", name: "Courier", client: BuiltInCourier.clientName),
            services: [
                { carrier in
                    NewService(
                        carrier: carrier, code: "standard", name: "Standard", currency: currency,
                        limits: .init(weight: 30_000, length: 1200, girth: 3000),
                        zones: [ServiceZone("Z1", upToKm: 20_100, minimumDays: 1, likelyDays: 2)],
                        rates: [ServiceRate(zone: "Z1", upTo: 30_000, price: 500)])
                }
            ])
    }
}
