import Foundation
import Kernel
import Store

/// What an order costs when the book has grown.
struct SurgeGrowth {
    let ground: SurgeGround
    private static let sample = 2.0

    /// - Parameter sizes: orders in the book, ascending.
    func measure(_ sizes: [Int], _ report: inout SurgeReport) async throws {
        let before = try bytes()
        for size in sizes.sorted() {
            let rate = try await ground.withFollowers {
                let bench = SurgeInProcess(ground: ground)
                var round = 0
                while try count() < size {
                    round += 1
                    _ = try bench.measure(seconds: Self.sample, run: "G\(size)-\(round)-", isHot: false)
                }
                return try bench.measure(seconds: Self.sample, run: "M\(size)-", isHot: false)
            }
            let stored = Double(try bytes() - before) / Double(max(1, try count()))
            report.add("growth\(size)", "sqlite", "at \(size) orders (\(Int(stored)) bytes an order)", rate)
        }
    }

    private func count() throws -> Int {
        try ground.store.readBlocking { try $0.value("SELECT COUNT(*) FROM orders", as: Int.self) ?? 0 }
    }

    private func bytes() throws -> Int {
        try ground.store.readBlocking {
            let pages: Int = try $0.value("SELECT page_count FROM pragma_page_count") ?? 0
            let size: Int = try $0.value("SELECT page_size FROM pragma_page_size") ?? 0
            return pages * size
        }
    }
}
