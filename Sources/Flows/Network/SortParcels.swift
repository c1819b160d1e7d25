import Facilities
import Kernel
import Store
import Transport

/// A parcel under the scanner of a sorter.
package struct SortScan: Sendable {
    package let parcel: UnitID
    /// The open bag it is dropped into; nil where the sorter only asks.
    package let bag: UnitID?

    package init(parcel: UnitID, bag: UnitID? = nil) {
        self.parcel = parcel
        self.bag = bag
    }
}

/// Where a parcel goes from here.
package struct Sorting: Sendable, Equatable {
    package enum Chute: Sendable, Equatable {
        /// To another of our sites.
        case lane(LaneID, destination: SiteID, departs: Instant)
        /// To its courier, who takes it here.
        case courier(ServiceID)
        /// Out of the flow.
        case pull(reason: String)
    }

    package let parcel: UnitID
    package let chute: Chute
    /// For the person: `BER-LEJ`, a service's code, or `PULL`.
    package let word: String
    /// The bag it is in now.
    package let bag: UnitID?
}

/// Says where parcels at a site go next, and puts them into the open bags of their lanes.
package struct SortParcels: Flow {
    let site: SiteID
    let scans: [SortScan]
    let network: NetworkCache
    let occurred: Instant
    let actor: String

    package init(at site: SiteID, _ scans: [SortScan], network: NetworkCache, occurred: Instant, actor: String) {
        self.site = site
        self.scans = scans
        self.network = network
        self.occurred = occurred
        self.actor = actor
    }

    /// A cancelled parcel is answered with *pull* and put nowhere; all else that does not fit is refused.
    package func run(in tx: Transaction) throws -> [Sorting] {
        let ids = scans.map(\.parcel)
        let parcels = Dictionary(uniqueKeysWithValues: try Parcels.load(ids, in: tx).map { ($0.id, $0) })
        let legs = try Routes.next(of: ids, at: site, in: tx)
        let bags = try Bags.load(scans.compactMap(\.bag), in: tx)
        let bagsHere = try HandlingUnits.standing(bags.keys.sorted(), at: site, in: tx)
        let network = try network.network(in: tx)
        var sorted: [Sorting] = []
        for scan in scans {
            guard let parcel = parcels[scan.parcel] else { throw NotFound("parcel", scan.parcel) }
            guard parcel.atSite == site else { throw NetworkRefused.notHere(parcel.id, site) }
            let (chute, word) = chute(parcel, legs[parcel.id], network)
            if let bag = scan.bag {
                guard bagsHere.contains(bag) || bags[bag] == nil else { throw NetworkRefused.notHere(bag, site) }
                try check(parcel, chute, bags[bag], bag)
            }
            sorted.append(Sorting(parcel: parcel.id, chute: chute, word: word, bag: parcel.pull ? nil : scan.bag))
        }
        for (bag, group) in Dictionary(grouping: sorted, by: \.bag).sorted(by: { ($0.key?.raw ?? 0) < ($1.key?.raw ?? 0) }) {
            if let bag { try Containment.put(group.map(\.parcel), into: bag, occurred: occurred, in: tx) }
        }
        return sorted
    }

    private func chute(_ parcel: Parcel, _ leg: RouteLeg?, _ network: Network) -> (Sorting.Chute, String) {
        if parcel.pull { return (.pull(reason: "cancelled"), "PULL") }
        if let leg {
            let ends = [leg.origin, leg.destination].map { network.site($0)?.code ?? "\($0)" }
            return (.lane(leg.lane, destination: leg.destination, departs: leg.departs), ends.joined(separator: "-"))
        }
        return (.courier(parcel.service), network.service(parcel.service)?.code ?? "\(parcel.service)")
    }

    private func check(_ parcel: Parcel, _ chute: Sorting.Chute, _ bag: Bag?, _ id: UnitID) throws {
        guard let bag else { throw NetworkRefused.notABag(id) }
        guard bag.state == .open else { throw NetworkRefused.notOpen(id, bag.state) }
        switch chute {
        case .pull: return
        case .courier: throw NetworkRefused.otherWay(parcel.id, nil)
        case .lane(let lane, let destination, _):
            guard lane == bag.lane || destination == bag.destination else { throw NetworkRefused.otherWay(parcel.id, lane) }
            guard parcel.state == .labelled || parcel.state == .packed else {
                throw NetworkRefused.notReady(parcel.id, parcel.state)
            }
        }
    }
}
