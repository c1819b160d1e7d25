import Exceptions
import Facilities
import Inventory
import Kernel
import Orders
import Store
import Transport

/// What a transfer under way lets the far site promise: what was shipped and has not been received.
package enum TransferSupply {
    /// A clock on each transfer's order, a day after its goods should be there.
    static let clock = "transfer.arrival"
    static let late = "transfer.late"
    static let patience = Duration.hours(24)

    /// Parcels have left: what of them are transfers can be promised at the far end from their promised arrival on.
    package static func leave(_ parcels: [Parcel], in tx: Transaction) throws {
        let sites = try OutboundOrders.transfers(parcels.map(\.order), in: tx)
        guard !sites.isEmpty else { return }
        for (order, group) in Dictionary(grouping: parcels, by: \.order).sorted(by: { $0.key < $1.key }) {
            guard let site = sites[order], let arrival = group.map(\.deliverBy).max() else { continue }
            try Inbound.announce(
                sums(group, to: site).map { ($0.key, $0.value) }, kind: .transfer, source: order.raw, available: arrival, in: tx)
            try tx.closeClocks([clock], of: [order.raw], outcome: "more left")
            try tx.schedule(clock, source: "promise", due: [(order.raw, group[0].merchant, arrival + patience, [:])])
        }
    }

    /// Parcels of transfers are lost or on their way back: what was promised of them has to be found elsewhere.
    static func stop(_ steps: [ParcelStep], _ sites: [OrderID: SiteID], in tx: Transaction) throws {
        for step in steps where step.from.isComing && !step.to.isComing {
            guard let site = sites[step.parcel.order] else { continue }
            try take(step.parcel, to: site, sellable: [:], in: tx)
        }
        try closeClocks(steps.map(\.parcel.order).filter { sites[$0] != nil }, in: tx)
    }

    /// Takes a parcel's goods off what is announced; claims go over to as many as came for sale.
    static func take(_ parcel: Parcel, to site: SiteID, sellable: [SKUID: Quantity], in tx: Transaction) throws {
        for (key, quantity) in sums([parcel], to: site) {
            try Inbound.arrived(key, quantity, sellable: sellable[key.sku] ?? 0, source: parcel.order.raw, in: tx)
        }
    }

    /// Ends the waiting for transfers of which nothing is under way any more.
    static func closeClocks(_ orders: [OrderID], in tx: Transaction) throws {
        for order in Set(orders).sorted() where try !Parcels.of(order, in: tx).contains(where: \.isUnderWay) {
            try tx.closeClocks([clock], of: [order.raw], outcome: "arrived")
            try Exceptions.close([order.description], kind: late, outcome: "nothing is under way any more", in: tx)
        }
    }

    private static func sums(
        _ parcels: [Parcel], to site: SiteID
    ) -> [(key: SellableChange.Key, value: Quantity)] {
        var sums: [SellableChange.Key: Quantity] = [:]
        for item in parcels.flatMap(\.items) {
            sums[SellableChange.Key(sku: item.sku, site: site, owner: item.owner), default: 0] += item.quantity
        }
        return sums.sorted { $0.key < $1.key }
    }
}
