import Inventory
import Kernel
import Merchants
import Orders
import Partners
import Store
import Transport
import Warehouse

/// The parcels of one shipment of a partner, as our books have them.
struct PartnerParcels {
    private(set) var parcels: [Parcel] = []
    private(set) var facts: [HandoffFact] = []
    private let told: [PartnerParcel]
    private let head: FulfillmentOrder
    private let at: Instant

    init(
        _ told: [PartnerParcel], _ one: Handoff, _ head: FulfillmentOrder, _ skus: [SKUID: SKUFacts], at: Instant,
        in tx: Transaction
    ) throws {
        (self.told, self.head, self.at) = (told, head, at)
        let before = try Parcels.count(of: head.id, in: tx)
        for (number, parcel) in told.enumerated() {
            let id = tx.id(UnitID.self)
            var items: [ParcelItem] = [], weight = Grams(0)
            for item in parcel.items {
                guard let line = one.lines.first(where: { $0.id == item.part.line }) else { continue }
                let lot = try item.lotCode.map { try Lots.find([(one.merchant, line.sku, $0, item.expires)], in: tx)[0] }
                items += Self.items(item, line, one, lot)
                weight += (skus[line.sku]?.weight ?? 0) * item.part.quantity.rawValue
                facts.append(
                    HandoffFact(line, .shipped, item.part.quantity, takesStock: true, parcel: id, occurred: at))
            }
            parcels.append(
                Parcel(
                    id: id, merchant: one.merchant, fulfillment: head.id, order: head.order, site: head.site,
                    service: head.service, carton: nil, piece: before + number + 1, pieces: before + told.count,
                    size: parcel.size ?? Self.size(parcel, one, skus), expected: weight,
                    weighed: parcel.weight ?? weight, fillPPM: 0, shipBy: head.shipBy, deliverBy: head.deliverBy, packedAt: at,
                    items: items))
        }
    }

    /// Of a parcel that nobody measured: its goods on top of each other.
    private static func size(_ parcel: PartnerParcel, _ one: Handoff, _ skus: [SKUID: SKUFacts]) -> Dimensions {
        var length = Millimetres(1), width = Millimetres(1), height = Millimetres(0)
        for item in parcel.items {
            let line = one.lines.first { $0.id == item.part.line }
            guard let each = line.flatMap({ skus[$0.sku]?.each }) else { continue }
            length = max(length, each.length)
            width = max(width, each.width)
            height += each.height * item.part.quantity.rawValue
        }
        return Dimensions(length: length, width: width, height: min(max(height, 1), 5000))
    }

    /// One item a serial, or one for all units.
    private static func items(_ item: PartnerParcel.Item, _ line: HandoffLine, _ one: Handoff, _ lot: LotID?) -> [ParcelItem] {
        func of(_ quantity: Quantity, _ serial: String?) -> ParcelItem {
            ParcelItem(
                component: line.component, order: one.order, owner: one.merchant, sku: line.sku, lot: lot, quantity: quantity,
                serial: serial)
        }
        return item.serials.isEmpty ? [of(item.part.quantity, nil)] : item.serials.map { of(1, $0) }
    }

    /// By line, in the order of lines.
    var quantities: [(FulfillmentLineID, Quantity)] {
        var sums: [FulfillmentLineID: Quantity] = [:]
        for fact in facts { sums[fact.line.id, default: 0] += fact.quantity }
        return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Parcels, their goods, labels and custody, and what the log says of them.
    func write(actor: String, in tx: Transaction) throws {
        let ids = parcels.map(\.id), numbers = told.map(\.number)
        let first = try NumberSeries.take(ids.count, from: "sscc", in: tx)
        let codes = try ids.indices.map { try OperatorSSCC.make(first + Int64($0)) }
        try HandlingUnits.add(zip(ids, codes).map { ($0, $1) }, kind: .parcel, site: head.site, occurred: at, in: tx)
        try StockBook.post(movements(actor), in: tx)
        let units = facts.reduce(Quantity(0)) { $0 + $1.quantity }
        tx.emit(
            .picked(head.order, head.merchant, fulfillment: head.id, site: head.site, quantity: units, actor: actor, at: at))
        try Parcels.add(parcels, in: tx)
        try Labels.state(
            zip(parcels, numbers).map { (tx.id(LabelID.self), $0.id, $0.service, $1) }, issuer: ShipHandoff.issuer,
            leg: "last_mile", in: tx)
        try HandoffFacts.addParcels(
            zip(ids, told).map { ($0, carrier: $1.carrier, number: $1.number) }, of: head.id, shipped: at, in: tx)
        for state in [ParcelState.labelled, .handedOver] { try Parcels.change(ids, to: state, occurred: at, in: tx) }
        try TransferSupply.leave(parcels, in: tx)
        // The partner's carrier is none of ours: it has a name, and no id.
        try HandlingUnits.hand(ids, to: .carrier(CarrierID(0)), occurred: at, in: tx)
        for (parcel, one) in zip(parcels, told) {
            tx.emit(.parcel(parcel, NewEvent.parcelLabelledType, actor: actor, at: at, payload: ["number": .string(one.number)]))
            tx.emit(
                .parcel(parcel, NewEvent.parcelHandedOverType, actor: actor, at: at, payload: ["carrier": .string(one.carrier)]))
        }
    }

    /// Out of the partner's stock, which our book does not have, into the parcel, which it has.
    private func movements(_ actor: String) -> [NewMovement] {
        parcels.flatMap { parcel in
            parcel.items.map { item in
                NewMovement(
                    owner: item.owner, sku: item.sku, lot: item.lot, quantity: item.quantity, site: head.site,
                    from: .outside(.partner), to: .unit(parcel.id), reason: .partnerShipped, reference: parcel.id.raw,
                    actor: actor, occurred: at
                ).with(serials: item.serials)
            }
        }
    }
}
