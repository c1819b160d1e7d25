import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Store

/// Brings an order to what its buyer, merchant or channel wants now: lines added, removed, in another quantity, at
/// another price; another address.
///
/// What nobody has begun is given back and promised anew in the same transaction, by the sourcing of a placement; where
/// only something goes, the rest keeps its dates. A line that somebody works on stays. The date first shown stays.
package struct EditOrder: Flow {
    /// What is wanted; nil: as it stands.
    package struct Wanted: Sendable {
        package var lines: [OrderRequest.Line]?
        package var destination: Destination?
        package var person: Person?

        package init(lines: [OrderRequest.Line]? = nil, destination: Destination? = nil, person: Person? = nil) {
            self.lines = lines
            self.destination = destination
            self.person = person
        }
    }

    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// A version of an order that was not known: it was recorded.
        case recorded
        case edited
        /// It is so already.
        case unchanged
        /// A channel's version, and the order has that one or a newer one.
        case superseded
    }

    package struct Answer: Sendable, Equatable {
        package let outcome: Outcome
        package let order: OrderID
        package let version: Int64
        /// Minor units; `due` is still to be paid for edits, or to be given back where it is negative.
        package let total: Money
        package let due: Money
        package let promisedBy: Instant?
        /// Units that wait for goods.
        package let waiting: Quantity

        init(_ outcome: Outcome, _ order: OrderID, in tx: Transaction) throws {
            guard let record = try OrderRecords.load([order], in: tx)[order] else { throw NotFound("order", order) }
            self.outcome = outcome
            self.order = order
            version = record.version
            total = Money(record.total, record.currency)
            due = Money(record.due, record.currency)
            promisedBy = record.promisedBy
            waiting = try OrderRecords.components(of: [order], in: tx).reduce(0) { $0 + $1.waiting }
        }
    }

    let order: OrderID
    let merchant: MerchantID?
    let wanted: Wanted
    let seen: Int64?
    let channelVersion: Int64?
    let backorder: Bool
    let acceptLater: Bool
    let desk: OrderDesk
    let actor: String

    /// - Parameters:
    ///   - merchant: the only one whose order it may be; nil for the operator.
    ///   - seen: the version that the caller goes by; nil: whatever it is.
    ///   - channelVersion: of a channel that numbers what it pushes and has sold it already: what is not newer than the
    ///     last is passed over, and nothing is refused for stock or date.
    ///   - backorder: whether added units without goods may wait for the next supply.
    ///   - acceptLater: whether it may arrive after the date first shown.
    package init(
        _ order: OrderID, merchant: MerchantID?, _ wanted: Wanted, seen: Int64? = nil, channelVersion: Int64? = nil,
        backorder: Bool = false, acceptLater: Bool = false, desk: OrderDesk, actor: String
    ) {
        self.order = order
        self.merchant = merchant
        self.wanted = wanted
        self.seen = seen
        self.channelVersion = channelVersion
        self.backorder = backorder
        self.acceptLater = acceptLater
        self.desk = desk
        self.actor = actor
    }

    private var isSold: Bool { channelVersion != nil }

    package func run(in tx: Transaction) throws -> Answer {
        if try isSuperseded(in: tx) { return try Answer(.superseded, order, in: tx) }
        var record = try EditRefused.load(order, of: merchant, seen: seen, in: tx)
        let stands = try OrderEdits.lines(of: order, in: tx)
        let new = try wanted.lines.map { try EditedLines($0, of: record, mayWait: backorder || isSold, desk, in: tx) }
        let work = try OpenWork(record, in: tx)
        let change = new.map { OrderChange(from: stands, to: $0.wanted, begun: work.begunLines) }
            ?? OrderChange(keeping: stands)
        if let line = change.touched.first(where: work.begunLines.contains) { throw EditRefused.lineInWork(order, line) }
        let moves = try moves(record, in: tx)
        guard !change.isNone || moves else {
            if let channelVersion { try OrderEdits.setChannelVersion(order, channelVersion, in: tx) }
            return try Answer(.unchanged, order, in: tx)
        }
        if moves {
            let to = wanted.destination ?? record.destination
            _ = try ChangeAddress(order, merchant: merchant, to: to, person: wanted.person, desk: desk, actor: actor).run(in: tx)
            record = try OrderRecords.load([order], in: tx)[order] ?? record
        }
        try write(change, new, work, record, sources: moves || !change.added.isEmpty, in: tx)
        try ParcelEnds.settleOrders([(order, tx.now)], in: tx)
        return try Answer(.edited, order, in: tx)
    }

    private func isSuperseded(in tx: Transaction) throws -> Bool {
        guard let channelVersion, let known = try OrderRecords.load([order], locked: true, in: tx)[order],
            merchant == nil || known.merchant == merchant, let last = known.channelVersion
        else { return false }
        return channelVersion <= last
    }

    /// Whether it is to go to somebody or somewhere else.
    private func moves(_ record: OrderRecord, in tx: Transaction) throws -> Bool {
        if let to = wanted.destination, to != record.destination { return true }
        guard let person = wanted.person else { return false }
        guard let known = record.recipient else { return true }
        return try Recipients.open([known], desk.vault, in: tx)[known] != person
    }

    private func write(
        _ change: OrderChange, _ new: EditedLines?, _ work: OpenWork, _ record: OrderRecord, sources: Bool, in tx: Transaction
    ) throws {
        let edit = tx.id(EditID.self), gone = Set(change.removed)
        let skus = Set(work.components.map(\.sku)).union(new?.stocked ?? []).sorted()
        var again = sources
            ? try SourceAgain(work, skus: skus, backorder: backorder, sold: isSold, desk: desk, in: tx) : nil
        try work.giveBack(sources ? Set(work.components.map(\.line)) : gone, gone: gone, in: tx)
        try OrderEdits.takeOff(change.removed, by: edit, in: tx)
        try reprice(change.repriced, in: tx)
        let added = change.added.compactMap { new?.lines[$0] }
        try AddLines.run(added, to: order, of: record.merchant, in: tx)
        let made = try OrderEdits.write(
            edit, .edit, of: record, channelVersion: channelVersion, owed: record.payment.isCovered, actor: actor, in: tx)
        guard made.after >= record.refunded else {
            throw EditRefused.belowRefunded(order, total: made.after, refunded: record.refunded)
        }
        let units = added.reduce(Quantity(0)) { $0 + $1.components.reduce(0) { $0 + $1.ordered } }
        tx.emit(.orderEdited(made, added: units, at: tx.now))
        if again != nil { try source(&again, change, new, record, in: tx) }
        try OrderEdits.dated(order, in: tx)
        try FirstPromise.run(record, in: tx)
        try SessionHold.renew([order], in: tx)
    }

    private func reprice(_ lines: [LineRecord], in tx: Transaction) throws {
        guard !lines.isEmpty else { return }
        let parts = Dictionary(grouping: try OrderRefunds.basis(of: [order], in: tx).values, by: \.line)
        let shares = lines.flatMap { line in
            let own = (parts[line.id] ?? []).sorted { $0.component < $1.component }, weights = own.map(\.price)
            let prices = Money.split(line.items - line.discount, by: weights), taxes = Money.split(line.tax, by: weights)
            return own.indices.map { (id: own[$0].component, price: prices[$0], tax: taxes[$0]) }
        }
        try OrderEdits.reprice(lines, components: shares, in: tx)
    }

    private func source(
        _ again: inout SourceAgain?, _ change: OrderChange, _ new: EditedLines?, _ record: OrderRecord, in tx: Transaction
    ) throws {
        guard let answer = try again?.run(record, in: tx) else { return }
        let stands = try OrderEdits.lines(of: order, in: tx)
        let names = LineNames(change, new, stands, try OrderRecords.components(of: [order], in: tx))
        if !backorder, !isSold { try names.refuseShort(answer) }
        try again?.wait(answer.short, of: record, naming: { names.name($0) }, in: tx)
        guard !acceptLater, !isSold, let promised = record.promisedBy, let date = answer.sourced.deliverBy, date > promised
        else { return }
        throw EditRefused.later(order, promised: promised, now: date)
    }
}

extension OrderChange {
    /// Every line stays.
    init(keeping stands: [LineRecord]) { self.init(from: [], to: [], begun: []) }
}
