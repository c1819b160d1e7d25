import Facilities
import Flows
import Foundation
import Identity
import Kernel
import Merchants
import Orders
import Store
import Views
import Warehouse

@testable import Console

/// The demo's network with orders to be picked at one site, and people who scan there.
struct FloorGround: Sendable {
    let server: ConsoleServer
    let site: SiteID

    /// Orders of two pieces each, released to the floor of the site where the demo's people work.
    init(_ server: ConsoleServer, orders: Int, labelIssuer: LabelIssuer = .carrier) async throws {
        self.server = server
        let store = server.store, desk = server.parts.orders
        let account = try await store.read { try Account.find(login: DemoAccounts.login(.floor), in: $0) }
        guard case .site(let site)? = account?.holder else { throw CancellationError() }
        self.site = site
        let place = try await store.read { try Site.find(site, in: $0)?.place }
        guard let merchant = try await store.read({ try Merchant.list(limit: 1, in: $0).first }), let currency = Currency("EUR"),
            let sku = try await store.read({ try SKUPage.first(of: merchant.id, in: $0) }), let place
        else { throw CancellationError() }
        for number in 0..<orders {
            let request = OrderRequest(
                merchant: merchant.id, number: "F-\(number)", currency: currency,
                person: Person(
                    name: "Sam Sample", street: ["Musterweg 1"], city: "Berlin", region: "BE", postalCode: "10115", country: .germany),
                destination: Destination(
                    country: "DE", region: "BE", city: "Berlin", postalArea: "10", latitude: place.latitude, longitude: place.longitude),
                lines: [.init(sku: sku, quantity: 2, unitPrice: 1000)], placedAt: store.clock(),
                labelIssuer: labelIssuer)
            _ = try await store.perform(PlaceOrder(request, desk: desk, actor: "test"))
        }
        _ = try await store.perform(ReleaseWave(site: site, until: store.clock() + .days(30)))
    }

    func tasks() async throws -> [TaskView] {
        try await server.store.read { [site] in try TaskView.open(at: site, kind: .pick, after: nil, limit: 100, in: $0) }
    }
}

/// Reads what the demo's merchants sell.
enum SKUPage {
    static func first(of merchant: MerchantID, in tx: Transaction) throws -> String? {
        try tx.value("SELECT code FROM sku WHERE merchant = \(merchant) ORDER BY id LIMIT 1")
    }
}

extension Country {
    fileprivate static var germany: Country {
        guard let country = Country("DE") else { preconditionFailure("Germany is in every table") }
        return country
    }
}

/// A scanner in somebody's hand: it sends codes, and carries the state that the server gave.
struct Scanner {
    let visitor: Visitor
    let process: String
    let home: String
    var state = ""
    private(set) var page = ""
    private var scans = 0

    init(_ visitor: Visitor, _ process: String, home: String = "/floor") {
        (self.visitor, self.process, self.home) = (visitor, process, home)
    }

    /// - Parameter key: of its own unless said.
    mutating func scan(_ code: String, key: String? = nil) async throws {
        scans += 1
        let form = ["code": code, "state": state, "key": key ?? "\(process)-\(scans)-\(code)"]
        page = try await visitor.post("\(home)/\(process)/scans", form).text
        state = value("state")
    }

    /// How the last scan was taken: right, warn, wrong, pull.
    var tone: String { page.firstMatch(of: /data-tone="([a-z]*)"/).map { String($0.1) } ?? "" }

    private func value(_ name: String) -> String {
        let found = page.firstMatch(of: /name="state" form="scan" value="([^"]*)"/)
        return (found.map { String($0.1) } ?? "").replacing("&amp;", with: "&")
    }
}
