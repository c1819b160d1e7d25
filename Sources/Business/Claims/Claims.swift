import Kernel
import Store

/// Opens claims and moves them on. Each step is an event of the order, or of the claim where there is none.
package enum Claims {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        /// One of this kind stands already, or was granted.
        case standsAlready(ClaimKind, subject: String)
        case ended(ClaimID, ClaimState)
        /// Only what goes to a carrier is sent.
        case notForCarrier(ClaimID)
        /// A carrier has nothing to answer yet.
        case notSent(ClaimID)
        case tooMuch(granted: String, claimed: String)

        package static let samples: [Refused] = [
            .standsAlready(.carrier, subject: ""), .ended(ClaimID(0), .denied), .notForCarrier(ClaimID(0)), .notSent(ClaimID(0)),
            .tooMuch(granted: "", claimed: ""),
        ]
        package var code: String {
            switch self {
            case .standsAlready: "claim.stands_already"
            case .ended: "claim.ended"
            case .notForCarrier: "claim.not_for_carrier"
            case .notSent: "claim.not_sent"
            case .tooMuch: "claim.too_much"
            }
        }
        package var message: String {
            switch self {
            case .standsAlready(let kind, let subject): "A claim of the kind '\(kind.rawValue)' for \(subject) stands already."
            case .ended(let id, let state): "\(id) is \(state.rawValue); nothing more is done about it."
            case .notForCarrier(let id): "\(id) goes to no carrier; it is decided here."
            case .notSent(let id): "\(id) has not been sent to the carrier, who cannot have answered."
            case .tooMuch(let granted, let claimed): "\(granted) granted are not between nothing and the \(claimed) claimed."
            }
        }
        package var kind: RefusalKind { if case .tooMuch = self { .invalid } else { .conflict } }
        package var field: String? { if case .tooMuch = self { "/granted_minor" } else { nil } }
    }

    private static let columns: SQL = """
        id, kind, merchant, subject, order_id, carrier, sku, quantity, reason, claimed_minor, currency, note, state, due_at
        """

    package static func open(_ one: ClaimRecord, actor: String, in tx: Transaction) throws {
        let added = try tx.run(
            """
            INSERT INTO claim (id, kind, merchant, subject, order_id, carrier, sku, quantity, reason, claimed_minor, currency, note,
                state, due_at, opened_at)
            VALUES (\(one.id), \(one.kind), \(one.merchant), \(one.subject), \(one.order), \(one.carrier), \(one.sku), \(one.quantity),
                \(one.reason), \(one.claimed.minor), \(one.claimed.currency), \(one.note), 'open', \(one.due), \(tx.now))
            ON CONFLICT (kind, subject) WHERE stands = 1 DO NOTHING
            """)
        guard added == 1 else { throw Refused.standsAlready(one.kind, subject: one.subject) }
        tx.emit(.claim(one, .open, actor: actor, at: tx.now))
    }

    /// Locked.
    package static func find(_ id: ClaimID, in tx: Transaction) throws -> ClaimRecord? {
        try tx.first("SELECT \(columns) FROM claim WHERE id = \(id) \(.forUpdate)") { try ClaimRecord(&$0) }
    }

    /// - Parameters:
    ///   - reference: under which the carrier knows it.
    ///   - due: until when the carrier answers.
    package static func send(_ one: ClaimRecord, reference: String, due: Instant, actor: String, in tx: Transaction) throws {
        guard one.kind == .carrier else { throw Refused.notForCarrier(one.id) }
        try check(one, .sent)
        try tx.run(
            """
            UPDATE claim SET state = 'sent', reference = \(reference), due_at = \(due), sent_at = \(tx.now)
            WHERE id = \(one.id) AND state = \(one.state)
            """, expecting: 1)
        tx.emit(.claim(one, .sent, actor: actor, at: tx.now))
    }

    package static func check(_ one: ClaimRecord, granted: Int64) throws {
        try check(one, granted > 0 ? .granted : .denied)
        guard one.kind != .carrier || one.state == .sent else { throw Refused.notSent(one.id) }
        guard (0...one.claimed.minor).contains(granted) else {
            throw Refused.tooMuch(granted: "\(Money(granted, one.claimed.currency))", claimed: "\(one.claimed)")
        }
    }

    /// After `check`.
    package static func answer(_ one: ClaimRecord, _ answer: ClaimAnswer, actor: String, in tx: Transaction) throws {
        let state: ClaimState = answer.granted > 0 ? .granted : .denied
        try tx.run(
            """
            UPDATE claim SET state = \(state), stands = \(state == .granted), granted_minor = \(answer.granted),
                answer = \(answer.words), refund = \(answer.refund), closed_at = \(tx.now)
            WHERE id = \(one.id) AND state = \(one.state)
            """, expecting: 1)
        tx.emit(.claim(one, state, granted: answer.granted, actor: actor, at: tx.now))
    }

    package static func withdraw(_ one: ClaimRecord, words: String, actor: String, in tx: Transaction) throws {
        try check(one, .withdrawn)
        try tx.run(
            """
            UPDATE claim SET state = 'withdrawn', stands = 0, answer = \(words), closed_at = \(tx.now)
            WHERE id = \(one.id) AND state = \(one.state)
            """, expecting: 1)
        tx.emit(.claim(one, .withdrawn, actor: actor, at: tx.now))
    }

    private static func check(_ one: ClaimRecord, _ state: ClaimState) throws {
        guard ClaimState.transitions[one.state]?.contains(state) ?? false else { throw Refused.ended(one.id, one.state) }
    }
}

