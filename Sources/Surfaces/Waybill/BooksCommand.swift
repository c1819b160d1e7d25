import ArgumentParser
import Flows
import Inventory
import Kernel
import Rehearsal
import Store

/// The periods of the stock book.
struct BooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "books",
        abstract: "Close the stock book by period, so that an audit starts from the last close.",
        discussion: "A server does it by itself every day; while one has an SQLite file, leave it to that.",
        subcommands: [Close.self, List.self])

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close the book as of a moment that is a day old at least.",
            discussion: "What was begun and stopped half-way is ended first. A movement is never written into a closed period.")

        @OptionGroup var store: StoreOption
        @Option(help: "The end of the period, as 2026-11-30T00:00:00Z; a day ago unless said.") var asOf: String?
        @Flag(help: "Print the close as JSON.") var json = false

        func run() throws {
            let moment = try asOf.map { text -> Instant in
                guard let moment = Instant(text) else {
                    throw ValidationError("--as-of '\(text)' is not a moment like 2026-11-30T00:00:00Z.")
                }
                return moment
            }
            let stepper = try Stepper(engine: store.engine(), migrations: Assembly.migrations, now: .wallClock)
            let bar = ProgressBar()
            var close = try stepper.perform(CloseBooksNow(asOf: moment))
            while close.state == .building {
                bar.show(0, "\(close.movements) movements")
                close = try stepper.perform(CloseBooksNow(asOf: moment))
            }
            bar.finish()
            print(json ? close.json.text : "Closed as of \(close.asOf): \(close.movements) movements.")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the closes, the newest first.")

        @OptionGroup var store: StoreOption
        @Flag(help: "Print the closes as JSON.") var json = false

        func run() throws {
            let connection = try store.engine().connect(readOnly: true)
            defer { connection.close() }
            try Schema.requireNetwork(connection, at: store.store)
            let closes = try Snapshot.read(connection) { try Books.closes(limit: 1000, in: $0) }
            if json { return print(JSON.array(closes.map(\.json)).text) }
            for close in closes { print("\(close.asOf)  \(close.state.rawValue)  \(close.movements) movements") }
            if closes.isEmpty { print("Nothing is closed yet: waybill books close") }
        }
    }
}

extension BookClose {
    fileprivate var json: JSON {
        [
            "id": .id(id), "state": .string(state.rawValue), "as_of": .string("\(asOf)"), "movements": .int(movements),
        ]
    }
}
