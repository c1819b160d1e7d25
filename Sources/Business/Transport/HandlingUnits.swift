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

extension UnitKind {
    /// Whether such a unit may be put into one of `other` kind: bags into bags and everything larger, a trailer into
    /// nothing, and nothing into a parcel.
    package func fits(in other: UnitKind) -> Bool {
        switch other {
        case .parcel, .tote: false
        case .bag, .pallet, .container, .trailer: self != .trailer && size <= other.size
        }
    }

    private var size: Int {
        switch self {
        case .parcel, .tote: 0
        case .bag: 1
        case .pallet: 2
        case .container: 3
        case .trailer: 4
        }
    }
}

/// A thing that can be scanned.
package struct HandlingUnit: Hashable, Sendable {
    package let id: UnitID
    package let kind: UnitKind
    package let code: String
    /// Where it was made.
    package let site: SiteID
    package let created: Instant
}

package enum HandlingUnits {
    /// Makes units and begins their custody.
    /// - Parameter holder: who has them first; nil for the site.
    package static func add(
        _ units: [(id: UnitID, code: String)], kind: UnitKind, site: SiteID, holder: Holder? = nil, occurred: Instant,
        in tx: Transaction
    ) throws {
        let first = holder ?? .site(site)
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
            SELECT v.id, 0, \(first.kind), \(first.id), \(occurred) FROM (\(rows: rows)) AS v
            """)
    }

    /// The unit with this scanned code.
    package static func find(code: String, in tx: Transaction) throws -> (id: UnitID, kind: UnitKind, site: SiteID)? {
        try tx.first("SELECT id, kind, site FROM handling_unit WHERE code = \(code)") { try ($0.next(), $0.next(), $0.next()) }
    }

    /// Units by id, locked.
    package static func load(_ ids: some Sequence<UnitID>, in tx: Transaction) throws -> [UnitID: HandlingUnit] {
        let rows = try tx.query(
            """
            SELECT id, kind, code, site, created_at FROM handling_unit WHERE id IN \(list: Set(ids).sorted())
            ORDER BY id \(.forUpdate)
            """
        ) {
            try HandlingUnit(id: $0.next(), kind: $0.next(), code: $0.next(), site: $0.next(), created: $0.next())
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
    }

    /// The units with these scanned codes; the others are absent.
    package static func find(codes: some Sequence<String>, in tx: Transaction) throws -> [String: UnitID] {
        let rows = try tx.query("SELECT code, id FROM handling_unit WHERE code IN \(list: Set(codes).sorted()) ORDER BY id") {
            try ($0.next(String.self), $0.next(UnitID.self))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Hands units on that are inside no other: the running interval ends where the next begins.
    package static func hand(_ units: [UnitID], to holder: Holder, occurred: Instant, in tx: Transaction) throws {
        try hand(units.map { (unit: $0, holder: holder, at: occurred) }, in: tx)
    }

    /// As above, each unit once, to its own holder and at its own time.
    package static func hand(_ units: [(unit: UnitID, holder: Holder, at: Instant)], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "kind": .text, "holder": .int, "at": .int])
        for one in units { rows.add(one.unit, one.holder.kind, one.holder.id, one.at) }
        try tx.run(
            """
            INSERT INTO custody (unit, sequence, holder_kind, holder, from_at)
            SELECT v.id, (SELECT c.sequence + 1 FROM custody c WHERE c.unit = v.id AND c.until_at IS NULL), v.kind, v.holder,
                (SELECT CASE WHEN c.from_at > v.at THEN c.from_at ELSE v.at END FROM custody c
                    WHERE c.unit = v.id AND c.until_at IS NULL)
            FROM (\(rows: rows)) AS v
            """, expecting: units.count)
        try tx.run(
            """
            UPDATE custody SET until_at = CASE WHEN from_at > v.at THEN from_at ELSE v.at END
            FROM (\(rows: rows)) AS v
            WHERE custody.unit = v.id AND custody.until_at IS NULL
                AND EXISTS (SELECT 1 FROM custody n WHERE n.unit = custody.unit AND n.sequence = custody.sequence + 1)
            """, expecting: units.count)
    }

    /// Who has a unit now: whoever has the outermost unit that it is inside of.
    package static func holder(of unit: UnitID, in tx: Transaction) throws -> (kind: String, id: Int64)? {
        try holders(of: [unit], in: tx)[unit]
    }

    /// Who has units now; absent where there is no such unit.
    package static func holders(of units: [UnitID], in tx: Transaction) throws -> [UnitID: (kind: String, id: Int64)] {
        let roots = try UnitTree.roots(of: units, in: tx)
        let rows = try tx.query(
            """
            SELECT unit, holder_kind, holder FROM custody
            WHERE unit IN \(list: Set(roots.values).sorted()) AND until_at IS NULL ORDER BY unit
            """
        ) { try ($0.next(UnitID.self), (kind: $0.next(String.self), id: $0.next(Int64.self))) }
        let byRoot = Dictionary(uniqueKeysWithValues: rows)
        return roots.compactMapValues { byRoot[$0] }
    }

    /// Of these units, those that are inside no other.
    package static func loose(_ units: [UnitID], in tx: Transaction) throws -> Set<UnitID> {
        Set(units).subtracting(try UnitTree.ancestors(of: units, in: tx).keys)
    }

    /// Of these units, those that stand at the site, inside something or not.
    package static func standing(_ units: [UnitID], at site: SiteID, in tx: Transaction) throws -> Set<UnitID> {
        Set(try holders(of: units, in: tx).filter { $0.value.kind == "site" && $0.value.id == site.raw }.keys)
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
