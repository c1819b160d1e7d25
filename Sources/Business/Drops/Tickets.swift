import Kernel
import Store

/// `waiting` in line; `served`: goods are kept for it; `taken`: an order has them; `lapsed`: nobody took them in time;
/// `left` by its shopper; `ended`: the drop was over and it had no turn.
package enum TicketState: String, SQLValue, CaseIterable, Codable {
    case waiting
    case served
    case taken
    case lapsed
    case left
    case ended

    package static let transitions: [TicketState: Set<TicketState>] = [
        .waiting: [.served, .left, .ended], .served: [.taken, .lapsed, .left],
    ]
}

/// A place in the line for a SKU of a pool.
package struct Ticket: Sendable {
    package let id: TicketID
    package let merchant: MerchantID
    /// Nil: no drop's; who waits for goods of a pool.
    package let drop: DropID?
    package let pool: String
    package let sku: SKUID
    /// A hash of what the caller knows the shopper by.
    package let shopper: String
    package let quantity: Quantity
    package let window: Int64
    /// Nil until it is drawn.
    package let place: Int64?
    /// How long its goods are kept once it has its turn.
    package let hold: Duration
    package let state: TicketState
    package let keptBy: HoldID?

    package init(
        id: TicketID, merchant: MerchantID, drop: DropID?, pool: String, sku: SKUID, shopper: String, quantity: Quantity,
        window: Int64, place: Int64?, hold: Duration, state: TicketState = .waiting, keptBy: HoldID? = nil
    ) {
        self.id = id
        self.merchant = merchant
        self.drop = drop
        self.pool = pool
        self.sku = sku
        self.shopper = shopper
        self.quantity = quantity
        self.window = window
        self.place = place
        self.hold = hold
        self.state = state
        self.keptBy = keptBy
    }
}

