import Kernel
import Store

/// How far a merchant's doubt about what was received has come.
package enum DisputeState: String, SQLValue, CaseIterable, Codable {
    case open
    /// The site has answered.
    case settled
    /// The merchant has found the mistake on their side.
    case withdrawn

    package static let transitions: [DisputeState: Set<DisputeState>] = [.open: [.settled, .withdrawn]]
}

/// A merchant says that more of a line was sent than was received; the site counts again and answers.
package struct Dispute: Sendable {
    package let id: DisputeID
    package let asn: ASNID
    package let merchant: MerchantID
    package let site: SiteID
    package let sku: SKUID
    /// Units that the merchant sent.
    package let claimed: Quantity
    /// Units that were received when it was opened.
    package let received: Quantity
    package let note: String
    package var state = DisputeState.open

    package init(
        id: DisputeID, asn: ASNID, merchant: MerchantID, site: SiteID, sku: SKUID, claimed: Quantity, received: Quantity, note: String,
        state: DisputeState = .open
    ) {
        (self.id, self.asn, self.merchant, self.site, self.sku) = (id, asn, merchant, site, sku)
        (self.claimed, self.received, self.note, self.state) = (claimed, received, note, state)
    }

    /// Units that it is about.
    package var missing: Quantity { claimed - received }
}

/// What the site says to a dispute.
package struct DisputeAnswer: Sendable {
    /// Units that were found after all and are counted into the stock.
    package let found: Quantity
    /// Units that were received and lost: the operator owes them.
    package let owed: Quantity
    /// For the merchant; nothing personal.
    package let words: String

    package init(found: Quantity, owed: Quantity, words: String) { (self.found, self.owed, self.words) = (found, owed, words) }
}

package enum Disputes {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        /// One of this line is open already.
        case alreadyOpen(ASNID, sku: String)
        /// It was settled or withdrawn.
        case ended(DisputeID, DisputeState)
        case tooMany(found: Quantity, owed: Quantity, missing: Quantity)

        package static let codes = ["dispute.open", "dispute.ended", "dispute.too_many"]
        package var code: String {
            switch self {
            case .alreadyOpen: Self.codes[0]
            case .ended: Self.codes[1]
            case .tooMany: Self.codes[2]
            }
        }
        package var message: String {
            switch self {
            case .alreadyOpen(let asn, let sku): "What was received of '\(sku)' with \(asn) is disputed already."
            case .ended(let id, let state): "\(id) is \(state.rawValue); nothing more is said to it."
            case .tooMany(let found, let owed, let missing):
                "\(found) found and \(owed) owed are more than the \(missing) that are missing."
            }
        }
        package var kind: RefusalKind { if case .tooMany = self { .invalid } else { .conflict } }
        package var field: String? { if case .tooMany = self { "/found" } else { nil } }
    }

    private static let columns: SQL = "id, asn, merchant, site, sku, claimed, received, note, state"

    /// - Parameter code: the merchant's number of the SKU, for the refusal.
    package static func open(_ one: Dispute, code: String, actor: String, in tx: Transaction) throws {
        let added = try tx.run(
            """
            INSERT INTO inbound_dispute (id, asn, merchant, site, sku, claimed, received, note, state, opened_at)
            VALUES (\(one.id), \(one.asn), \(one.merchant), \(one.site), \(one.sku), \(one.claimed), \(one.received), \(one.note),
                'open', \(tx.now))
            ON CONFLICT (asn, sku) WHERE closed_at IS NULL DO NOTHING
            """)
        guard added == 1 else { throw Refused.alreadyOpen(one.asn, sku: code) }
        tx.emit(.dispute(one, "opened", actor: actor, at: tx.now))
    }

    /// Locked.
    package static func find(_ id: DisputeID, in tx: Transaction) throws -> Dispute? {
        try tx.first("SELECT \(columns) FROM inbound_dispute WHERE id = \(id) \(.forUpdate)") {
            try Dispute(
                id: $0.next(), asn: $0.next(), merchant: $0.next(), site: $0.next(), sku: $0.next(), claimed: $0.next(),
                received: $0.next(), note: $0.next(), state: $0.next())
        }
    }

    /// What of a settled dispute was received and lost; nil where nothing is owed.
    package static func owed(_ id: DisputeID, in tx: Transaction) throws -> (merchant: MerchantID, sku: SKUID, quantity: Quantity)? {
        try tx.first("SELECT merchant, sku, owed FROM inbound_dispute WHERE id = \(id) AND owed > 0") {
            (merchant: try $0.next(), sku: try $0.next(), quantity: try $0.next())
        }
    }

    package static func settle(_ one: Dispute, _ answer: DisputeAnswer, actor: String, in tx: Transaction) throws {
        guard one.state == .open else { throw Refused.ended(one.id, one.state) }
        guard answer.found >= 0, answer.owed >= 0, answer.found + answer.owed <= one.missing else {
            throw Refused.tooMany(found: answer.found, owed: answer.owed, missing: one.missing)
        }
        try tx.run(
            """
            UPDATE inbound_dispute SET state = 'settled', found = \(answer.found), owed = \(answer.owed), answer = \(answer.words),
                closed_at = \(tx.now) WHERE id = \(one.id) AND state = 'open'
            """, expecting: 1)
        tx.emit(.dispute(one, "settled", found: answer.found, owed: answer.owed, actor: actor, at: tx.now))
    }

    package static func withdraw(_ one: Dispute, actor: String, in tx: Transaction) throws {
        guard one.state == .open else { throw Refused.ended(one.id, one.state) }
        try tx.run(
            "UPDATE inbound_dispute SET state = 'withdrawn', closed_at = \(tx.now) WHERE id = \(one.id) AND state = 'open'",
            expecting: 1)
        tx.emit(.dispute(one, "withdrawn", actor: actor, at: tx.now))
    }
}

enum DisputesSchema {
    static let migrations = [
        Migration(287, "inbound disputes", [
            """
            CREATE TABLE inbound_dispute (
                id BIGINT PRIMARY KEY, asn BIGINT NOT NULL, merchant BIGINT NOT NULL, site BIGINT NOT NULL, sku BIGINT NOT NULL,
                claimed BIGINT NOT NULL, received BIGINT NOT NULL CHECK (received >= 0), note TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'withdrawn')),
                found BIGINT NOT NULL DEFAULT 0 CHECK (found >= 0), owed BIGINT NOT NULL DEFAULT 0 CHECK (owed >= 0), answer TEXT,
                opened_at BIGINT NOT NULL, closed_at BIGINT,
                CHECK (claimed > received), CHECK (found + owed <= claimed - received),
                CHECK ((state = 'open') = (closed_at IS NULL)), CHECK ((state = 'settled') = (answer IS NOT NULL)))
            """,
            "CREATE UNIQUE INDEX inbound_dispute_open ON inbound_dispute (asn, sku) WHERE closed_at IS NULL",
            "CREATE INDEX inbound_dispute_asn ON inbound_dispute (asn, id)",
            "CREATE INDEX inbound_dispute_merchant ON inbound_dispute (merchant, id)",
            "CREATE INDEX inbound_dispute_site ON inbound_dispute (site, state, id)",
        ])
    ]
}
