import Kernel
import Store

/// Where a bag, pallet or container is in its life.
package enum BagState: String, SQLValue, CaseIterable, Codable {
    /// Being filled.
    case open
    /// Weighed; may be loaded.
    case closed
    /// Closed with a numbered seal.
    case sealed
    /// Opened at its destination; its contents stand there.
    case broken
    case lost

    package static let transitions: [BagState: Set<BagState>] = [
        .open: [.closed, .lost],
        .closed: [.open, .sealed, .broken, .lost],
        .sealed: [.broken, .lost],
        .lost: [.broken],
    ]

    package var isShut: Bool { self == .closed || self == .sealed }
}

/// A bag, pallet or container that is filled for a lane.
package struct Bag: Hashable, Sendable {
    package let unit: UnitID
    /// Where it was opened.
    package let site: SiteID
    package let lane: LaneID
    /// Where it will be opened; may lie beyond the lane's end.
    package let destination: SiteID
    package let state: BagState
    package let weighed: Grams?
    package let seal: String?

    package init(
        unit: UnitID, site: SiteID, lane: LaneID, destination: SiteID, state: BagState = .open, weighed: Grams? = nil,
        seal: String? = nil
    ) {
        self.unit = unit
        self.site = site
        self.lane = lane
        self.destination = destination
        self.state = state
        self.weighed = weighed
        self.seal = seal
    }
}

package enum Bags {
    package enum Refused: Refusal, Equatable {
        case wrongState(UnitID, BagState, wanted: BagState)

        package static let codes = ["bag.wrong_state"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .wrongState(let id, let state, let wanted): "\(id) is \(state.rawValue) and does not become \(wanted.rawValue)."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package static func add(_ bag: Bag, occurred: Instant, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO bag (unit, site, lane, destination, state, opened_at)
            VALUES (\(bag.unit), \(bag.site), \(bag.lane), \(bag.destination), \(bag.state), \(occurred))
            """)
    }

    /// Bags by unit, locked; other units are absent.
    package static func load(_ units: some Sequence<UnitID>, in tx: Transaction) throws -> [UnitID: Bag] {
        let rows = try tx.query(
            """
            SELECT unit, site, lane, destination, state, weighed_g, seal FROM bag
            WHERE unit IN \(list: Set(units).sorted()) ORDER BY unit \(.forUpdate)
            """
        ) {
            try Bag(
                unit: $0.next(), site: $0.next(), lane: $0.next(), destination: $0.next(), state: $0.next(),
                weighed: $0.next(), seal: $0.next())
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.unit, $0) })
    }

    /// Guarded by the table of transitions.
    /// - Throws: `Refused.wrongState` of the first that is in another state.
    package static func change(_ bags: [Bag], to state: BagState, occurred: Instant, in tx: Transaction) throws {
        for bag in bags where !(BagState.transitions[bag.state]?.contains(state) ?? false) {
            throw Refused.wrongState(bag.unit, bag.state, wanted: state)
        }
        let from = BagState.transitions.filter { $0.value.contains(state) }.map(\.key.rawValue).sorted()
        try tx.run(
            """
            UPDATE bag SET state = \(state), closed_at = CASE WHEN \(state) = 'closed' THEN \(occurred) ELSE closed_at END
            WHERE unit IN \(list: bags.map(\.unit)) AND state IN \(list: from)
            """, expecting: bags.count)
    }

    /// What the scale and the seal say of a bag that is being closed.
    package static func note(_ bag: UnitID, weighed: Grams, seal: String?, in tx: Transaction) throws {
        try tx.run("UPDATE bag SET weighed_g = \(weighed), seal = \(seal) WHERE unit = \(bag)", expecting: 1)
    }
}
