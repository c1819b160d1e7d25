import Kernel
import Store

/// What a carrier says to the wish to turn a parcel back.
package enum InterceptionState: String, SQLValue, CaseIterable, Codable {
    case asked
    case accepted
    case refused

    package static let transitions: [InterceptionState: Set<InterceptionState>] = [.asked: [.accepted, .refused]]
}

/// A carrier was asked to turn a parcel back.
package struct Interception: Hashable, Sendable {
    package let id: InterceptionID
    package let parcel: UnitID
    package let order: OrderID
    /// The request it belongs to; nil where only the parcel was meant.
    package let cancel: CancelID?
    package let state: InterceptionState
    package let why: String?

    package init(
        id: InterceptionID, parcel: UnitID, order: OrderID, cancel: CancelID?, state: InterceptionState = .asked, why: String? = nil
    ) {
        self.id = id
        self.parcel = parcel
        self.order = order
        self.cancel = cancel
        self.state = state
        self.why = why
    }
}

package enum Interceptions {
    package static func add(_ all: [Interception], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "parcel": .int, "ord": .int, "cancel": .int])
        for one in all { rows.add(one.id, one.parcel, one.order, one.cancel) }
        try tx.run(
            """
            INSERT INTO interception (id, parcel, order_id, cancel, state, asked_at)
            SELECT v.id, v.parcel, v.ord, v.cancel, 'asked', \(tx.now) FROM (\(rows: rows)) AS v
            """)
    }

    package static func load(where condition: SQL, in tx: Transaction) throws -> [Interception] {
        try tx.query("SELECT id, parcel, order_id, cancel, state, why FROM interception WHERE \(condition) ORDER BY id") {
            try Interception(
                id: $0.next(), parcel: $0.next(), order: $0.next(), cancel: $0.next(), state: $0.next(), why: $0.next())
        }
    }

    package static func of(_ parcels: [UnitID], of order: OrderID, in tx: Transaction) throws -> [Interception] {
        try load(where: "order_id = \(order)", in: tx).filter { parcels.contains($0.parcel) }
    }

    /// The answer of a carrier, once.
    package static func answer(_ id: InterceptionID, _ state: InterceptionState, why: String?, in tx: Transaction) throws {
        try tx.run(
            """
            UPDATE interception SET state = \(state), why = \(why), answered_at = \(tx.now)
            WHERE id = \(id) AND state = 'asked'
            """, expecting: 1)
    }
}
