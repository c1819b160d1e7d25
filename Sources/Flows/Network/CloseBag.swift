import Kernel
import Store
import Transport

/// Closes a bag: it is weighed, and sealed where a seal is named. One with a cancelled parcel in it stays open.
package struct CloseBag: Flow {
    let unit: UnitID
    let weighed: Grams
    let seal: String?
    let occurred: Instant
    let actor: String

    package init(_ unit: UnitID, weighed: Grams, seal: String?, occurred: Instant, actor: String) {
        self.unit = unit
        self.weighed = weighed
        self.seal = seal
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> BagState {
        guard weighed > 0 else { throw InvalidInput(field: "/weight_g", "A bag weighs more than \(weighed) g.") }
        guard let bag = try Bags.load([unit], in: tx)[unit] else { throw NotFound("bag", unit) }
        if let pulled = try UnitTree.pulled(inside: [unit], limit: 1, in: tx).first {
            throw NetworkRefused.pull(pulled, inside: unit)
        }
        try Bags.change([bag], to: .closed, occurred: occurred, in: tx)
        try Bags.note(unit, weighed: weighed, seal: seal, in: tx)
        var state = BagState.closed
        if seal != nil, let closed = try Bags.load([unit], in: tx)[unit] {
            try Bags.change([closed], to: .sealed, occurred: occurred, in: tx)
            state = .sealed
        }
        tx.emit(
            .bag(
                bag, state, site: bag.site, actor: actor, at: occurred,
                payload: ["weighed_g": .int(weighed.rawValue), "seal": seal.map { .string($0) } ?? .null]))
        return state
    }
}
