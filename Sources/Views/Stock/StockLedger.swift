import Inventory
import Kernel
import Store

/// A movement as a line of the ledger: how many, from where to where, why, for what, and who did it.
package struct LedgerLine: Sendable {
    /// An end of a movement.
    package struct End: Sendable {
        package let kind: PlaceKind
        package let location: LocationID?
        package let unit: UnitID?
        /// Of the location or unit.
        package let code: String?
    }

    /// What a movement was for.
    package enum Cause: Sendable {
        case order(OrderID, number: String)
        case asn(ASNID, number: String)
        case `return`(RMAID, number: String)
    }

    package let id: MovementID
    package let at: Instant
    package let site: SiteID
    package let quantity: Quantity
    package let from: End
    package let to: End
    package let reason: MovementReason
    package let lot: String?
    package let serials: [String]
    package let actor: String
    package var cause: Cause?

    /// What it adds to what lies in our places; nothing where goods only change their place.
    package var change: Int64 {
        (to.kind.holdsStock ? quantity.rawValue : 0) - (from.kind.holdsStock ? quantity.rawValue : 0)
    }
}

/// Which movements of a SKU are asked for; nil asks for all.
package struct LedgerFilter: Sendable {
    package var site: SiteID?
    /// One of its ends is this location.
    package var location: LocationID?
    package var reason: MovementReason?

    package init() {}

    fileprivate var isPicky: Bool { site != nil || location != nil || reason != nil }

    fileprivate var condition: SQL {
        var condition: SQL = ""
        if let site { condition = condition + " AND m.site = \(site)" }
        if let reason { condition = condition + " AND m.reason = \(reason)" }
        guard let location else { return condition }
        return condition
            + " AND (m.from_kind = 'location' AND m.from_place = \(location) OR m.to_kind = 'location' AND m.to_place = \(location))"
    }
}

/// A page of the ledger, and where to go on.
package struct LedgerWindow: Sendable {
    package let lines: [LedgerLine]
    /// Ask for what comes after it; nil where nothing does. There may be more although no line is here.
    package let next: MovementID?
}

extension LedgerLine {
    /// A page of the movements of a SKU, the newest first; `NotFound` where the SKU is not the reader's.
    ///
    /// - Parameter reach: how many movements one page is picked out of, where only some are asked for.
    package static func window(
        of sku: SKUID, _ filter: LedgerFilter, _ scope: Scope, after id: MovementID?, limit: Int, reach: Int = 5000,
        in tx: Transaction
    ) throws -> LedgerWindow {
        try Ownership.skus([sku], scope, in: tx)
        var along: SQL = "m.sku = \(sku)"
        if let id { along = along + " AND m.id < \(id)" }
        let end: MovementID? = try filter.isPicky || scope != .network
            ? tx.value("SELECT m.id FROM movement m WHERE \(along) ORDER BY m.id DESC LIMIT 1 OFFSET \(reach - 1)") : nil
        if let end { along = along + " AND m.id >= \(end)" }
        let picked = along + " AND \(scope.owns(merchant: "m.owner", site: "m.site"))" + filter.condition
        let found = try list(picked, limit: limit + 1, in: tx)
        guard found.count > limit else { return LedgerWindow(lines: found, next: end) }
        return LedgerWindow(lines: Array(found.prefix(limit)), next: found[limit - 1].id)
    }

    /// - Parameter condition: on `m`, the movement.
    private static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [LedgerLine] {
        let found = try tx.query(
            """
            SELECT m.id, m.occurred_at, m.site, m.quantity, m.from_kind, m.from_place, COALESCE(fl.code, fu.code), m.to_kind,
                m.to_place, COALESCE(tl.code, tu.code), m.reason, t.code, m.actor, m.reference
            FROM movement m
            LEFT JOIN location fl ON fl.id = m.from_place AND m.from_kind = 'location'
            LEFT JOIN handling_unit fu ON fu.id = m.from_place AND m.from_kind = 'unit'
            LEFT JOIN location tl ON tl.id = m.to_place AND m.to_kind = 'location'
            LEFT JOIN handling_unit tu ON tu.id = m.to_place AND m.to_kind = 'unit'
            LEFT JOIN lot t ON t.id = m.lot
            WHERE \(condition) ORDER BY m.id DESC LIMIT \(limit)
            """, Row.init)
        let causes = try causes(of: found.map(\.reference), in: tx)
        let serials = Dictionary(
            grouping: try tx.query(
                "SELECT movement, serial FROM movement_serial WHERE movement IN \(list: found.map(\.id)) ORDER BY movement, serial"
            ) { (try $0.next(MovementID.self), try $0.next(String.self)) }, by: \.0)
        return found.map { row in
            LedgerLine(
                id: row.id, at: row.at, site: row.site, quantity: row.quantity, from: row.from, to: row.to, reason: row.reason,
                lot: row.lot, serials: (serials[row.id] ?? []).map(\.1), actor: row.actor, cause: causes[row.reference])
        }
    }

    private struct Row {
        let id: MovementID, at: Instant, site: SiteID, quantity: Quantity, from: End, to: End, reason: MovementReason
        let lot: String?, actor: String, reference: Int64

        init(_ row: inout RowReader) throws {
            (id, at, site, quantity) = try (row.next(), row.next(), row.next(), row.next())
            (from, to) = try (End(&row), End(&row))
            (reason, lot, actor, reference) = try (row.next(), row.next(), row.next(), row.next())
        }
    }

    /// References are ids of any kind; an id names one thing in the whole network.
    private static func causes(of references: [Int64], in tx: Transaction) throws -> [Int64: Cause] {
        let ids = Set(references).sorted()
        var found: [Int64: Cause] = [:]
        try each("SELECT id, id, number FROM asn WHERE id IN \(list: ids) ORDER BY id", in: tx) {
            found[$0] = .asn(ASNID($1), number: $2)
        }
        try each("SELECT id, id, number FROM rma WHERE id IN \(list: ids) ORDER BY id", in: tx) {
            found[$0] = .return(RMAID($1), number: $2)
        }
        try each(
            """
            SELECT g.id, r.id, r.number FROM returned_goods g JOIN rma r ON r.id = g.rma WHERE g.id IN \(list: ids) ORDER BY g.id
            """, in: tx) { found[$0] = .return(RMAID($1), number: $2) }
        try each(
            """
            SELECT p.id, o.id, o.number FROM parcel p JOIN orders o ON o.id = p.order_id WHERE p.id IN \(list: ids)
            UNION ALL SELECT k.id, o.id, o.number FROM task k JOIN fulfillment_order f ON f.id = k.fulfillment_order
                JOIN orders o ON o.id = f.order_id WHERE k.id IN \(list: ids)
            UNION ALL SELECT o.id, o.id, o.number FROM orders o WHERE o.id IN \(list: ids) ORDER BY 1
            """, in: tx) { found[$0] = .order(OrderID($1), number: $2) }
        return found
    }

    private static func each(_ sql: SQL, in tx: Transaction, _ take: (Int64, Int64, String) -> Void) throws {
        for (reference, id, number) in try tx.query(sql, { (try $0.next(Int64.self), try $0.next(Int64.self), try $0.next(String.self)) }) {
            take(reference, id, number)
        }
    }
}

extension LedgerLine.End {
    fileprivate init(_ row: inout RowReader) throws {
        let (kind, id): (PlaceKind, Int64) = try (row.next(), row.next())
        self.init(
            kind: kind, location: kind == .location ? LocationID(id) : nil, unit: kind == .unit ? UnitID(id) : nil,
            code: try row.next())
    }
}
