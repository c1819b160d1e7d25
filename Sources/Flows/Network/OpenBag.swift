import Facilities
import Kernel
import Store
import Transport

/// Puts a new bag, pallet or container under a chute, for a lane of the site.
package struct OpenBag: Flow {
    let site: SiteID
    let lane: LaneID
    let kind: UnitKind
    let destination: SiteID?
    let network: NetworkCache
    let occurred: Instant
    let actor: String

    /// - Parameter destination: where it will be opened; nil: at the lane's end.
    package init(
        at site: SiteID, lane: LaneID, kind: UnitKind = .bag, destination: SiteID? = nil, network: NetworkCache,
        occurred: Instant, actor: String
    ) {
        self.site = site
        self.lane = lane
        self.kind = kind
        self.destination = destination
        self.network = network
        self.occurred = occurred
        self.actor = actor
    }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case kindNotFilled(UnitKind)

        package static let codes = ["bag.kind"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .kindNotFilled(let kind): "/kind '\(kind.rawValue)': only a bag, a pallet or a container is opened for a lane."
            }
        }
        package var kind: RefusalKind { .invalid }
        package var field: String? { "/kind" }
    }

    /// The bag, with the code of its label.
    package func run(in tx: Transaction) throws -> UnitID {
        guard [.bag, .pallet, .container].contains(kind) else { throw Refused.kindNotFilled(kind) }
        let network = try network.network(in: tx)
        guard let lane = network.lane(lane), lane.origin == site, let end = lane.destination else { throw NotFound("lane", lane) }
        if let destination, network.site(destination) == nil { throw NotFound("site", destination) }
        let code = try OperatorSSCC.make(NumberSeries.take(1, from: "sscc", in: tx))
        let bag = Bag(unit: tx.id(), site: site, lane: lane.id, destination: destination ?? end)
        try HandlingUnits.add([(bag.unit, code)], kind: kind, site: site, occurred: occurred, in: tx)
        try Bags.add(bag, occurred: occurred, in: tx)
        tx.emit(.bag(bag, .open, site: site, actor: actor, at: occurred, payload: ["kind": .string(kind.rawValue)]))
        return bag.unit
    }
}
