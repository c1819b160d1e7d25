import ArgumentParser
import Kernel
import Store
import StorePostgres
import StoreSQLite

/// `--store`: which database.
struct StoreOption: ParsableArguments {
    @Option(help: ArgumentHelp("The database: sqlite:PATH, sqlite::memory: or postgres://…", valueName: "address"))
    var store = "sqlite:waybill.db"

    func engine() throws -> any Engine { try Self.engine(store) }

    /// Throws a usage error that names the forms.
    static func engine(_ address: String) throws -> any Engine {
        if address == "sqlite::memory:" { return SQLiteEngine(.memory) }
        if address.hasPrefix("sqlite:"), address.count > 7 { return SQLiteEngine(.file(String(address.dropFirst(7)))) }
        if address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") { return PostgresEngine(url: address) }
        throw ValidationError(
            "'\(address)' is not a store. Write sqlite:PATH, sqlite::memory: or postgres://user:password@host/database.")
    }
}
