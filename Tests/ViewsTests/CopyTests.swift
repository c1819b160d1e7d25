import Kernel
import Store
import TestGround
import Testing

@testable import Views

/// Whole networks moved between databases.
@Suite struct CopyTests {
    static let pairs: [(EngineKind, EngineKind)] = EngineKind.shared.flatMap { from in EngineKind.shared.map { (from, $0) } }
    private let migrations = StoreSchema.migrations + SampleBooks.migrations

    private func withPair(
        _ kinds: (EngineKind, EngineKind), _ body: (_ from: TestDatabase, _ to: TestDatabase) throws -> Void
    ) throws {
        try withDatabase(kinds.0) { from in try withDatabase(kinds.1) { to in try body(from, to) } }
    }

    private func copy(_ from: TestDatabase, _ to: TestDatabase) throws -> CopyReport {
        try CopyNetwork(from: from.anotherEngine(), to: to.anotherEngine(), migrations: migrations).run(now: .testStart)
    }

    @Test(arguments: pairs)
    func `a copy holds every row as it was, and its books agree`(_ kinds: (EngineKind, EngineKind)) throws {
        try withPair(kinds) { from, to in
            let before = try fill(from)
            var seen: [CopyProgress] = []
            let report = try CopyNetwork(from: from.anotherEngine(), to: to.anotherEngine(), migrations: migrations)
                .run(now: .testStart) { seen.append($0) }
            #expect(!report.sourceWentOn)
            #expect(report.rows == before.reduce(0) { $0 + $1.rows })
            #expect(report.rows > 150)
            #expect(seen.last?.phase == .comparing && seen.last?.rows == report.rows && seen.last?.total == report.rows)

            let there = try to.stepper(migrations: SampleBooks.migrations)
            #expect(try AuditRun.run(read: there.read).isClean)
            #expect(try contents(there) == before)
            #expect(try there.read { try $0.value("SELECT body FROM request", as: String.self) } == Self.oddText)
        }
    }

    /// Quotes, control characters, characters outside the basic plane, and the ends of the range of numbers.
    private static let oddText = "ä \"q\" 'q' \\ \n\t\u{1} 🧾 {}"

    private func fill(_ database: TestDatabase) throws -> [TableContent] {
        let stepper = try database.stepper(migrations: SampleBooks.migrations)
        try SampleBooks.fill(stepper)
        try stepper.perform(
            InPlace { tx in
                try tx.run(
                    """
                    INSERT INTO request (scope, key, fingerprint, status, body, created_at)
                    VALUES ('', \(Self.oddText), 'f', \(Int64.max), \(Self.oddText), \(-Int64.max))
                    """, expecting: 1)
            })
        return try contents(stepper)
    }

    private func contents(_ stepper: Stepper) throws -> [TableContent] {
        let tables = try StoredTables.after(migrations)
        return try stepper.read { tx in
            try tables.map { table in
                var reader = try TableReader(table, limit: 7), content = TableContent(table.name)
                while true {
                    let rows = try reader.next(on: tx.connection)
                    if rows.isEmpty { return content }
                    content.add(rows)
                }
            }
        }
    }

