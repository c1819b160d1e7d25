import Edges
import Facilities
import Kernel
import Orders
import Store
import Transport

/// Reports that somebody sends about parcels; a carrier is heard about its own only.
package struct ReportTracking: Flow {
    let updates: [TrackingUpdate]
    let carrier: CarrierID?
    let network: NetworkCache

    /// - Parameter carrier: the only one whose parcels may be reported; nil for the operator.
    package init(_ updates: [TrackingUpdate], carrier: CarrierID?, network: NetworkCache) {
        self.updates = updates
        self.carrier = carrier
        self.network = network
    }

    package func run(in tx: Transaction) throws -> RecordTracking.Taken {
        var recorded = 0, known = 0, strangers = Set(updates.map(\.trackingNumber))
        for issuer in [RequestLabels.issuer, LabelIssuer.channel.rawValue, LabelIssuer.merchant.rawValue] {
            let own = try own(issuer, in: tx)
            let taken = try RecordTracking(issuer: issuer, updates.filter { own.contains($0.trackingNumber) }).run(in: tx)
            recorded += taken.recorded
            known += taken.known
            strangers.subtract(own)
        }
        return RecordTracking.Taken(recorded: recorded, known: known, strangers: strangers.sorted())
    }

    /// The numbers of an issuer's labels of the carrier's services.
    private func own(_ issuer: String, in tx: Transaction) throws -> Set<String> {
        let numbers = Set(updates.map(\.trackingNumber)).sorted()
        let parcels = try Labels.parcels(issuer: issuer, numbers: numbers, in: tx)
        guard let carrier else { return Set(parcels.keys) }
        let network = try network.network(in: tx)
        let labels = try Labels.of(Set(parcels.values).sorted(), in: tx)
        return Set(labels.filter { network.service($0.service)?.carrier == carrier }.compactMap(\.number))
    }
}
