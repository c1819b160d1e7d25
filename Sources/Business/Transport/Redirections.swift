import Kernel
import Store

/// What a carrier says to the wish to bring a parcel elsewhere.
package enum RedirectionState: String, SQLValue, CaseIterable, Codable {
    case asked
    case accepted
    case refused

    package static let transitions: [RedirectionState: Set<RedirectionState>] = [.asked: [.accepted, .refused]]
}

/// A carrier was asked to bring a parcel that it has to another address.
package struct Redirection: Sendable {
    package let id: RedirectionID
    package let parcel: UnitID
    package let order: OrderID
    /// Who gets it there; nil where that stays as the order has it.
    package let recipient: RecipientID?
    /// The place, without a name or street.
    package let destination: JSON
    package let state: RedirectionState
    package let why: String?

    package init(
        id: RedirectionID, parcel: UnitID, order: OrderID, recipient: RecipientID?, destination: JSON,
        state: RedirectionState = .asked, why: String? = nil
    ) {
        self.id = id
        self.parcel = parcel
        self.order = order
        self.recipient = recipient
        self.destination = destination
        self.state = state
        self.why = why
    }
}

package enum Redirections {
    package static func add(_ all: [Redirection], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "parcel": .int, "ord": .int, "recipient": .int, "destination": .text])
        for one in all { rows.add(one.id, one.parcel, one.order, one.recipient, one.destination) }
        try tx.run(
            """
            INSERT INTO redirection (id, parcel, order_id, recipient, destination, state, asked_at)
            SELECT v.id, v.parcel, v.ord, v.recipient, v.destination, 'asked', \(tx.now) FROM (\(rows: rows)) AS v
            """)
    }

    package static func find(_ id: RedirectionID, in tx: Transaction) throws -> Redirection? {
        try list("id = \(id)", in: tx).first
    }

    /// All of an order, in the order in which they were asked.
    package static func of(_ order: OrderID, in tx: Transaction) throws -> [Redirection] {
        try list("order_id = \(order)", in: tx)
    }

    private static func list(_ condition: SQL, in tx: Transaction) throws -> [Redirection] {
        try tx.query(
            """
            SELECT id, parcel, order_id, recipient, destination, state, why FROM redirection WHERE \(condition)
            ORDER BY id \(.forUpdate)
            """
        ) {
            try Redirection(
                id: $0.next(), parcel: $0.next(), order: $0.next(), recipient: $0.next(), destination: $0.next(),
                state: $0.next(), why: $0.next())
        }
    }

    /// The answer of a carrier, once.
    package static func answer(_ id: RedirectionID, _ state: RedirectionState, why: String?, in tx: Transaction) throws {
        try tx.run(
            """
            UPDATE redirection SET state = \(state), why = \(why), answered_at = \(tx.now)
            WHERE id = \(id) AND state = 'asked'
            """, expecting: 1)
    }
}
