import Kernel
import Merchants
import Orders
import Returns
import Store

/// Gives a shopper money although nothing comes back: something went wrong, and this makes it good. The merchant gives as they
/// like up to what was paid; the operator and the support desk within the limit that the merchant has set for them.
///
/// The same number with the same content answers the first one.
package struct GiveGoodwill: Flow {
    let order: OrderID
    let merchant: MerchantID?
    let giver: GoodwillGiver
    let number: String
    let amount: Money
    let reason: GoodwillReason
    let note: String
    let actor: String

    /// - Parameters:
    ///   - merchant: the only one whose order it may be; nil for the operator.
    ///   - number: the caller's, unique with the order.
    ///   - note: what there is to say; nothing personal.
    package init(
        _ order: OrderID, merchant: MerchantID?, by giver: GoodwillGiver, number: String, _ amount: Money, reason: GoodwillReason,
        note: String, actor: String
    ) {
        (self.order, self.merchant, self.giver, self.number) = (order, merchant, giver, number)
        (self.amount, self.reason, self.note, self.actor) = (amount, reason, note, actor)
    }

    /// In the order of the checks, those of `MoneyBackRefused` between the first and the others.
    package enum Refused: Refusal, Equatable {
        case numberUsed(String)
        case noLimit(GoodwillGiver)
        /// Amounts as people write them.
        case overLimit(asked: String, given: String, limit: String)

        package static let samples: [Refused] = [
            .numberUsed(""), .noLimit(.support), .overLimit(asked: "", given: "", limit: ""),
        ]
        package var code: String {
            switch self {
            case .numberUsed: "goodwill.number_used"
            case .noLimit: "goodwill.no_limit"
            case .overLimit: "goodwill.over_limit"
            }
        }
        package var message: String {
            switch self {
            case .numberUsed(let number): "Goodwill '\(number)' of this order was given with other content."
            case .noLimit(let giver): "The merchant has set no limit within which '\(giver.rawValue)' may give goodwill."
            case .overLimit(let asked, let given, let limit):
                "At most \(limit) may be given for this order, and \(given) were given; \(asked) are more."
            }
        }
        package var kind: RefusalKind { if case .numberUsed = self { .conflict } else { .forbidden } }
        package var field: String? { if case .numberUsed = self { "/number" } else { "/amount" } }
    }

    package func run(in tx: Transaction) throws -> RefundID {
        guard let record = try OrderRecords.load([order], locked: true, in: tx)[order], merchant == nil || record.merchant == merchant
        else { throw NotFound("order", order) }
        for (field, text, most) in [("number", number, 100), ("note", note, 500)] where !(1...most).contains(text.count) {
            throw InvalidInput(field: "/\(field)", "\(field) has 1 to \(most) characters, not \(text.count).")
        }
        let given = try Goodwills.of(order, in: tx)
        if let first = given.first(where: { $0.number == number }) {
            guard first.amount == amount, first.reason == reason, first.note == note else { throw Refused.numberUsed(number) }
            return first.refund
        }
        try MoneyBack.check(amount, record)
        try check(given, record, in: tx)
        let refund = try MoneyBack.give(amount, for: record, in: tx)
        try Goodwills.add(
            Goodwill(
                refund: refund, order: order, merchant: record.merchant, number: number, amount: amount, reason: reason, note: note,
                giver: giver),
            actor: actor, in: tx)
        return refund
    }

    private func check(_ given: [Goodwill], _ record: OrderRecord, in tx: Transaction) throws {
        guard giver != .merchant else { return }
        guard let limit = try GoodwillLimits.holding(record.merchant, giver, at: tx.now, in: tx) else { throw Refused.noLimit(giver) }
        let most = limit.allows(of: Money(record.total, record.currency)), before = given.reduce(0) { $0 + $1.amount.minor }
        guard before + amount.minor <= most else {
            throw Refused.overLimit(
                asked: "\(amount)", given: "\(Money(before, record.currency))", limit: "\(Money(most, record.currency))")
        }
    }
}

/// A merchant says what the operator or the support desk may give away of their money for one order.
package struct SetGoodwillLimit: Flow {
    let merchant: MerchantID
    let giver: GoodwillGiver
    let mostMinor: Int64
    let currency: Currency?
    let sharePPM: Int64
    let from: Instant?
    let actor: String

    /// - Parameters:
    ///   - giver: `operator` or `support`.
    ///   - mostMinor: for one order, all in all; 0: nothing.
    ///   - currency: the merchant's unless said.
    ///   - sharePPM: millionths of the order's total, all in all.
    ///   - from: now unless said; not before.
    package init(
        _ merchant: MerchantID, _ giver: GoodwillGiver, mostMinor: Int64, currency: Currency? = nil, sharePPM: Int64,
        from: Instant? = nil, actor: String
    ) {
        (self.merchant, self.giver, self.mostMinor, self.currency) = (merchant, giver, mostMinor, currency)
        (self.sharePPM, self.from, self.actor) = (sharePPM, from, actor)
    }

    package func run(in tx: Transaction) throws {
        guard let known = try Merchant.find(merchant, in: tx) else { throw NotFound("merchant", merchant) }
        guard GoodwillGiver.limited.contains(giver) else {
            throw InvalidInput(field: "/giver", "A limit is for 'support' or 'operator', not for '\(giver.rawValue)'.")
        }
        guard (0...1_000_000_000_000).contains(mostMinor) else {
            throw InvalidInput(field: "/most_minor", "\(mostMinor) is not between 0 and 1,000,000,000,000.")
        }
        guard (0...1_000_000).contains(sharePPM) else {
            throw InvalidInput(field: "/share_ppm", "\(sharePPM) is not between 0 and 1,000,000.")
        }
        let from = from ?? tx.now
        guard from >= tx.now else { throw InvalidInput(field: "/from", "\(from) has passed; a limit begins now or later.") }
        let limit = GoodwillLimit(
            merchant: merchant, giver: giver, from: from, most: Money(mostMinor, currency ?? known.currency), sharePPM: sharePPM)
        try GoodwillLimits.save(limit, actor: actor, in: tx)
    }
}
