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
        try LeaveUnsellable.run(released, in: tx)
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
                allocation: one.id, owner: one.owner, sku: one.sku, lot: one.lot,
                condition: one.condition.rawValue, fromKind: "location",
                from: one.location.raw, toKind: "unit", to: 0, quantity: one.quantity, walk: Int(locations[one.location]?.walk ?? 0))
        }
        try Tasks.add(tasks, in: tx)
        return tasks.count
    }
}

/// Gives up what released fulfillment orders claim of goods not for sale and was not found: such goods come from nowhere
/// else.
enum LeaveUnsellable {
    static func run(_ released: [FulfillmentOrder], in tx: Transaction) throws {
        let other = released.filter { $0.purpose == .removal || $0.purpose == .disposal }
        guard !other.isEmpty else { return }
        let open = try Reservations.open(of: other.flatMap { $0.lines.map(\.id) }, in: tx).filter { $0.state == .active }
        let unsellable = try Unsellable.conditions(of: open, in: tx)
        let left = open.filter { unsellable[$0.id] != nil }
        guard !left.isEmpty else { return }
        try Reservations.release(left, in: tx)
        try Fulfillments.add(dropped: left.map { ($0.line, $0.quantity) }, in: tx)
        try OrderProgress.move(
            left.map { (component: $0.component, quantity: $0.quantity) }, from: .reserved, to: .cancelled, in: tx)
        for one in left {
            tx.emit(
                .orderMoved(
                    one.order, one.owner, site: one.site, from: .reserved, to: .cancelled, quantity: one.quantity, at: tx.now))
        }
        try FinishPicking.run(other.map(\.id), in: tx)
        try FreeCapacity.run(other.map(\.id), in: tx)
        try OrderProgress.refresh(left.map(\.order), occurred: tx.now, in: tx)
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
