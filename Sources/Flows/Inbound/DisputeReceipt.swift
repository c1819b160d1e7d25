import Exceptions
import Kernel
import Merchants
import Store
import Warehouse

/// A merchant doubts what was received of a shipment: more of a SKU was sent. The site counts again within three days.
package struct DisputeReceipt: Flow {
    let asn: ASNID
    let sku: String
    let claimed: Quantity
    let note: String
    let actor: String

    /// - Parameters:
    ///   - sku: the merchant's own number, of a line of the shipment.
    ///   - claimed: units that were sent in all.
    ///   - note: what tells so, such as the packing list; nothing personal.
    package init(_ asn: ASNID, sku: String, claimed: Quantity, note: String, actor: String) {
        (self.asn, self.sku, self.claimed, self.note, self.actor) = (asn, sku, claimed, note, actor)
    }

    /// In the order of the checks, before those of `Disputes.Refused`.
    package enum Refused: Refusal, Equatable {
        case lineUnknown(String)
        /// More of it may still come.
        case tooEarly(ASNID)
        case notMore(claimed: Quantity, received: Quantity)

        package static let samples: [Refused] = [.lineUnknown(""), .tooEarly(ASNID(0)), .notMore(claimed: 0, received: 0)]
        package var code: String {
            switch self {
            case .lineUnknown: "asn.line_unknown"
            case .tooEarly: "dispute.too_early"
            case .notMore: "dispute.not_more"
            }
        }
        package var message: String {
            switch self {
            case .lineUnknown(let sku): "No line of the shipment is of SKU '\(sku)'."
            case .tooEarly(let asn): "\(asn) is still being received; what is missing is known when it is closed."
            case .notMore(let claimed, let received): "\(received) pieces were received; \(claimed) are not more."
            }
        }
        package var kind: RefusalKind { if case .tooEarly = self { .conflict } else { .invalid } }
        package var field: String? {
            switch self {
            case .lineUnknown: "/sku"
            case .tooEarly: nil
            case .notMore: "/claimed"
            }
        }
    }

    static let exception = "asn.disputed"
    private static let patience = Duration.days(3)

    package func run(in tx: Transaction) throws -> DisputeID {
        guard let asn = try ASNs.load(asn, in: tx) else { throw NotFound("asn", asn) }
        guard (1...500).contains(note.count) else {
            throw InvalidInput(field: "/note", "A note has 1 to 500 characters, not \(note.count).")
        }
        let facts = try Catalog.facts(codes: [SKUCode(asn.merchant, sku)], in: tx)[SKUCode(asn.merchant, sku)]
        guard let facts, let line = asn.lines.first(where: { $0.sku == facts.id }) else { throw Refused.lineUnknown(sku) }
        guard asn.state == .closed else { throw Refused.tooEarly(asn.id) }
        guard claimed > line.received else { throw Refused.notMore(claimed: claimed, received: line.received) }
        guard claimed <= 100_000_000 else {
            throw InvalidInput(field: "/claimed", "A quantity is at most 100,000,000 pieces, not \(claimed).")
        }
        let dispute = Dispute(
            id: tx.id(), asn: asn.id, merchant: asn.merchant, site: asn.site, sku: line.sku, claimed: claimed, received: line.received,
            note: note)
        try Disputes.open(dispute, code: sku, actor: actor, in: tx)
        try Exceptions.open(
            [
                NewException(
                    Self.exception, subject: dispute.id, merchant: asn.merchant, site: asn.site, ownerRole: .site,
                    due: tx.now + Self.patience,
                    detail: "\(asn.number): \(claimed) of '\(sku)' were sent, \(line.received) received. Count again and answer.")
            ], actor: actor, in: tx)
        return dispute.id
    }
}

/// The site has counted again: what was found, what is owed, and what there is to say. What was found is counted into its bin
/// as any other find is.
package struct SettleDispute: Flow {
    let id: DisputeID
    let answer: DisputeAnswer
    let actor: String

    /// - Parameters:
    ///   - found: units that were there after all.
    ///   - owed: units that were received and lost.
    package init(_ id: DisputeID, found: Quantity, owed: Quantity, words: String, actor: String) {
        (self.id, self.actor) = (id, actor)
        answer = DisputeAnswer(found: found, owed: owed, words: words)
    }

    package func run(in tx: Transaction) throws {
        guard let dispute = try Disputes.find(id, in: tx) else { throw NotFound("dispute", id) }
        guard (1...500).contains(answer.words.count) else {
            throw InvalidInput(field: "/answer", "An answer has 1 to 500 characters, not \(answer.words.count).")
        }
        try Disputes.settle(dispute, answer, actor: actor, in: tx)
        try Exceptions.close(
            [id.description], kind: DisputeReceipt.exception, outcome: "\(answer.found) found, \(answer.owed) owed: \(answer.words)",
            actor: actor, in: tx)
    }

    /// A dispute whose exception is closed with words alone stays as it was received.
    static func whereClosed(_ exception: ExceptionRecord, words: String, actor: String, in tx: Transaction) throws {
        guard exception.kind == DisputeReceipt.exception, let id = DisputeID(exception.subject),
            let dispute = try Disputes.find(id, in: tx), dispute.state == .open
        else { return }
        try Disputes.settle(dispute, DisputeAnswer(found: 0, owed: 0, words: words), actor: actor, in: tx)
    }
}

/// The merchant has found the mistake on their side.
package struct WithdrawDispute: Flow {
    let id: DisputeID
    let actor: String

    package init(_ id: DisputeID, actor: String) { (self.id, self.actor) = (id, actor) }

    package func run(in tx: Transaction) throws {
        guard let dispute = try Disputes.find(id, in: tx) else { throw NotFound("dispute", id) }
        try Disputes.withdraw(dispute, actor: actor, in: tx)
        try Exceptions.close([id.description], kind: DisputeReceipt.exception, outcome: "withdrawn", actor: actor, in: tx)
    }
}
