import Exceptions
import Kernel
import Returns
import Store
import Transport

/// What happens when the clocks of returns fall due.
package struct ReturnClocks: ClockHandler {
    /// On returned goods that have to be graded.
    static let grading = "return.grade"

    /// On a return that waits for a person's decision.
    static let review = "return.review"

    package let kinds = [ReturnClocks.review, ReturnPapers.expiry, ReturnScans.transit, ReturnClocks.grading, ReturnGrants.refundDue]

    package init() {}

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        switch clocks[0].kind {
        case Self.review: return try grant(clocks, in: tx)
        case ReturnPapers.expiry: try expire(clocks, in: tx)
        case ReturnScans.transit: try giveUp(clocks, in: tx)
        case ReturnClocks.grading: try openUngraded(clocks, in: tx)
        default: try openLate(clocks, in: tx)
        }
        return clocks.map { _ in "missed" }
    }

    /// A shopper does not wait for ever: what nobody has decided is granted.
    private func grant(_ clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        let waiting = Set(try RMAs.load(clocks.map { RMAID($0.subject) }, in: tx).filter { $0.state == .requested }.map(\.id))
        return try clocks.map { clock in
            guard waiting.contains(RMAID(clock.subject)) else { return "met" }
            try DecideReturn(
                RMAID(clock.subject), merchant: nil, decision: .authorised, reason: "nobody decided in time", actor: "system"
            ).run(in: tx)
            return "granted"
        }
    }

    /// Nobody handed them in. Where nothing was given for them that is all; else it is a debt.
    private func expire(_ clocks: [ClockRow], in tx: Transaction) throws {
        let due = try RMAs.load(clocks.map { RMAID($0.subject) }, in: tx).filter { $0.state == .authorised }
        let items = Dictionary(grouping: try RMAItems.of(due.map(\.id), in: tx), by: \.rma)
        let given = due.filter { one in (items[one.id] ?? []).contains { $0.granted > 0 } }
        let rest = due.filter { one in !given.contains { $0.id == one.id } }
        try RMAs.change(rest, to: .expired, why: "nothing was handed in", occurred: tx.now, in: tx)
        try ReturnEnds.withdraw(rest, reason: "expired", in: tx)
        try ReturnEnds.giveUp(given, why: "nothing was handed in", in: tx)
        try ReturnPapers.void(given.map(\.id), reason: "return expired", in: tx)
    }

    /// They were seen once and never came to a desk.
    private func giveUp(_ clocks: [ClockRow], in tx: Transaction) throws {
        let due = try RMAs.load(clocks.map { RMAID($0.subject) }, in: tx).filter { $0.state == .inTransit }
        let lost = try ReturnParcels.change(try ReturnParcels.of(due.map(\.id), in: tx), to: .lost, in: tx)
        try Routes.giveUp(lost.map(\.unit), in: tx)
        try ReturnEnds.giveUp(due, why: "seen on its way, and never came", in: tx)
        try OpenAtStake.run(
            due.map { one in
                NewException(
                    ReturnExceptions.neverArrived, subject: one.id, merchant: one.merchant, site: one.site,
                    ownerRole: .operator, due: tx.now + .hours(72), stake: Money(max(0, one.expected.amount), one.currency),
                    detail: "Scanned on its way back and never came to the desk. Find it, or decide about the refund.")
            }, in: tx)
    }

    private func openUngraded(_ clocks: [ClockRow], in tx: Transaction) throws {
        let late = try RMAs.load(clocks.map { RMAID($0.subject) }, in: tx).filter { $0.state == .received }
        try OpenAtStake.run(
            late.map { one in
                NewException(
                    ReturnExceptions.ungraded, subject: one.id, merchant: one.merchant, site: one.site, ownerRole: .site,
                    due: tx.now + .hours(24), detail: "Received and not graded in time.")
            }, in: tx)
    }

    private func openLate(_ clocks: [ClockRow], in tx: Transaction) throws {
        let late = try Refunds.load(clocks.map { RefundID($0.subject) }, in: tx).filter { $0.state == .due }
        try OpenAtStake.run(
            late.map { one in
                NewException(
                    ReturnExceptions.refundLate, subject: one.id, merchant: one.merchant, ownerRole: .operator,
                    due: tx.now + .hours(24), stake: Money(one.parts.amount, one.currency),
                    detail: "The refund was due and the payment side has not sent it.")
            }, in: tx)
    }
}
