import Kernel
import Store

/// A drop as it stands.
package struct DropView: Codable, Sendable {
    package let id: DropID
    package let merchant: MerchantID
    package let name: String
    package let pool: PoolID
    package let startsAt: Instant
    package let endsAt: Instant
    package let windowMs: Int64
    package let holdSeconds: Int64
    package let shopperLimit: Quantity
    /// SHA-256 of the seed that the draws are made from.
    package let seedHash: String
    /// Told when the drop has ended: with it every place can be checked.
    package let seed: String?
    /// `open`, `closing` or `ended`.
    package let state: String
    /// Pieces of its pool that are promised to nobody.
    package let available: Quantity
    /// Pieces that those in line want.
    package let waiting: Quantity

    private enum CodingKeys: String, CodingKey {
        case id, merchant, name, pool, startsAt = "starts_at", endsAt = "ends_at", windowMs = "window_ms"
        case holdSeconds = "hold_seconds", shopperLimit = "shopper_limit", seedHash = "seed_hash", seed, state, available, waiting
    }

    package static func list(_ scope: Scope, after cursor: DropID?, limit: Int, in tx: Transaction) throws -> [DropView] {
        try load("d.id > \(cursor?.raw ?? 0)", scope, limit, in: tx)
    }

    /// - Throws: `NotFound` where there is no such drop for the reader.
    package static func find(_ id: DropID, _ scope: Scope, in tx: Transaction) throws -> DropView {
        guard let drop = try load("d.id = \(id)", scope, 1, in: tx).first else { throw NotFound("drop", id) }
        return drop
    }

    private static func load(_ condition: SQL, _ scope: Scope, _ limit: Int, in tx: Transaction) throws -> [DropView] {
        try tx.query(
            """
            SELECT d.id, d.merchant, d.name, d.pool, d.starts_at, d.ends_at, d.window_micros, d.hold_micros, d.shopper_limit,
                d.seed_hash, CASE WHEN d.state = 'ended' THEN d.seed END, d.state,
                (SELECT COALESCE(SUM(s.sellable - s.held - s.reserved), 0) FROM supply s
                    WHERE s.owner = d.merchant AND s.pool = d.pool_code AND s.kind <> 'unsellable'),
                (SELECT COALESCE(SUM(t.quantity), 0) FROM ticket t WHERE t.line = d.id AND t.state = 'waiting')
            FROM drop_sale d WHERE \(condition) AND \(scope.owns(merchant: "d.merchant")) ORDER BY d.id LIMIT \(limit)
            """
        ) {
            let (id, merchant, name, pool): (DropID, MerchantID, String, PoolID) =
                try ($0.next(), $0.next(), $0.next(), $0.next())
            let (starts, ends): (Instant, Instant) = try ($0.next(), $0.next())
            let (window, hold): (Int64, Int64) = try ($0.next(), $0.next())
            return try DropView(
                id: id, merchant: merchant, name: name, pool: pool, startsAt: starts, endsAt: ends, windowMs: window / 1000,
                holdSeconds: hold / 1_000_000, shopperLimit: $0.next(), seedHash: $0.next(), seed: $0.next(), state: $0.next(),
                available: $0.next(), waiting: $0.next())
        }
    }
}

/// A place in a line.
package struct TicketView: Codable, Sendable {
    package let id: TicketID
    package let merchant: MerchantID
    /// None: it waits for goods of a pool.
    package let drop: DropID?
    package let skuCode: String
    package let quantity: Quantity
    /// `waiting`, `served`, `taken`, `lapsed`, `left` or `ended`.
    package let state: String
    /// From 1, in a drop; none until its window is drawn, and in a waitlist.
    package let place: Int64?
    /// When its place is drawn, where it has none yet.
    package let drawnAt: Instant?
    /// Pieces that those before it want.
    package let ahead: Quantity
    /// Whether what is left reaches it; it stands in line all the same, for what others let go.
    package let isWithinStock: Bool
    /// What is kept for it: an order names it in `holds`.
    package let hold: HoldID?
    package let holdExpiresAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case id, merchant, drop, skuCode = "sku_code", quantity, state, place, drawnAt = "drawn_at", ahead
        case isWithinStock = "is_within_stock", hold, holdExpiresAt = "hold_expires_at"
    }

    /// - Throws: `NotFound` where there is no such ticket for the reader.
    package static func find(_ id: TicketID, _ scope: Scope, in tx: Transaction) throws -> TicketView {
        let found = try tx.first(
            """
            SELECT t.id, t.merchant, t.line, k.code, t.quantity, t.state, t.place, t.in_window, t.hold, h.expires_at,
                d.starts_at, d.ends_at, d.window_micros,
                (SELECT COALESCE(SUM(o.quantity), 0) FROM ticket o WHERE o.sku = t.sku AND o.state = 'waiting'
                    AND o.merchant = t.merchant AND o.line = t.line AND o.pool = t.pool AND t.state = 'waiting'
                    AND (o.place < t.place OR t.place IS NULL AND (o.place IS NOT NULL OR o.in_window < t.in_window))),
                (SELECT COALESCE(SUM(s.sellable - s.held - s.reserved), 0) FROM supply s
                    WHERE s.sku = t.sku AND s.owner = t.merchant AND s.pool = t.pool AND s.kind IN ('on_hand', 'partner')
                        AND s.stale = 0)
            FROM ticket t JOIN sku k ON k.id = t.sku LEFT JOIN hold h ON h.id = t.hold LEFT JOIN drop_sale d ON d.id = t.line
            WHERE t.id = \(id) AND \(scope.owns(merchant: "t.merchant"))
            """, decode)
        guard let found else { throw NotFound("ticket", id) }
        return found
    }

    private static func decode(_ row: inout RowReader) throws -> TicketView {
        let (id, merchant, line): (TicketID, MerchantID, Int64) = try (row.next(), row.next(), row.next())
        let (code, quantity, state): (String, Quantity, String) = try (row.next(), row.next(), row.next())
        let (place, window, hold): (Int64?, Int64, HoldID?) = try (row.next(), row.next(), row.next())
        let (expires, starts, ends): (Instant?, Instant?, Instant?) = try (row.next(), row.next(), row.next())
        let (micros, ahead, left): (Int64?, Quantity, Quantity) = try (row.next(), row.next(), row.next())
        let drawn: Instant? =
            if let starts, let ends, let micros, place == nil {
                min(ends, starts + .microseconds((window + 1) * micros))
            } else { nil }
        return TicketView(
            id: id, merchant: merchant, drop: line == 0 ? nil : DropID(line), skuCode: code, quantity: quantity, state: state,
            place: line == 0 ? nil : place, drawnAt: drawn, ahead: ahead,
            isWithinStock: state == "waiting" ? ahead + quantity <= left : state == "served" || state == "taken",
            hold: hold, holdExpiresAt: expires)
    }
}

extension Ownership {
    package static func drops(_ ids: [DropID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "drop", "SELECT id FROM drop_sale WHERE \(scope.owns(merchant: "merchant"))", in: tx)
    }

    package static func tickets(_ ids: [TicketID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "ticket", "SELECT id FROM ticket WHERE \(scope.owns(merchant: "merchant"))", in: tx)
    }
}
