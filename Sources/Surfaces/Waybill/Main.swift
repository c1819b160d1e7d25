import ArgumentParser
import Kernel
import Store

/// The program.
@main struct Waybill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waybill",
        abstract: "An open fulfillment platform: orders, stock, warehouse, parcels and couriers in one program.",
        discussion: """
            Begin with `waybill demo`: it starts a network in motion on http://localhost:8080 and prints a key to try the
            API with. Everything is kept in one SQLite file, or in PostgreSQL where one machine is not enough.

            Stores are written as sqlite:PATH, sqlite::memory: or postgres://user:password@host/database.
            """,
        version: "0.1.0",
        subcommands: [
            Serve.self, Demo.self, ImportFolder.self, Rehearse.self, AuditStore.self, BooksCommand.self, Keys.self, CopyStore.self,
            BackupStore.self, RestoreStore.self,
        ])

    /// Tells a refusal by its sentence, not by its case.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let refusal as any Refusal {
            exit(withError: Told(refusal.message))
        } catch let error as StoreError {
            exit(withError: Told(error.description))
        } catch {
            exit(withError: error)
        }
    }
}

/// A sentence for the person at the terminal.
private struct Told: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
}
