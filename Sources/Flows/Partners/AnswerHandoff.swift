import Exceptions
import Facilities
import Kernel
import Orders
import Partners
import Store

/// Why a partner does not do what it is asked.
package enum RejectReason: String, CaseIterable, Sendable, Codable {
    case outOfStock = "out_of_stock"
    case ineligibleProduct = "ineligible_product"
    case incorrectAddress = "incorrect_address"
    case undeliverable
    case noCapacity = "no_capacity"
    case other
}

/// A partner says yes to a fulfillment order.
package struct AcceptHandoff: Flow {
    let id: FulfillmentID
    let expected: Instant?
    let actor: String

    /// - Parameter expected: when the partner means to ship; nil where it does not say.
    package init(_ id: FulfillmentID, expected: Instant? = nil, actor: String) {
        self.id = id
        self.expected = expected
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let one = try Handoff.find(id, in: tx)
        guard one.state == .sent else { throw HandoffRefused.wrongState(id, one.state, wanted: .accepted) }
        try Handoffs.change(one, to: .accepted, in: tx)
        try Handoffs.expect(id, expected, in: tx)
        try Answered.settle(one, in: tx)
        tx.emit(.handoff(one, .accepted, quantity: one.open, actor: actor, at: tx.now))
    }
}

/// A partner says no, to all or to some units; the rest it does. What it does not do is looked for elsewhere, and the same
/// site is not asked for it again the same day.
package struct RejectHandoff: Flow {
    let id: FulfillmentID
    let reason: RejectReason
    let parts: [HandoffPart]?
    let desk: OrderDesk
    let actor: String

    /// - Parameter parts: nil rejects all.
    package init(_ id: FulfillmentID, reason: RejectReason, _ parts: [HandoffPart]?, desk: OrderDesk, actor: String) {
        self.id = id
        self.reason = reason
        self.parts = parts
        self.desk = desk
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let one = try Handoff.find(id, in: tx)
        guard one.state == .sent else { throw HandoffRefused.wrongState(id, one.state, wanted: .rejected) }
        let named = parts ?? one.lines.map { HandoffPart(line: $0.id, quantity: $0.open) }
        let checked = try one.check(named) { "/lines/\($0)" }
        let units = checked.reduce(Quantity(0)) { $0 + $1.quantity }
        let broken = try GiveUpUnits.breaking(
            checked.map { ($0.line, $0.quantity, reason.rawValue, reason == .outOfStock) }, of: one, as: .rejected,
            occurred: tx.now, in: tx)
        if units == one.open {
            try FinishHandoff.run([id], ending: .rejected, in: tx)
        } else {
            try Handoffs.change(one, to: .accepted, in: tx)
            tx.emit(.handoff(one, .accepted, quantity: one.open - units, actor: actor, at: tx.now))
        }
        try Answered.settle(one, in: tx)
        tx.emit(
            .handoff(one, .rejected, quantity: units, actor: actor, at: tx.now, payload: ["reason": .string(reason.rawValue)]))
        try Penalise.run(.rejected, units: units, one, desk.network, in: tx)
        try ResourceClaims(desk: desk).run(broken, in: tx)
    }
}

/// A partner cannot find goods that it had agreed to send: they are looked for elsewhere.
package struct ReportShort: Flow {
    let id: FulfillmentID
    let parts: [HandoffPart]
    let occurred: Instant
    let desk: OrderDesk
    let actor: String

    package init(_ id: FulfillmentID, _ parts: [HandoffPart], occurred: Instant, desk: OrderDesk, actor: String) {
        self.id = id
        self.parts = parts
        self.occurred = occurred
        self.desk = desk
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let one = try Handoff.find(id, in: tx)
        guard one.state == .accepted || one.state == .shipping else {
            throw HandoffRefused.wrongState(id, one.state, wanted: .short)
        }
        let checked = try one.check(parts) { "/lines/\($0)" }
        let units = checked.reduce(Quantity(0)) { $0 + $1.quantity }
        let broken = try GiveUpUnits.breaking(
            checked.map { ($0.line, $0.quantity, "not_found", true) }, of: one, as: .short, occurred: occurred, in: tx)
        tx.emit(.handoff(one, .short, quantity: units, actor: actor, at: occurred))
        try Penalise.run(.short, units: units, one, desk.network, in: tx)
        try ResourceClaims(desk: desk).run(broken, ending: .short, in: tx)
    }
}

/// The clock of the answer is met or missed, and nobody waits for it any more.
enum Answered {
    static func settle(_ one: Handoff, in tx: Transaction) throws {
        try tx.closeClocks([PartnerClocks.acceptBy], of: [one.id.raw], outcome: "met")
        try Exceptions.close([one.id.description], kind: PartnerClocks.unanswered, outcome: "answered", in: tx)
    }
}

/// What a failure costs the partner, under the agreement of the day.
enum Penalise {
    static func run(
        _ kind: PenaltyKind, units: Quantity = 1, _ one: Handoff, _ cache: NetworkCache, in tx: Transaction
    ) throws {
        guard let site = try cache.network(in: tx).site(one.site) else { throw NotFound("site", one.site) }
        let agreements = try Agreements.holding(at: one.site, of: [one.merchant], on: site.zone.day(of: tx.now), in: tx)
        try Penalties.add(kind, units: units, under: agreements[one.merchant], of: one.id, occurred: tx.now, in: tx)
    }
}
