import Exceptions
import Kernel
import Orders
import Returns
import Store
import Transport

/// One return with all that happened to it: what was asked, under which terms, the way back, the desk, the money.
package struct ReturnStory: Sendable {
    package struct Step: Sendable {
        /// The type of the event: `return.state`.
        package let type: String
        package let at: Instant
        /// A state, finding or grade that it names.
        package let what: String?
        package let amount: Money?
        package let actor: String
    }

    package let rma: ReturnView
    package let orderNumber: String
    /// Those that held when the order was placed.
    package let terms: ReturnTerms
    /// The newest first.
    package let steps: [Step]
    /// Who had its parcel, the first first.
    package let holdings: [Holding]
    package let exceptions: [ExceptionView]
    package let names: Names

    /// - Throws: `NotFound` where there is no such return for the reader.
    package static func read(_ id: RMAID, _ scope: Scope, in tx: Transaction) throws -> ReturnStory {
        let rma = try ReturnView.find(id, scope, in: tx)
        let steps = try steps(rma, in: tx)
        let number: String? = try tx.value("SELECT number FROM orders WHERE id = \(rma.order)")
        // Not through the module, which locks what it loads.
        let terms: ReturnTerms? = try tx.first("SELECT terms FROM rma WHERE id = \(id)") { try ReturnTerms(text: $0.next()) }
        return ReturnStory(
            rma: rma, orderNumber: number ?? rma.order.description, terms: terms ?? ReturnTerms(),
            steps: steps, holdings: try rma.parcel.map { try Holding.of($0, in: tx) } ?? [],
            exceptions: try ExceptionPages.of([id.description] + rma.goods.map(\.id.description), scope, in: tx),
            names: try Names(merchants: [rma.merchant], actors: scope == .network ? steps.map(\.actor) : [], in: tx))
    }

    private static func steps(_ rma: ReturnView, in tx: Transaction) throws -> [Step] {
        let ofOrder = try EventLog.history(of: rma.order.description, in: tx).filter { $0.payload["return"]?.string == rma.id.description }
        let ofGoods = try rma.goods.flatMap { try EventLog.history(of: $0.id.description, in: tx) }
        return (ofOrder + ofGoods).sorted { $0.position > $1.position }.map { event in
            let what = ["state", "finding", "grade"].lazy.compactMap { event.payload[$0]?.string }.first
            let amount = event.payload["amount_minor"]?.int, currency = event.payload["currency"]?.string.flatMap { Currency($0) }
            return Step(
                type: event.type, at: event.occurred, what: what, amount: amount.flatMap { sum in currency.map { Money(sum, $0) } },
                actor: event.actor)
        }
    }
}
