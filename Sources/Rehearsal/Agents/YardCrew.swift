import Flows
import Kernel
import Returns
import Store
import Transport
import Warehouse

/// The people at the gates: they sort parcels into bags, load trucks, unload them and count.
struct YardCrew {
    let ground: any FlowGround
    let desk: OrderDesk

    private var now: Instant { ground.now }

    private static let bagful = 10
    private static let tare = Grams(250)
    private static let palletTare = Grams(22_000)
    /// Trucks whose bags hold less are counted one by one.
    private static let countable = 2000

    /// Fills the truck of a departure and sends it off; one for which nothing stands ready is cancelled, and answers false.
    ///
    /// - Parameter misses: whether a parcel that stands ready is left behind.
    func leave(_ id: TripID, misses: (UnitID) -> Bool = { _ in false }) throws -> Bool {
        let (trip, parcels, returns) = try ground.read { tx in
            let trip = try Trips.find(id, in: tx)
            let waiting = try ReturnParcels.load(Routes.planned(for: trip, limit: 20_000, in: tx), in: tx)
            return (trip, try Parcels.load(Parcels.left(behind: trip, limit: 20_000, in: tx), in: tx), waiting)
        }
        let ready = parcels.filter { $0.state == .labelled && $0.weighed != nil && !misses($0.id) }
        let back = returns.filter { $0.atSite == trip.origin && !misses($0.unit) }
        guard !ready.isEmpty || !back.isEmpty else {
            try ground.perform(CancelTrip(id, occurred: now, actor: "yard"))
            return false
        }
        let boxes = ready.map { ($0.id, $0.weighed ?? $0.expected) }, old = back.map { ($0.unit, $0.weight) }
        let bags = try (boxes.chunked(Self.bagful) + old.chunked(Self.bagful)).map { try fill($0, for: trip) }
        _ = try ground.perform(LoadTrip(id, try stack(bags, for: trip), occurred: now, actor: "loader"))
        try ground.perform(DepartTrip(id, occurred: now, actor: "driver"))
        return true
    }

    /// Takes out of the flow what was cancelled on its way here.
    func pull(at site: SiteID) throws {
        let pulled = try ground.read { try Parcels.toPull(at: site, limit: 500, in: $0) }
        guard !pulled.isEmpty else { return }
        try ground.perform(PullParcels(pulled, at: site, desk: desk, occurred: now, actor: "sorter"))
    }

    /// Puts the goods of what was taken apart here where they can be looked after.
    func putBack(at site: SiteID, to location: LocationID) throws {
        for task in try ground.read({ try Tasks.open(.unpick, at: site, limit: 500, in: $0) }) {
            try ground.perform(PutBack(task.id, to: location, occurred: now, actor: "sorter"))
        }
    }

    /// A bag or pallet that was missing turns up where it should have been unloaded; the bags of a pallet are opened with it.
    func find(_ unit: UnitID, of id: TripID) throws {
        let bags = try ground.read { tx in
            try UnitTree.children(of: [unit], limit: 1000, in: tx).filter { $0.kind == .bag }.map(\.child)
        }
        for found in [[unit], bags] where !found.isEmpty {
            _ = try ground.perform(
                BreakBulk(id, found.map { FoundUnit($0) }, desk: desk, occurred: now, actor: "unloader"))
        }
    }

    /// Several bags ride on a pallet, weighed and sealed.
    private func stack(_ bags: [(unit: UnitID, weight: Grams)], for trip: Trip) throws -> [UnitID] {
        guard bags.count > 1 else { return bags.map(\.unit) }
        let pallet = try ground.perform(
            OpenBag(at: trip.origin, lane: trip.lane, kind: .pallet, network: desk.network, occurred: now, actor: "loader"))
        try ground.perform(NestBags(bags.map(\.unit), into: pallet, occurred: now, actor: "loader"))
        let weight = bags.reduce(Self.palletTare) { $0 + $1.weight }
        _ = try ground.perform(
            CloseBag(pallet, weighed: weight, seal: "S-\(pallet.raw)", occurred: now, actor: "loader"))
        return [pallet]
    }

    private func fill(_ parcels: [(UnitID, Grams)], for trip: Trip) throws -> (unit: UnitID, weight: Grams) {
        let bag = try ground.perform(
            OpenBag(at: trip.origin, lane: trip.lane, network: desk.network, occurred: now, actor: "sorter"))
        let scans = parcels.map { SortScan(parcel: $0.0, bag: bag) }
        _ = try ground.perform(SortParcels(at: trip.origin, scans, network: desk.network, occurred: now, actor: "sorter"))
        let weight = parcels.reduce(Self.tare) { $0 + $1.1 }
        _ = try ground.perform(CloseBag(bag, weighed: weight, seal: nil, occurred: now, actor: "sorter"))
        return (bag, weight)
    }

    /// Unloads a truck: what the crew finds stands at the site, and what it does not find has an owner.
    ///
    /// - Parameter find: what becomes of a unit on the way, given what lies in it where it is a bag that is opened here;
    ///   nil where it is not there.
    func arrive(_ id: TripID, find: (UnitID, [UnitID]) -> FoundUnit? = { unit, _ in FoundUnit(unit) }) throws {
        try ground.perform(ArriveTrip(id, occurred: now, actor: "driver"))
        let (loaded, stacked, inside) = try ground.read { tx in try Self.cargo(of: Trips.find(id, in: tx), in: tx) }
        var found: [FoundUnit] = []
        for unit in loaded {
            guard let bags = stacked[unit] else {
                found += [find(unit, inside[unit] ?? [])].compactMap(\.self)
                continue
            }
            guard let pallet = find(unit, []) else { continue }
            let there = bags.compactMap { find($0, inside[$0] ?? []) }
            found += [FoundUnit(unit, isDamaged: pallet.isDamaged, contents: there.map(\.unit))] + there
        }
        if !found.isEmpty { _ = try ground.perform(BreakBulk(id, found, desk: desk, occurred: now, actor: "unloader")) }
        try ground.perform(ReconcileTrip(id, desk: desk, occurred: now, actor: "unloader"))
    }

    /// What stands on the trailer, the bags of each pallet, and what lies in those bags that end here.
    private static func cargo(
        of trip: Trip, in tx: Transaction
    ) throws -> (loaded: [UnitID], stacked: [UnitID: [UnitID]], inside: [UnitID: [UnitID]]) {
        let loaded = try UnitTree.children(of: trip.trailer.map { [$0] } ?? [], limit: 10_000, in: tx)
        let pallets = loaded.filter { $0.kind == .pallet }.map(\.child)
        let bags = try UnitTree.children(of: pallets, limit: 10_000, in: tx)
        let ends = try Bags.load(loaded.map(\.child) + bags.map(\.child), in: tx).values
            .filter { $0.destination == trip.destination && !pallets.contains($0.unit) }
        let inside = try UnitTree.children(of: ends.map(\.unit).sorted(), limit: countable, in: tx)
        return (
            loaded.map(\.child), Dictionary(grouping: bags, by: \.parent).mapValues { $0.map(\.child) },
            inside.count < countable ? Dictionary(grouping: inside, by: \.parent).mapValues { $0.map(\.child) } : [:]
        )
    }
}
