import Exceptions
import Facilities
import Inventory
import Kernel
import Orders
import Store
import Transport
import Warehouse

/// A picker put goods into a tote.
package struct PickResult: Sendable {
    package let task: TaskID
    /// Fewer than asked: a short pick.
    package let quantity: Quantity

    package init(task: TaskID, quantity: Quantity) {
        self.task = task
        self.quantity = quantity
    }
}

/// Takes what was picked from bins into one tote.
///
/// A short pick is a fact about the bin: the missing goods are written off, another bin of the site is tried, and
/// where none is left the claims that hurt least are broken and sourced elsewhere.
package struct ConfirmPicks: Flow {
    let results: [PickResult]
    let tote: UnitID
    let occurred: Instant
    let actor: String

    package init(_ results: [PickResult], into tote: UnitID, occurred: Instant, actor: String) {
        self.results = results
        self.tote = tote
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let wanted = Dictionary(results.map { ($0.task, $0.quantity) }, uniquingKeysWith: { _, last in last })
        let tasks = try Tasks.load(wanted.keys.sorted(), in: tx)
        for result in results where !tasks.contains(where: { $0.id == result.task }) { throw NotFound("task", result.task) }
        let done = tasks.map { (task: $0, done: wanted[$0.id] ?? 0) }
        try Tasks.close(done, to: tote, occurred: occurred, in: tx)
        let locations = try Locations.find(Set(tasks.map { LocationID($0.from) }).sorted(), in: tx)
        let claims = try settleClaims(done, in: tx)
        try move(done, claims.consumed, locations, in: tx)
        try progress(done, in: tx)
        try writeOffShorts(done, claims.shortLines, locations, in: tx)
        try FinishPicking.run(Set(tasks.compactMap(\.fulfillment)).sorted(), in: tx)
    }

    /// Ends the allocations; what was picked consumes its reservation, what was not goes back to wait for a bin.
    private func settleClaims(
        _ done: [(task: FloorTask, done: Quantity)], in tx: Transaction
    ) throws -> (consumed: [Claim], shortLines: [FulfillmentLineID]) {
        let byAllocation = try Allocations.reservations(of: done.compactMap(\.task.allocation), in: tx)
        let reservations = Dictionary(
            uniqueKeysWithValues: try Reservations.load(byAllocation.values.sorted(), in: tx).map { ($0.id, $0) })
        var consumed: [ReservationID] = [], back: [ReservationID] = [], claims: [Claim] = [], short: [FulfillmentLineID] = []
        for (task, quantity) in done {
            guard let allocation = task.allocation, let id = byAllocation[allocation], let one = reservations[id] else {
                throw StoreError.unexpected("\(task.id) has no claim")
            }
            if quantity < task.quantity { short.append(one.line) }
            if quantity == 0 { back.append(id); continue }
            if quantity < task.quantity { back.append(try Reservations.split(id, off: task.quantity - quantity, in: tx)) }
            consumed.append(id)
            claims.append(Claim(supply: one.supply, quantity: quantity))
        }
        try Allocations.end(done.filter { $0.done == $0.task.quantity }.compactMap(\.task.allocation), as: "picked", in: tx)
        try Allocations.end(done.filter { $0.done < $0.task.quantity }.compactMap(\.task.allocation), as: "short", in: tx)
        try Reservations.mark(consumed, .consumed, in: tx)
        try Reservations.mark(back, .active, in: tx)
        return (claims, short)
    }

    private func move(
        _ done: [(task: FloorTask, done: Quantity)], _ claims: [Claim], _ locations: [LocationID: Location], in tx: Transaction
    ) throws {
        let moves = try done.filter { $0.done > 0 }.map { task, quantity in
            guard let from = locations[LocationID(task.from)] else { throw NotFound("location", LocationID(task.from)) }
            return NewMovement(
                owner: task.owner, sku: task.sku, lot: task.lot, quantity: quantity, site: task.site, from: from.place,
                to: .unit(tote), reason: .pick, reference: task.id.raw, actor: actor, occurred: occurred
            ).staying(task.condition)
        }
        try StockBook.post(moves, consuming: claims, in: tx)
    }

    private func progress(_ done: [(task: FloorTask, done: Quantity)], in tx: Transaction) throws {
        let picked = done.filter { $0.done > 0 }
        try Fulfillments.add(picked: picked.compactMap { one in one.task.line.map { ($0, one.done) } }, in: tx)
        let heads = try Fulfillments.load(Set(picked.compactMap(\.task.fulfillment)).sorted(), in: tx)
        var component: [FulfillmentLineID: ComponentID] = [:]
        for head in heads { for line in head.lines { component[line.id] = line.component } }
        let units = picked.compactMap { one in
            one.task.line.flatMap { component[$0] }.map { (component: $0, quantity: one.done) }
        }
        try OrderProgress.move(units, from: .reserved, to: .picked, in: tx)
        for head in heads {
            let quantity = picked.filter { $0.task.fulfillment == head.id }.reduce(Quantity(0)) { $0 + $1.done }
            tx.emit(
                .picked(
                    head.order, head.merchant, fulfillment: head.id, site: head.site, quantity: quantity, actor: actor,
                    at: occurred))
        }
    }

    private func writeOffShorts(
        _ done: [(task: FloorTask, done: Quantity)], _ lines: [FulfillmentLineID], _ locations: [LocationID: Location],
        in tx: Transaction
    ) throws {
        for (task, quantity) in done where quantity < task.quantity {
            guard let from = locations[LocationID(task.from)] else { continue }
            try StockBook.post(
                [
                    NewMovement(
                        owner: task.owner, sku: task.sku, lot: task.lot, quantity: task.quantity - quantity, site: task.site,
                        from: from.place, to: .outside(.lost), reason: .loss, reference: task.id.raw, actor: actor,
                        occurred: occurred
                    ).staying(task.condition)
                ], in: tx)
            try SettleShortfall.run(task.sku, at: task.site, in: tx)
            try OpenAtStake.run(
                [
                    NewException(
                        "pick.short", subject: task.id, merchant: task.owner, site: task.site, ownerRole: .site,
                        due: occurred + .hours(24),
                        detail: "\(task.quantity - quantity) of \(task.sku) were missing in \(from.code). Count the bin.")
                ], occurred: occurred, actor: actor, in: tx)
        }
        for (site, group) in Dictionary(grouping: done, by: \.task.site).sorted(by: { $0.key < $1.key }) {
            let here = Set(group.compactMap(\.task.line))
            try AllocateWork.run(lines: lines.filter(here.contains), at: site, in: tx)
        }
    }
}

extension NewMovement {
    /// The same of goods in a condition that the movement does not change.
    func staying(_ condition: String) -> NewMovement {
        var same = self
        same.fromCondition = Condition(rawValue: condition) ?? .unknown
        same.toCondition = same.fromCondition
        return same
    }
}

/// Moves fulfillment orders on when everything they still ask for is in totes, or when nothing is left to ask for.
enum FinishPicking {
    static func run(_ ids: [FulfillmentID], in tx: Transaction) throws {
        let heads = try Fulfillments.load(ids, in: tx).filter { $0.state == .released }
        let whole = heads.filter { $0.lines.allSatisfy { $0.picked == $0.quantity } }
        let empty = whole.filter { $0.lines.allSatisfy { $0.quantity == 0 } }
        try Fulfillments.change(empty.map(\.id), to: .cancelled, in: tx)
        try OrderClocks.dropped(empty.map(\.id), in: tx)
        let done = Set(empty.map(\.id))
        try Fulfillments.change(whole.map(\.id).filter { !done.contains($0) }, to: .picked, in: tx)
        try FreeCapacity.run(whole.map(\.id), in: tx)
    }
}
