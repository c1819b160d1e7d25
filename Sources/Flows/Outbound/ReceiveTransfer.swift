import Exceptions
import Facilities
import Inventory
import Kernel
import Orders
import Store
import Transport
import Warehouse

/// What was found of one SKU in a parcel of a transfer.
package struct FoundGoods: Sendable {
    package let sku: SKUID
    package let quantity: Quantity
    package let condition: Condition

    package init(sku: SKUID, quantity: Quantity, condition: Condition = .new) {
        self.sku = sku
        self.quantity = quantity
        self.condition = condition
    }
}

/// A parcel of a transfer as it was opened at the far site.
package struct OpenedParcel: Sendable {
    package let parcel: UnitID
    /// Nil: all that is listed, undamaged.
    package let found: [FoundGoods]?

    package init(_ parcel: UnitID, found: [FoundGoods]? = nil) {
        self.parcel = parcel
        self.found = found
    }
}

/// Receives parcels of a transfer at a dock of the far site: goods become stock there, and the claims on the transfer's
/// supply move to them. What is missing is lost in the book; what is more is found.
package struct ReceiveTransfer: Flow {
    let order: OrderID
    let dock: LocationID
    let parcels: [OpenedParcel]
    let occurred: Instant
    let actor: String

    package init(_ order: OrderID, at dock: LocationID, _ parcels: [OpenedParcel], occurred: Instant, actor: String) {
        self.order = order
        self.dock = dock
        self.parcels = parcels
        self.occurred = occurred
        self.actor = actor
    }

    package enum Refused: Refusal, Equatable {
        case notUnderWay(UnitID, ParcelState)
        case badQuantity(parcel: Int, line: Int, Quantity)

        package static let codes = ["transfer.parcel_not_under_way", "transfer.quantity_invalid"]
        package var code: String { if case .notUnderWay = self { Self.codes[0] } else { Self.codes[1] } }
        package var message: String {
            switch self {
            case .notUnderWay(let id, let state): "\(id) is \(state.rawValue); only a parcel that left and has not arrived is received."
            case .badQuantity(_, _, let quantity): "A quantity found is 0 to 1,000,000, not \(quantity)."
            }
        }
        package var kind: RefusalKind { if case .badQuantity = self { .invalid } else { .conflict } }
        package var field: String? {
            if case .badQuantity(let parcel, let line, _) = self { "/parcels/\(parcel)/found/\(line)/quantity" } else { nil }
        }
    }

    /// The putaway tasks.
    package func run(in tx: Transaction) throws -> [TaskID] {
        guard let to = try OutboundOrders.transfers([order], in: tx)[order] else { throw NotFound("transfer", order) }
        guard let place = try Locations.find([dock], in: tx)[dock], place.site == to else { throw NotFound("location", dock) }
        let known = Dictionary(uniqueKeysWithValues: try Parcels.load(parcels.map(\.parcel), in: tx).map { ($0.id, $0) })
        var opened: [TransferReceipt] = []
        for (index, one) in parcels.enumerated() {
            guard let parcel = known[one.parcel], parcel.order == order else { throw NotFound("parcel", one.parcel) }
            guard parcel.isUnderWay || ParcelState.transitions[parcel.state]?.contains(.delivered) ?? false else {
                throw Refused.notUnderWay(parcel.id, parcel.state)
            }
            for (line, found) in (one.found ?? []).enumerated() where !(0...1_000_000).contains(found.quantity.rawValue) {
                throw Refused.badQuantity(parcel: index, line: line, found.quantity)
            }
            opened.append(TransferReceipt(parcel, one.found, place: place, occurred: occurred, actor: actor))
        }
        try checkSKUs(opened, in: tx)
        return try opened.sorted { $0.parcel.id < $1.parcel.id }.flatMap { try receive($0, in: tx) }
    }

    private func checkSKUs(_ opened: [TransferReceipt], in tx: Transaction) throws {
        let extra = opened.flatMap { $0.over.map(\.sku) }
        let facts = try TransferReceipt.owners(of: extra, in: tx)
        for one in opened {
            for found in one.over where facts[found.sku] != one.parcel.merchant { throw NotFound("sku", found.sku) }
        }
    }

    private func receive(_ one: TransferReceipt, in tx: Transaction) throws -> [TaskID] {
        let parcel = one.parcel, step = ParcelStep(parcel: parcel, from: parcel.state, to: .delivered, at: occurred)
        if parcel.state == .lost { try ParcelEnds.turnUp([step], in: tx) }
        try StockBook.post(one.movements, in: tx)
        if parcel.isUnderWay {
            try TransferSupply.take(parcel, to: one.place.site, sellable: one.sellable, in: tx)
        }
        try Parcels.receive(parcel.id, occurred: occurred, in: tx)
        try Routes.giveUp([parcel.id], in: tx)
        try Containment.take([parcel.id], holder: .site(one.place.site), occurred: occurred, in: tx)
        try HandlingUnits.hand([parcel.id], to: .site(one.place.site), occurred: occurred, in: tx)
        try Parcels.miss(one.missing, in: tx)
        try OrderProgress.move(one.arrived, from: .shipped, to: .delivered, in: tx)
        try OrderProgress.move(one.missing.map { ($0.component, $0.quantity) }, from: .shipped, to: .lost, in: tx)
        try tell(one, in: tx)
        try TransferSupply.closeClocks([order], in: tx)
        try ParcelEnds.close([step], in: tx)
        let tasks = one.tasks(in: tx)
        try Tasks.add(tasks, in: tx)
        return tasks.map(\.id)
    }

    private func tell(_ one: TransferReceipt, in tx: Transaction) throws {
        let parcel = one.parcel
        // What came over our lanes stands at a site of ours, and has left the one where it was packed.
        let from = parcel.state.isWithUs ? .inTransit : parcel.state
        tx.emit(
            .parcel(
                parcel, NewEvent.parcelTrackedType, actor: actor, at: occurred,
                payload: [
                    "code": "received", "from": .string(from.rawValue), "to": .string(ParcelState.delivered.rawValue),
                    "place": .string(one.place.code),
                ]))
        let missing = one.missing.reduce(Quantity(0)) { $0 + $1.quantity }
        if missing > 0 {
            tx.emit(
                .orderMoved(order, parcel.merchant, site: parcel.site, from: .delivered, to: .lost, quantity: missing, at: occurred))
        }
        try Exceptions.close([parcel.id.description], kind: "parcel.lost", outcome: "received", occurred: occurred, in: tx)
        try OpenAtStake.run(one.exceptions(missing: missing), occurred: occurred, actor: actor, in: tx)
    }
}
