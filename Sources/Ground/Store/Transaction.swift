import Kernel

/// One open transaction: statements, ids, and what the command leaves behind (events, clocks, outbox rows).
///
/// Synchronous, used by one thread. Commands take it and never open one.
@usableFromInline package final class Transaction {
    @usableFromInline package let connection: any Connection
    /// The moment of this transaction, the same for all that happens in it.
    @usableFromInline package let now: Instant
    private let ids: IDGenerator
    /// Where it says what it leaves to others; nil where they look for themselves.
    let left: LeftWork?
    private var events: [NewEvent] = []
    /// Whose act this is, and whether an event says so already.
    private var act: (actor: String, isTold: Bool)?

    package init(connection: any Connection, now: Instant, ids: IDGenerator, left: LeftWork? = nil) {
        self.connection = connection
        self.now = now
        self.ids = ids
        self.left = left
    }

    /// All rows of a query, each made by `decode` from its columns left to right.
    @inlinable package func query<T>(_ sql: SQL, _ decode: (inout RowReader) throws -> T) throws -> [T] {
        var found: [T] = []
        try connection.query(sql) { found.append(try decode(&$0)) }
        return found
    }

    /// The first row, nil where there is none.
    @inlinable package func first<T>(_ sql: SQL, _ decode: (inout RowReader) throws -> T) throws -> T? {
        var found: T?
        try connection.query(sql) { if found == nil { found = try decode(&$0) } }
        return found
    }

    /// The first column of the first row, nil where there is none.
    @inlinable package func value<T: SQLValue>(_ sql: SQL, as _: T.Type = T.self) throws -> T? {
        try first(sql) { try $0.next(T.self) }
    }

    /// The first columns of all rows.
    @inlinable package func values<T: SQLValue>(_ sql: SQL, as _: T.Type = T.self) throws -> [T] {
        try query(sql) { try $0.next(T.self) }
    }

    /// Runs a change; answers how many rows it touched. A statement over an empty set of rows is not sent.
    @discardableResult
    package func run(_ sql: SQL) throws -> Int {
        if let rows = sql.rows, rows.isEmpty { return 0 }
        return try connection.run(sql)
    }

    /// Runs a change that has to touch exactly `count` rows; anything else is a broken invariant of the command.
    package func run(_ sql: SQL, expecting count: Int) throws {
        let touched = try run(sql)
        guard touched == count else {
            throw StoreError.unexpected("\(touched) rows changed where \(count) had to: \(sql.firstWords)")
        }
    }

    package func id<Tag>(_: ID<Tag>.Type = ID<Tag>.self) -> ID<Tag> { ids.next(at: now) }

    /// Names the block of the rows that are made now (see `IDGenerator.block`).
    package var block: Int64 { ids.block(at: now) }

    /// Leaves an event; it is written to the log before the transaction commits.
    package func emit(_ event: NewEvent) {
        var event = event
        if let act {
            if event.actor == NewEvent.nobody { event.actor = act.actor }
            if event.actor == act.actor { self.act?.isTold = true }
        }
        events.append(event)
    }

    /// Runs `body` as what somebody does: events that name nobody bear their name, and where it leaves none of theirs, `told`
    /// stands for it.
    package func acting<T>(as actor: String, else told: @autoclosure () -> NewEvent, _ body: () throws -> T) rethrows -> T {
        act = (actor, false)
        defer { act = nil }
        let value = try body()
        if let act, !act.isTold { events.append(told()) }
        return value
    }

    /// Writes what waits to be written together.
    package func flush() throws {
        guard !events.isEmpty else { return }
        try EventLog.append(events, in: self)
        left?.emit(events)
        events.removeAll(keepingCapacity: true)
    }

    /// Runs a decision, which writes nothing; the events it left are dropped where it throws.
    func deciding<T>(_ body: () throws -> T) throws -> T {
        let before = events.count
        do { return try body() } catch {
            events.removeSubrange(before...)
            throw error
        }
    }

    /// Runs `body` so that all it did is undone where it throws, and the transaction goes on.
    package func attempt<T>(_ body: () throws -> T) throws -> T {
        try flush()
        try connection.savepoint()
        do {
            let value = try body()
            try flush()
            try connection.releaseSavepoint()
            return value
        } catch {
            events.removeAll(keepingCapacity: true)
            if !((error as? StoreError)?.isTransient ?? false) { try connection.rollbackToSavepoint() }
            throw error
        }
    }
}

extension SQL {
    /// The beginning of the statement, to name it in a message.
    var firstWords: String {
        let text = parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "?")
        return String(text.prefix(120))
    }
}
