import Edges
import Kernel
import Store
import Transport

/// What happened to parcels that a partner sent, as the partner hears it from its carrier.
package struct ReportPartnerTracking: Flow {
    let updates: [TrackingUpdate]
    let site: SiteID?

    /// - Parameter site: the only one whose parcels may be reported; nil for the operator.
    package init(_ updates: [TrackingUpdate], site: SiteID?) {
        self.updates = updates
        self.site = site
    }

    package func run(in tx: Transaction) throws -> RecordTracking.Taken {
        let numbers = Set(updates.map(\.trackingNumber)).sorted()
        let parcels = try Labels.parcels(issuer: ShipHandoff.issuer, numbers: numbers, in: tx)
        let here = Set(try Parcels.load(parcels.values.sorted(), in: tx).filter { site == nil || $0.site == site }.map(\.id))
        let own = Set(parcels.filter { here.contains($0.value) }.map(\.key))
        let taken = try RecordTracking(
            issuer: ShipHandoff.issuer, updates.filter { own.contains($0.trackingNumber) }).run(in: tx)
        return RecordTracking.Taken(
            recorded: taken.recorded, known: taken.known, strangers: numbers.filter { !own.contains($0) })
    }
}
