import ArgumentParser
import Flows
import Foundation
import Kernel
import Rehearsal
import Store
import StoreSQLite

/// Takes a folder of files into a network.
struct ImportFolder: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Check a folder of CSV files whole, then take it into a network.",
        discussion: """
            A bad folder is refused whole, with file, row, column, value and rule of up to fifty problems. A killed import
            goes on where it stopped when it is called again with the same name, or is discarded by name.

            waybill import goods/ --name spring
            waybill import orders/ --layout olist --catalogue catalogue/ --name olist
            waybill import --discard spring
            """)

    @Argument(help: "The folder with the files.", completion: .directory) var folder: String?
    @OptionGroup var store: StoreOption
    @Option(help: "How the files are laid out: waybill or olist.") var layout = "waybill"
    @Option(help: "The folder with products, sellers and cities (layout olist).", completion: .directory) var catalogue: String?
    @Option(help: "A name to find the import by; the folder's by default.") var name: String?
    @Option(help: "Discard an import that is not committed, by name.") var discard: String?
    @Flag(help: "List the imports.") var list = false
    @Option(help: ArgumentHelp("The file with the master key.", valueName: "file")) var masterKey = "waybill-master.key"
    @Flag(help: "Print the result as JSON.") var json = false

    func validate() throws {
        guard ImportLayout(rawValue: layout) != nil else { throw ValidationError("--layout is waybill or olist, not '\(layout)'.") }
        guard list || discard != nil || folder != nil else { throw ValidationError("Name a folder, --list or --discard.") }
    }

    func run() throws {
        let open = try Store(engine: store.engine(), migrations: Assembly.migrations)
        defer { open.close() }
        let network = try RunningNetwork(store: open, vault: MasterKeyFile.vault(path: masterKey))
        let scratch = SQLiteEngine(.file("")), desk = network.assembly.orders
        let bar = ProgressBar()
        let progress: (ImportProgress) throws -> Void = { step in
            let total = max(1, step.total ?? 1)
            bar.show(Double(step.done) / Double(total), step.phase.rawValue)
        }
        defer { bar.finish() }
        let runs = ImportRun(store: open, scratch: scratch, desk: desk, actor: "waybill import")
        if list {
            for one in try runs.list() { print("\(one.name)  \(one.state.rawValue)  \(one.applied) of \(one.staged) rows") }
            return
        }
        if let discard {
            try runs.discard(discard, progress: progress)
            return print("\(discard) is discarded.")
        }
        let folder = folder ?? "", title = name ?? URL(fileURLWithPath: folder).lastPathComponent
        let report = try ImportJob(
            store: open, scratch: scratch, folder: folder, catalogue: catalogue, layout: ImportLayout(rawValue: layout) ?? .waybill,
            name: title, desk: desk, actor: "waybill import"
        ).run(progress: progress)
        bar.finish()
        show(report)
    }

    private func show(_ report: ImportReport) {
        let record = report.record
        if json {
            let members: JSON = [
                "import": .id(record.id), "name": .string(record.name), "state": .string(record.state.rawValue),
                "staged": .int(Int64(record.staged)), "applied": .int(Int64(record.applied)), "refused": .int(Int64(record.refused)),
            ]
            return print(members.text)
        }
        print("\(record.name) is \(record.state.rawValue): \(record.applied) of \(record.staged) rows, \(record.refused) refused.")
        for refusal in report.refusals.prefix(50) { print("  \(refusal)") }
    }
}
