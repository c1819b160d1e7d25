import Foundation
import Kernel
import Store
import TestGround
import Testing

struct CheckpointTests {
    static let migrations = [
        Migration(9040, "sheet", ["CREATE TABLE sheet (id BIGINT PRIMARY KEY, text TEXT NOT NULL)"])
    ]
    /// Fills a page.
    static let text = String(repeating: "x", count: 3_900)

    static func write(_ ids: Range<Int>, _ store: Store) throws {
        try store.performBlocking(
            InPlace { tx in
                var rows = Rows(["id": .int, "text": .text])
                for id in ids { rows.add(id, text) }
                try tx.run("INSERT INTO sheet (id, text) SELECT v.id, v.text FROM (\(rows: rows)) AS v")
            })
    }

    @Test("SQLite's log is folded in beside the writer and begins anew, and nothing is lost")
    func folds() throws {
        try withDatabase(.sqliteFile) { database in
            let store = try database.store(migrations: Self.migrations)
            func fill(_ ids: Range<Int>) throws {
                for first in stride(from: ids.lowerBound, to: ids.upperBound, by: 500) { try Self.write(first..<first + 500, store) }
            }
            func logBytes() throws -> Int {
                let path = database.engine.address.dropFirst("sqlite:".count) + "-wal"
                return try FileManager.default.attributesOfItem(atPath: String(path))[.size] as? Int ?? 0
            }
            try fill(0..<9_000)
            let first = try logBytes()
            for id in 100_000..<100_020 {
                Thread.sleep(forTimeInterval: 0.05)
                try Self.write(id..<id + 1, store)
            }
            try fill(9_000..<18_000)
            #expect(first > 8_000 * 4096)
            #expect(try logBytes() < first * 3 / 2)
            store.close()
            let stepper = try database.stepper(migrations: Self.migrations)
            #expect(try stepper.read { try $0.value("SELECT COUNT(*) FROM sheet", as: Int.self) } == 18_020)
        }
    }
}
