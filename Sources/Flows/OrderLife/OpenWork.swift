import Inventory
import Kernel
import Orders
import Partners
import Store

/// What of an order nobody has begun yet, locked: it can be given back and promised anew.
///
/// Locks are taken in the order order, shortage, fulfillment order, reservation, as by those who fill shortages.
struct OpenWork {
    let record: OrderRecord
    let shortages: [Shortage]
    /// Fulfillment orders that nobody has begun.
    let fulfillments: [FulfillmentOrder]
    /// Those that somebody works on, or has worked on.
    let begun: [FulfillmentOrder]
    let components: [ComponentRecord]
    let claims: [Reservation]
    /// Lines of which a unit is not waiting and not reserved where nobody has begun.
    let begunLines: Set<LineID>

    /// - Precondition: `record` was loaded locked.
    init(_ record: OrderRecord, in tx: Transaction) throws {
        self.record = record
        _ = try Shortages.waiting(of: record.id, in: tx)
        let all = try Fulfillments.of([record.id], in: tx)
        // Again: who held those may have opened some.
        shortages = try Shortages.waiting(of: record.id, in: tx)
        let handed = Set(try Handoffs.load(all.map(\.id), in: tx).filter(\.state.isOpen).map(\.id))
        fulfillments = all.filter { $0.state == .open && !handed.contains($0.id) }
        begun = all.filter { $0.state != .cancelled && ($0.state != .open || handed.contains($0.id)) }
        components = try OrderRecords.components(of: [record.id], in: tx)
        claims = try Reservations.open(of: fulfillments.flatMap { $0.lines.map(\.id) }, in: tx)
        var free: [ComponentID: Quantity] = [:]
        for one in claims { free[one.component, default: 0] += one.quantity }
        begunLines = Set(components.filter { $0.waiting + (free[$0.id] ?? 0) != $0.ordered }.map(\.line))
    }

    /// All lines that nobody has begun and that are not taken off.
    var isWhole: Bool { begunLines.isEmpty && begun.isEmpty }

    /// Gives back what is reserved and booked: those units wait, and shortages of what goes are closed.
    ///
    /// - Parameters:
    ///   - lines: of which it is given back.
    ///   - gone: lines whose units nobody wants any more: they are cancelled.
    func giveBack(_ lines: Set<LineID>, gone: Set<LineID>, in tx: Transaction) throws {
        let line = Dictionary(uniqueKeysWithValues: components.map { ($0.id, $0.line) })
        try release(claims.filter { line[$0.component].map(lines.contains) ?? false }, in: tx)
        for shortage in shortages where line[shortage.component].map(gone.contains) ?? false {
            try OrderClocks.settle(shortage, shortage.quantity, as: "cancelled", in: tx)
        }
        try cancel(gone, in: tx)
    }

    /// Gives back as many units as are wanted to wait, beyond those that wait already.
    func giveBack(_ units: [ComponentID: Quantity], in tx: Transaction) throws {
        var given: [Reservation] = []
        for one in components {
            var left = max(0, (units[one.id] ?? 0) - one.waiting)
            for claim in claims.reversed() where claim.component == one.id && left > 0 {
                let part = min(left, claim.quantity)
                given.append(part == claim.quantity ? claim : try claim.cut(part, in: tx))
                left -= part
            }
            precondition(left == 0, "no more is given back than nobody has begun")
        }
        try release(given, in: tx)
    }

    private func release(_ given: [Reservation], in tx: Transaction) throws {
        guard !given.isEmpty else { return }
        try Reservations.release(given, in: tx)
        try Fulfillments.add(dropped: given.map { ($0.line, $0.quantity) }, in: tx)
        try OrderProgress.move(
            given.map { (component: $0.component, quantity: $0.quantity) }, from: .reserved, to: .waiting, in: tx)
        tell(given, in: tx)
        try closeEmpty(given, in: tx)
    }

    private func tell(_ given: [Reservation], in tx: Transaction) {
        for (site, group) in Dictionary(grouping: given, by: \.site).sorted(by: { $0.key < $1.key }) {
            let units = group.reduce(Quantity(0)) { $0 + $1.quantity }
            tx.emit(
                .orderMoved(record.id, record.merchant, site: site, from: .reserved, to: .waiting, quantity: units, at: tx.now))
            for (sku, part) in Dictionary(grouping: group, by: \.sku).sorted(by: { $0.key < $1.key }) {
                tx.emit(
                    .supplyGrew(
                        SellableChange.Key(sku: sku, site: site, owner: record.merchant), kind: .onHand,
                        by: part.reduce(0) { $0 + $1.quantity }, at: tx.now))
            }
        }
    }

    private func closeEmpty(_ given: [Reservation], in tx: Transaction) throws {
        let touched = Set(given.map(\.line))
        let ids = fulfillments.filter { $0.lines.contains { touched.contains($0.id) } }.map(\.id)
        let empty = try Fulfillments.load(ids, in: tx).filter { $0.lines.allSatisfy { $0.quantity == 0 } }.map(\.id)
        try Fulfillments.change(empty, to: .cancelled, in: tx)
        try OrderClocks.dropped(empty, in: tx)
        try FreeCapacity.run(ids, in: tx)
    }

    private func cancel(_ gone: Set<LineID>, in tx: Transaction) throws {
        guard !gone.isEmpty else { return }
        let units = try OrderRecords.components(of: [record.id], in: tx).filter { gone.contains($0.line) && $0.waiting > 0 }
        try OrderProgress.move(units.map { (component: $0.id, quantity: $0.waiting) }, from: .waiting, to: .cancelled, in: tx)
        let sum = units.reduce(Quantity(0)) { $0 + $1.waiting }
        guard sum > 0 else { return }
        tx.emit(.orderMoved(record.id, record.merchant, site: nil, from: .waiting, to: .cancelled, quantity: sum, at: tx.now))
    }
}

extension Reservation {
    /// A part of it as a reservation of its own.
    fileprivate func cut(_ part: Quantity, in tx: Transaction) throws -> Reservation {
        Reservation(
            id: try Reservations.split(id, off: part, in: tx), supply: supply, owner: owner, sku: sku, site: site, order: order,
            component: component, line: line, quantity: part, due: due, state: state)
    }
}
