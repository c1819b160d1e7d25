import Foundation
import Kernel
import Store
import StorePostgres
import StoreSQLite

/// An empty database of one test.
package struct TestDatabase: Sendable {
    package let kind: EngineKind
    /// The engine as the first process has it.
    package let engine: any Engine
    /// Of a database on a server.
    package let url: String?
    private let path: String?
    private let name: String

    init(_ kind: EngineKind) throws {
        self.kind = kind
        switch kind {
        case .sqliteMemory:
            (url, path, name) = (nil, nil, "")
            engine = SQLiteEngine(.memory)
        case .sqliteFile:
            name = "waybill-test-\(UUID().uuidString).db"
            let file = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
            (url, path) = (nil, file)
            engine = SQLiteEngine(.file(file))
        case .postgres:
            name = try PostgresServer.take()
            let address = try PostgresServer.url(of: name)
            (url, path) = (address, nil)
            engine = PostgresEngine(url: address, readers: 2)
        }
    }

    func remove() throws {
        if let path {
            for suffix in ["", "-wal", "-shm", ".lock"] where FileManager.default.fileExists(atPath: path + suffix) {
                try FileManager.default.removeItem(atPath: path + suffix)
            }
        }
        if url != nil { try PostgresServer.give(back: name) }
    }

    /// The same database as another process would open it; a database in memory has no other process.
    package func anotherEngine() -> any Engine {
        if let path { return SQLiteEngine(.file(path)) }
        if let url { return PostgresEngine(url: url, readers: 2) }
        return engine
    }

    /// A further raw connection that writes, beside those of the stores.
    package func connect() throws -> any Connection { try engine.connect(readOnly: false) }

    /// Opens a stepper (node 0) on it. `migrations` come on top of the store's own.
    package func stepper(migrations: [Migration] = [], now: Instant = .testStart) throws -> Stepper {
        try Stepper(engine: engine, migrations: withStoreSchema(migrations), now: now)
    }

    /// Opens one node. `migrations` come on top of the store's own.
    package func store(
        migrations: [Migration] = [], clock: @escaping @Sendable () -> Instant = { .wallClock }
    ) throws -> Store {
        try Store(engine: anotherEngine(), migrations: withStoreSchema(migrations), clock: clock)
    }

    private func withStoreSchema(_ migrations: [Migration]) -> [Migration] {
        StoreSchema.migrations.filter { step in !migrations.contains { $0.number == step.number } } + migrations
    }
}

extension Instant {
    /// 2026-11-21T08:00:00Z, a Saturday: when the clock of a test begins.
    package static let testStart = Instant(micros: 1_795_248_000_000_000)
}
