import Edges
import Facilities
import Kernel
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
        let own = try own(in: tx)
        let heard = updates.filter { own.contains($0.trackingNumber) }
        let taken = try RecordTracking(issuer: RequestLabels.issuer, heard).run(in: tx)
        let strangers = Set(updates.map(\.trackingNumber)).subtracting(own).sorted()
        return RecordTracking.Taken(recorded: taken.recorded, known: taken.known, strangers: strangers)
    }

    /// The numbers of labels of the carrier's services.
    private func own(in tx: Transaction) throws -> Set<String> {
        let numbers = Set(updates.map(\.trackingNumber)).sorted()
        let parcels = try Labels.parcels(issuer: RequestLabels.issuer, numbers: numbers, in: tx)
        guard let carrier else { return Set(parcels.keys) }
        let network = try network.network(in: tx)
        let labels = try Labels.of(Set(parcels.values).sorted(), in: tx)
        return Set(labels.filter { network.service($0.service)?.carrier == carrier }.compactMap(\.number))
    }
}
