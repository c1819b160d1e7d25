import Exceptions
import Inventory
import Kernel
import Orders
import Partners
import Store
import Transport

/// A parcel's way from one state to the next.
struct ParcelStep {
    let parcel: Parcel
    let from: ParcelState
    let to: ParcelState
    let at: Instant
}

/// What the end of a parcel's way does to the books and to its orders.
enum ParcelEnds {
    /// Takes the goods of parcels out of the physical book, and their units on.
    static func move(
        _ steps: [ParcelStep], to place: Place, reason: MovementReason, _ position: Position, actor: String = "carrier",
        in tx: Transaction
    ) throws {
        let moves = steps.flatMap { step in
            step.parcel.items.map { item in
                NewMovement(
                    owner: item.owner, sku: item.sku, lot: item.lot, quantity: item.quantity, site: step.parcel.site,
                    from: .unit(step.parcel.id), to: place, reason: reason, reference: step.parcel.id.raw, actor: actor,
                    occurred: step.at
                ).staying(item.condition).with(serials: item.serials)
            }
        }
        try StockBook.post(moves, in: tx)
        try progress(steps, position, in: tx)
    }

    static func progress(_ steps: [ParcelStep], _ position: Position, in tx: Transaction) throws {
        try OrderProgress.move(units(steps), from: .shipped, to: position, in: tx)
    }

    /// Parcels that were given up for lost are under way again, and their goods with them.
    static func turnUp(_ steps: [ParcelStep], in tx: Transaction) throws {
        try StockBook.post(
            steps.flatMap { step in
                step.parcel.items.map { item in
                    NewMovement(
                        owner: item.owner, sku: item.sku, lot: item.lot, quantity: item.quantity, site: step.parcel.site,
                        from: .outside(.lost), to: .unit(step.parcel.id), reason: .comeBack, reference: step.parcel.id.raw,
                        actor: "carrier", occurred: step.at
                    ).staying(item.condition).with(serials: item.serials)
                }
            }, in: tx)
        try OrderProgress.move(units(steps), from: .lost, to: .shipped, in: tx)
    }

    private static func units(_ steps: [ParcelStep]) -> [(component: ComponentID, quantity: Quantity)] {
        steps.flatMap { $0.parcel.items.map { (component: $0.component, quantity: $0.quantity) } }
    }

    /// Closes what these parcels were the last of, and brings their orders in line.
    static func close(_ steps: [ParcelStep], in tx: Transaction) throws {
        let ended: [ParcelState] = [.delivered, .returned, .lost, .voided]
        let closing = steps.filter { ended.contains($0.to) }
        let whole = try Parcels.complete(closing.map(\.parcel.fulfillment), in: ended, tx: tx)
        try Fulfillments.change(whole, to: .closed, in: tx)
        try Handoffs.close(whole, in: tx)
        try settleOrders(closing.map { ($0.parcel.order, $0.at) }, in: tx)
    }

    /// Brings orders in line; a delivered one has met or missed its promise.
    static func settleOrders(_ ends: [(order: OrderID, at: Instant)], in tx: Transaction) throws {
        var last: [OrderID: Instant] = [:]
        for end in ends { last[end.order] = max(last[end.order] ?? end.at, end.at) }
        let done = try OrderProgress.refresh(last, in: tx).filter { $0.state != .open && $0.state != .shipped }
        guard !done.isEmpty else { return }
        let records = try OrderRecords.load(done.map(\.order), in: tx)
        let met = done.filter { one in
            guard one.state == .delivered, let promised = records[one.order]?.promisedBy else { return one.state == .delivered }
            return last[one.order].map { $0 <= promised } ?? true
        }.map(\.order)
        let cancelled = done.filter { $0.state == .cancelled }.map(\.order)
        let missed = done.map(\.order).filter { !met.contains($0) && !cancelled.contains($0) }
        let ends = Dictionary(uniqueKeysWithValues: done.map { ($0.order.description, last[$0.order] ?? tx.now) })
        try Exceptions.close(ends, kind: DueClocks.lateOrder, outcome: "ended", in: tx)
        try tx.closeClocks([OrderClocks.promised], of: met.map(\.raw), outcome: "met")
        try tx.closeClocks([OrderClocks.promised], of: cancelled.map(\.raw), outcome: "cancelled")
        try tx.closeClocks([OrderClocks.promised], of: missed.map(\.raw), outcome: "missed")
    }
}
