import Kernel
import Store

/// Runs `body` on an empty database that is removed afterwards.
package func withDatabase<T>(_ kind: EngineKind, _ body: (TestDatabase) throws -> T) throws -> T {
    let database = try TestDatabase(kind)
    let result = Result { try body(database) }
    try database.remove()
    return try result.get()
}

/// As above, for a body that awaits.
package func withDatabase<T>(_ kind: EngineKind, _ body: (TestDatabase) async throws -> T) async throws -> T {
    let database = try TestDatabase(kind)
    let result: Result<T, any Error>
    do { result = .success(try await body(database)) } catch { result = .failure(error) }
    try database.remove()
    return try result.get()
}

/// Runs `body` with a stepper on an empty database with the store's schema and `migrations`.
package func withStepper<T>(
    _ kind: EngineKind, migrations: [Migration] = [], now: Instant = .testStart, _ body: (Stepper) throws -> T
) throws -> T {
    try withDatabase(kind) { try body($0.stepper(migrations: migrations, now: now)) }
}

/// Runs `body` with a serving store on an empty database with the store's schema and `migrations`; closes it after.
package func withStore<T>(
    _ kind: EngineKind, migrations: [Migration] = [], clock: @escaping @Sendable () -> Instant = { .wallClock },
    _ body: (Store) async throws -> T
) async throws -> T {
    try await withDatabase(kind) { database in
        let store = try database.store(migrations: migrations, clock: clock)
        defer { store.close() }
        return try await body(store)
    }
}
