import Drops
import Inventory
import Kernel
import Merchants
import Store

/// A shopper takes a place in a line: of a drop, or of those who wait for a SKU of a pool. The same shopper in the same line
/// gets the first ticket again.
package struct StandInLine: Flow {
    package enum Line: Sendable {
        case drop(DropID)
        case pool(merchant: MerchantID, code: String)
    }

    let line: Line
    /// The merchant's own number; no kit.
    let sku: String
    let shopper: String
    let quantity: Quantity

    /// - Parameter shopper: what the caller knows the shopper by; only its hash is kept.
    package init(_ line: Line, sku: String, shopper: String, quantity: Quantity) {
        self.line = line
        self.sku = sku
        self.shopper = shopper
        self.quantity = quantity
    }

    /// How long what a place in a waitlist brings is kept.
    static let patience = Duration.minutes(30)
    static let waitlistLimit: Quantity = 100

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case notOpen(DropID)
        case overLimit(limit: Quantity)
        case unknownSKU(String)
        case unknownPool(String)

        package static let samples: [Refused] = [.notOpen(DropID(0)), .overLimit(limit: 0), .unknownSKU(""), .unknownPool("")]
        package var code: String {
            switch self {
            case .notOpen: "drop.not_open"
            case .overLimit: "ticket.over_limit"
            case .unknownSKU: "ticket.sku_unknown"
            case .unknownPool: "ticket.pool_unknown"
            }
        }
        package var message: String {
            switch self {
            case .notOpen(let drop): "\(drop) has not begun, or is over."
            case .overLimit(let limit): "One shopper takes 1 to \(limit) pieces."
            case .unknownSKU(let sku): "SKU '\(sku)' is not in this line's pool; kits have no line."
            case .unknownPool(let pool): "The merchant has no open pool '\(pool)'."
            }
        }
        package var kind: RefusalKind { if case .notOpen = self { .conflict } else { .invalid } }
        package var field: String? {
            switch self {
            case .notOpen: nil
            case .overLimit: "/quantity"
            case .unknownSKU: "/sku"
            case .unknownPool: "/pool"
            }
        }
    }

    package func run(in tx: Transaction) throws -> TicketID {
        switch line {
        case .drop(let id): try take(id, in: tx)
        case .pool(let merchant, let code): try wait(merchant, code, in: tx)
        }
    }

    private func take(_ id: DropID, in tx: Transaction) throws -> TicketID {
        guard let drop = try DropSales.find(id, in: tx) else { throw NotFound("drop", id) }
        guard drop.state == .open, tx.now >= drop.startsAt, tx.now < drop.endsAt else { throw Refused.notOpen(id) }
        guard quantity >= 1, quantity <= drop.limit else { throw Refused.overLimit(limit: drop.limit) }
        let sku = try find(drop.merchant, in: tx)
        let supplies = try PoolMoves.supplies(of: drop.merchant, pool: drop.poolCode, in: tx)
        guard supplies.contains(where: { $0.sku == sku }) else { throw Refused.unknownSKU(self.sku) }
        let window = drop.openWindow(at: tx.now)
        let ticket = ticket(
            tx.id(), drop.merchant, sku, drop: id, pool: drop.poolCode, window: window, place: nil, hold: drop.hold)
        guard try Tickets.add(ticket, in: tx) else { return try standing(ticket, in: tx) }
        try DropSales.expectDraw(of: drop, window: window, in: tx)
        return ticket.id
    }

    private func wait(_ merchant: MerchantID, _ code: String, in tx: Transaction) throws -> TicketID {
        guard quantity >= 1, quantity <= Self.waitlistLimit else { throw Refused.overLimit(limit: Self.waitlistLimit) }
        let sku = try find(merchant, in: tx)
        if code != Pool.main {
            let open = try Pools.drawn(by: [merchant], channels: [], codes: [code], in: tx)
            guard open.contains(where: { $0.code == code && !$0.heldOnly }) else { throw Refused.unknownPool(code) }
        }
        let id: TicketID = tx.id()
        // First come, first served: ids grow.
        let ticket = ticket(id, merchant, sku, drop: nil, pool: code, window: 0, place: id.raw, hold: Self.patience)
        guard try Tickets.add(ticket, in: tx) else { return try standing(ticket, in: tx) }
        try ServeLine(skus: [sku]).run(in: tx)
        return ticket.id
    }

    private func find(_ merchant: MerchantID, in tx: Transaction) throws -> SKUID {
        let code = SKUCode(merchant, sku)
        guard let facts = try Catalog.facts(codes: [code], in: tx)[code], !facts.isKit else { throw Refused.unknownSKU(sku) }
        return facts.id
    }

    private func ticket(
        _ id: TicketID, _ merchant: MerchantID, _ sku: SKUID, drop: DropID?, pool: String, window: Int64, place: Int64?,
        hold: Duration
    ) -> Ticket {
        Ticket(
            id: id, merchant: merchant, drop: drop, pool: pool, sku: sku, shopper: Draw.hash(shopper),
            quantity: quantity, window: window, place: place, hold: hold)
    }

    private func standing(_ ticket: Ticket, in tx: Transaction) throws -> TicketID {
        let known = try Tickets.standing(
            ticket.shopper, of: ticket.merchant, drop: ticket.drop, pool: ticket.pool, sku: ticket.sku, in: tx)
        guard let known else { throw StoreError.tryAgain("the shopper's other ticket has just ended") }
        return known.id
    }
}

/// A shopper leaves the line; what was kept for the ticket goes to who is next. One that has ended stays as it is.
package struct LeaveLine: Flow {
    let ticket: TicketID

    package init(_ ticket: TicketID) { self.ticket = ticket }

    package func run(in tx: Transaction) throws {
        guard let found = try Tickets.find(ticket, in: tx) else { throw NotFound("ticket", ticket) }
        try Tickets.move([found], to: .left, in: tx)
        guard found.state == .served, let hold = found.keptBy else { return }
        try Holds.end([hold], as: .voided, in: tx)
        try ServeLine(skus: [found.sku]).run(in: tx)
    }
}
