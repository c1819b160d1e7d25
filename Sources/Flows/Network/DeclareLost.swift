import Exceptions
import Kernel
import Store
import Transport

/// Gives up a unit that was missing at the end of a trip, with all that is in it: the goods leave the book.
package struct DeclareLost: Flow {
    let unit: UnitID
    let desk: OrderDesk
    let occurred: Instant
    let actor: String

    package init(_ unit: UnitID, desk: OrderDesk, occurred: Instant, actor: String) {
        self.unit = unit
        self.desk = desk
        self.occurred = occurred
        self.actor = actor
    }

    package enum Refused: Refusal, Equatable {
        case notMissing(UnitID)

        package static let codes = ["unit.not_missing"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .notMissing(let id): "\(id) is not missing: only what no trip's count found is given up."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package func run(in tx: Transaction) throws {
        guard let known = try HandlingUnits.load([unit], in: tx)[unit] else { throw NotFound("unit", unit) }
        let closed = try Exceptions.close(
            [unit.description], kind: NetworkMoves.short, outcome: "declared lost", occurred: occurred, actor: actor, in: tx)
        guard closed == 1 else { throw Refused.notMissing(unit) }
        let moves = NetworkMoves(desk: desk)
        if known.kind == .parcel {
            let (sent, back) = try moves.parcels([unit], in: tx)
            try moves.lose(sent, occurred: occurred, actor: actor, in: tx)
            return try moves.lose(back, occurred: occurred, actor: actor, in: tx)
        }
        let bags = try Bags.load([unit], in: tx).values.map(\.self)
        try Bags.change(bags, to: .lost, occurred: occurred, in: tx)
        for bag in bags { tx.emit(.bag(bag, .lost, site: bag.site, actor: actor, at: occurred)) }
        var walk = UnitWalk(.lose, through: [unit], trip: nil, at: occurred, actor: actor)
        var budget = ExpandUnits.budget
        try moves.go(on: &walk, budget: &budget, in: tx)
    }
}
