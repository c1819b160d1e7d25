import Exceptions
import Kernel
import Orders
import Returns
import Store
import Transport
import Warehouse

/// Opens exceptions with what is at stake, where their subject says it: the goods in a unit at what they were sold for, the
/// order of a fulfillment order, the refund of a return. One that states its stake keeps it.
enum OpenAtStake {
    @discardableResult
    static func run(
        _ exceptions: [NewException], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> [ExceptionID] {
        let valued = try exceptions.map { exception in
            var valued = exception
            valued.stake = try exception.stake ?? stake(of: exception.subject, in: tx)
            return valued
        }
        return try Exceptions.open(valued, occurred: occurred, actor: actor, in: tx)
    }

    /// Nil where nothing is known to be lost, or it is worth something in several currencies.
    private static func stake(of subject: String, in tx: Transaction) throws -> Money? {
        if let unit = UnitID(subject) { return try stake(inside: unit, in: tx) }
        if let order = OrderID(subject) { return try OrderValues.of([order], in: tx)[order] }
        if let fulfillment = FulfillmentID(subject) {
            guard let order = try Fulfillments.load([fulfillment], in: tx).first?.order else { return nil }
            return try OrderValues.of([order], in: tx)[order]
        }
        if let rma = RMAID(subject) {
            return try RMAs.load([rma], in: tx).first.flatMap { Money(max(0, $0.expected.amount), $0.currency) }
        }
        if let goods = GoodsID(subject) { return try stake(of: goods, in: tx) }
        if let trip = TripID(subject), let trailer = try Trips.find(trip, in: tx).trailer { return try stake(inside: trailer, in: tx) }
        if let task = TaskID(subject), let fulfillment = try Tasks.load([task], in: tx).first?.fulfillment {
            return try stake(of: fulfillment.description, in: tx)
        }
        return nil
    }

    private static func stake(inside unit: UnitID, in tx: Transaction) throws -> Money? {
        if let parcel = try ReturnParcels.load([unit], in: tx).first {
            return try RMAs.load([parcel.rma], in: tx).first.flatMap { Money(max(0, $0.expected.amount), $0.currency) }
        }
        return try only(OrderRecords.value(of: UnitTree.contents(of: [unit], in: tx), in: tx))
    }

    private static func stake(of goods: GoodsID, in tx: Transaction) throws -> Money? {
        guard let one = try GoodsBook.load([goods], in: tx).first, let rma = one.rma, let item = one.item,
            let component = try RMAItems.of([rma], in: tx).first(where: { $0.id == item })?.component
        else { return nil }
        return try only(OrderRecords.value(of: [(component, one.quantity)], in: tx))
    }

    private static func only(_ values: [Money]) -> Money? { values.count == 1 ? values[0] : nil }
}
