import Kernel
import Store
import TestGround
import Testing

struct BatchTests {
    enum Step {
        case take(Take)
        case restock(Restock)
    }

    static func steps(_ count: Int, _ random: inout SeededRandom) -> [Step] {
        (0..<count).map { number in
            if random.below(4) == 0 {
                return .restock(
                    Restock(shelf: 1 + random.below(3), pieces: 1 + random.below(3), number: number, fails: random.below(3) == 0))
            }
            // Few keys, so that some repeat with the same or other content; one in forty breaks a rule of the table only.
            let quantity = random.below(40) == 0 ? 1000 : 1 + random.below(3)
            return .take(Take(key: "k\(random.below(count))", shelf: 1 + random.below(4), quantity: quantity))
        }
    }

    static func job(_ number: Int, _ step: Step, _ told: Told) -> any Job {
        switch step {
        case .take(let flow): told.job(number, flow)
        case .restock(let flow): told.job(number, flow)
        }
    }

    /// Runs the steps, cut into batches of sizes that `size` gives; answers what was told and what stands after.
    static func run(
        _ kind: EngineKind, _ steps: [Step], size: () -> Int
    ) throws -> (told: [[String]], stands: [String]) {
        try withStepper(kind, migrations: Shop.migrations) { stepper in
            try stepper.perform(InPlace { try Shop.stock([30, 5, 2000], in: $0) })
            let connection = try stepper.engine.connect(readOnly: false)
            defer { connection.close() }
            let batch = Batch(connection: connection, ids: IDGenerator(node: 5))
            let told = Told()
            var rest = steps.enumerated().map { job($0, $1, told) }[...]
            while !rest.isEmpty {
                let cut = Array(rest.prefix(size()))
                rest = rest.dropFirst(cut.count)
                batch.run(cut, now: .testStart)
            }
            return (told.all(steps.count), try stepper.read(Shop.dump))
        }
    }

    @Test("a batch gives the same answers and leaves the same as its items one by one", arguments: EngineKind.all, 1...4)
    func batchEqualsOneByOne(kind: EngineKind, seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let steps = Self.steps(60 + random.below(80), &random)
        let alone = try Self.run(kind, steps) { 1 }
        let batched = try Self.run(kind, steps) { 1 + random.below(40) }
        #expect(batched.told == alone.told, "seed \(seed)")
        #expect(batched.stands == alone.stands, "seed \(seed)")
        #expect(alone.told.allSatisfy { $0.count == 1 })
        let kinds = Set(alone.told.flatMap(\.self).map { $0.prefix(12) })
        #expect(kinds.count > 4, "the steps are too tame: \(kinds)")
    }

    @Test("a failing closure leaves nothing, and its neighbours stay", arguments: EngineKind.all)
    func failingClosure(kind: EngineKind) throws {
        let steps: [Step] = (0..<9).map { .restock(Restock(shelf: 1, pieces: 1, number: $0, fails: $0 % 3 == 1)) }
        let (told, stands) = try Self.run(kind, steps) { 9 }
        let refused = ["refused truck.not_found"]
        #expect(told == [["31"], refused, ["32"], ["33"], refused, ["34"], ["35"], refused, ["36"]])
        #expect(stands.contains("shelf 1: 36, 0"))
        #expect(stands.filter { $0.hasPrefix("event") }.count == 6)
        #expect(stands.filter { $0.hasPrefix("remark") }.count == 6)
    }

    @Test("an error in the write of a set is told to the one at fault, once; the others are done", arguments: EngineKind.all)
    func errorInWrite(kind: EngineKind) throws {
        let steps: [Step] = (0..<20).map { .take(Take(key: "k\($0)", shelf: 3, quantity: $0 == 13 ? 1000 : 1)) }
        let (told, stands) = try Self.run(kind, steps) { 20 }
        #expect(told.allSatisfy { $0.count == 1 })
        #expect(told.enumerated().filter { $1[0].hasPrefix("failed") }.map(\.offset) == [13])
        #expect(stands.contains("shelf 3: 2000, 19"))
        #expect(stands.filter { $0.hasPrefix("event") }.count == 19)
    }

    @Test("a refusal takes back the events its decision had left", arguments: EngineKind.all)
    func refusalLeavesNoEvent(kind: EngineKind) throws {
        let steps: [Step] = [
            .take(Take(key: "a", shelf: 2, quantity: 5)), .take(Take(key: "b", shelf: 2, quantity: 1)),
            .take(Take(key: "a", shelf: 2, quantity: 5)),
        ]
        let (told, stands) = try Self.run(kind, steps) { 3 }
        #expect(told == [["0"], ["refused shop.soldOut"], ["0"]])
        let events = stands.filter { $0.hasPrefix("event") }.map { String($0.prefix(18)) }
        #expect(events == ["event shop.taken a", "event shop.taken a"])
    }

    @Test("a batch that the disk has no room for fails as a whole, and what fits later is done")
    func fullDisk() throws {
        try withStepper(.sqliteFile, migrations: Shop.migrations) { stepper in
            let connection = try stepper.engine.connect(readOnly: false)
            defer { connection.close() }
            try connection.define("PRAGMA max_page_count = 200")
            let told = Told(), words = String(repeating: "full ", count: 40_000)
            let remark = { @Sendable (number: Int) in
                InPlace { tx in
                    tx.emit(NewEvent("shop.remarked", key: "\(number)", occurred: tx.now))
                    return try tx.run("INSERT INTO remark (number, words) VALUES (\(number), \(words))")
                }
            }
            let batch = Batch(connection: connection, ids: IDGenerator(node: 5))
            batch.run((0..<8).map { told.job($0, remark($0)) }, now: .testStart)
            #expect(told.all(8).allSatisfy { $0.count == 1 && $0[0].contains("SQLite undid the transaction") })
            try #expect(stepper.read(Shop.dump) == [])
            batch.run([told.job(8, remark(8))], now: .testStart)
            #expect(told.all(9)[8] == ["1"])
            try #expect(stepper.read(Shop.dump).count == 2)
        }
    }

    @Test("text with U+0000 is refused alike, bound, listed or in rows", arguments: EngineKind.all)
    func nul(kind: EngineKind) throws {
        try withStepper(kind, migrations: Shop.migrations) { stepper in
            let text = "a\u{0}b"
            #expect(throws: NulInText.self) {
                try stepper.perform(InPlace { try $0.run("INSERT INTO remark (number, words) VALUES (1, \(text))") })
            }
            #expect(throws: NulInText.self) {
                try stepper.read { try $0.value("SELECT number FROM remark WHERE words IN \(list: [text])", as: Int.self) }
            }
            #expect(throws: NulInText.self) {
                try stepper.perform(
                    InPlace { tx in
                        var rows = Rows(["n": .int, "w": .text])
                        rows.add(1, text)
                        try tx.run("INSERT INTO remark (number, words) SELECT v.n, v.w FROM (\(rows: rows)) AS v")
                    })
            }
            try #expect(stepper.read { try $0.value("SELECT COUNT(*) FROM remark", as: Int.self) } == 0)
        }
    }
}
