import Kernel
import Store
import Transport

/// The one place where parcels that cannot go on as planned get another way from where they stand: after a missed
/// departure, at a site where they were not expected, for another address.
struct Reroute {
    let desk: OrderDesk

    /// - Parameter site: where the parcels stand; nil where they are under way, and a way is chosen when they arrive.
    func run(_ parcels: [Parcel], at site: SiteID?, in tx: Transaction) throws {
        guard !parcels.isEmpty else { return }
        if let site {
            try ChooseRoutes.again(parcels.map { ($0, site) }, desk.network.network(in: tx), in: tx)
        } else {
            try Routes.giveUp(parcels.map(\.id), in: tx)
        }
        for parcel in parcels {
            tx.emit(
                .parcel(
                    parcel, NewEvent.parcelReroutedType, at: tx.now, payload: ["at_site": site.map { .id($0) } ?? .null]))
        }
    }
}
