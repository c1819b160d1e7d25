import Kernel
import Orders
import Store
import Transport
import Warehouse

@testable import Views

/// Orders of three units each that stand at random places of the journey, with the events that brought them there.
struct SampleWork: Flow {
    let orders: Int
    let seed: UInt64

    private static let sites = [SiteID(501), SiteID(502)]

    static func flows(in tx: Transaction) throws -> FlowCounts { try FlowCounts.read(since: tx.now - .hours(24), in: tx) }

    func run(in tx: Transaction) throws {
        var random = SeededRandom(seed: seed)
        for index in 0..<orders {
            try advance(try place("N-\(seed)-\(index)", in: tx), by: index % 12, at: Self.sites[random.below(2)], in: tx)
        }
    }

    private struct Placed {
        let id: OrderID
        let merchant: MerchantID
        let component: ComponentID
        let units: [(component: ComponentID, quantity: Quantity)]
    }

    private func place(_ number: String, in tx: Transaction) throws -> Placed {
        guard let currency = Currency("EUR") else { throw StoreError.unexpected("no euro") }
        let merchant = MerchantID(1), sku = SKUID(2), component = tx.id(ComponentID.self)
        var part = NewComponent(id: component, sku: sku, perLine: 1, ordered: 3, price: 900, tax: 0)
        part.waiting = 3
        let line = NewLine(
            id: tx.id(), sku: sku, quantity: 3, unitPrice: 300, discount: 0, shipping: 0, tax: 0, components: [part])
        let order = NewOrder(
            id: tx.id(), merchant: merchant, channel: "shop", number: number, contentHash: "", way: .place, payment: .paid,
            currency: currency, recipient: nil,
            destination: Destination(country: "DE", region: "", city: "Berlin", postalArea: "10", latitude: nil, longitude: nil),
            lines: [line], placedAt: tx.now, shipBy: nil, promisedBy: nil, sourcing: JSONMembers())
        try WriteOrders.run([order], in: tx)
        return Placed(id: order.id, merchant: merchant, component: component, units: [(component, 3)])
    }

    /// - Parameter steps: 0 leaves it waiting; see the switch.
    private func advance(_ order: Placed, by steps: Int, at site: SiteID, in tx: Transaction) throws {
        guard steps > 0 else { return }
        let fulfillment = try open(order, at: site, in: tx)
        if steps == 1 { return }
        if steps == 2 { return try back(order, .reserved, .waiting, site, in: tx) }
        if steps == 3 { return try back(order, .reserved, .cancelled, site, in: tx) }
        try OrderProgress.move(order.units, from: .reserved, to: .picked, in: tx)
        tx.emit(.picked(order.id, order.merchant, fulfillment: fulfillment, site: site, quantity: 3, actor: "p", at: tx.now))
        if steps == 4 { return }
        var parcel = try pack(order, fulfillment, at: site, in: tx)
        if steps == 5 { return }
        try OrderProgress.move(order.units, from: .packed, to: .shipped, in: tx)
        parcel = try change(parcel, to: .labelled, in: tx)
        parcel = try change(parcel, to: .handedOver, in: tx)
        tx.emit(.parcel(parcel, NewEvent.parcelHandedOverType, at: tx.now))
        let reports: [[ParcelState]] = [
            [], [.outForDelivery], [.outForDelivery, .attempted, .delivered], [.returning], [.returning, .returned], [.lost],
        ]
        for state in reports[steps - 6] { parcel = try report(parcel, state, order, in: tx) }
    }

    private func open(_ order: Placed, at site: SiteID, in tx: Transaction) throws -> FulfillmentID {
        let id = tx.id(FulfillmentID.self)
        let line = FulfillmentLine(id: tx.id(), component: order.component, sku: SKUID(2), quantity: 3)
        try Fulfillments.add(
            [
                FulfillmentOrder(
                    id: id, merchant: order.merchant, order: order.id, site: site, service: ServiceID(9),
                    availableFrom: tx.now, releaseBy: tx.now, shipBy: tx.now, deliverBy: tx.now, shipping: 0, handling: 0,
                    lines: [line])
            ], in: tx)
        try OrderProgress.move(order.units, from: .waiting, to: .reserved, in: tx)
        return id
    }

    private func back(_ order: Placed, _ from: Position, _ to: Position, _ site: SiteID, in tx: Transaction) throws {
        try OrderProgress.move(order.units, from: from, to: to, in: tx)
        tx.emit(
            NewEvent(
                StageMoves.movedType, key: order.id.description, occurred: tx.now, site: site, owner: order.merchant,
                quantity: 3, unit: "each", payload: ["from": .string(from.rawValue), "to": .string(to.rawValue)]))
    }

    private func pack(_ order: Placed, _ fulfillment: FulfillmentID, at site: SiteID, in tx: Transaction) throws -> Parcel {
        let item = ParcelItem(
            component: order.component, order: order.id, owner: order.merchant, sku: SKUID(2), lot: nil, quantity: 3)
        let parcel = Parcel(
            id: tx.id(), merchant: order.merchant, fulfillment: fulfillment, order: order.id, site: site,
            service: ServiceID(9), carton: nil, piece: 1, pieces: 1, size: Dimensions(length: 100, width: 100, height: 100),
            expected: 500, weighed: nil, fillPPM: 500_000, shipBy: tx.now, deliverBy: tx.now, packedAt: tx.now, items: [item])
        try Parcels.add([parcel], in: tx)
        try OrderProgress.move(order.units, from: .picked, to: .packed, in: tx)
        return parcel
    }

    private func change(_ parcel: Parcel, to state: ParcelState, in tx: Transaction) throws -> Parcel {
        guard try Parcels.change([parcel.id], to: state, occurred: tx.now, in: tx) == 1,
            let changed = try Parcels.load([parcel.id], in: tx).first
        else { throw StoreError.unexpected("a parcel does not go to \(state)") }
        return changed
    }

    private func report(_ parcel: Parcel, _ state: ParcelState, _ order: Placed, in tx: Transaction) throws -> Parcel {
        let changed = try change(parcel, to: state, in: tx)
        tx.emit(
            .parcel(
                parcel, NewEvent.parcelTrackedType, actor: "carrier", at: tx.now,
                payload: ["code": .string(state.rawValue), "from": .string(parcel.state.rawValue), "to": .string(state.rawValue)]))
        let end: Position? = [.delivered: .delivered, .returned: .returned, .lost: .lost][state]
        if let end { try OrderProgress.move(order.units, from: .shipped, to: end, in: tx) }
        return changed
    }
}
