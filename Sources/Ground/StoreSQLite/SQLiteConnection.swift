import CSQLite
import Kernel
import Store

/// One raw connection with its statements prepared once and cached by their text.
final class SQLiteConnection: Connection {
    private let handle: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]
    private var isInTransaction = false
    private static let statementLimit = 2000
    /// Marks the address of a database in memory. Not a shared cache: that takes a lock at every step of a statement.
    static let memory = "?vfs=memdb"

    /// Once a process.
    private static let configured: Int32 = sqlite_uncounted()

    init(uri: String, readOnly: Bool) throws {
        _ = Self.configured
        let flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
            | (readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(uri, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw StoreError.unsuitable("\(uri) cannot be opened: \(message)")
        }
        handle = opened
        sqlite3_busy_timeout(handle, 5000)
        let isMemory = uri.hasSuffix(Self.memory)
        var limit = Int64.max
        if isMemory { sqlite3_file_control(handle, "main", SQLITE_FCNTL_SIZE_LIMIT, &limit) }
        for pragma in Self.settings(readOnly: readOnly, isMemory: isMemory) { try execute("PRAGMA \(pragma)") }
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    private static func settings(readOnly: Bool, isMemory: Bool) -> [String] {
        let common = ["cache_size = -65536", "temp_store = MEMORY", "foreign_keys = OFF"]
        let journal = isMemory ? "journal_mode = MEMORY" : "journal_mode = WAL"
        return readOnly
            ? common + ["query_only = ON"]
            : [journal, "synchronous = FULL", "secure_delete = OFF", "wal_autocheckpoint = 4000"] + common
    }

    func query(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws {
        let rendered = try SQLiteText(sql, loopsRows: false)
        let statement = try statement(for: rendered.text)
        defer { statement.reset() }
        try statement.bind(rendered.fixed)
        while try step(statement) {
            var reader = RowReader(statement)
            try body(&reader)
        }
    }

    /// A statement over `rows:` is run once a row: faster here than a join with JSON, and the same in effect.
    func run(_ sql: SQL) throws -> Int {
        let rendered = try SQLiteText(sql, loopsRows: true)
        let statement = try statement(for: rendered.text, ofRow: sql.rows?.columns.map(\.name))
        defer { statement.reset() }
        guard let rows = sql.rows else {
            try statement.bind(rendered.fixed)
            while try step(statement) {}
            return Int(sqlite3_changes(handle))
        }
        try statement.bind(rendered.fixed, around: rows.columns.count, at: rendered.rowOffset)
        var changed = 0
        for row in rows.values {
            try statement.bind(row: row, at: rendered.rowOffset)
            while try step(statement) {}
            changed += Int(sqlite3_changes(handle))
            statement.reset()
        }
        return changed
    }

    func define(_ statement: String) throws { try execute(SQLiteText.schema(statement)) }

    func begin(readOnly: Bool) throws {
        try execute(readOnly ? "BEGIN" : "BEGIN IMMEDIATE")
        isInTransaction = true
    }

    func commit() throws {
        try execute("COMMIT")
        isInTransaction = false
    }

    func rollback() throws {
        isInTransaction = false
        try execute("ROLLBACK")
    }

    func savepoint() throws { try execute("SAVEPOINT attempt") }
    func releaseSavepoint() throws { try execute("RELEASE attempt") }
    func rollbackToSavepoint() throws {
        try execute("ROLLBACK TO attempt")
        try execute("RELEASE attempt")
    }

    func reconnect() throws {}

    /// A commit answers in the process itself: this is never asked.
    func committed(stamp: String) throws -> Bool { throw StoreError.unexpected("SQLite commits have no stamp") }

    /// `BEGIN IMMEDIATE` has locked out other writers already.
    func lockSchema() throws {}

    func close() { statements.removeAll() }

    /// Runs one statement without values or rows, prepared once.
    private func execute(_ text: String) throws {
        let statement = try statement(for: text)
        defer { statement.reset() }
        while try step(statement) {}
    }

    /// A full disk, among others, makes SQLite undo the whole transaction; what follows must not run outside of one.
    private func step(_ statement: SQLiteStatement) throws -> Bool {
        do { return try statement.step() } catch {
            guard isInTransaction, sqlite3_get_autocommit(handle) != 0 else { throw error }
            isInTransaction = false
            throw StoreError.connectionLost("SQLite undid the transaction: \(error)")
        }
    }

    /// - Parameter columns: of the row it is run with.
    private func statement(for text: String, ofRow columns: [String]? = nil) throws -> SQLiteStatement {
        if let known = statements[text], !known.isBusy { return known }
        if statements.count >= Self.statementLimit { statements.removeAll() }
        let made = try SQLiteStatement(columns.map { SQLiteRow.plain(text, $0) } ?? text, on: handle)
        statements[text] = made
        return made
    }
}