package enum Tickets {
    private static let columns: SQL =
        "id, merchant, line, pool, sku, shopper, quantity, in_window, place, hold_micros, state, hold"

    private static func decode(_ row: inout RowReader) throws -> Ticket {
        let (id, merchant, line): (TicketID, MerchantID, Int64) = try (row.next(), row.next(), row.next())
        return try Ticket(
            id: id, merchant: merchant, drop: line == 0 ? nil : DropID(line), pool: row.next(), sku: row.next(),
            shopper: row.next(), quantity: row.next(), window: row.next(), place: row.next(), hold: .microseconds(row.next(Int64.self)),
            state: row.next(), keptBy: row.next())
    }

    /// Takes a place; answers false where this shopper stands in this line already, or has had its turn.
    package static func add(_ ticket: Ticket, in tx: Transaction) throws -> Bool {
        let added = try tx.run(
            """
            INSERT INTO ticket (\(columns), taken_at, changed_at)
            VALUES (\(ticket.id), \(ticket.merchant), \(ticket.drop?.raw ?? 0), \(ticket.pool), \(ticket.sku), \(ticket.shopper),
                \(ticket.quantity), \(ticket.window), \(ticket.place), \(ticket.hold.micros), 'waiting', NULL, \(tx.now), \(tx.now))
            ON CONFLICT DO NOTHING
            """)
        if added == 1 { tell([ticket], "ticket.taken", in: tx) }
        return added == 1
    }

    /// The ticket with which a shopper stands in a line or has had its turn.
    package static func standing(
        _ shopper: String, of merchant: MerchantID, drop: DropID?, pool: String, sku: SKUID, in tx: Transaction
    ) throws -> Ticket? {
        try tx.first(
            """
            SELECT \(columns) FROM ticket WHERE merchant = \(merchant) AND line = \(drop?.raw ?? 0) AND pool = \(pool)
                AND sku = \(sku) AND shopper = \(shopper) AND state <> 'left' AND state <> 'lapsed'
            """, decode)
    }

    package static func find(_ id: TicketID, in tx: Transaction) throws -> Ticket? {
        try tx.first("SELECT \(columns) FROM ticket WHERE id = \(id) \(.forUpdate)", decode)
    }

    /// Tickets of a drop that have no place yet, up to a window.
    package static func undrawn(_ drop: DropID, upTo window: Int64, in tx: Transaction) throws -> [Ticket] {
        try tx.query(
            """
            SELECT \(columns) FROM ticket WHERE line = \(drop.raw) AND state = 'waiting' AND in_window <= \(window) AND place IS NULL
            ORDER BY in_window, id \(.forUpdate)
            """, decode)
    }

    /// Gives places in the order of the tickets, from `first` on.
    package static func place(_ ids: [TicketID], from first: Int64, in tx: Transaction) throws {
        var rows = Rows(["id": .int, "place": .int])
        for (at, id) in ids.enumerated() { rows.add(id, first + Int64(at)) }
        try tx.run(
            "UPDATE ticket SET place = v.place FROM (\(rows: rows)) AS v WHERE ticket.id = v.id AND ticket.place IS NULL",
            expecting: rows.count)
    }

    /// Those whose turn is next, by place.
    package static func waiting(for skus: [SKUID], limit: Int, in tx: Transaction) throws -> [Ticket] {
        try tx.query(
            """
            SELECT \(columns) FROM ticket WHERE sku IN \(list: skus) AND state = 'waiting' AND place IS NOT NULL
            ORDER BY place, id LIMIT \(limit) \(.forUpdate)
            """, decode)
    }

    /// Goods are kept for these.
    package static func serve(_ turns: [(ticket: Ticket, hold: HoldID)], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "hold": .int])
        for (ticket, hold) in turns { rows.add(ticket.id, hold) }
        try tx.run(
            """
            UPDATE ticket SET state = 'served', hold = v.hold, changed_at = \(tx.now) FROM (\(rows: rows)) AS v
            WHERE ticket.id = v.id AND ticket.state = 'waiting'
            """, expecting: rows.count)
        for (ticket, hold) in turns { tell([ticket], "ticket.served", hold: hold, in: tx) }
    }

    /// Moves those of these tickets that the table of transitions lets go there; answers them.
    @discardableResult
    package static func move(_ tickets: [Ticket], to state: TicketState, in tx: Transaction) throws -> [Ticket] {
        let moving = tickets.filter { TicketState.transitions[$0.state]?.contains(state) == true }
        try tx.run("UPDATE ticket SET state = \(state), changed_at = \(tx.now) WHERE id IN \(list: moving.map(\.id))")
        tell(moving, "ticket.\(state == .taken ? "ordered" : state.rawValue)", in: tx)
        return moving
    }

    package static func kept(by holds: [HoldID], in tx: Transaction) throws -> [Ticket] {
        try tx.query("SELECT \(columns) FROM ticket WHERE hold IN \(list: holds) ORDER BY id \(.forUpdate)", decode)
    }

    /// A drop is over: those who had no turn.
    package static func end(_ drop: DropID, in tx: Transaction) throws {
        let left = try tx.query(
            "SELECT \(columns) FROM ticket WHERE line = \(drop.raw) AND state = 'waiting' ORDER BY id \(.forUpdate)", decode)
        try move(left, to: .ended, in: tx)
    }

    private static func tell(_ tickets: [Ticket], _ type: String, hold: HoldID? = nil, in tx: Transaction) {
        for ticket in tickets {
            tx.emit(
                NewEvent(
                    type, key: ticket.id.description, occurred: tx.now, owner: ticket.merchant,
                    quantity: ticket.quantity.rawValue, unit: "each",
                    payload: [
                        "ticket": .id(ticket.id), "drop": ticket.drop.map(JSON.id) ?? .null, "sku": .id(ticket.sku),
                        "hold": (hold ?? ticket.keptBy).map(JSON.id) ?? .null,
                    ]))
        }
    }
}
