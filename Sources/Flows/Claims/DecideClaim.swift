import Claims
import Exceptions
import Kernel
import Orders
import Store

/// Somebody decides about a claim, or says what the carrier decided: all of it, a part, or nothing. What a shopper is granted is a
/// refund that is due.
package struct DecideClaim: Flow {
    let id: ClaimID
    let merchant: MerchantID?
    let granted: Int64
    let words: String
    let actor: String

    /// - Parameters:
    ///   - merchant: the only one whose it may be, and only a shopper's; nil for the operator.
    ///   - granted: minor units of its currency; 0 denies it.
    ///   - words: for who claimed; nothing personal.
    package init(_ id: ClaimID, merchant: MerchantID?, granted: Int64, words: String, actor: String) {
        (self.id, self.merchant, self.granted, self.words, self.actor) = (id, merchant, granted, words, actor)
    }

    package func run(in tx: Transaction) throws {
        let claim = try Self.find(id, merchant, in: tx)
        guard merchant == nil || claim.kind == .shopper else { throw OpenClaim.Refused.notYours(claim.kind) }
        guard (1...500).contains(words.count) else {
            throw InvalidInput(field: "/answer", "An answer has 1 to 500 characters, not \(words.count).")
        }
        try Self.decide(claim, granted: granted, words: words, actor: actor, in: tx)
        try Self.close(claim, outcome: granted > 0 ? "granted: \(words)" : "denied: \(words)", actor: actor, in: tx)
    }

    /// - Throws: `NotFound` where there is none, or it is another merchant's.
    static func find(_ id: ClaimID, _ merchant: MerchantID?, in tx: Transaction) throws -> ClaimRecord {
        guard let claim = try Claims.find(id, in: tx), merchant == nil || claim.merchant == merchant else { throw NotFound("claim", id) }
        return claim
    }

    private static func decide(_ claim: ClaimRecord, granted: Int64, words: String, actor: String, in tx: Transaction) throws {
        try Claims.check(claim, granted: granted)
        var refund: RefundID?
        if granted > 0, claim.kind == .shopper, let order = claim.order {
            guard let record = try OrderRecords.load([order], locked: true, in: tx)[order] else { throw NotFound("order", order) }
            let amount = Money(granted, claim.claimed.currency)
            try MoneyBack.check(amount, record)
            refund = try MoneyBack.give(amount, for: record, in: tx)
        }
        try Claims.answer(claim, ClaimAnswer(granted: granted, words: words, refund: refund), actor: actor, in: tx)
    }

    static func close(_ claim: ClaimRecord, outcome: String, actor: String, in tx: Transaction) throws {
        try tx.closeClocks([ClaimClocks.answer], of: [claim.id.raw], outcome: "met")
        for kind in [OpenClaim.unsent, OpenClaim.undecided, ClaimClocks.unanswered] {
            try Exceptions.close([claim.id.description], kind: kind, outcome: outcome, actor: actor, in: tx)
        }
    }

    /// A claim whose exception is closed with words alone is denied; one that was still to be sent is withdrawn.
    static func whereClosed(_ exception: ExceptionRecord, words: String, actor: String, in tx: Transaction) throws {
        guard [OpenClaim.unsent, OpenClaim.undecided].contains(exception.kind), let id = ClaimID(exception.subject),
            let claim = try Claims.find(id, in: tx), claim.state == .open
        else { return }
        if exception.kind == OpenClaim.unsent {
            try Claims.withdraw(claim, words: words, actor: actor, in: tx)
        } else {
            try decide(claim, granted: 0, words: words, actor: actor, in: tx)
        }
    }
}

/// The carrier has been asked; it answers within thirty days, or somebody asks again.
package struct SendClaim: Flow {
    let id: ClaimID
    let reference: String
    let actor: String

    /// - Parameter reference: under which the carrier knows it.
    package init(_ id: ClaimID, reference: String, actor: String) { (self.id, self.reference, self.actor) = (id, reference, actor) }

    package func run(in tx: Transaction) throws {
        let claim = try DecideClaim.find(id, nil, in: tx)
        guard (1...100).contains(reference.count) else {
            throw InvalidInput(field: "/reference", "A reference has 1 to 100 characters, not \(reference.count).")
        }
        let due = tx.now + ClaimClocks.patience
        try Claims.send(claim, reference: reference, due: due, actor: actor, in: tx)
        try tx.schedule(ClaimClocks.answer, source: "claim", due: [(claim.id.raw, claim.merchant, due, [:])])
        try Exceptions.close([id.description], kind: OpenClaim.unsent, outcome: "sent as \(reference)", actor: actor, in: tx)
    }
}

/// Who claimed does not any more.
package struct WithdrawClaim: Flow {
    let id: ClaimID
    let merchant: MerchantID?
    let words: String
    let actor: String

    /// - Parameter merchant: the only one whose it may be, and only their own from the operator; nil for the operator.
    package init(_ id: ClaimID, merchant: MerchantID?, words: String, actor: String) {
        (self.id, self.merchant, self.words, self.actor) = (id, merchant, words, actor)
    }

    package func run(in tx: Transaction) throws {
        let claim = try DecideClaim.find(id, merchant, in: tx)
        guard merchant == nil || claim.kind == .merchant else { throw OpenClaim.Refused.notYours(claim.kind) }
        guard (1...500).contains(words.count) else {
            throw InvalidInput(field: "/answer", "The reason has 1 to 500 characters, not \(words.count).")
        }
        try Claims.withdraw(claim, words: words, actor: actor, in: tx)
        try DecideClaim.close(claim, outcome: "withdrawn: \(words)", actor: actor, in: tx)
    }
}

/// A carrier that has not answered in time.
package struct ClaimClocks: ClockHandler {
    static let answer = "claim.answer"
    static let unanswered = "claim.unanswered"
    static let patience = Duration.days(30)

    package let kinds = [ClaimClocks.answer]

    package init() {}

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        try clocks.map { clock in
            guard let claim = try Claims.find(ClaimID(clock.subject), in: tx), claim.state == .sent else { return "met" }
            try Exceptions.open(
                [
                    NewException(
                        Self.unanswered, subject: claim.id, merchant: claim.merchant, ownerRole: .support, due: tx.now + .days(3),
                        stake: claim.claimed, detail: "\(claim.claimed) are claimed for \(claim.subject), and no answer has come.")
                ], in: tx)
            return "missed"
        }
    }
}
