import Kernel
import Store
import TestGround
import Testing

struct SQLTests {
    static let migrations = [
        Migration(9010, "thing", [
            "CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT, number BIGINT)",
            "CREATE TABLE counter (key TEXT PRIMARY KEY, number BIGINT NOT NULL)",
            """
            CREATE TABLE worded (
                id BIGINT PRIMARY KEY, state TEXT CHECK (state IN ('open', 'shut, or so',
                    'IN (x)')), other TEXT NOT NULL DEFAULT '' CHECK (other NOT IN ('a', 'b', 'c') AND other <> 'd'))
            """,
            "CREATE INDEX worded_state ON worded (state, id) WHERE state IN ('open', 'shut, or so')",
        ])
    ]

    /// Whatever has its own meaning in SQL, JSON or an array literal.
    static let words = [
        "", " ", "plain", "it's", "\"quoted\"", "back\\slash", "\\\"", "{a,b}", "NULL", "null", "a,b", "tab\tline\nreturn\r",
        "\u{1}\u{1F}\u{7F}", "Größe", "日本語", "👩‍👩‍👧", "e\u{301}", "\u{10FFFF}", "$1", "?1", "%_", "--", ";",
    ]

    static func with<T>(_ kind: EngineKind, _ body: (Stepper) throws -> T) throws -> T {
        try withStepper(kind, migrations: migrations, body)
    }

    static func rows(_ names: [String?]) -> Rows {
        var rows = Rows(["id": .int, "name": .text, "number": .int])
        for (id, name) in names.enumerated() { rows.add(id, name, id % 2 == 0 ? nil : Int64(id)) }
        return rows
    }

    static func insert(_ names: [String?], _ stepper: Stepper) throws {
        _ = try stepper.perform(
            InPlace { tx in
                try tx.run(
                    "INSERT INTO thing (id, name, number) SELECT v.id, v.name, v.number FROM (\(rows: rows(names))) AS v")
            })
    }