    @Test(arguments: pairs)
    func `followers go on in the copy where they stood, and see each event once`(_ kinds: (EngineKind, EngineKind)) throws {
        try withPair(kinds) { from, to in
            do {
                let here = try from.stepper(migrations: SampleBooks.migrations)
                try here.lease([Noting()])
                try emit(["a", "b", "c"], on: here)
                try here.follow(Noting())
                try emit(["d", "e"], on: here)
            }
            _ = try copy(from, to)
            let there = try to.stepper(migrations: SampleBooks.migrations)
            try there.lease([Noting()])
            try emit(["f"], on: there)
            #expect(try there.follow(Noting()) == 3)
            try emit(["g"], on: there)
            #expect(try there.follow(Noting()) == 1)
            #expect(try there.read { try $0.values("SELECT name FROM number_series ORDER BY next", as: String.self) }
                == ["a", "b", "c", "d", "e", "f", "g"])
            #expect(try AuditRun.run(read: there.read).findings.map(\.sentence) == [])
        }
    }

    private func emit(_ keys: [String], on stepper: Stepper) throws {
        for key in keys {
            try stepper.perform(InPlace { $0.emit(NewEvent("test", key: key, occurred: $0.now)) })
        }
    }

    /// Notes each event it sees, in order; a second sight fails.
    private struct Noting: Follower {
        let name = "noting"
        let types: Set = ["test"]

        func handle(_ events: [Event], in tx: Transaction) throws {
            for event in events {
                try tx.run(
                    """
                    INSERT INTO number_series (name, next) SELECT \(event.key), COUNT(*) FROM number_series WHERE name <> ''
                    """)
            }
        }
    }

    @Test(arguments: pairs)
    func `a log whose order is not that of its sequences keeps its order`(_ kinds: (EngineKind, EngineKind)) throws {
        try withPair(kinds) { from, to in
            do {
                let here = try from.stepper(migrations: SampleBooks.migrations)
                try here.perform(InPlace { try TextTables(Self.crossedLog).insert(in: $0) })
            }
            _ = try copy(from, to)
            let there = try to.stepper(migrations: SampleBooks.migrations)
            let log = try there.read { try $0.query("SELECT key, tx, seq FROM event ORDER BY tx, seq") { try Self.text(&$0) } }
            #expect(log == ["first 0 1", "second 0 2", "third 0 5", "fourth 0 6"])
            let cursors = try there.read {
                try $0.query("SELECT follower, tx, seq FROM follower_cursor ORDER BY follower") { try Self.text(&$0) }
            }
            #expect(cursors == ["after_first 0 1", "after_third 0 5", "at_end 0 6", "before_all -1 -1", "between 0 2"])
            let parked = try there.read {
                try $0.query("SELECT key, tx, seq FROM parked_event ORDER BY seq") { try Self.text(&$0) }
            }
            #expect(parked == ["first 0 1", "second 0 2"])
        }
    }

    private static let crossedLog = """
        event: tx seq key
            all partition_number=0 type=t version=1 occurred_at=0 recorded_at=0 actor=a payload={}
        5 2 first
        7 1 second
        7 5 third
        8 6 fourth
        follower_cursor: follower tx seq
            all partition_number=0 fence=0 lease_until=0
        before_all -1 -1
        after_first 5 2
        between 7 3
        after_third 7 5
        at_end 8 6
        parked_event: seq tx key
            all follower=f partition_number=0 reason=r attempts=1 next_attempt_at=0 parked_at=0
        1 7 second
        2 5 first
        """

    private static func text(_ row: inout RowReader) throws -> String {
        "\(try row.next(String.self)) \(try row.next(Int64.self)) \(try row.next(Int64.self))"
    }

    @Test(arguments: pairs)
    func `a target that holds anything is refused and left as it is`(_ kinds: (EngineKind, EngineKind)) throws {
        try withPair(kinds) { from, to in
            _ = try fill(from)
            do {
                let other = try to.stepper(migrations: SampleBooks.migrations)
                try other.perform(
                    InPlace { try $0.run("INSERT INTO number_series (name, next) VALUES ('sscc', 7)", expecting: 1) })
            }
            expectRefusal("is not empty: number_series") { _ = try copy(from, to) }
            let other = try to.stepper(migrations: SampleBooks.migrations)
            #expect(try other.read { try $0.value("SELECT COUNT(*) FROM merchant", as: Int.self) } == 0)
        }
    }

    @Test func `a copy that does not come out as it went in is not kept`() throws {
        try withPair((.sqliteFile, .sqliteFile)) { from, to in
            _ = try fill(from)
            do {
                let target = try to.stepper(migrations: SampleBooks.migrations)
                try target.perform(
                    InPlace {
                        try $0.connection.define(
                            "CREATE TRIGGER meddler AFTER INSERT ON sku BEGIN UPDATE sku SET name = 'x' WHERE id = 12; END")
                    })
            }
            #expect(throws: StoreError.self) { _ = try copy(from, to) }
            let target = try to.stepper(migrations: SampleBooks.migrations)
            #expect(try target.read { try $0.value("SELECT COUNT(*) FROM merchant", as: Int.self) } == 0)
        }
    }

    @Test func `a source that is served, older or no network is refused`() throws {
        try withPair((.sqliteFile, .sqliteFile)) { from, to in
            do {
                let serving = try from.stepper(migrations: SampleBooks.migrations)
                expectRefusal("is being served by process") { _ = try copy(from, to) }
                try serving.perform(InPlace { try $0.run("DELETE FROM schema_step WHERE number = 90", expecting: 1) })
            }
            expectRefusal("older release") { _ = try copy(from, to) }
        }
        try withPair((.sqliteFile, .sqliteFile)) { from, to in
            try from.connect().define("CREATE TABLE other (id BIGINT PRIMARY KEY)")
            expectRefusal("is not a Waybill database") { _ = try copy(from, to) }
        }
    }

    @Test(arguments: EngineKind.all)
    func `the tables read from the migrations are those of the database`(_ kind: EngineKind) throws {
        try withStepper(kind, migrations: SampleBooks.migrations) { stepper in
            let known = try StoredTables.after(migrations).map { "\($0.name): \($0.columns.map(\.name).joined(separator: " "))" }
            let columns: SQL =
                kind == .postgres
                ? """
                SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'
                ORDER BY table_name::text COLLATE "C", ordinal_position
                """
                : """
                SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid
                """
            let found = try stepper.read { tx in
                try tx.query(columns) { (table: try $0.next(String.self), column: try $0.next(String.self)) }
            }
            let own: Set = ["schema_step", "commit_mark"]
            let actual = Dictionary(grouping: found.filter { !own.contains($0.table) }, by: \.table)
                .map { "\($0.key): \($0.value.map(\.column).joined(separator: " "))" }
            #expect(known.sorted() == actual.sorted())
        }
    }
}
