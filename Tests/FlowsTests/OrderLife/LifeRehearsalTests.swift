import Foundation
import TestGround
import Testing

/// Orders that change their minds, held against an oracle after every step. A failure names its seed: add it to `found`.
///
/// WAYBILL_LIFE_STEPS (60) is how many steps a seed takes; WAYBILL_LIFE_SEEDS (3) how many seeds there are.
@Suite("Order life at random")
struct LifeRehearsalTests {
    static let steps = Int(ProcessInfo.processInfo.environment["WAYBILL_LIFE_STEPS"] ?? "") ?? 60
    static let seeds = UInt64(ProcessInfo.processInfo.environment["WAYBILL_LIFE_SEEDS"] ?? "") ?? 3
    /// Seeds that once found a bug.
    static let found: [UInt64] = []

    @Test("units, money, holds and versions are what they should be after each step", arguments: EngineKind.shared, found + (1...seeds))
    func life(kind: EngineKind, seed: UInt64) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let run = try LifeRun(database, seed: seed)
            try run.run(Self.steps, seed: seed)
            for what in ["place", "edit", "split", "edit refused"] {
                #expect((run.answers[what] ?? 0) > 0, "seed \(seed): no \(what) in \(run.answers)")
            }
        }
    }
}