    @Test("rows mean the same wherever they stand in a statement, also columns that it does not name", arguments: EngineKind.all)
    func shapes(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            let rows = Self.rows(["a?", "b", "c", "d"]), two = Self.rows(["x", "y"])
            let (none, all) = ("?1", Int64(7))
            let stands = try stepper.perform(
                InPlace { tx -> [[String]] in
                    func now() throws -> [String] {
                        try tx.query("SELECT id, COALESCE(name, '-'), COALESCE(number, -1) FROM thing ORDER BY id") {
                            try "\($0.next(Int.self)) \($0.next(String.self)) \($0.next(Int.self))"
                        }
                    }
                    var stands: [[String]] = []
                    try tx.run("INSERT INTO thing (name, number, id) SELECT \(none), \(all), v.id FROM (\(rows: rows)) AS v")
                    stands.append(try now())
                    try tx.run(
                        """
                        UPDATE thing SET name = v.name, number = thing.number + \(all) FROM (\(rows: rows)) AS v
                        WHERE thing.id = v.id AND thing.number = \(all) AND v.id <> 2
                        """, expecting: 3)
                    stands.append(try now())
                    try tx.run(
                        """
                        INSERT INTO thing (id, name) SELECT v.id + 10, v.name || '?' FROM (\(rows: two)) AS v WHERE v.number IS NULL
                        """)
                    try tx.run(
                        """
                        INSERT INTO thing (id, name, number) SELECT v.id, v.name, (SELECT MAX(t.id) FROM thing t WHERE t.id > v.id)
                        FROM (\(rows: two)) AS v WHERE true ON CONFLICT (id) DO UPDATE SET name = excluded.name, number = excluded.number
                        """)
                    stands.append(try now())
                    try tx.run("DELETE FROM thing WHERE id IN (SELECT v.id FROM (\(rows: rows)) AS v) AND number > \(all)")
                    stands.append(try now())
                    return stands
                })
            #expect(stands[0] == ["0 ?1 7", "1 ?1 7", "2 ?1 7", "3 ?1 7"])
            #expect(stands[1] == ["0 a? 14", "1 b 14", "2 ?1 7", "3 d 14"])
            #expect(stands[2] == ["0 x 10", "1 y 10", "2 ?1 7", "3 d 14", "10 x? -1"])
            #expect(stands[3] == ["2 ?1 7", "10 x? -1"])
        }
    }

    @Test("a column holds the words its table allows it, null where it may, and no other", arguments: EngineKind.all)
    func allowedWords(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            func takes(_ state: String?, _ other: String = "") -> Bool {
                let write = InPlace { tx in
                    try tx.run("INSERT INTO worded (id, state, other) VALUES (\(tx.id(EventID.self)), \(state), \(other))")
                }
                return (try? stepper.perform(write)) != nil
            }
            let allowed: [String?] = ["open", "shut, or so", "IN (x)", nil], refused = ["shut", "or so", "OPEN", "", "'open'"]
            #expect(allowed.allSatisfy { takes($0) })
            #expect(!refused.contains { takes($0) })
            #expect(takes("open", "e"))
            #expect(!["a", "b", "c", "d"].contains { takes("open", $0) })
            let open = try stepper.read { try $0.values("SELECT state FROM worded WHERE state = 'open' ORDER BY id", as: String.self) }
            #expect(open == ["open", "open"])
        }
    }

    @Test("a list of any length, and statements that look alike, mean what they say", arguments: EngineKind.all)
    func lengths(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            try Self.insert((0..<20).map { "n\($0)" }, stepper)
            try stepper.perform(
                InPlace { tx in
                    for count in 0...20 {
                        let ids = Array(0..<Int64(count))
                        #expect(try tx.values("SELECT id FROM thing WHERE id IN \(list: ids) ORDER BY id", as: Int64.self) == ids)
                        #expect(try tx.values("SELECT id FROM thing WHERE id < \(count) ORDER BY id", as: Int64.self) == ids)
                        let one = try tx.values("SELECT id FROM thing WHERE id = \(count) ORDER BY id", as: Int64.self)
                        #expect(one == (count < 20 ? [Int64(count)] : []))
                        let names = ids.map { "n\($0)" } + ["n3", "n3"]
                        let found = try tx.values("SELECT id FROM thing WHERE name IN \(list: names) ORDER BY id", as: Int64.self)
                        #expect(found == (count > 3 ? ids : ids + [3]))
                    }
                    // One of the same shape inside of another that is being read.
                    let pairs = try tx.query("SELECT id FROM thing WHERE id < \(3) ORDER BY id") { row in
                        let id = try row.next(Int64.self)
                        return try tx.values("SELECT id FROM thing WHERE id < \(id) ORDER BY id", as: Int64.self).count
                    }
                    #expect(pairs == [0, 1, 2])
                })
        }
    }

    @Test("a bound text comes back as it was", arguments: EngineKind.all)
    func boundText(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            for word in Self.words {
                let back = try stepper.read { try $0.value("SELECT \(word)", as: String.self) }
                #expect(back.map { Array($0.utf8) } == Array(word.utf8))
            }
        }
    }

    @Test("rows keep nulls, quotes, backslashes, unicode and empty text, written and joined", arguments: EngineKind.all)
    func rowsRoundTrip(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            let names: [String?] = Self.words + [nil]
            try Self.insert(names, stepper)
            let written = try stepper.read { tx in
                try tx.query("SELECT name, number FROM thing ORDER BY id") { try ($0.next(String?.self), $0.next(Int?.self)) }
            }
            #expect(written.map(\.0) == names)
            #expect(written.map(\.1) == names.indices.map { $0 % 2 == 0 ? nil : $0 })
            let joined = try stepper.read { tx in
                try tx.query(
                    """
                    SELECT v.id, v.name, v.number FROM (\(rows: Self.rows(names))) AS v JOIN thing ON thing.id = v.id
                    WHERE (v.name IS NULL AND thing.name IS NULL) OR v.name = thing.name ORDER BY v.id
                    """
                ) { try ($0.next(Int.self), $0.next(String?.self), $0.next(Int?.self)) }
            }
            #expect(joined.map(\.0) == Array(names.indices))
            #expect(joined.map(\.1) == names)
        }
    }

    @Test("a list finds exactly its members; an empty one finds nothing", arguments: EngineKind.all)
    func lists(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            try Self.insert(Self.words, stepper)
            for chosen in [[], [0], [3, 4, 5, 6], Array(Self.words.indices)] {
                let names = chosen.map { Self.words[$0] }
                let byName: [Int] = try stepper.read {
                    try $0.values("SELECT id FROM thing WHERE name IN \(list: names) ORDER BY id")
                }
                let byID: [Int] = try stepper.read { try $0.values("SELECT id FROM thing WHERE id IN \(list: chosen) ORDER BY id") }
                #expect(byName == chosen)
                #expect(byID == chosen)
                let without: [Int] = try stepper.read {
                    try $0.values("SELECT id FROM thing WHERE id NOT IN \(list: chosen) ORDER BY id")
                }
                #expect(without == Self.words.indices.filter { !chosen.contains($0) })
            }
        }
    }

    @Test("no rows are joined as none and written as none", arguments: EngineKind.all)
    func emptyRows(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            try Self.insert([], stepper)
            let joined: [Int] = try stepper.read { try $0.values("SELECT v.id FROM (\(rows: Self.rows([]))) AS v ORDER BY v.id") }
            #expect(joined.isEmpty)
            let changed = try stepper.perform(
                InPlace { tx in
                    let none = Self.rows([])
                    return try tx.run("UPDATE thing SET number = v.number FROM (\(rows: none)) AS v WHERE thing.id = v.id")
                })
            #expect(changed == 0)
        }
    }

    @Test("the smallest and the largest number survive every way in", arguments: EngineKind.all)
    func extremes(kind: EngineKind) throws {
        let numbers: [Int64] = [.min, .min + 1, -9_007_199_254_740_993, -1, 0, 1, 9_007_199_254_740_993, .max - 1, .max]
        try Self.with(kind) { stepper in
            for number in numbers {
                try #expect(stepper.read { try $0.value("SELECT \(number)", as: Int64.self) } == number)
            }
            let stored: [Int64] = try stepper.perform(
                InPlace { tx in
                    var rows = Rows(["id": .int, "number": .int])
                    for (id, number) in numbers.enumerated() { rows.add(id, number) }
                    try tx.run("INSERT INTO thing (id, number) SELECT v.id, v.number FROM (\(rows: rows)) AS v")
                    try tx.run("UPDATE thing SET name = 'joined' FROM (\(rows: rows)) AS v WHERE thing.number = v.number")
                    return try tx.values("SELECT number FROM thing WHERE name = 'joined' ORDER BY id")
                })
            #expect(stored == numbers)
            let listed: [Int64] = try stepper.read {
                try $0.values("SELECT number FROM thing WHERE number IN \(list: numbers) ORDER BY number")
            }
            #expect(listed == numbers)
            let joined: [Int64] = try stepper.read { tx in
                var rows = Rows(["number": .int])
                for number in numbers { rows.add(number) }
                return try tx.values("SELECT v.number FROM (\(rows: rows)) AS v ORDER BY v.number")
            }
            #expect(joined == numbers)
        }
    }

    @Test("an upsert from rows inserts what is new and adds to what is there", arguments: EngineKind.all)
    func upsert(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            let add = { @Sendable (tx: Transaction, keys: [String]) in
                var rows = Rows(["key": .text, "number": .int])
                for (index, key) in keys.enumerated() { rows.add(key, index + 1) }
                return try tx.run(
                    """
                    INSERT INTO counter (key, number) SELECT v.key, v.number FROM (\(rows: rows)) AS v WHERE true
                    ON CONFLICT (key) DO UPDATE SET number = counter.number + excluded.number
                    """)
            }
            try #expect(stepper.perform(InPlace { try add($0, ["a", "b"]) }) == 2)
            try #expect(stepper.perform(InPlace { try add($0, ["b", "c", "a"]) }) == 3)
            let stands = try stepper.read { tx in
                try tx.query("SELECT key, number FROM counter ORDER BY key") { try "\($0.next(String.self))\($0.next(Int.self))" }
            }
            #expect(stands == ["a4", "b3", "c2"])
            let ignored = try stepper.perform(
                InPlace { tx in
                    var rows = Rows(["key": .text])
                    for key in ["a", "z"] { rows.add(key) }
                    return try tx.run(
                        """
                        INSERT INTO counter (key, number) SELECT v.key, \(7) FROM (\(rows: rows)) AS v WHERE true
                        ON CONFLICT (key) DO NOTHING
                        """)
                })
            #expect(ignored == 1)
        }
    }

    @Test("an update joined with rows binds around them and counts what it changed", arguments: EngineKind.all)
    func updateFromRows(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            try Self.insert(["a", "b", "c", "d"], stepper)
            let changed = try stepper.perform(
                InPlace { tx in
                    var rows = Rows(["id": .int, "name": .text])
                    for id in [0, 2, 3, 99] { rows.add(id, "new \(id)") }
                    return try tx.run(
                        """
                        UPDATE thing SET number = \(5), name = v.name FROM (\(rows: rows)) AS v
                        WHERE thing.id = v.id AND thing.id < \(3) AND thing.name IN \(list: ["a", "c", "d"])
                        """)
                })
            #expect(changed == 2)
            let names: [String] = try stepper.read { try $0.values("SELECT name FROM thing ORDER BY id") }
            #expect(names == ["new 0", "b", "new 2", "d"])
        }
    }

    @Test("rows are answered by RETURNING through a query", arguments: EngineKind.all)
    func returning(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            let ids: [Int] = try stepper.perform(
                InPlace { tx in
                    try tx.values(
                        "INSERT INTO thing (id, name) SELECT v.id, v.name FROM (\(rows: Self.rows(["x", "y"]))) AS v RETURNING id")
                })
            #expect(ids.sorted() == [0, 1])
        }
    }

    @Test("row locks and the horizon are words of both engines", arguments: EngineKind.all)
    func words(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            try Self.insert(["a", "b"], stepper)
            let locked: [Int] = try stepper.perform(InPlace { try $0.values("SELECT id FROM thing ORDER BY id \(.forUpdate)") })
            let free: [Int] = try stepper.perform(
                InPlace { try $0.values("SELECT id FROM thing ORDER BY id LIMIT 1 \(.skipLocked)") })
            let condition: SQL = "number IS NULL"
            let joined: [Int] = try stepper.read { try $0.values("SELECT id FROM thing WHERE \(condition) AND name = \("a")") }
            #expect(locked == [0, 1])
            #expect(free == [0])
            #expect(joined == [0])
        }
    }

    @Test("text sorts by its bytes, in columns and in rows", arguments: EngineKind.all)
    func order(kind: EngineKind) throws {
        let names = ["b", "B", "a", "ä", "Z", "_", "1", "10", "2", "", "é", "e\u{301}", "a b", "ab", "A-b", "日", "👩"]
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        try Self.with(kind) { stepper in
            try Self.insert(names, stepper)
            let columns: [String] = try stepper.read { try $0.values("SELECT name FROM thing ORDER BY name") }
            let rows: [String] = try stepper.read {
                try $0.values("SELECT v.name FROM (\(rows: Self.rows(names))) AS v ORDER BY v.name")
            }
            #expect(columns == sorted)
            #expect(rows == sorted)
            try #expect(stepper.read { try $0.value("SELECT MAX(name) FROM thing", as: String.self) } == sorted.last)
        }
    }

    @Test("comparisons, sums and counts read as numbers", arguments: EngineKind.all)
    func numbers(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            try Self.insert(["a", "b", "c", "d"], stepper)
            let row = try stepper.read { tx in
                try tx.first("SELECT COUNT(*), SUM(number), MIN(id) = 0, MAX(id) < \(3) FROM thing") {
                    try [$0.next(Int.self), $0.next(Int.self), $0.next(Bool.self) ? 1 : 0, $0.next(Int.self)]
                }
            }
            #expect(row == [4, 4, 1, 0])
            try #expect(stepper.read { try $0.value("SELECT SUM(number) FROM thing WHERE id > 90", as: Int?.self) } == .some(nil))
        }
    }

    @Test("a column takes no value of another type", arguments: EngineKind.all)
    func types(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            #expect(throws: StoreError.self) {
                _ = try stepper.perform(InPlace { try $0.run("INSERT INTO thing (id, number) VALUES (1, 'many')") })
            }
            try #expect(stepper.read { try $0.value("SELECT COUNT(*) FROM thing", as: Int.self) } == 0)
        }
    }

    @Test("a change that must touch some rows and touches others is an error that undoes it", arguments: EngineKind.all)
    func expecting(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            try Self.insert(["a", "b"], stepper)
            #expect(throws: StoreError.self) {
                try stepper.perform(InPlace { try $0.run("UPDATE thing SET name = \("x")", expecting: 1) })
            }
            let names: [String] = try stepper.read { try $0.values("SELECT name FROM thing ORDER BY id") }
            #expect(names == ["a", "b"])
        }
    }

    @Test("a query within a query of the same text reads its own rows", arguments: EngineKind.all)
    func nested(kind: EngineKind) throws {
        try Self.with(kind) { stepper in
            try Self.insert(["a", "b", "c"], stepper)
            let pairs = try stepper.read { tx in
                try tx.query("SELECT id FROM thing ORDER BY id") { outer in
                    (try outer.next(Int.self), try tx.query("SELECT id FROM thing ORDER BY id") { try $0.next(Int.self) })
                }
            }
            #expect(pairs.map(\.0) == [0, 1, 2])
            #expect(pairs.allSatisfy { $0.1 == [0, 1, 2] })
        }
    }
}
