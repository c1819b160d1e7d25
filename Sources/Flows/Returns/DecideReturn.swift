import Exceptions
import Kernel
import Merchants
import Returns
import Store
import Transport

/// Why a return does not take a step.
package struct ReturnNotThere: Refusal, Equatable {
    package let rma: RMAID
    package let state: RMAState
    package let wanted: RMAState

    package init(_ rma: RMAID, _ state: RMAState, wanted: RMAState) {
        self.rma = rma
        self.state = state
        self.wanted = wanted
    }

    package var code: String { "return.state" }
    package var message: String { "\(rma) is \(state.rawValue) and cannot become \(wanted.rawValue)." }
    package var kind: RefusalKind { .conflict }
}

/// A merchant grants or denies a return that waits for it, or the shopper withdraws one of which nothing has been sent.
package struct DecideReturn: Flow {
    let rma: RMAID
    let merchant: MerchantID?
    let decision: RMAState
    let reason: String
    let actor: String

    /// - Parameters:
    ///   - merchant: the only one whose return it may be; nil for the operator.
    ///   - decision: `authorised`, `denied` or `cancelled`.
    package init(_ rma: RMAID, merchant: MerchantID?, decision: RMAState, reason: String, actor: String) {
        precondition([.authorised, .denied, .cancelled].contains(decision), "\(decision) is nobody's decision")
        self.rma = rma
        self.merchant = merchant
        self.decision = decision
        self.reason = reason
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        guard let found = try RMAs.load([rma], in: tx).first, merchant == nil || found.merchant == merchant else {
            throw NotFound("return", rma)
        }
        let items = try RMAItems.of([rma], in: tx)
        // What the shopper was given already can only be earned by sending the goods.
        let isFree = !found.keep && items.allSatisfy { $0.granted == 0 }
        guard RMAState.transitions[found.state]?.contains(decision) ?? false, decision == .authorised || isFree else {
            throw ReturnNotThere(rma, found.state, wanted: decision)
        }
        let changed = try RMAs.change([found], to: decision, why: reason, actor: actor, occurred: tx.now, in: tx)
        try Exceptions.close(
            [rma.description], kind: ReturnExceptions.review, outcome: decision.rawValue, actor: actor, in: tx)
        if decision == .authorised { return try ReturnPapers.make([TakenReturn.load(changed[0], items, in: tx)], in: tx) }
        try ReturnEnds.withdraw([found], reason: decision.rawValue, in: tx)
    }
}

extension ReturnEnds {
    /// Nothing will come under these any more.
    static func withdraw(_ returns: [RMA], reason: String, in tx: Transaction) throws {
        let items = try RMAItems.of(returns.map(\.id), in: tx)
        try RMAItems.count(.withdrawn, items.map { ($0.id, $0.open) }, in: tx)
        try ReturnPapers.void(returns.map(\.id), reason: "return \(reason)", in: tx)
        try tx.closeClocks([ReturnPapers.expiry], of: returns.map(\.id.raw), outcome: reason)
    }
}

extension TakenReturn {
    static func load(_ rma: RMA, _ items: [RMAItem], in tx: Transaction) throws -> TakenReturn {
        let facts = try Catalog.facts(of: Set(items.map(\.sku)).sorted(), in: tx)
        let service = try Deliveries.of([rma.order], in: tx).first { units in
            items.contains { $0.parcel == units.parcel }
        }?.service
        return TakenReturn(
            rma: rma, items: items, service: service ?? ServiceID(0), weight: ReturnSize.weight(items, facts),
            size: ReturnSize.box(items, facts))
    }
}
