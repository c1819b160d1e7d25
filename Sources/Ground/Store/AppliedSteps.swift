import Kernel

/// A step of the schema that a database has.
package struct AppliedStep: Sendable, Equatable {
    package let number: Int
    package let phase: String

    /// Whether a release that knows these migrations cannot serve the database: a step it does not know contracted it.
    package func isBeyond(_ migrations: [Migration]) -> Bool {
        phase == Migration.Phase.contract.rawValue && !migrations.contains { $0.number == number }
    }

    /// In order. Throws `StoreError.statement` where the database is no Waybill database.
    package static func all(on connection: any Connection) throws -> [AppliedStep] {
        var steps: [AppliedStep] = []
        try connection.query("SELECT number, phase FROM schema_step ORDER BY number") {
            steps.append(AppliedStep(number: try $0.next(), phase: try $0.next()))
        }
        return steps
    }
}
