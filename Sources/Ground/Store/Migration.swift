import Kernel

/// One step of the schema. Steps expand (add what both releases can live with) or contract (remove what the
/// release before still used); a contracting step comes one release after the code stopped using the thing.
///
/// Statements are the common subset; each engine adapts these words: `BIGINT` and `TEXT` (types and collation),
/// `AUTO_SEQUENCE` (a primary key the database numbers), `COMMIT_STAMP` (the number of the writing transaction),
/// `COMMIT_ORDER` (columns of an index that is made only where the rows do not lie in that order).
package struct Migration: Sendable {
    package enum Phase: String, Sendable {
        case expand
        case contract
    }

    /// Order over all modules; never reused.
    package let number: Int
    package let name: String
    package let phase: Phase
    package let statements: [String]

    package init(_ number: Int, _ name: String, phase: Phase = .expand, _ statements: [String]) {
        self.number = number
        self.name = name
        self.phase = phase
        self.statements = statements
    }
}

/// Brings a database to the schema of this program, once, however many nodes start together.
package struct Migrator {
    private let migrations: [Migration]

    package init(migrations: [Migration]) {
        self.migrations = migrations.sorted { $0.number < $1.number }
        precondition(Set(migrations.map(\.number)).count == migrations.count, "two migrations have one number")
    }

    /// Refuses with `StoreError.unsuitable` only where the database contracted beyond what this program knows.
    package func migrate(_ connection: any Connection, now: Instant) throws {
        try connection.begin(readOnly: false)
        do {
            try connection.lockSchema()
            try connection.define(
                """
                CREATE TABLE IF NOT EXISTS schema_step (
                    number BIGINT PRIMARY KEY, name TEXT NOT NULL, phase TEXT NOT NULL, applied_at BIGINT NOT NULL)
                """)
            try applyMissing(connection, now: now)
            try connection.commit()
        } catch {
            try? connection.rollback()
            throw error
        }
    }

    private func applyMissing(_ connection: any Connection, now: Instant) throws {
        let known = Set(migrations.map(\.number))
        var applied: Set<Int> = []
        try connection.query("SELECT number, name, phase FROM schema_step ORDER BY number") { row in
            let (number, name, phase) = try (row.next(Int.self), row.next(String.self), row.next(String.self))
            applied.insert(number)
            guard known.contains(number) || phase != Migration.Phase.contract.rawValue else {
                throw StoreError.unsuitable(
                    """
                    The database was contracted by a newer release (step \(number), \(name)); this one knows up to step \
                    \(migrations.last?.number ?? 0).
                    """)
            }
        }
        for step in migrations where !applied.contains(step.number) {
            for statement in step.statements { try connection.define(statement) }
            try connection.run(
                """
                INSERT INTO schema_step (number, name, phase, applied_at)
                VALUES (\(step.number), \(step.name), \(step.phase.rawValue), \(now))
                """)
        }
    }
}
