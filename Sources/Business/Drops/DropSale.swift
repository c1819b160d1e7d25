import Kernel
import Store

/// `open` until its end; `closing` while those it serves may still take what is kept for them; `ended`.
package enum DropState: String, SQLValue, CaseIterable, Codable {
    case open
    case closing
    case ended

    package static let transitions: [DropState: Set<DropState>] = [.open: [.closing], .closing: [.ended]]
}

/// A timed live sale with a pool of its own.
package struct DropSale: Sendable {
    package let id: DropID
    package let merchant: MerchantID
    package let name: String
    package let pool: PoolID
    package let poolCode: String
    package let startsAt: Instant
    package let endsAt: Instant
    /// Tickets taken within one window are as good as taken at once: a draw gives them their places.
    package let window: Duration
    /// How long what a place in the line brings is kept.
    package let hold: Duration
    /// Pieces that one shopper may take of each SKU.
    package let limit: Quantity
    /// What the draws are made from; told when the drop has ended, its hash from the start.
    package let seed: String
    package let seedHash: String
    package let state: DropState
    /// The last window whose places are drawn; -1 before the first.
    package let drawn: Int64

    package init(
        id: DropID, merchant: MerchantID, name: String, pool: PoolID, poolCode: String, startsAt: Instant, endsAt: Instant,
        window: Duration, hold: Duration, limit: Quantity, seed: String, seedHash: String, state: DropState = .open,
        drawn: Int64 = -1
    ) {
        self.id = id
        self.merchant = merchant
        self.name = name
        self.pool = pool
        self.poolCode = poolCode
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.window = window
        self.hold = hold
        self.limit = limit
        self.seed = seed
        self.seedHash = seedHash
        self.state = state
        self.drawn = drawn
    }

    /// The number of the window that a moment of the sale falls in, from 0.
    package func window(at moment: Instant) -> Int64 { max(0, (moment - startsAt).micros / window.micros) }

    /// The window of a ticket that is taken now: never one that is drawn already, whatever a node's clock says.
    package func openWindow(at moment: Instant) -> Int64 { max(window(at: moment), drawn + 1) }

    /// When a window is over and its places are drawn; never after the sale's end.
    package func close(of number: Int64) -> Instant { min(endsAt, startsAt + .microseconds((number + 1) * window.micros)) }
}

package enum DropSales {
    /// A clock on a drop at the end of each window in which somebody took a ticket.
    package static let drawClock = "drop.draw"
    /// A clock on a drop at its end, and again while something of it is still kept for somebody.
    package static let endClock = "drop.end"

    private static let columns: SQL = """
        id, merchant, name, pool, pool_code, starts_at, ends_at, window_micros, hold_micros, shopper_limit, seed, seed_hash, state,
        drawn_window
        """

    private static func decode(_ row: inout RowReader) throws -> DropSale {
        try DropSale(
            id: row.next(), merchant: row.next(), name: row.next(), pool: row.next(), poolCode: row.next(),
            startsAt: row.next(), endsAt: row.next(), window: .microseconds(row.next(Int64.self)),
            hold: .microseconds(row.next(Int64.self)),
            limit: row.next(), seed: row.next(), seedHash: row.next(), state: row.next(),
            drawn: row.next())
    }

    package static func add(_ drop: DropSale, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO drop_sale (\(columns), created_at)
            VALUES (\(drop.id), \(drop.merchant), \(drop.name), \(drop.pool), \(drop.poolCode), \(drop.startsAt), \(drop.endsAt),
                \(drop.window.micros), \(drop.hold.micros), \(drop.limit), \(drop.seed), \(drop.seedHash), \(drop.state),
                \(drop.drawn), \(tx.now))
            """)
        try tx.schedule(endClock, source: "drop", due: [(drop.id.raw, drop.merchant, drop.endsAt, [:])])
        tx.emit(
            NewEvent(
                "drop.opened", key: drop.id.description, occurred: tx.now, owner: drop.merchant,
                payload: [
                    "drop": .id(drop.id), "pool": .string(drop.poolCode), "starts_at": .string(drop.startsAt.description),
                    "ends_at": .string(drop.endsAt.description), "seed_hash": .string(drop.seedHash),
                ]))
    }

    /// Locked: places are given one draw after the other.
    package static func find(_ id: DropID, in tx: Transaction) throws -> DropSale? {
        try tx.first("SELECT \(columns) FROM drop_sale WHERE id = \(id) \(.forUpdate)", decode)
    }

    /// Sets the clock of a window's draw where none stands yet.
    package static func expectDraw(of drop: DropSale, window: Int64, in tx: Transaction) throws {
        let isFirst = try tx.run(
            "UPDATE drop_sale SET clocked_window = \(window) WHERE id = \(drop.id) AND clocked_window < \(window)")
        guard isFirst == 1 else { return }
        try tx.schedule(drawClock, source: "drop", due: [(drop.id.raw, drop.merchant, drop.close(of: window), [:])])
    }

    package static func move(_ drop: DropSale, to state: DropState, in tx: Transaction) throws {
        guard DropState.transitions[drop.state]?.contains(state) == true else { return }
        try tx.run("UPDATE drop_sale SET state = \(state) WHERE id = \(drop.id) AND state = \(drop.state)", expecting: 1)
        tx.emit(
            NewEvent(
                "drop.\(state.rawValue)", key: drop.id.description, occurred: tx.now, owner: drop.merchant,
                payload: ["drop": .id(drop.id), "seed": state == .ended ? .string(drop.seed) : .null]))
    }

    package static func drawn(_ drop: DropSale, upTo window: Int64, in tx: Transaction) throws {
        try tx.run("UPDATE drop_sale SET drawn_window = \(window) WHERE id = \(drop.id) AND drawn_window < \(window)")
    }

    /// The first of `count` places behind all that were given.
    package static func places(_ count: Int, of drop: DropID, in tx: Transaction) throws -> Int64 {
        let last: Int64 = try tx.value("SELECT last_place FROM drop_sale WHERE id = \(drop)") ?? 0
        try tx.run("UPDATE drop_sale SET last_place = \(last + Int64(count)) WHERE id = \(drop)", expecting: 1)
        return last + 1
    }
}
