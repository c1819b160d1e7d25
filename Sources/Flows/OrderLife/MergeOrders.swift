import Identity
import Inventory
import Kernel
import Orders
import Store

/// Makes one order of several open ones of one shopper: all that they ask for is promised together, and the others end with
/// nothing left to be sent.
package struct MergeOrders: Flow {
    package struct Answer: Sendable, Equatable {
        package let version: Int64
        package let promisedBy: Instant?
        /// How many fulfillment orders it comes to, and how many it was before.
        package let parts: Int
        package let partsBefore: Int
    }

    /// In the order of the checks; each order is checked by `EditRefused` before.
    package enum Refused: Refusal, Equatable {
        case badCount
        case twice(index: Int, OrderID)
        /// What they differ in, or what is not known of both.
        case different(OrderID, String)
        case labelled(OrderID)

        package static let samples: [Refused] = [
            .badCount, .twice(index: 0, OrderID(0)), .different(OrderID(0), ""), .labelled(OrderID(0)),
        ]
        package var code: String {
            switch self {
            case .badCount: "order.merge_count"
            case .twice: "order.merge_twice"
            case .different: "order.merge_different"
            case .labelled: "order.merge_labelled"
            }
        }
        package var message: String {
            switch self {
            case .badCount: "1 to 20 orders are merged into one."
            case .twice(_, let id): "\(id) is named twice, or is merged into itself."
            case .different(let id, let what): "\(id) has another \(what), or none that is known; orders of one shopper are merged."
            case .labelled(let id): "A label was supplied for \(id); it would be for nothing."
            }
        }
        package var kind: RefusalKind {
            switch self {
            case .badCount, .twice: .invalid
            default: .conflict
            }
        }
        package var field: String? {
            switch self {
            case .badCount: "/orders"
            case .twice(let index, _): "/orders/\(index)"
            default: nil
            }
        }
    }

    let order: OrderID
    let others: [OrderID]
    let merchant: MerchantID?
    let seen: Int64?
    let acceptLater: Bool
    let desk: OrderDesk
    let actor: String

    /// - Parameters:
    ///   - order: that stays.
    ///   - others: that end.
    ///   - merchant: the only one whose orders they may be; nil for the operator.
    ///   - seen: the version of `order` that the caller goes by; nil: whatever it is.
    ///   - acceptLater: whether all may arrive after a date that was shown for a part.
    package init(
        into order: OrderID, _ others: [OrderID], merchant: MerchantID?, seen: Int64? = nil, acceptLater: Bool = false,
        desk: OrderDesk, actor: String
    ) {
        self.order = order
        self.others = others
        self.merchant = merchant
        self.seen = seen
        self.acceptLater = acceptLater
        self.desk = desk
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> Answer {
        guard (1...20).contains(others.count) else { throw Refused.badCount }
        for (index, one) in others.enumerated() where one == order || others[..<index].contains(one) {
            throw Refused.twice(index: index, one)
        }
        // In the order of their ids, so that two who merge do not wait for each other.
        _ = try OrderRecords.load([order] + others, locked: true, in: tx)
        let record = try EditRefused.load(order, of: merchant, seen: seen, in: tx)
        let rest = try others.map { try EditRefused.load($0, of: merchant, seen: nil, in: tx) }
        try MergeCheck(desk: desk).run(record, rest, in: tx)
        let works = try ([record] + rest).map { try OpenWork($0, in: tx) }
        for work in works where !work.isWhole {
            throw EditRefused.lineInWork(work.record.id, work.begunLines.min() ?? work.components.first?.line ?? LineID(0))
        }
        return try merge(record, rest, works, in: tx)
    }

    private func merge(
        _ record: OrderRecord, _ rest: [OrderRecord], _ works: [OpenWork], in tx: Transaction
    ) throws -> Answer {
        let skus = Set(works.flatMap { $0.components.map(\.sku) }).sorted()
        var again = try SourceAgain(
            works[0], beside: Array(works[1...]), skus: skus, backorder: false, sold: record.way == .record, desk: desk, in: tx)
        for work in works { try work.giveBack(Set(work.components.map(\.line)), gone: [], in: tx) }
        var stands = record
        for (one, work) in zip(rest, works[1...]) { stands = try join(one, work, to: stands, in: tx) }
        let answer = try again.run(stands, in: tx)
        let names = LineNames(
            OrderChange(keeping: []), nil, try OrderEdits.lines(of: order, in: tx), try OrderRecords.components(of: [order], in: tx))
        if record.way == .place { try names.refuseShort(answer) }
        try again.wait(answer.short, of: stands, naming: { names.name($0) }, in: tx)
        try checkDate(answer.sourced.deliverBy, [record] + rest)
        try OrderEdits.dated(order, in: tx)
        try FirstPromise.run(stands, in: tx)
        try SessionHold.renew([order], in: tx)
        return Answer(
            version: stands.version, promisedBy: stands.promisedBy, parts: answer.sourced.fulfillments.count,
            partsBefore: works.reduce(0) { $0 + $1.fulfillments.count })
    }

    /// Takes all of an order over and ends it.
    private func join(_ one: OrderRecord, _ work: OpenWork, to stands: OrderRecord, in tx: Transaction) throws -> OrderRecord {
        try MoveLines.run(OrderEdits.lines(of: one.id, in: tx).map(\.id), to: order, in: tx)
        for shortage in work.shortages { try Shortages.move(shortage, shortage.quantity, to: order, shortage.component, in: tx) }
        try OrderHolds.copy(from: one.id, to: [order], of: stands.merchant, in: tx)
        try OrderHolds.releaseAll(one.id, in: tx)
        let gave = try OrderEdits.write(
            tx.id(), .merge, of: one, other: order, owed: false, carried: -one.due, actor: actor, in: tx)
        let took = try OrderEdits.write(
            tx.id(), .merge, of: stands, other: one.id, owed: false, carried: one.due, actor: actor, in: tx)
        try OrderEdits.end(one, in: tx)
        try OrderClocks.cancelled([one.id], in: tx)
        let units = work.components.reduce(Quantity(0)) { $0 + $1.ordered }
        tx.emit(.orderMerged(gave, units: 0, at: tx.now))
        tx.emit(.orderMerged(took, units: units, at: tx.now))
        guard let now = try OrderRecords.load([order], in: tx)[order] else { throw NotFound("order", order) }
        return now
    }

    private func checkDate(_ date: Instant?, _ records: [OrderRecord]) throws(EditRefused) {
        guard !acceptLater, let date else { return }
        for one in records where one.way == .place {
            if let promised = one.promisedBy, date > promised { throw .later(one.id, promised: promised, now: date) }
        }
    }
}

/// Whether orders are those of one shopper, sold and sent in the same way.
struct MergeCheck {
    let desk: OrderDesk

    /// - Throws: `MergeOrders.Refused`.
    func run(_ record: OrderRecord, _ rest: [OrderRecord], in tx: Transaction) throws {
        let people = try Recipients.open(([record] + rest).compactMap(\.recipient), desk.vault, in: tx)
        let labelled = try OrderLabels.waiting(of: rest.map(\.id), in: tx)
        for one in rest {
            if let what = difference(one, record, people) { throw MergeOrders.Refused.different(one.id, what) }
            if labelled[one.id] != nil { throw MergeOrders.Refused.labelled(one.id) }
        }
    }

    private func difference(_ one: OrderRecord, _ other: OrderRecord, _ people: [RecipientID: Person]) -> String? {
        if one.merchant != other.merchant { return "merchant" }
        if one.channel != other.channel { return "channel" }
        if one.currency != other.currency { return "currency" }
        if one.payment != other.payment { return "payment" }
        if one.labelIssuer != other.labelIssuer { return "label issuer" }
        if one.destination != other.destination { return "destination" }
        guard let mine = one.recipient.flatMap({ people[$0] }), let theirs = other.recipient.flatMap({ people[$0] }),
            mine.withoutNote == theirs.withoutNote
        else { return "recipient" }
        return nil
    }
}

extension Person {
    /// What the courier should know may differ.
    fileprivate var withoutNote: Person {
        var copy = self
        copy.note = ""
        return copy
    }
}