extension NewEvent {
    package static let claimType = "claim"

    /// `claim.open`, `.sent`, `.granted`, `.denied`, `.withdrawn`, keyed by order, or by claim where there is none.
    static func claim(_ one: ClaimRecord, _ state: ClaimState, granted: Int64 = 0, actor: String, at occurred: Instant) -> NewEvent {
        NewEvent(
            "\(claimType).\(state.rawValue)", key: one.order?.description ?? one.id.description, occurred: occurred, actor: actor,
            owner: one.merchant, quantity: one.quantity?.rawValue, unit: one.quantity == nil ? nil : "each",
            payload: [
                "claim": .id(one.id), "kind": .string(one.kind.rawValue), "subject": .string(one.subject),
                "reason": .string(one.reason.rawValue), "claimed_minor": .int(one.claimed.minor), "granted_minor": .int(granted),
                "currency": .string(one.claimed.currency.code),
            ])
    }
}

package enum ClaimsSchema {
    package static let migrations = [
        Migration(311, "claims", [
            """
            CREATE TABLE claim (
                id BIGINT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('carrier', 'shopper', 'merchant')),
                merchant BIGINT NOT NULL, subject TEXT NOT NULL, order_id BIGINT, carrier BIGINT, sku BIGINT,
                quantity BIGINT CHECK (quantity > 0),
                reason TEXT NOT NULL CHECK (reason IN ('lost', 'damaged', 'missing', 'wrong_item')),
                claimed_minor BIGINT NOT NULL CHECK (claimed_minor > 0), currency TEXT NOT NULL, note TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('open', 'sent', 'granted', 'denied', 'withdrawn')),
                stands BIGINT NOT NULL DEFAULT 1 CHECK (stands = CASE WHEN state IN ('denied', 'withdrawn') THEN 0 ELSE 1 END),
                granted_minor BIGINT NOT NULL DEFAULT 0, answer TEXT, reference TEXT, refund BIGINT UNIQUE,
                due_at BIGINT NOT NULL, opened_at BIGINT NOT NULL, sent_at BIGINT, closed_at BIGINT,
                CHECK (granted_minor >= 0 AND granted_minor <= claimed_minor),
                CHECK ((granted_minor > 0) = (state = 'granted')),
                CHECK ((closed_at IS NULL) = (state IN ('open', 'sent'))), CHECK ((closed_at IS NULL) = (answer IS NULL)),
                CHECK ((carrier IS NOT NULL) = (kind = 'carrier')), CHECK ((order_id IS NULL) = (kind = 'merchant')),
                CHECK (refund IS NULL OR kind = 'shopper' AND state = 'granted'), CHECK (state <> 'sent' OR reference IS NOT NULL))
            """,
            // One of a kind for a thing, for ever where it was granted.
            "CREATE UNIQUE INDEX claim_subject ON claim (kind, subject) WHERE stands = 1",
            "CREATE INDEX claim_state ON claim (state, id)",
            "CREATE INDEX claim_merchant ON claim (merchant, id)",
            "CREATE INDEX claim_order ON claim (order_id, id)",
        ])
    ]
}
