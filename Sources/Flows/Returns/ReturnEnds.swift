import Exceptions
import Kernel
import Orders
import Returns
import Store

/// The end of returns, and what is owed then.
enum ReturnEnds {
    /// Closes those about which nothing is left to do: all is graded, or the goods are kept, and no refund is due.
    static func close(_ returns: [RMA], in tx: Transaction) throws {
        let able = returns.filter { $0.state == .inspected || $0.keep && $0.state == .authorised }
        guard !able.isEmpty else { return }
        let refunds = try Refunds.of(able.map(\.id), in: tx)
        let done = able.filter { one in refunds[one.id].map { $0.state == .sent } ?? !one.keep }
        try RMAs.change(done, to: .closed, occurred: tx.now, in: tx)
        try openDebts(done, in: tx)
    }

    /// The goods of these never came: what is still open is missing, and what was given for it is a debt.
    static func giveUp(_ returns: [RMA], why: String, in tx: Transaction) throws {
        let items = try RMAItems.of(returns.map(\.id), in: tx)
        try RMAItems.count(.missing, items.map { ($0.id, $0.open) }, in: tx)
        try RMAs.change(returns, to: .closed, why: why, occurred: tx.now, in: tx)
        try openDebts(returns, in: tx)
    }

    /// Units for which shoppers were given something, and which neither came nor were left to them.
    private static func openDebts(_ returns: [RMA], in tx: Transaction) throws {
        let items = Dictionary(grouping: try RMAItems.of(returns.map(\.id), in: tx), by: \.rma)
        let owing = returns.filter { one in (items[one.id] ?? []).contains { $0.owed > 0 } }
        guard !owing.isEmpty else { return }
        let basis = try OrderRefunds.basis(of: owing.map(\.order), in: tx)
        let debts = owing.map { one -> ReturnDebt in
            let owed = (items[one.id] ?? []).filter { $0.owed > 0 }
            let worth = owed.reduce(Int64(0)) { $0 + (basis[$1.component]?.worth($1.owed) ?? 0) }
            return ReturnDebt(
                id: tx.id(), rma: one.id, merchant: one.merchant, order: one.order, units: owed.reduce(0) { $0 + $1.owed },
                amount: Money(worth, one.currency), due: tx.now + .days(30))
        }
        try ReturnDebts.open(debts, occurred: tx.now, in: tx)
        try Exceptions.open(
            debts.map { debt in
                NewException(
                    ReturnExceptions.debt, subject: debt.id, merchant: debt.merchant, ownerRole: .merchant, due: debt.due,
                    stake: debt.amount,
                    detail: "\(debt.units) units were paid for or replaced and never came back. Recover it or write it off.")
            }, in: tx)
    }
}

extension RMAItem {
    fileprivate var owed: Quantity { granted - received - kept }
}

extension RefundBasis {
    /// What units were sold for, with tax.
    fileprivate func worth(_ units: Quantity) -> Int64 {
        var first = self
        first.refunded = 0
        let share = first.share(units)
        return share.price + share.tax
    }
}

/// A person says what became of a debt.
package struct SettleReturnDebt: Flow {
    let debt: DebtID
    let merchant: MerchantID?
    let outcome: DebtState
    let note: String
    let actor: String

    package struct NotOpen: Refusal, Equatable {
        package let debt: DebtID
        package let state: DebtState

        package init(debt: DebtID, state: DebtState) {
            self.debt = debt
            self.state = state
        }

        package var code: String { "return_debt.not_open" }
        package var message: String { "\(debt) is \(state.rawValue); only an open debt is settled." }
        package var kind: RefusalKind { .conflict }
    }

    /// - Parameters:
    ///   - merchant: the only one whose debt it may be; nil for the operator.
    ///   - outcome: `recovered` or `writtenOff`.
    package init(_ debt: DebtID, merchant: MerchantID?, outcome: DebtState, note: String, actor: String) {
        self.debt = debt
        self.merchant = merchant
        self.outcome = outcome
        self.note = note
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        guard let found = try ReturnDebts.load(debt, in: tx), merchant == nil || found.merchant == merchant else {
            throw NotFound("return_debt", debt)
        }
        guard outcome != .open else {
            throw InvalidInput(field: "/outcome", "A debt is settled as 'recovered' or 'written_off', not as 'open'.")
        }
        guard DebtState.transitions[found.state]?.contains(outcome) ?? false else {
            throw NotOpen(debt: debt, state: found.state)
        }
        try Self.close(found, as: outcome, note: note, actor: actor, in: tx)
    }

    static func close(
        _ debt: ReturnDebt, as outcome: DebtState, note: String, actor: String, in tx: Transaction
    ) throws {
        try ReturnDebts.settle(debt, as: outcome, note: note, actor: actor, occurred: tx.now, in: tx)
        try Exceptions.close(
            [debt.id.description], kind: ReturnExceptions.debt, outcome: outcome.rawValue, actor: actor, in: tx)
    }
}
