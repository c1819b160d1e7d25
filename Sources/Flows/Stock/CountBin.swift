import Facilities
import Inventory
import Kernel
import Store

/// What a person found in a bin. The count is a fact: where it takes goods below what is promised, the claims that
/// hurt least are broken and sourced elsewhere.
package struct CountBin: Flow {
    let location: LocationID
    let owner: MerchantID
    let sku: SKUID
    let counted: Quantity
    let occurred: Instant
    let actor: String
    let why: String?

    package struct Counted: Sendable, Equatable {
        package let before: Quantity
        package let after: Quantity
    }

    /// - Parameter why: it was counted, in a code such as `damaged`; kept in the log.
    package init(
        location: LocationID, owner: MerchantID, sku: SKUID, counted: Quantity, occurred: Instant, actor: String, why: String? = nil
    ) {
        self.location = location
        self.owner = owner
        self.sku = sku
        self.counted = counted
        self.occurred = occurred
        self.actor = actor
        self.why = why
    }

    package func run(in tx: Transaction) throws -> Counted {
        guard counted >= 0 else { throw InvalidInput(field: "/counted", "A count of \(counted) is below zero.") }
        guard let place = try Locations.find([location], in: tx)[location] else { throw NotFound("location", location) }
        let cells = try Counting.onHand(at: location, sku: sku, in: tx).filter { $0.condition == .new }
        let before = cells.reduce(Quantity(0)) { $0 + $1.onHand }
        if counted < before {
            try giveUp(before - counted, cells, place, in: tx)
        } else {
            try StockBook.post(counted > before ? [found(counted - before, cells, place)] : [], in: tx)
        }
        tx.emit(event(before, at: place.site))
        return Counted(before: before, after: counted)
    }

    private func event(_ before: Quantity, at site: SiteID) -> NewEvent {
        NewEvent(
            "stock.counted", key: sku.description, occurred: occurred, actor: actor, site: site, owner: owner,
            quantity: counted.rawValue, unit: "each",
            payload: [
                "location": .id(location), "before": .int(before.rawValue), "why": why.map(JSON.string) ?? .null,
            ])
    }

    /// Allocations that the bin can no longer serve end first: a bin never has more allocated than on hand.
    private func giveUp(_ missing: Quantity, _ cells: [CountedCell], _ place: Location, in tx: Transaction) throws {
        let losses = Cells.take(missing, from: cells)
        var ended: [AllocationID] = []
        for (index, cell) in cells.enumerated() {
            var excess = cell.allocated - (cell.onHand - losses[index])
            for open in try Allocations.open(on: cell.stock, in: tx) where excess > 0 {
                ended.append(open.id)
                excess -= open.quantity
            }
        }
        let lines = try GiveUpAllocations.run(ended, in: tx)
        try StockBook.post(
            zip(cells, losses).filter { $1 > 0 }.map { cell, loss in
                move(loss, cell.lot, from: place.place, to: .outside(.lost), place)
            }, in: tx)
        try SettleShortfall.run(sku, at: place.site, in: tx)
        try AllocateWork.run(lines: lines, at: place.site, in: tx)
    }

    private func found(_ more: Quantity, _ cells: [CountedCell], _ place: Location) -> NewMovement {
        move(more, cells.first?.lot, from: .outside(.found), to: place.place, place)
    }

    private func move(_ quantity: Quantity, _ lot: LotID?, from: Place, to: Place, _ place: Location) -> NewMovement {
        NewMovement(
            owner: owner, sku: sku, lot: lot, quantity: quantity, site: place.site, from: from, to: to, reason: .count,
            reference: location.raw, actor: actor, occurred: occurred)
    }
}

/// How a loss spreads over the lots of a bin: free goods first, then allocated ones.
enum Cells {
    static func take(_ missing: Quantity, from cells: [CountedCell]) -> [Quantity] {
        var left = missing
        var taken = cells.map { cell in
            let part = min(left, cell.onHand - cell.allocated)
            left -= part
            return part
        }
        for index in cells.indices {
            let part = min(left, cells[index].onHand - taken[index])
            taken[index] += part
            left -= part
        }
        return taken
    }
}
