import Facilities
import Inventory
import Kernel
import Orders
import Store
import Warehouse

/// Chooses bins for the active reservations of released fulfillment lines and puts pick tasks on the floor.
enum AllocateWork {
    /// - Parameter lines: of fulfillment orders that are released; others are left alone.
    static func run(lines: [FulfillmentLineID], at site: SiteID, in tx: Transaction) throws {
        guard !lines.isEmpty else { return }
        let heads = try Fulfillments.heads(of: lines, in: tx)
        let released = try Fulfillments.load(Set(heads.values).sorted(), in: tx).filter { $0.state == .released }
        let active = try Reservations.open(of: released.flatMap { $0.lines.map(\.id) }, in: tx)
        let made = try Allocations.allocate(active.filter { $0.state == .active }, at: site, in: tx)
        try addTasks(made, released, wave: nil, at: site, in: tx)
    }

    /// A pick task for each allocation; answers how many.
    @discardableResult
    static func addTasks(
        _ made: [Allocation], _ fulfillments: [FulfillmentOrder], wave: WaveID?, at site: SiteID, in tx: Transaction
    ) throws -> Int {
        let locations = try Locations.find(Set(made.map(\.location)).sorted(), in: tx)
        var heads: [FulfillmentLineID: FulfillmentID] = [:]
        for one in fulfillments { for line in one.lines { heads[line.id] = one.id } }
        let tasks = made.map { one in
            FloorTask(
                id: tx.id(), kind: .pick, site: site, wave: wave, fulfillment: heads[one.line], line: one.line,
                allocation: one.id, owner: one.owner, sku: one.sku, lot: one.lot, fromKind: "location",
                from: one.location.raw, toKind: "unit", to: 0, quantity: one.quantity, walk: Int(locations[one.location]?.walk ?? 0))
        }
        try Tasks.add(tasks, in: tx)
        return tasks.count
    }
}

/// Ends allocations whose goods are gone: their pick tasks are cancelled and their reservations wait for other bins.
enum GiveUpAllocations {
    /// Answers the fulfillment lines concerned.
    static func run(_ ids: [AllocationID], as state: String = "short", in tx: Transaction) throws -> [FulfillmentLineID] {
        guard !ids.isEmpty else { return [] }
        let reservations = try Reservations.load(
            Allocations.reservations(of: ids, in: tx).values.sorted(), in: tx)
        let lines = reservations.map(\.line)
        let heads = try Fulfillments.heads(of: lines, in: tx)
        let tasks = try Tasks.open(allocations: ids, fulfillments: Set(heads.values).sorted(), in: tx)
        try Tasks.cancel(tasks.map(\.id), in: tx)
        try Allocations.end(ids, as: state, in: tx)
        try Reservations.mark(reservations.filter { $0.state == .allocated }.map(\.id), .active, in: tx)
        return lines
    }
}

/// Takes the claims that a shortfall broke off the floor, so that nobody walks for goods that are promised to another.
enum SettleShortfall {
    static func run(_ sku: SKUID, at site: SiteID, in tx: Transaction) throws {
        let breaking = try Reservations.breaking(sku, at: site, in: tx)
        let open = try Allocations.open(of: breaking.map(\.id), in: tx)
        _ = try GiveUpAllocations.run(open, as: "released", in: tx)
    }
}
