import Kernel
import Store
import Webhooks

/// Forgets deliveries that ended long ago, with their attempts: each webhook once a day, a piece of the log a transaction.
/// The events themselves stay, and can be replayed.
package struct SweepDeliveries: ClockHandler {
    package let kinds = [SweepDeliveries.clock]
    static let clock = "webhook.sweep"
    private static let piece = 1000
    private let kept: Duration

    /// - Parameter kept: from the end of a delivery.
    package init(keeping kept: Duration = .days(30)) { self.kept = kept }

    static func schedule(_ webhook: WebhookID, _ owner: MerchantID?, at due: Instant, in tx: Transaction) throws {
        try tx.schedule(clock, source: "webhook", due: [(webhook.raw, owner, due, [:])])
    }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        try clocks.map { clock in
            let id = WebhookID(clock.subject)
            guard try Webhooks.find(id, in: tx) != nil else { return "gone" }
            let swept = try Deliveries.sweep(of: id, endedBefore: tx.now - kept, limit: Self.piece, in: tx)
            try Self.schedule(id, clock.owner, at: swept == Self.piece ? tx.now : tx.now + .days(1), in: tx)
            return "\(swept) swept"
        }
    }
}
