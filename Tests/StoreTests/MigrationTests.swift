import Foundation
import Kernel
import Store
import StoreSQLite
import TestGround
import Testing

struct MigrationTests {
    static let first = Migration(9001, "first", ["CREATE TABLE one (id BIGINT PRIMARY KEY)", "INSERT INTO one (id) VALUES (1)"])
    static let second = Migration(9002, "second", ["ALTER TABLE one ADD COLUMN words TEXT"])

    static func applied(_ database: TestDatabase) throws -> [String] {
        let connection = try database.connect()
        defer { connection.close() }
        var names: [String] = []
        try connection.query("SELECT name FROM schema_step ORDER BY number") { names.append(try $0.next()) }
        return names
    }

    @Test("a step is applied once, and a later release adds its own", arguments: EngineKind.shared)
    func once(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            for steps in [[Self.first], [Self.first], [Self.second, Self.first], [Self.second, Self.first]] {
                let stepper = try database.stepper(migrations: steps)
                try #expect(stepper.read { try $0.value("SELECT COUNT(*) FROM one", as: Int.self) } == 1)
            }
            try #expect(Self.applied(database) == ["store", "first", "second"])
        }
    }

    @Test("nodes that start together apply each step once", arguments: EngineKind.servers)
    func together(kind: EngineKind) async throws {
        try await withDatabase(kind) { database in
            let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let store = try database.store(migrations: [Self.first, Self.second])
                        defer { store.close() }
                        return store.node
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(numbers).count == 4)
            try #expect(Self.applied(database) == ["store", "first", "second"])
        }
    }

    @Test("a database that expanded is served by the release before; one that contracted is not", arguments: EngineKind.shared)
    func contracted(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let expanding = Migration(9003, "expanding", ["CREATE TABLE two (id BIGINT PRIMARY KEY)"])
            _ = try database.stepper(migrations: [Self.first, expanding])
            _ = try database.stepper(migrations: [Self.first])
            // The number lies below one that the older release knows: what counts is the step, not the highest number.
            let contracting = Migration(8999, "drop_words", phase: .contract, ["DROP TABLE two"])
            _ = try database.stepper(migrations: [contracting, Self.first, expanding])
            let error = #expect(throws: StoreError.self) { try database.stepper(migrations: [Self.first]) }
            #expect("\(try #require(error))".contains("step 8999, drop_words"))
            _ = try database.stepper(migrations: [contracting, Self.first])
        }
    }

    @Test("a step that fails leaves nothing of itself or of the steps before it", arguments: EngineKind.shared)
    func failing(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let broken = Migration(9004, "broken", ["CREATE TABLE three (id BIGINT PRIMARY KEY)", "INSERT INTO nowhere VALUES (1)"])
            #expect(throws: StoreError.self) { try database.stepper(migrations: [Self.first, broken]) }
            let stepper = try database.stepper()
            #expect(throws: StoreError.self) { try stepper.read { try $0.value("SELECT COUNT(*) FROM one", as: Int.self) } }
            #expect(throws: StoreError.self) { try stepper.read { try $0.value("SELECT COUNT(*) FROM three", as: Int.self) } }
        }
    }

    @Test("a file that is being served is refused, naming the process; afterwards it is free")
    func served() throws {
        try withDatabase(.sqliteFile) { database in
            let store = try database.store()
            let error = #expect(throws: StoreError.self) { try database.store() }
            let message = "\(try #require(error))"
            #expect(message.contains("served by process \(ProcessInfo.processInfo.processIdentifier)."))
            store.close()
            try database.store().close()
        }
    }

    @Test("a store that cannot open lets go of the file")
    func letsGo() throws {
        try withDatabase(.sqliteFile) { database in
            let broken = Migration(9004, "broken", ["INSERT INTO nowhere VALUES (1)"])
            let engine = database.engine
            #expect(throws: StoreError.self) { try Store(engine: engine, migrations: StoreSchema.migrations + [broken]) }
            try database.store().close()
        }
    }

    @Test("the address an operator sees holds no password", arguments: EngineKind.servers)
    func address(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let address = database.engine.address
            #expect(address.hasPrefix("postgres://") && address.contains("waybill_test_"))
            #expect(!address.contains("@"))
        }
    }
}
