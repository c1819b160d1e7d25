import Decisions
import Inventory
import Kernel
import Merchants
import Orders
import Store
import Transport
import Warehouse

/// The parcels of one fulfillment order, with the totes their goods come from.
struct PackedOrder {
    let head: FulfillmentOrder
    private(set) var parcels: [Parcel] = []
    private var sources: [(parcel: UnitID, tote: UnitID, item: ParcelItem)] = []
    private let occurred: Instant
    /// Scanned at the table, those that are not in a parcel yet.
    private var serials: [SKUID: [String]]

    init(
        _ head: FulfillmentOrder, _ plan: PackingPlan, _ picked: [PickedGoods], _ facts: [SKUID: SKUFacts],
        serials: [SKUID: [String]] = [:], occurred: Instant, in tx: Transaction
    ) {
        self.head = head
        self.serials = serials
        self.occurred = occurred
        var left = picked
        for (index, packed) in plan.parcels.enumerated() {
            let id = tx.id(UnitID.self)
            var items: [ParcelItem] = []
            for (line, units) in Self.counts(packed) {
                let taken = take(units, of: head.lines[line], from: &left)
                items += taken.map(\.1)
                sources += taken.map { (id, $0.0, $0.1) }
            }
            parcels.append(
                Parcel(
                    id: id, merchant: head.merchant, fulfillment: head.id, order: head.order, site: head.site,
                    service: head.service, carton: packed.carton.map { CartonID($0) }, piece: index + 1,
                    pieces: plan.parcels.count, size: packed.outer, expected: packed.gross, weighed: nil,
                    fillPPM: Int64(packed.fillPPM), shipBy: head.shipBy, deliverBy: head.deliverBy, packedAt: occurred,
                    items: items))
        }
    }

    /// Units of each line in a parcel, in the order of lines.
    private static func counts(_ parcel: PackedParcel) -> [(Int, Quantity)] {
        var counts: [Int: Int64] = [:]
        for unit in parcel.units { counts[unit.item, default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, Quantity($0.value)) }
    }

    private mutating func take(
        _ units: Quantity, of line: FulfillmentLine, from picked: inout [PickedGoods]
    ) -> [(UnitID, ParcelItem)] {
        var left = units, taken: [(UnitID, ParcelItem)] = []
        for index in picked.indices where picked[index].line == line.id && picked[index].quantity > 0 && left > 0 {
            let part = min(left, picked[index].quantity)
            picked[index].quantity -= part
            left -= part
            let scanned = serials[line.sku]?.prefix(Int(part.rawValue)) ?? []
            serials[line.sku]?.removeFirst(scanned.count)
            // One item a serial, or one for all units.
            let parts = scanned.isEmpty ? [(part, nil)] : scanned.map { (Quantity(1), Optional($0)) }
            for (quantity, serial) in parts {
                let item = ParcelItem(
                    component: line.component, order: head.order, owner: head.merchant, sku: line.sku, lot: picked[index].lot,
                    quantity: quantity, serial: serial, condition: picked[index].condition)
                taken.append((picked[index].unit, item))
            }
        }
        precondition(left == 0, "what is packed was picked")
        return taken
    }

    /// From totes into parcels.
    func movements(actor: String) -> [NewMovement] {
        sources.map { source in
            NewMovement(
                owner: source.item.owner, sku: source.item.sku, lot: source.item.lot, quantity: source.item.quantity,
                site: head.site, from: .unit(source.tote), to: .unit(source.parcel), reason: .pack,
                reference: source.parcel.raw, actor: actor, occurred: occurred
            ).staying(source.item.condition).with(serials: source.item.serials)
        }
    }
}
