import ArgumentParser

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
            Serve.self, Demo.self, Rehearse.self, AuditStore.self, Keys.self, CopyStore.self,
            BackupStore.self, RestoreStore.self,
        ])
}
