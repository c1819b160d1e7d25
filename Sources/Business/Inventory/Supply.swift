import Kernel
import Store

/// Where a promise can come from.
package enum SupplyKind: String, SQLValue {
    case onHand = "on_hand"
    case inbound
    case transfer
    case preorder
    case partner
    /// Goods on hand that are not for sale, for removals and disposals. The pool is their condition.
    case unsellable

    /// Whether it can be sent today: at our sites, or at a partner's by its report.
    package var isOnHand: Bool { self == .onHand || self == .partner }

    /// Whether it can be set aside for pools: what a partner reports is one number, and what is not for sale is nobody's;
    /// a preorder cap is a number of its own.
    package var isDivided: Bool { self == .onHand || self == .inbound || self == .transfer }

    /// Whether the goods are there.
    package var isHere: Bool { self == .onHand || self == .unsellable }
}

/// What of one SKU at one site may be promised, and how much of it is.
package struct Supply: Sendable {
    package let id: SupplyID
    package let owner: MerchantID
    package let sku: SKUID
    package let site: SiteID
    package let pool: String
    package let kind: SupplyKind
    /// The raw id of the ASN or transfer it comes from; 0 for goods on hand.
    package let source: Int64
    package let availableFrom: Instant
    package var sellable: Quantity
    package var held: Quantity
    package var reserved: Quantity
    package var short: Quantity
    /// Nobody has said for too long what is there: nothing more is promised of it.
    package internal(set) var isStale: Bool

    /// Available to promise; never negative.
    package var available: Quantity { isStale ? 0 : max(0, sellable - held - reserved) }

    var key: SellableChange.Key { SellableChange.Key(sku: sku, site: site, owner: owner) }

    static let columns: SQL =
        "id, owner, sku, site, pool, kind, source, available_from, sellable, held, reserved, short, stale"

    /// Goods on hand at a site of which fewer than `limit` are available.
    package static func low(at site: SiteID, below limit: Quantity, in tx: Transaction) throws -> [Supply] {
        try tx.query(
            """
            SELECT \(columns) FROM supply WHERE site = \(site) AND kind = 'on_hand' AND sellable - held - reserved < \(limit)
            ORDER BY id
            """, decode)
    }

    /// Which pool each of these supplies is in.
    package static func pools(of ids: [SupplyID], in tx: Transaction) throws -> [SupplyID: String] {
        let rows = try tx.query("SELECT id, pool FROM supply WHERE id IN \(list: Set(ids).sorted()) ORDER BY id") {
            try ($0.next(SupplyID.self), $0.next(String.self))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    static func decode(_ row: inout RowReader) throws -> Supply {
        try Supply(
            id: row.next(), owner: row.next(), sku: row.next(), site: row.next(), pool: row.next(), kind: row.next(),
            source: row.next(), availableFrom: row.next(), sellable: row.next(), held: row.next(), reserved: row.next(),
            short: row.next(), isStale: row.next())
    }

    /// All supplies of these SKUs in every site, by SKU; goods on hand first, then by when they come.
    /// - Parameter locked: what is decided next rests on them.
    package static func load(of skus: some Sequence<SKUID>, locked: Bool, in tx: Transaction) throws -> [SKUID: [Supply]] {
        let select: SQL = "SELECT \(columns) FROM supply WHERE sku IN \(list: Set(skus).sorted())"
        let rows = try tx.query(locked ? select + " \(.lockedByID)" : select, decode)
            .sorted { ($0.sku, $0.availableFrom, $0.id) < ($1.sku, $1.availableFrom, $1.id) }
        var found: [SKUID: [Supply]] = [:], begin = 0
        found.reserveCapacity(rows.count / 2)
        while begin < rows.count {
            let sku = rows[begin].sku, end = rows[begin...].firstIndex { $0.sku != sku } ?? rows.count
            found[sku] = Array(rows[begin..<end])
            begin = end
        }
        return found
    }
}
