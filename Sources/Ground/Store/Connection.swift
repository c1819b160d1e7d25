import Kernel

/// One connection of an engine; used by one thread at a time.
@usableFromInline package protocol Connection: AnyObject {
    /// Runs a statement and hands each row to `body`. Empty `list:` and `rows:` are allowed and match nothing.
    func query(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws

    /// Runs a statement that gives no rows; answers how many rows it changed.
    @discardableResult
    func run(_ sql: SQL) throws -> Int

    /// Runs statements of the schema, whose text the engine adapts (see `Migration`).
    func define(_ statement: String) throws

    func begin(readOnly: Bool) throws
    /// Throws `StoreError.commitUnknown` where the answer did not arrive.
    func commit() throws
    func rollback() throws
    func savepoint() throws
    func releaseSavepoint() throws
    func rollbackToSavepoint() throws

    /// Opens the connection anew after it was lost.
    func reconnect() throws
    /// Whether the transaction of `StoreError.commitUnknown` stands in the database.
    func committed(stamp: String) throws -> Bool

    /// Waits for the lock that lets one process change the schema, until the transaction ends.
    func lockSchema() throws
    func close()
}

/// A database engine at one address.
package protocol Engine: Sendable {
    /// `sqlite` or `postgres`.
    var name: String { get }
    /// What the operator sees: the address without a password.
    var address: String { get }
    /// How many connections may read while one writes; 0 where reads have to queue with the writes.
    var readers: Int { get }
    /// Whether other nodes may write to it at the same time.
    var isShared: Bool { get }
    func connect(readOnly: Bool) throws -> any Connection
    /// Tells where the log's next reader has to look; called before serving, to hold the file for this process alone.
    func acquire() throws
    func release()
}
