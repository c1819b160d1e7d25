import ArgumentParser
import Foundation
import Kernel
import Rehearsal
import Store
import StoreSQLite
import Views

/// Moves a network to another database.
struct CopyStore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy a network to an empty database, of the same engine or the other, and audit both ends.",
        discussion: "waybill copy --from sqlite:waybill.db --to postgres://waybill@localhost/waybill")

    @Option(help: ArgumentHelp("The network to copy.", valueName: "address")) var from: String
    @Option(help: ArgumentHelp("An empty database.", valueName: "address")) var to: String
    @Flag(help: "Print the result as JSON.") var json = false

    func run() throws {
        let source = try StoreOption.engine(from), target = try StoreOption.engine(to)
        let bar = ProgressBar()
        let report = try CopyNetwork(from: source, to: target, migrations: Assembly.migrations).run(now: .wallClock) {
            bar.show($0.total > 0 ? Double($0.rows) / Double($0.total) : 0, "\($0.phase.rawValue) \($0.table)")
        }
        bar.finish()
        var isClean = true
        for engine in [source, target] {
            let connection = try engine.connect(readOnly: true)
            let audit = try AuditRun.run(read: { try Snapshot.read(connection, $0) }, progress: { bar.show($1, "audit: \($0)") })
            bar.finish()
            connection.close()
            if !json || !audit.isClean { print("\(engine.address): \(AuditText.text(audit))") }
            isClean = isClean && audit.isClean
        }
        print(json ? report.json.text : "\(report.rows) rows of \(report.tables.count) tables are the same at both ends.")
        if !isClean { throw ExitCode(1) }
    }
}

/// Writes a consistent copy of an SQLite database to a file.
struct BackupStore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write a consistent copy of an SQLite database to a file, also while it is served.",
        discussion: "waybill backup --store sqlite:waybill.db backup-2026-11-21.db")

    @OptionGroup var store: StoreOption
    @Argument(help: "The file to write; it must not be there yet.") var file: String

    func run() throws {
        let report = try Backup.write(store.engine(), to: file)
        print("\(report.path): \(report.bytes) bytes, whole, schema step \(report.step).")
    }
}

/// Puts a backup in place.
struct RestoreStore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup in the place of an SQLite database that nobody serves.",
        discussion: "waybill restore backup-2026-11-21.db --store sqlite:waybill.db")

    @Argument(help: "The backup.", completion: .file()) var file: String
    @OptionGroup var store: StoreOption

    func run() throws {
        let report = try Backup.restore(file, to: store.engine(), migrations: Assembly.migrations)
        print("\(report.path): \(report.bytes) bytes restored, schema step \(report.step).")
    }
}
