import Foundation
import Kernel
import Store
import StorePostgres
import StoreSQLite
import TestGround
import Testing

/// Backups of SQLite files: taken while served, refused where they are not sound, restored only where nobody serves.
@Suite struct BackupTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waybill-backup-\(UUID().uuidString)")

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func inFolder(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let result = Result { try body() }
        try FileManager.default.removeItem(at: folder)
        try result.get()
    }

    private func open(_ path: String) throws -> Stepper {
        try Stepper(
            engine: SQLiteEngine(.file(path)), migrations: StoreSchema.migrations + SampleBooks.migrations, now: .testStart)
    }

    private func merchants(_ stepper: Stepper) throws -> [String] {
        try stepper.read { try $0.values("SELECT name FROM merchant ORDER BY id") }
    }

    @Test func `a backup holds what was committed when it was taken, while the database is served`() throws {
        try inFolder {
            let live = try open(path("live.db"))
            try SampleBooks.fill(live)
            let report = try Backup.write(SQLiteEngine(.file(path("live.db"))), to: path("backup.db"))
            try live.perform(InPlace { try $0.run("UPDATE merchant SET name = 'Later'", expecting: 1) })
            #expect(report.bytes > 10_000)
            #expect(report.step == SampleBooks.migrations.map(\.number).max())
            #expect(!FileManager.default.fileExists(atPath: path("backup.db.partial")))
            #expect(try merchants(try open(path("backup.db"))) == ["Shop"])
            #expect(try merchants(live) == ["Later"])
        }
    }

    @Test func `a restored database is the backup, and the one before is kept`() throws {
        try inFolder {
            do {
                let live = try open(path("live.db"))
                try SampleBooks.fill(live)
                _ = try Backup.write(live.engine, to: path("backup.db"))
                try live.perform(InPlace { try $0.run("UPDATE merchant SET name = 'Later'", expecting: 1) })
            }
            let migrations = StoreSchema.migrations + SampleBooks.migrations
            _ = try Backup.restore(path("backup.db"), to: SQLiteEngine(.file(path("live.db"))), migrations: migrations)
            #expect(try merchants(try open(path("live.db"))) == ["Shop"])
            #expect(try merchants(try open(path("live.db.before-restore"))) == ["Later"])
        }
    }

    @Test func `a database that is being served is not replaced`() throws {
        try inFolder {
            let live = try open(path("live.db"))
            try SampleBooks.fill(live)
            _ = try Backup.write(live.engine, to: path("backup.db"))
            expectRefusal("is being served by process") {
                _ = try Backup.restore(path("backup.db"), to: SQLiteEngine(.file(path("live.db"))), migrations: [])
            }
            #expect(try merchants(live) == ["Shop"])
        }
    }

    @Test func `a file that is damaged or something else is refused, and nothing changes`() throws {
        try inFolder {
            do { try SampleBooks.fill(try open(path("live.db"))) }
            let engine = SQLiteEngine(.file(path("live.db")))
            _ = try Backup.write(engine, to: path("good.db"))
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path("good.db")))
            bytes.replaceSubrange(4096..<(bytes.count - 4096), with: Data(repeating: 0x5A, count: bytes.count - 8192))
            try bytes.write(to: URL(fileURLWithPath: path("damaged.db")))
            try Data("not a database, but long enough to look like a header".utf8)
                .write(to: URL(fileURLWithPath: path("text.db")))
            try Data().write(to: URL(fileURLWithPath: path("empty.db")))
            let files = [
                ("damaged.db", "damaged.db is"), ("text.db", "not a Waybill"), ("empty.db", "not a Waybill"),
                ("none.db", "There is no"),
            ]
            for (file, words) in files {
                expectRefusal(words) { _ = try Backup.restore(path(file), to: engine, migrations: []) }
            }
            #expect(try merchants(try open(path("live.db"))) == ["Shop"])
        }
    }

    @Test func `a backup of a newer release that contracted is refused`() throws {
        try inFolder {
            do {
                let newer = try open(path("newer.db"))
                try newer.perform(
                    InPlace {
                        try $0.run(
                            "INSERT INTO schema_step (number, name, phase, applied_at) VALUES (999, 'x', 'contract', 0)",
                            expecting: 1)
                    })
            }
            expectRefusal("newer release (step 999)") {
                let migrations = StoreSchema.migrations + SampleBooks.migrations
                _ = try Backup.restore(path("newer.db"), to: SQLiteEngine(.file(path("live.db"))), migrations: migrations)
            }
        }
    }

    @Test func `a backup never overwrites a file`() throws {
        try inFolder {
            do { try SampleBooks.fill(try open(path("live.db"))) }
            try Data("kept".utf8).write(to: URL(fileURLWithPath: path("backup.db")))
            expectRefusal("exists already") { _ = try Backup.write(SQLiteEngine(.file(path("live.db"))), to: path("backup.db")) }
            #expect(try String(contentsOfFile: path("backup.db"), encoding: .utf8) == "kept")
        }
    }

    @Test func `other engines are refused by name, with the tool that does it`() {
        let server = PostgresEngine(url: "postgres://waybill:secret@db/waybill")
        expectRefusal("postgres://db/waybill has better tools of its own: use pg_dump") { _ = try Backup.write(server, to: "x") }
        expectRefusal("pg_restore") { _ = try Backup.restore("x", to: server, migrations: []) }
        expectRefusal("in memory") { _ = try Backup.write(SQLiteEngine(.memory), to: "x") }
    }
}

/// Expects a `StoreError.unsuitable` whose sentence holds `words`.
func expectRefusal(_ words: String, _ location: SourceLocation = #_sourceLocation, _ body: () throws -> Void) {
    do {
        try body()
        Issue.record("nothing was refused", sourceLocation: location)
    } catch StoreError.unsuitable(let sentence) {
        #expect(sentence.contains(words), sourceLocation: location)
    } catch {
        Issue.record(error, sourceLocation: location)
    }
}
