import Kernel
import Orders
import Returns
import Store

/// What a return would earn if it were asked for now, and what would be kept of it. Writes nothing.
package struct QuoteReturn: Flow {
    let request: ReturnRequest
    let network: NetworkCache

    package struct Answer: Sendable {
        package let parts: RefundParts
        package let currency: Currency
        /// The goods need not come back.
        package let keep: Bool
        /// A person decides first.
        package let isReviewed: Bool
        package let refundOn: RefundTrigger
        /// For handing the goods in; nil where none come.
        package let expiresAt: Instant?
    }

    /// - Parameter request: its number is new.
    package init(_ request: ReturnRequest, network: NetworkCache) {
        self.request = request
        self.network = network
    }

    /// - Throws: what asking for it would be refused with.
    package func run(in tx: Transaction) throws -> Answer {
        var desk = try ReturnDesk([request], network, in: tx)
        _ = try desk.decide(request, in: tx)
        guard let rma = desk.taken.first?.rma else { throw ReturnRefused.numberUsed(request.number) }
        return Answer(
            parts: rma.expected, currency: rma.currency, keep: rma.keep, isReviewed: rma.state == .requested,
            refundOn: rma.refundOn, expiresAt: rma.expiresAt)
    }
}
