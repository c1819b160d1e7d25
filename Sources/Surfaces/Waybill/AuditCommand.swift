import ArgumentParser
import Foundation
import Kernel
import Rehearsal
import Store
import Views

/// Checks the books against each other.
struct AuditStore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check every counter against the books, every unit, custody, money and cursors.",
        discussion: """
            Names every row that disagrees and exits with 1 where there is one. Only reads, in chunks of their own
            snapshot, so that it may run beside a server. The stock book is added up from its last close (`waybill books`);
            with --from-the-beginning the closes themselves are checked against every movement there was.
            """)

    @OptionGroup var store: StoreOption
    @Flag(help: "Check what was closed as well.") var fromTheBeginning = false
    @Flag(help: "Print the result as JSON.") var json = false

    func run() throws {
        let engine = try store.engine()
        let connection = try engine.connect(readOnly: true)
        defer { connection.close() }
        try Schema.requireNetwork(connection, at: engine.address)
        let bar = ProgressBar()
        let report = try AuditRun.run(
            fromTheBeginning ? Audit.fromTheBeginning : Audit.checks,
            read: { body in try Snapshot.read(connection, body) }, progress: { bar.show($1, $0) })
        bar.finish()
        print(json ? report.json.text : AuditText.text(report))
        if !report.isClean { throw ExitCode(1) }
    }
}

/// One read from a snapshot of its own on a connection of this process.
enum Snapshot {
    static func read<T>(_ connection: any Connection, _ body: (Transaction) throws -> T) throws -> T {
        try connection.begin(readOnly: true)
        do {
            let value = try body(Transaction(connection: connection, now: .wallClock, ids: IDGenerator(node: 0)))
            try connection.rollback()
            return value
        } catch {
            try? connection.rollback()
            throw error
        }
    }
}

enum Schema {
    /// Refuses a database that is none of ours with a sentence instead of an SQL error.
    static func requireNetwork(_ connection: any Connection, at address: String) throws {
        do {
            _ = try AppliedStep.all(on: connection)
        } catch {
            throw ValidationError("\(address) holds no Waybill network.")
        }
    }
}

enum AuditText {
    static func text(_ report: AuditReport) -> String {
        let rows = report.checks.reduce(0) { $0 + $1.rows }
        let lines = report.findings.map { "  \($0.severity.rawValue): \($0.sentence)" }
        let notes = report.findings.count - report.broken.count
        let head = (report.broken.isEmpty ? "Nothing to report" : "\(report.broken.count) findings")
            + ": \(report.checks.count) checks over \(rows) rows" + (notes == 0 ? "." : ", \(notes) of them with a note.")
        return ([head] + lines).joined(separator: "\n")
    }
}
