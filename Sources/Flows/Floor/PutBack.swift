import Facilities
import Inventory
import Kernel
import Store
import Warehouse

/// Goods of a cancelled order go from their tote or opened parcel back to a bin, where they can be sold again.
package struct PutBack: Flow {
    let task: TaskID
    let location: LocationID
    let occurred: Instant
    let actor: String

    package init(_ task: TaskID, to location: LocationID, occurred: Instant, actor: String) {
        self.task = task
        self.location = location
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        guard let task = try Tasks.load([task], in: tx).first, task.kind == .unpick || task.kind == .putaway else {
            throw NotFound("task", task)
        }
        guard let to = try Locations.find([location], in: tx)[location], to.site == task.site else {
            throw NotFound("location", location)
        }
        try Tasks.close([(task, task.quantity)], occurred: occurred, in: tx)
        let from: Place
        var serials: [String] = []
        if task.fromKind == "unit" {
            from = .unit(UnitID(task.from))
            let inside = try Serials.inside(UnitID(task.from), task.sku, in: tx)
            serials = Int64(inside.count) < task.quantity.rawValue ? [] : Array(inside.prefix(Int(task.quantity.rawValue)))
        } else {
            guard let dock = try Locations.find([LocationID(task.from)], in: tx)[LocationID(task.from)] else {
                throw NotFound("location", LocationID(task.from))
            }
            from = dock.place
        }
        try StockBook.post(
            [
                NewMovement(
                    owner: task.owner, sku: task.sku, lot: task.lot, quantity: task.quantity, site: task.site, from: from,
                    to: to.place, reason: task.kind == .putaway ? .putaway : .unpick, reference: task.id.raw, actor: actor,
                    occurred: occurred
                ).staying(task.condition).with(serials: serials)
            ], in: tx)
    }
}
