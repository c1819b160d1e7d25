import Kernel
import Store

/// What a person wrote on an exception.
package struct ExceptionNote: Hashable, Sendable {
    package let id: NoteID
    package let actor: String
    package let at: Instant
    package let text: String
}

/// Who looks after an exception, what was said of it, and when it is too late.
extension Exceptions {
    /// On each open exception, at its due.
    package static let clock = "exception.overdue"

    /// It is closed already.
    package struct Closed: Refusal, Equatable {
        package let id: ExceptionID
        package var code: String { "exception.closed" }
        package var message: String { "\(id) is closed already." }
        package var kind: RefusalKind { .conflict }
        package init(_ id: ExceptionID) { self.id = id }
    }

    /// Locked. Throws `NotFound` or `Closed`.
    package static func requireOpen(_ id: ExceptionID, in tx: Transaction) throws -> ExceptionRecord {
        let sql: SQL = "SELECT \(ExceptionRecord.columns) FROM exception WHERE id = \(id) \(.forUpdate)"
        guard let exception = try tx.first(sql, ExceptionRecord.decode) else { throw NotFound("exception", id) }
        guard exception.closed == nil else { throw Closed(id) }
        return exception
    }

    /// - Parameter person: a name or a desk; nil for nobody.
    package static func assign(_ id: ExceptionID, to person: String?, actor: String, in tx: Transaction) throws {
        let open = try requireOpen(id, in: tx)
        try tx.run("UPDATE exception SET assignee = \(person) WHERE id = \(id)", expecting: 1)
        tx.emit(ExceptionEvents.assigned(open, actor: actor, occurred: tx.now))
    }

    package static func note(_ id: ExceptionID, _ text: String, actor: String, in tx: Transaction) throws -> NoteID {
        guard let found = try find(id, in: tx) else { throw NotFound("exception", id) }
        tx.emit(ExceptionEvents.noted(found, actor: actor, occurred: tx.now))
        let note = tx.id(NoteID.self)
        try tx.run(
            """
            INSERT INTO exception_note (id, exception, actor, at, body) VALUES (\(note), \(id), \(actor), \(tx.now), \(text))
            """)
        return note
    }

    package static func notes(of id: ExceptionID, in tx: Transaction) throws -> [ExceptionNote] {
        try tx.query("SELECT id, actor, at, body FROM exception_note WHERE exception = \(id) ORDER BY id") {
            try ExceptionNote(id: $0.next(), actor: $0.next(), at: $0.next(), text: $0.next())
        }
    }

    /// The operator sees them as well from now on. Emits `exception.escalated` for each that is open.
    package static func escalate(_ ids: [ExceptionID], in tx: Transaction) throws {
        let open = try tx.query(
            """
            SELECT \(ExceptionRecord.columns) FROM exception
            WHERE id IN \(list: ids) AND closed_at IS NULL AND escalated_at IS NULL ORDER BY id \(.forUpdate)
            """, ExceptionRecord.decode)
        try tx.run("UPDATE exception SET escalated_at = \(tx.now) WHERE id IN \(list: open.map(\.id))", expecting: open.count)
        for one in open { tx.emit(ExceptionEvents.escalated(one, occurred: tx.now)) }
    }
}
