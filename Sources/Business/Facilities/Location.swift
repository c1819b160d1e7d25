import Kernel
import Store

/// A place within a site.
package struct Location: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable, Codable, SQLValue {
        case zone
        case aisle
        case bin
        case dock
        case station
        /// Where goods wait for a decision.
        case hold
    }

    package let id: LocationID
    package let site: SiteID
    /// What it stands in; nil at the top.
    package let parent: LocationID?
    package let kind: Kind
    /// Unique with its site.
    package let code: String
    /// Its place in the order in which pickers walk by.
    package let walk: Int64
    /// Picks may be made from it; then it is sellable as well.
    package let pickable: Bool
    /// What lies there may be promised.
    package let sellable: Bool
}

/// The locations of sites.
package enum Locations {
    /// Those that exist, by id; the others are absent.
    package static func find(
        _ ids: some Sequence<LocationID>, in tx: Transaction
    ) throws -> [LocationID: Location] {
        let found = try tx.query("SELECT \(columns) FROM location WHERE id IN \(list: ids) ORDER BY id", decode)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }

    /// Those that exist at a site, by code; the others are absent.
    package static func find(
        _ codes: some Sequence<String>, at site: SiteID, in tx: Transaction
    ) throws -> [String: Location] {
        let found = try tx.query(
            "SELECT \(columns) FROM location WHERE site = \(site) AND code IN \(list: codes) ORDER BY id", decode)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.code, $0) })
    }

    /// All of a site, in the order pickers walk by.
    ///
    /// - Parameter kind: nil for all kinds.
    package static func all(at site: SiteID, kind: Location.Kind? = nil, in tx: Transaction) throws -> [Location] {
        var sql: SQL = "SELECT \(columns) FROM location WHERE site = \(site)"
        if let kind { sql = sql + " AND kind = \(kind)" }
        return try tx.query(sql + " ORDER BY walk, id", decode)
    }

    private static let columns: SQL = "id, site, parent, kind, code, walk, pickable, sellable"

    private static func decode(_ row: inout RowReader) throws -> Location {
        try Location(
            id: row.next(), site: row.next(), parent: row.next(), kind: row.next(), code: row.next(), walk: row.next(),
            pickable: row.next(), sellable: row.next())
    }
}
