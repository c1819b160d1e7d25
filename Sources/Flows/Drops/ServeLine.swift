import Drops
import Inventory
import Kernel
import Store

/// Keeps goods for those whose turn it is, by place. Who wants more than is left keeps the place, and those behind who want
/// less are served: nothing lies unsold while somebody waits for it.
struct ServeLine {
    let skus: [SKUID]
    private static let limit = 500

    init(skus: some Sequence<SKUID>) { self.skus = Set(skus).sorted() }

    func run(in tx: Transaction) throws {
        let waiting = try Tickets.waiting(for: skus, limit: Self.limit, in: tx)
        var turns: [(ticket: Ticket, hold: NewHold)] = []
        let lines = Dictionary(grouping: waiting) { "\($0.sku) \($0.pool)" }.sorted { $0.key < $1.key }
        for (_, line) in lines {
            var shelf = try HoldShelf([line[0].sku], pool: line[0].pool, in: tx)
            for ticket in line where shelf.available(ticket.sku) >= ticket.quantity {
                turns.append((ticket, hold(ticket, shelf.take(ticket.quantity, of: ticket.sku), at: tx.now)))
            }
        }
        guard !turns.isEmpty else { return }
        let holds = try Holds.place(turns.map(\.hold), in: tx)
        try Tickets.serve(zip(turns, holds).map { ($0.ticket, $1) }, in: tx)
    }

    private func hold(_ ticket: Ticket, _ claims: [HoldClaim], at now: Instant) -> NewHold {
        NewHold(
            owner: ticket.merchant, pool: ticket.pool, claims: claims, purpose: ticket.drop == nil ? "waitlist" : "drop",
            reference: ticket.id.description, expires: now + ticket.hold)
    }
}

/// Serves those who wait when goods come or come free, and lets tickets follow the holds that were kept for them.
package struct FollowLines: Follower {
    package let name = "flows.lines"
    package let types: Set<String> = [NewEvent.supplyGrewType, "hold.confirmed", "hold.voided", "hold.expired"]

    package init() {}

    package func handle(_ events: [Event], in tx: Transaction) throws {
        for (state, type) in [(TicketState.taken, "hold.confirmed"), (.lapsed, "hold.voided"), (.lapsed, "hold.expired")] {
            let holds = events.filter { $0.type == type }.compactMap { HoldID($0.key) }
            guard !holds.isEmpty else { continue }
            try Tickets.move(Tickets.kept(by: holds, in: tx), to: state, in: tx)
        }
        let skus = events.filter { $0.type == NewEvent.supplyGrewType }.compactMap { SKUID($0.key) }
        if !skus.isEmpty { try ServeLine(skus: skus).run(in: tx) }
    }
}

/// Draws the places of a window when it is over, and ends a drop.
package struct DropClocks: ClockHandler {
    package let kinds = [DropSales.drawClock, DropSales.endClock]

    package init() {}

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        try clocks.map { clock in
            guard let drop = try DropSales.find(DropID(clock.subject), in: tx) else { return "gone" }
            if clock.kind == DropSales.drawClock {
                try draw(drop, upTo: drop.window(at: clock.due - .microseconds(1)), in: tx)
                return "drawn"
            }
            return try end(drop, in: tx)
        }
    }

    private func draw(_ drop: DropSale, upTo window: Int64, in tx: Transaction) throws {
        let tickets = Draw.order(try Tickets.undrawn(drop.id, upTo: window, in: tx), seed: drop.seed)
        try DropSales.drawn(drop, upTo: window, in: tx)
        guard !tickets.isEmpty else { return }
        try Tickets.place(tickets.map(\.id), from: DropSales.places(tickets.count, of: drop.id, in: tx), in: tx)
        try ServeLine(skus: tickets.map(\.sku)).run(in: tx)
    }

    /// At its end nobody joins the line any more. It goes on while something is kept for somebody: what lapses goes to who is
    /// next. Then what is left returns to `main`.
    private func end(_ drop: DropSale, in tx: Transaction) throws -> String {
        try DropSales.move(drop, to: .closing, in: tx)
        try draw(drop, upTo: drop.window(at: drop.endsAt), in: tx)
        let supplies = try PoolMoves.supplies(of: drop.merchant, pool: drop.poolCode, in: tx)
        try ServeLine(skus: supplies.map(\.sku)).run(in: tx)
        if let last = try Holds.lastExpiry(of: drop.merchant, pool: drop.poolCode, in: tx) {
            try tx.schedule(
                DropSales.endClock, source: "drop",
                due: [(drop.id.raw, drop.merchant, max(last, tx.now) + .seconds(1), [:])])
            return "kept for some until \(last)"
        }
        guard let closing = try DropSales.find(drop.id, in: tx) else { return "gone" }
        try Tickets.end(drop.id, in: tx)
        try DropSales.move(closing, to: .ended, in: tx)
        if try Pools.find(drop.pool, in: tx)?.state == .open { try ClosePool(drop.pool, actor: "drop").run(in: tx) }
        return "ended"
    }
}
