import Facilities
import Kernel
import Store

/// A site as it is shown to those who work with it.
package struct SiteView: Codable, Sendable {
    package let id: SiteID
    package let code: String
    package let name: String
    package let kind: Site.Kind
    package let mode: Site.Mode
    package let operatedBy: String
    package let country: String
    package let region: String
    package let city: String
    package let postalCode: String
    package let street: String
    package let place: Coordinates
    package let timeZone: String
    package let handlingMinutes: Int

    private enum CodingKeys: String, CodingKey {
        case id, code, name, kind, mode, operatedBy = "operated_by", country, region, city, postalCode = "postal_code", street
        case place, timeZone = "time_zone", handlingMinutes = "handling_minutes"
    }
}

extension SiteView {
    /// A page of the sites that the reader may know of, in the order of ids. Merchants know all: they send goods there.
    package static func page(_ scope: Scope, after id: SiteID?, limit: Int, in tx: Transaction) throws -> [SiteView] {
        try list("id > \(id?.raw ?? -1) AND \(known(to: scope))", limit: limit, in: tx)
    }

    /// - Throws: `NotFound` where there is no such site for the reader.
    package static func find(_ id: SiteID, _ scope: Scope, in tx: Transaction) throws -> SiteView {
        let found = try list("id = \(id) AND \(known(to: scope))", limit: 1, in: tx)
        guard let site = found.first else { throw NotFound("site", id) }
        return site
    }

    private static func known(to scope: Scope) -> SQL {
        if case .merchant = scope { "1 = 1" } else { scope.owns(site: "id") }
    }

    private static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [SiteView] {
        try tx.query(
            """
            SELECT id, code, name, kind, mode, operator, country, region, city, postal_code, street, latitude, longitude, zone,
                handling_minutes
            FROM site WHERE \(condition) ORDER BY id LIMIT \(limit)
            """
        ) {
            try SiteView(
                id: $0.next(), code: $0.next(), name: $0.next(), kind: $0.next(), mode: $0.next(), operatedBy: $0.next(),
                country: $0.next(), region: $0.next(), city: $0.next(), postalCode: $0.next(), street: $0.next(),
                place: place($0.next(), $0.next()), timeZone: $0.next(), handlingMinutes: $0.next())
        }
    }

    private static func place(_ latitude: Int64, _ longitude: Int64) throws -> Coordinates {
        guard let place = Coordinates(latitude: latitude, longitude: longitude) else {
            throw StoreError.unexpected("\(latitude), \(longitude) is off the globe")
        }
        return place
    }
}

/// A place within a site.
package struct LocationView: Codable, Sendable {
    package let id: LocationID
    package let site: SiteID
    package let parent: LocationID?
    package let kind: Location.Kind
    package let code: String
    package let walk: Int64
    package let pickable: Bool
    package let sellable: Bool

    package var cursor: LocationCursor { LocationCursor(walk: walk, id: id) }
}

/// A place in the list of a site's locations.
package struct LocationCursor: Codable, Sendable {
    package let walk: Int64
    package let id: LocationID
}

extension LocationView {
    /// A page in the order in which pickers walk by.
    package static func page(
        at site: SiteID, kind: Location.Kind?, code: String?, after cursor: LocationCursor?, limit: Int, in tx: Transaction
    ) throws -> [LocationView] {
        var sql: SQL = "SELECT id, site, parent, kind, code, walk, pickable, sellable FROM location WHERE site = \(site)"
        if let kind { sql = sql + " AND kind = \(kind)" }
        if let code { sql = sql + " AND code = \(code)" }
        if let cursor { sql = sql + " AND (walk, id) > (\(cursor.walk), \(cursor.id))" }
        return try tx.query(sql + " ORDER BY walk, id LIMIT \(limit)") {
            try LocationView(
                id: $0.next(), site: $0.next(), parent: $0.next(), kind: $0.next(), code: $0.next(), walk: $0.next(),
                pickable: $0.next(), sellable: $0.next())
        }
    }
}
