import Foundation
import Kernel
import Store
import TestGround
import Testing

struct EventLogTests {
    /// A transaction of its own connection, left open until the test ends it.
    final class Open {
        let connection: any Connection
        let tx: Transaction

        init(_ database: TestDatabase) throws {
            connection = try database.connect()
            try connection.begin(readOnly: false)
            tx = Transaction(connection: connection, now: .testStart, ids: IDGenerator(node: 9))
        }

        func append(_ keys: String...) throws {
            for key in keys { tx.emit(NewEvent("test.happened", key: key, occurred: tx.now)) }
            try tx.flush()
        }

        func commit() throws {
            try connection.commit()
            connection.close()
        }
    }

    /// What a reader sees that goes on from its last position, as often as the test asks.
    final class Reader {
        private let stepper: Stepper
        private(set) var seen: [Event] = []

        init(_ stepper: Stepper) { self.stepper = stepper }

        func read() throws -> [String] {
            let position = seen.last?.position ?? .start
            let events = try stepper.read { try EventLog.read(after: position, limit: 1000, in: $0) }
            seen += events
            return events.map(\.key)
        }

        /// Reads on until so many were seen in all; other databases of the server may hold the log back for a moment.
        func read(until count: Int) throws {
            let deadline = DispatchTime.now() + 60
            while seen.count < count, DispatchTime.now() < deadline {
                if try read().isEmpty { Thread.sleep(forTimeInterval: 0.005) }
            }
        }
    }

    @Test("an event holds what it was given, and comes back in order", arguments: EngineKind.all)
    func roundTrip(kind: EngineKind) throws {
        try withStepper(kind) { stepper in
            let event = NewEvent(
                "unit.moved", version: 3, key: "hu_1", occurred: .testStart - .hours(2), actor: "picker 7", site: SiteID(11),
                owner: MerchantID(12), quantity: -4, unit: "each", payload: ["to": "A-01", "from": nil])
            try stepper.perform(
                InPlace { tx in
                    tx.emit(event)
                    tx.emit(NewEvent("unit.moved", key: "hu_2", occurred: tx.now))
                })
            try stepper.perform(InPlace { $0.emit(NewEvent("unit.lost", key: "hu_1", occurred: $0.now)) })
            let reader = Reader(stepper)
            try reader.read(until: 3)
            #expect(reader.seen.map(\.key) == ["hu_1", "hu_2", "hu_1"])
            let first = try #require(reader.seen.first)
            #expect(first.type == "unit.moved" && first.version == 3 && first.actor == "picker 7")
            #expect(first.occurred == .testStart - .hours(2) && first.recorded == .testStart)
            #expect(first.site == SiteID(11) && first.owner == MerchantID(12) && first.quantity == -4 && first.unit == "each")
            #expect(first.payload == ["to": "A-01", "from": nil])
            #expect(first.partition == EventLog.partition(of: "hu_1"))
            #expect(reader.seen[1].site == nil && reader.seen[1].quantity == nil && reader.seen[1].payload == [:])
            let history = try stepper.read { try EventLog.history(of: "hu_1", in: $0) }
            #expect(history.map(\.type) == ["unit.moved", "unit.lost"])
        }
    }

    @Test("an event that commits late is never skipped, and comes in its order", arguments: EngineKind.servers)
    func lateCommit(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let reader = Reader(try database.stepper())
            let early = try Open(database)
            try early.append("early")
            let late = try Open(database)
            try late.append("late")
            try late.commit()
            try #expect(reader.read() == [])
            try early.commit()
            try reader.read(until: 2)
            #expect(reader.seen.map(\.key) == ["early", "late"])
            try #expect(reader.read() == [])
        }
    }

    @Test("an event that was numbered later by an older transaction is not skipped either", arguments: EngineKind.servers)
    func lowerTransactionHigherSequence(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let reader = Reader(try database.stepper())
            let older = try Open(database)
            try older.append("1")
            let younger = try Open(database)
            try younger.append("2")
            try older.append("3")
            try younger.commit()
            try #expect(reader.read() == [])
            try older.commit()
            try reader.read(until: 3)
            #expect(reader.seen.map(\.key) == ["1", "3", "2"])
        }
    }

    @Test("a reader beside many writers sees each event once, in one order", arguments: EngineKind.servers)
    func manyWriters(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let reader = Reader(try database.stepper())
            let writers = 6, transactions = 40, finished = DispatchGroup()
            // Threads: a task would rest inside its transaction and so hold back the log of every other test.
            for writer in 0..<writers {
                finished.enter()
                Thread {
                    defer { finished.leave() }
                    do { try Self.write(transactions, as: writer, to: database) } catch {
                        Issue.record("writer \(writer) failed: \(error)")
                    }
                }.start()
            }
            try reader.read(until: writers * transactions * 2)
            finished.wait()
            #expect(reader.seen.count == writers * transactions * 2)
            #expect(Set(reader.seen.map(\.key)).count == reader.seen.count)
            let positions = reader.seen.map(\.position)
            #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    static func write(_ transactions: Int, as writer: Int, to database: TestDatabase) throws {
        var random = SeededRandom(seed: UInt64(writer))
        for number in 0..<transactions {
            let open = try Open(database)
            try open.append("\(writer).\(number).a")
            Thread.sleep(forTimeInterval: Double(random.below(3000)) / 1_000_000)
            try open.append("\(writer).\(number).b")
            try open.commit()
        }
    }

    @Test("a stepper's follower waits for an open transaction instead of stopping short of its own events",
        arguments: EngineKind.servers)
    func stepperWaits(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let stepper = try database.stepper(migrations: Tally.migrations)
            let tally = Tally("waiting")
            try stepper.lease([tally])
            let open = try Open(database)
            try open.append("open")
            try stepper.perform(InPlace { try Tally.append(1...3, keys: 1, in: $0) })
            let end = Thread {
                Thread.sleep(forTimeInterval: 0.2)
                _ = try? Server.endSessions(of: database, inTransaction: true)
            }
            end.start()
            try stepper.follow(tally)
            try #expect(stepper.read(Tally.count) == 3)
        }
    }
}
