import Foundation
import Inventory
import Kernel
import Store
import TestGround
import Testing

@testable import Views

/// An audit beside a store that is being written to.
@Suite struct LiveAuditTests {
    @Test(arguments: EngineKind.shared)
    func `an audit of a store that is written to finds nothing that is not there`(_ kind: EngineKind) async throws {
        try await withStore(kind, migrations: SampleBooks.migrations) { store in
            let engine = store.engine
            try await store.perform(
                InPlace { tx in
                    try SampleBooks.text.insert(in: tx)
                    try CopyGround.continueNumbering(of: tx.connection, on: engine)
                })
            async let audits = onThread { try (0..<6).map { _ in try Self.audit(store) } }
            for round in 0..<150 { try await store.perform(Shuffle(round: round)) }
            for report in try await audits {
                #expect(report.broken.map(\.sentence) == [])
                #expect(report.checks.count == Audit.checks.count)
            }
        }
    }

    /// In chunks of one key, so that much is written between two of them.
    private static func audit(_ store: Store) throws -> AuditReport {
        try AuditRun.run(Audit.checks.map { $0.chunked(1) }) { try store.readBlocking($0) }
    }

    /// Goods come, go to another bin and are lost again: both books change each time.
    private struct Shuffle: Flow {
        let round: Int

        func run(in tx: Transaction) throws {
            let bin = Place.location(LocationID(31), sellable: true, pickable: true)
            let hold = Place.location(LocationID(33), sellable: false, pickable: false)
            let ends: [(Place, Place)] = [(.outside(.supplier), bin), (bin, hold), (hold, .outside(.disposed))]
            let (from, to) = ends[round % 3]
            try StockBook.post(
                [SKUID(11), SKUID(12)].map { sku in
                    NewMovement(
                        owner: MerchantID(1), sku: sku, quantity: 1, site: SiteID(21), from: from, to: to, reason: .relocate,
                        reference: 0, occurred: tx.now)
                }, in: tx)
        }
    }
}

/// Runs `body` on a thread of its own, as it blocks.
private func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result { try body() }) }.start()
    }
}
