import Kernel
import Store

/// A follower that proves what it did: each event's effect is a row of its own, and the numbers of each key come in order.
struct Tally: Follower {
    let name: String
    let types: Set<String> = ["tally.counted"]

    /// Events of the keys that `fault` names fail.
    static let migrations = [
        Migration(9020, "tally", [
            "CREATE TABLE effect (follower TEXT NOT NULL, seq BIGINT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (follower, seq))",
            """
            CREATE TABLE progress (follower TEXT NOT NULL, key TEXT NOT NULL, number BIGINT NOT NULL,
                PRIMARY KEY (follower, key))
            """,
            "CREATE TABLE fault (key TEXT PRIMARY KEY)",
        ])
    ]

    init(_ name: String) { self.name = name }

    struct Fault: Error, CustomStringConvertible {
        let key: String
        var description: String { "key \(key) is at fault" }
    }

    /// Events `numbers`, spread over `keys` keys; those of a key are numbered 1, 2, 3 …
    static func append(_ numbers: ClosedRange<Int>, keys: Int, in tx: Transaction) throws {
        for number in numbers {
            let payload: JSON = ["number": .int(Int64((number - 1) / keys + 1))]
            tx.emit(NewEvent("tally.counted", key: "key \((number - 1) % keys)", occurred: tx.now, payload: payload))
        }
        try tx.flush()
    }

    func handle(_ events: [Event], in tx: Transaction) throws {
        for event in events {
            let number = event.payload["number"]?.int ?? 0
            try tx.run("INSERT INTO effect (follower, seq, key) VALUES (\(name), \(event.position.seq), \(event.key))")
            let isFaulty = try tx.value("SELECT 1 FROM fault WHERE key = \(event.key)", as: Int.self) != nil
            if isFaulty { throw Fault(key: event.key) }
            if number == 1 {
                try tx.run("INSERT INTO progress (follower, key, number) VALUES (\(name), \(event.key), 1)")
            } else {
                try tx.run(
                    """
                    UPDATE progress SET number = \(number)
                    WHERE follower = \(name) AND key = \(event.key) AND number = \(number - 1)
                    """, expecting: 1)
            }
        }
    }

    /// How many effects stand.
    static func count(_ tx: Transaction) throws -> Int { try tx.value("SELECT COUNT(*) FROM effect") ?? 0 }
    static func parked(_ tx: Transaction) throws -> [String] {
        try tx.values("SELECT reason FROM parked_event ORDER BY follower, seq")
    }

    static func setFault(_ key: String, _ isFaulty: Bool, in tx: Transaction) throws {
        if isFaulty { try tx.run("INSERT INTO fault (key) VALUES (\(key))") }
        else { try tx.run("DELETE FROM fault WHERE key = \(key)") }
    }
}
