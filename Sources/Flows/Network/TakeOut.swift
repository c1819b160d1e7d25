import Kernel
import Store
import Transport

/// Takes units out of a bag or off a trailer that stands at a site; they stand there on their own. A shut bag from which
/// something is taken is open again.
package struct TakeOut: Flow {
    let site: SiteID
    let units: [UnitID]
    let occurred: Instant
    let actor: String

    package init(_ units: [UnitID], at site: SiteID, occurred: Instant, actor: String) {
        self.site = site
        self.units = units
        self.occurred = occurred
        self.actor = actor
    }

    package enum Refused: Refusal, Equatable {
        /// What was sealed is opened at its destination only.
        case sealed(UnitID, in: UnitID)

        package static let codes = ["bag.sealed"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .sealed(let id, let bag): "\(id) is in \(bag), which is sealed; it is taken out where the bag is opened."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package func run(in tx: Transaction) throws {
        let here = try HandlingUnits.standing(units, at: site, in: tx)
        if let missing = units.first(where: { !here.contains($0) }) { throw NetworkRefused.notHere(missing, site) }
        let around = try UnitTree.ancestors(of: units, in: tx)
        let bags = try Bags.load(around.values.flatMap(\.self), in: tx)
        for unit in units {
            if let bag = around[unit]?.first(where: { bags[$0]?.state == .sealed }) { throw Refused.sealed(unit, in: bag) }
        }
        let reopened = Set(around.values.compactMap(\.first)).sorted().compactMap { bags[$0] }.filter { $0.state == .closed }
        try Bags.change(reopened, to: .open, occurred: occurred, in: tx)
        try Containment.take(units, occurred: occurred, in: tx)
        for bag in reopened { tx.emit(.bag(bag, .open, site: site, actor: actor, at: occurred)) }
        let owners = Dictionary(uniqueKeysWithValues: try Parcels.load(units, in: tx).map { ($0.id, $0.merchant) })
        for unit in units {
            guard let bag = around[unit]?.first else { continue }
            tx.emit(
                .unit(
                    NewEvent.unitTakenOutType, unit, site: site, owner: owners[unit], actor: actor, at: occurred,
                    payload: ["from": .id(bag)]))
        }
    }
}
