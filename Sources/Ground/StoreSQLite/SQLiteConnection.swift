import CSQLite
import Kernel
import Store

/// One raw connection with its statements prepared once and cached by their shape.
final class SQLiteConnection: Connection {
    private let handle: OpaquePointer
    private var statements: [SQLiteShape: SQLiteStatement] = [:]
    /// Statements without values, by their text.
    private var commands: [String: SQLiteStatement] = [:]
    private var isInTransaction = false
    /// Nobody else has this database: no lock to be had before the first write, and a transaction that writes nothing is free.
    private let isAlone: Bool
    private let checkpointer: SQLiteCheckpointer?
    private static let statementLimit = 4000
    /// Marks the address of a database in memory. Not a shared cache: that takes a lock at every step of a statement.
    static let memory = "?vfs=memdb"
    /// The address of a database in memory that no other connection sees.
    static let ownMemory = ":memory:"

    /// Once a process.
    private static let configured: [CInt] = [sqlite_memory_kept(), sqlite_uncounted(), sqlite_bound_caches()]

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
        isAlone = uri == Self.ownMemory
        let isMemory = isAlone || uri.hasSuffix(Self.memory)
        checkpointer = readOnly || isMemory ? nil : SQLiteCheckpointer(path: uri)
        var limit = Int64.max
        if isMemory { sqlite3_file_control(handle, "main", SQLITE_FCNTL_SIZE_LIMIT, &limit) }
        for pragma in Self.settings(readOnly: readOnly, isMemory: isMemory) { try execute("PRAGMA \(pragma)") }
        checkpointer?.watch(handle)
    }

    deinit {
        close()
        sqlite3_close_v2(handle)
    }

    private static func settings(readOnly: Bool, isMemory: Bool) -> [String] {
        let common = ["cache_size = -65536", "temp_store = MEMORY", "foreign_keys = OFF"]
        let journal = isMemory ? "journal_mode = MEMORY" : "journal_mode = WAL"
        return readOnly
            ? common + ["query_only = ON"]
            : [journal, "synchronous = FULL", "secure_delete = OFF"] + common
    }

    func query(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws {
        let statement = try statement(for: sql, loopsRows: false)
        defer { statement.reset() }
        _ = try statement.bind(sql, loopsRows: false)
        while try step(statement) {
            var reader = RowReader(statement)
            try body(&reader)
        }
    }

    /// A statement over `rows:` is run once a row: faster here than a join with JSON, and the same in effect.
    func run(_ sql: SQL) throws -> Int {
        let statement = try statement(for: sql, loopsRows: true)
        defer { statement.reset() }
        let rowOffset = try statement.bind(sql, loopsRows: true)
        guard let rows = sql.rows else {
            while try step(statement) {}
            return Int(sqlite3_changes(handle))
        }
        var changed = 0
        for row in 0..<rows.count {
            try statement.bind(row: rows[row], at: rowOffset)
            while try step(statement) {}
            changed += Int(sqlite3_changes(handle))
            statement.reset()
        }
        return changed
    }

    func define(_ statement: String) throws { try execute(SQLiteText.schema(statement)) }

    func begin(readOnly: Bool) throws {
        try execute(readOnly || isAlone ? "BEGIN" : "BEGIN IMMEDIATE")
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

    func close() {
        checkpointer?.close()
        statements.removeAll()
        commands.removeAll()
    }

    /// Runs one statement without values or rows, prepared once.
    private func execute(_ text: String) throws {
        let statement: SQLiteStatement
        if let known = commands[text] { statement = known } else {
            statement = try SQLiteStatement(text, on: handle)
            commands[text] = statement
        }
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

    private func statement(for sql: SQL, loopsRows: Bool) throws -> SQLiteStatement {
        let shape = SQLiteShape(sql, loopsRows: loopsRows)
        if let known = statements[shape], !known.isBusy { return known }
        if statements.count >= Self.statementLimit { statements.removeAll() }
        let text = SQLiteText.render(sql, loopsRows: loopsRows)
        let columns = loopsRows ? sql.rows?.columns.map(\.name) : nil
        let made = try SQLiteStatement(columns.map { SQLiteRow.plain(text, $0) } ?? text, on: handle)
        statements[shape.bare] = made
        return made
    }
}
