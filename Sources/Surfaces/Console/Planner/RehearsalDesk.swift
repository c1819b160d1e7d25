import Foundation
import Kernel
import Synchronization

/// What a planner rehearses: a made-up season of orders in a network of its own.
package struct RehearsalChoice: Hashable, Sendable {
    /// 50 to 2,000.
    package let orders: Int
    /// Fulfillment centers to place, 1 to 6.
    package let sites: Int
    /// How many of them a partner runs.
    package let partners: Int
    /// Everything goes wrong that can.
    package let faults: Bool
    /// All that is left to chance comes from it.
    package let seed: UInt64

    package init(orders: Int, sites: Int, partners: Int, faults: Bool, seed: UInt64) {
        (self.orders, self.sites, self.partners, self.faults, self.seed) = (orders, sites, partners, faults, seed)
    }
}

/// What came of it, as far as choices are compared by it.
package struct RehearsalSummary: Sendable {
    package var delivered: Int64
    /// In parts per million; nil where nothing was promised.
    package var kept: Int64?
    package var medianDays: Double?
    package var p90Days: Double?
    package var parcelsPerOrder: Double?
    package var shippingPerOrder: Money?
    /// In parts per million of a carton's room; nil where nothing was packed.
    package var cartonFill: Int64?
    package var exceptions: Int64
    package var auditFindings: Int64
    /// Orders delivered by whole days: the first took less than one.
    package var byDay: [Int64]
    package var seconds: Double

    package init(
        delivered: Int64, kept: Int64?, medianDays: Double?, p90Days: Double?, parcelsPerOrder: Double?, shippingPerOrder: Money?,
        cartonFill: Int64?, exceptions: Int64, auditFindings: Int64, byDay: [Int64], seconds: Double
    ) {
        (self.delivered, self.kept, self.medianDays, self.p90Days) = (delivered, kept, medianDays, p90Days)
        (self.parcelsPerOrder, self.shippingPerOrder, self.cartonFill) = (parcelsPerOrder, shippingPerOrder, cartonFill)
        (self.exceptions, self.auditFindings, self.byDay, self.seconds) = (exceptions, auditFindings, byDay, seconds)
    }
}

/// Runs one rehearsal at a time, away from the network's own store, and keeps the latest few while the program runs.
package final class RehearsalDesk: Sendable {
    package struct Run: Sendable, Identifiable {
        package enum Outcome: Sendable {
            case running
            case done(RehearsalSummary)
            case failed
        }

        package let id: Int
        package let choice: RehearsalChoice
        package let started: Instant
        package var outcome = Outcome.running
    }

    /// Another one is running.
    package struct Busy: Refusal, Equatable {
        package var code: String { "rehearsal.busy" }
        package var message: String { "A rehearsal is running; start the next when it has ended." }
        package var kind: RefusalKind { .conflict }
        package init() {}
    }

    private static let most = 4
    private let kept = Mutex<[Run]>([])
    private let rehearse: @Sendable (RehearsalChoice) throws -> RehearsalSummary

    package init(_ rehearse: @escaping @Sendable (RehearsalChoice) throws -> RehearsalSummary) { self.rehearse = rehearse }

    /// The newest last.
    package var runs: [Run] { kept.withLock { $0 } }

    package func start(_ choice: RehearsalChoice, at now: Instant) throws(Busy) {
        let id = kept.withLock { runs -> Int? in
            if runs.contains(where: { if case .running = $0.outcome { true } else { false } }) { return nil }
            let id = (runs.last?.id ?? 0) + 1
            runs = runs.suffix(Self.most - 1) + [Run(id: id, choice: choice, started: now)]
            return id
        }
        guard let id else { throw Busy() }
        Thread.detachNewThread { [self] in
            let outcome: Run.Outcome
            do { outcome = .done(try rehearse(choice)) } catch { outcome = .failed }
            kept.withLock { runs in
                if let place = runs.firstIndex(where: { $0.id == id }) { runs[place].outcome = outcome }
            }
        }
    }
}
