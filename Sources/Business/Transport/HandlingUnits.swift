import Kernel
import Store

/// What sort of thing is moved.
package enum UnitKind: String, SQLValue, CaseIterable, Codable {
    case tote
    case parcel
    case bag
    case pallet
    case container
    case trailer
}

/// Who has a unit.
package enum Holder: Hashable, Sendable {
    case site(SiteID)
    case carrier(CarrierID)
    case shopper

    var kind: String {
        switch self {
        case .site: "site"
        case .carrier: "carrier"
        case .shopper: "shopper"
        }
    }

    var id: Int64 {
        switch self {
        case .site(let id): id.raw
        case .carrier(let id): id.raw
        case .shopper: 0
        }
    }
}

package enum HandlingUnits {
    /// Makes units and begins their custody at the site.
    package static func add(
        _ units: [(id: UnitID, code: String)], kind: UnitKind, site: SiteID, occurred: Instant, in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "code": .text])
        for unit in units { rows.add(unit.id, unit.code) }
        try tx.run(
            """
            INSERT INTO handling_unit (id, kind, code, site, created_at)
            SELECT v.id, \(kind), v.code, \(site), \(occurred) FROM (\(rows: rows)) AS v
            """)
        try tx.run(
            """
            INSERT INTO custody (unit, sequence, holder_kind, holder, from_at)
            SELECT v.id, 0, 'site', \(site), \(occurred) FROM (\(rows: rows)) AS v
            """)
    }

    /// The unit with this scanned code.
    package static func find(code: String, in tx: Transaction) throws -> (id: UnitID, kind: UnitKind, site: SiteID)? {
        try tx.first("SELECT id, kind, site FROM handling_unit WHERE code = \(code)") { try ($0.next(), $0.next(), $0.next()) }
    }

    /// Hands units on: the running interval ends where the next begins.
    package static func hand(_ units: [UnitID], to holder: Holder, occurred: Instant, in tx: Transaction) throws {
        guard !units.isEmpty else { return }
        try tx.run(
            """
            INSERT INTO custody (unit, sequence, holder_kind, holder, from_at)
            SELECT unit, sequence + 1, \(holder.kind), \(holder.id), CASE WHEN from_at > \(occurred) THEN from_at ELSE \(occurred) END
            FROM custody WHERE unit IN \(list: units) AND until_at IS NULL
            """, expecting: units.count)
        try tx.run(
            """
            UPDATE custody SET until_at = CASE WHEN from_at > \(occurred) THEN from_at ELSE \(occurred) END
            WHERE unit IN \(list: units) AND until_at IS NULL
                AND EXISTS (SELECT 1 FROM custody n WHERE n.unit = custody.unit AND n.sequence = custody.sequence + 1)
            """, expecting: units.count)
    }

    /// Who has a unit now.
    package static func holder(of unit: UnitID, in tx: Transaction) throws -> (kind: String, id: Int64)? {
        try tx.first("SELECT holder_kind, holder FROM custody WHERE unit = \(unit) AND until_at IS NULL") {
            try ($0.next(), $0.next())
        }
    }
}

/// Numbers given out in order, a block at a time.
package enum NumberSeries {
    /// The first of `count` numbers that belong to the caller.
    package static func take(_ count: Int, from name: String, in tx: Transaction) throws -> Int64 {
        try tx.run("INSERT INTO number_series (name, next) VALUES (\(name), 1) ON CONFLICT (name) DO NOTHING")
        try tx.run("UPDATE number_series SET next = next + \(count) WHERE name = \(name)", expecting: 1)
        let next: Int64? = try tx.value("SELECT next FROM number_series WHERE name = \(name)")
        guard let next else { throw StoreError.unexpected("the series \(name) is gone") }
        return next - Int64(count)
    }
}
