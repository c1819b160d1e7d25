import Kernel
import Store

/// A place of the network where goods are kept, sorted or handed over.
package struct Site: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable, Codable, SQLValue {
        case fulfillmentCenter = "fulfillment_center"
        case sortCenter = "sort_center"
        case hub
        case port
        case dropOffPoint = "drop_off_point"
    }

    /// Who does the work there.
    package enum Mode: String, CaseIterable, Sendable, Codable, SQLValue {
        /// We do: our tasks, our books.
        case own
        /// A 3PL does; it reports stock and answers fulfillment orders.
        case partner
        /// The merchant does.
        case dropShip = "drop_ship"
    }

    package let id: SiteID
    /// The operator's short name for it; unique.
    package let code: String
    package let name: String
    package let kind: Kind
    /// The name of the company that runs it.
    package let operatedBy: String
    package let mode: Mode
    package let address: SiteAddress
    package let place: Coordinates
    /// Whose wall clock its hours and departures are on.
    package let zone: TimeZoneRule
    /// Open time from the release of an order to its parcel being ready.
    package let handlingMinutes: Int
    /// Handling of one parcel, in minor units of the operator's currency.
    package let parcelCost: Int64
    /// Handling of one unit, in minor units of the operator's currency.
    package let unitCost: Int64
}

/// Where a site stands, as it is printed on a label.
package struct SiteAddress: Hashable, Sendable {
    package var country: Country
    package var region: String
    package var city: String
    package var postalCode: String
    package var street: String

    package init(country: Country, region: String = "", city: String, postalCode: String, street: String) {
        self.country = country
        self.region = region
        self.city = city
        self.postalCode = postalCode
        self.street = street
    }
}

extension Site {
    /// All sites by id order; they are few.
    package static func all(in tx: Transaction) throws -> [Site] {
        try tx.query("SELECT \(columns) FROM site ORDER BY id", decode)
    }

    package static func find(_ id: SiteID, in tx: Transaction) throws -> Site? {
        try tx.first("SELECT \(columns) FROM site WHERE id = \(id)", decode)
    }

    /// Those that exist, by code; the others are absent.
    package static func find(codes: some Sequence<String>, in tx: Transaction) throws -> [String: Site] {
        let found = try tx.query("SELECT \(columns) FROM site WHERE code IN \(list: codes) ORDER BY id", decode)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.code, $0) })
    }

    /// Which of these sites exist.
    static func known(_ ids: some Sequence<SiteID>, in tx: Transaction) throws -> Set<SiteID> {
        Set(try tx.values("SELECT id FROM site WHERE id IN \(list: ids) ORDER BY id", as: SiteID.self))
    }

    private static let columns: SQL = """
        id, code, name, kind, operator, mode, country, region, city, postal_code, street, latitude, longitude, zone,
        handling_minutes, parcel_cost, unit_cost
        """

    private static func decode(_ row: inout RowReader) throws -> Site {
        try Site(
            id: row.next(), code: row.next(), name: row.next(), kind: row.next(), operatedBy: row.next(), mode: row.next(),
            address: SiteAddress(
                country: row.nextWritten(), region: row.next(), city: row.next(), postalCode: row.next(),
                street: row.next()),
            place: row.nextPlace(), zone: row.nextZone(), handlingMinutes: row.next(), parcelCost: row.next(),
            unitCost: row.next())
    }
}
