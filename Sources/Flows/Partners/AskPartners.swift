import Exceptions
import Facilities
import Inventory
import Kernel
import Orders
import Partners
import Store
import Transport

/// Asks partners to stop what they have in hand of an order. Its units stay promised until they answer.
enum AskPartners {
    /// Answers the fulfillment orders that are in partners' hands, and how many of their units have not left.
    static func toCancel(
        _ order: OrderID, _ request: CancelID, in tx: Transaction
    ) throws -> (fulfillments: Set<FulfillmentID>, units: Quantity) {
        let open = try Handoffs.of(order, in: tx).filter { $0.state.isOpen && $0.open > 0 }
        for one in open {
            try Handoffs.asked(one.id, request, in: tx)
            guard one.state != .cancelRequested else { continue }
            try Handoffs.change(one, to: .cancelRequested, in: tx)
            tx.emit(.handoff(one, .cancelRequested, quantity: one.open, at: tx.now))
            try tx.closeClocks([PartnerClocks.acceptBy], of: [one.id.raw], outcome: "cancel_requested")
        }
        let asked = open.filter { $0.state != .cancelRequested }
        try tx.schedule(
            PartnerClocks.cancelBy, source: "agreement",
            due: try asked.map { ($0.id.raw, $0.merchant, tx.now + .minutes(try minutes(for: $0, in: tx)), [:]) })
        return (Set(open.map(\.id)), open.reduce(0) { $0 + $1.open })
    }

    /// By the newest agreement, whether or not it still holds.
    private static func minutes(for one: Handoff, in tx: Transaction) throws -> Int {
        try Agreements.at(one.site, of: [one.merchant], in: tx).last?.cancelMinutes ?? 24 * 60
    }
}

/// A partner answers the wish to cancel: it has stopped, or it is too late.
package struct AnswerCancel: Flow {
    let id: FulfillmentID
    let reply: CancelReply
    let actor: String

    package init(_ id: FulfillmentID, _ reply: CancelReply, actor: String) {
        self.id = id
        self.reply = reply
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let one = try Handoff.find(id, in: tx)
        guard one.state == .cancelRequested else { throw HandoffRefused.wrongState(id, one.state, wanted: .cancelled) }
        if reply == .cancelled {
            let claims = try Reservations.open(of: one.lines.map(\.id), in: tx)
            try HandoffFacts.add(
                one.lines.filter { $0.open > 0 }.map { HandoffFact($0, .cancelled, $0.open, occurred: tx.now) }, to: one, in: tx)
            try GiveUpUnits.cancelled(claims, in: tx)
            try FinishHandoff.run([id], ending: .cancelled, in: tx)
        } else {
            try Handoffs.change(one, to: one.shipped > 0 ? .shipping : .accepted, in: tx)
        }
        tx.emit(
            .handoff(one, .cancelled, quantity: reply == .cancelled ? one.open : 0, actor: actor, at: tx.now,
                payload: ["answer": .string(reply.rawValue)]))
        try SettleCancel.run(one, reply, cancelled: reply == .cancelled ? one.open : 0, in: tx)
    }
}

/// What a partner answered goes back to whoever wished to cancel.
enum SettleCancel {
    static func run(_ one: Handoff, _ reply: CancelReply, cancelled: Quantity, in tx: Transaction) throws {
        try Handoffs.replied(one.id, reply, in: tx)
        try tx.closeClocks([PartnerClocks.cancelBy], of: [one.id.raw], outcome: "met")
        try Exceptions.close([one.id.description], kind: PartnerClocks.cancelUnanswered, outcome: "answered", in: tx)
        try ParcelEnds.settleOrders([(one.order, tx.now)], in: tx)
        guard let request = one.cancel else { return }
        let carriers = try Interceptions.load(where: "cancel = \(request)", in: tx)
        let waits = try carriers.contains { $0.state == .asked }
            || Handoffs.of(one.order, in: tx).contains { $0.state == .cancelRequested && $0.id != one.id }
        let units = try OrderRecords.cancelled(one.order, in: tx)
        let answer: CancelAnswer = waits ? .asked : units.cancelled == 0 ? .refused : units.cancelled < units.all ? .partly : .accepted
        try Cancels.settle(
            request, answer, why: "\(units.cancelled) of \(units.all) units are cancelled.", units: cancelled, in: tx)
        tx.emit(.orderCancel(one.order, one.merchant, answer: answer, units: cancelled, actor: "partner", at: tx.now))
    }
}
