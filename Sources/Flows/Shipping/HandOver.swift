import Facilities
import Kernel
import Orders
import Store
import Transport

/// The courier takes what is ready at a site for one service, under a manifest: what stands there loose and has no leg to
/// another of our sites planned from there.
package struct HandOver: Flow {
    let site: SiteID
    let service: ServiceID
    let until: Instant
    let network: NetworkCache
    let occurred: Instant
    let actor: String
    let limit: Int

    package struct Handed: Sendable {
        package let manifest: ManifestID?
        package let parcels: [UnitID]
        /// Tracking numbers, parcel by parcel.
        package let numbers: [String]
    }

    /// - Parameter until: parcels of later departures stay.
    package init(
        site: SiteID, service: ServiceID, until: Instant, network: NetworkCache, occurred: Instant, actor: String,
        limit: Int = 300
    ) {
        self.site = site
        self.service = service
        self.until = until
        self.network = network
        self.occurred = occurred
        self.actor = actor
        self.limit = limit
    }

    package func run(in tx: Transaction) throws -> Handed {
        let ready = try Parcels.ready(at: site, service: service, until: until, limit: limit, in: tx)
        guard !ready.isEmpty else { return Handed(manifest: nil, parcels: [], numbers: []) }
        guard let carrier = try network.network(in: tx).service(service)?.carrier else { throw NotFound("service", service) }
        let ids = ready.map(\.id)
        let manifest = tx.id(ManifestID.self)
        try Manifests.add(
            manifest, site: site, carrier: carrier, service: service, parcels: ids.count, occurred: occurred, in: tx)
        try Parcels.setManifest(ids, manifest, in: tx)
        let first = try Leaving.run(ready, to: .handedOver, occurred: occurred, in: tx)
        try HandlingUnits.hand(ids, to: .carrier(carrier), occurred: occurred, in: tx)
        for parcel in ready {
            var payload: [String: JSON] = ["manifest": .id(manifest), "at_site": .id(site)]
            if !first.contains(parcel.id) { payload["from"] = .string(Position.shipped.rawValue) }
            tx.emit(.parcel(parcel, NewEvent.parcelHandedOverType, actor: actor, at: occurred, payload: .object(payload)))
        }
        let current = try Labels.of(ids, in: tx).filter { $0.state == .current }
        try tx.closeClocks([LabelClocks.expiry], of: current.map(\.id.raw), outcome: "used")
        let ours = Set(current.filter { $0.issuer == RequestLabels.issuer }.map(\.parcel))
        let labels = Dictionary(
            current.map { ($0.parcel, $0.number ?? "") },
            uniquingKeysWith: { _, last in last })
        let numbers = ids.map { labels[$0] ?? "" }
        let bought = zip(ids, numbers).filter { ours.contains($0.0) }.map(\.1)
        try tx.enqueue(
            ManifestWorker.call,
            [(manifest.raw, nil, ["numbers": .array(bought.map(JSON.string)), "at": .string(occurred.description)])])
        return Handed(manifest: manifest, parcels: ids, numbers: numbers)
    }
}
