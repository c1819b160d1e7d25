import Facilities
import Kernel
import Returns
import Store
import Transport

/// A parcel, on its way out or back, under the scanner of a sorter.
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
        /// A return at the end of its way: to the desk that opens it.
        case desk
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
        let returns = parcels.count == Set(ids).count ? [] : try ReturnParcels.load(ids, in: tx)
        let back = Dictionary(uniqueKeysWithValues: returns.map { ($0.unit, $0) })
        let legs = try Routes.next(of: ids, at: site, in: tx)
        let bags = try Bags.load(scans.compactMap(\.bag), in: tx)
        let bagsHere = try HandlingUnits.standing(bags.keys.sorted(), at: site, in: tx)
        let network = try network.network(in: tx)
        var sorted: [Sorting] = []
        for scan in scans {
            if let parcel = back[scan.parcel] {
                sorted.append(try sort(parcel, scan, legs[parcel.unit], bags, bagsHere, network))
                continue
            }
            guard let parcel = parcels[scan.parcel] else { throw NotFound("parcel", scan.parcel) }
            guard parcel.atSite == site else { throw NetworkRefused.notHere(parcel.id, site) }
            let (chute, word) = chute(parcel, legs[parcel.id], network)
            if let bag = scan.bag {
                guard bagsHere.contains(bag) || bags[bag] == nil else { throw NetworkRefused.notHere(bag, site) }
                try check(parcel.id, chute, bags[bag], bag)
                if case .lane = chute, parcel.state != .labelled && parcel.state != .packed {
                    throw NetworkRefused.notReady(parcel.id, parcel.state)
                }
            }
            sorted.append(Sorting(parcel: parcel.id, chute: chute, word: word, bag: parcel.pull ? nil : scan.bag))
        }
        for (bag, group) in Dictionary(grouping: sorted, by: \.bag).sorted(by: { ($0.key?.raw ?? 0) < ($1.key?.raw ?? 0) }) {
            if let bag { try Containment.put(group.map(\.parcel), into: bag, occurred: occurred, in: tx) }
        }
        return sorted
    }

    /// A return goes by its next lane, or to the desk; one that no lane takes on stays until somebody sends it over.
    private func sort(
        _ parcel: ReturnParcel, _ scan: SortScan, _ leg: RouteLeg?, _ bags: [UnitID: Bag], _ bagsHere: Set<UnitID>,
        _ network: Network
    ) throws -> Sorting {
        guard parcel.atSite == site else { throw NetworkRefused.notHere(parcel.unit, site) }
        let (chute, word) = leg.map { lane($0, network) } ?? (.desk, "RETURNS")
        if let bag = scan.bag {
            guard bagsHere.contains(bag) || bags[bag] == nil else { throw NetworkRefused.notHere(bag, site) }
            try check(parcel.unit, chute, bags[bag], bag)
        }
        return Sorting(parcel: parcel.unit, chute: chute, word: word, bag: scan.bag)
    }

    private func lane(_ leg: RouteLeg, _ network: Network) -> (Sorting.Chute, String) {
        let ends = [leg.origin, leg.destination].map { network.site($0)?.code ?? "\($0)" }
        return (.lane(leg.lane, destination: leg.destination, departs: leg.departs), ends.joined(separator: "-"))
    }

    private func chute(_ parcel: Parcel, _ leg: RouteLeg?, _ network: Network) -> (Sorting.Chute, String) {
        if parcel.pull { return (.pull(reason: "cancelled"), "PULL") }
        if let leg { return lane(leg, network) }
        return (.courier(parcel.service), network.service(parcel.service)?.code ?? "\(parcel.service)")
    }

    private func check(_ parcel: UnitID, _ chute: Sorting.Chute, _ bag: Bag?, _ id: UnitID) throws {
        guard let bag else { throw NetworkRefused.notABag(id) }
        guard bag.state == .open else { throw NetworkRefused.notOpen(id, bag.state) }
        switch chute {
        case .pull: return
        case .courier, .desk: throw NetworkRefused.otherWay(parcel, nil)
        case .lane(let lane, let destination, _):
            guard lane == bag.lane || destination == bag.destination else { throw NetworkRefused.otherWay(parcel, lane) }
        }
    }
}
