import Kernel
import Store

/// Opens and closes what needs a person. Facts both, never refused; only flows call them.
package enum Exceptions {
    /// Opens exceptions; where one of that subject and kind is open already, it stands as it is.
    ///
    /// Emits `exception.opened` for each that was not open. Answers the ids of those that are open now, in the order
    /// given.
    @discardableResult
    package static func open(
        _ exceptions: [NewException], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> [ExceptionID] {
        guard !exceptions.isEmpty else { return [] }
        var fresh: [ExceptionKey: (id: ExceptionID, new: NewException)] = [:]
        for new in exceptions where fresh[new.key] == nil { fresh[new.key] = (tx.id(), new) }
        let ordered = fresh.values.sorted { $0.id < $1.id }
        try insert(ordered, in: tx)
        let open = try openIDs(of: ordered.map(\.new.key), in: tx)
        let opened = ordered.filter { open[$0.new.key] == $0.id }
        for (id, new) in opened { tx.emit(ExceptionEvents.opened(id, new, occurred: occurred ?? tx.now, actor: actor)) }
        // What was due before it came to light is escalated at once, and not as if the timer had slept.
        try tx.schedule(
            clock, source: "exception", due: opened.map { ($0.id.raw, $0.new.merchant, max($0.new.due, tx.now), [:]) })
        return try exceptions.map { new in
            guard let id = open[new.key] else { throw StoreError.unexpected("\(new.kind) of \(new.subject) did not open") }
            return id
        }
    }

    /// Closes the open exceptions of one kind on these subjects; answers how many there were.
    ///
    /// Emits `exception.closed` for each. A subject without one is passed over.
    @discardableResult
    package static func close(
        _ subjects: [String], kind: String, outcome: String, occurred: Instant? = nil, actor: String = "system",
        in tx: Transaction
    ) throws -> Int {
        let occurred = occurred ?? tx.now
        let ends = Dictionary(subjects.map { ($0, occurred) }, uniquingKeysWith: { first, _ in first })
        return try close(ends, kind: kind, outcome: outcome, actor: actor, in: tx)
    }

    /// As above, each subject at its own time.
    @discardableResult
    package static func close(
        _ ends: [String: Instant], kind: String, outcome: String, actor: String = "system", in tx: Transaction
    ) throws -> Int {
        guard !ends.isEmpty else { return 0 }
        let open = try tx.query(
            """
            SELECT \(ExceptionRecord.columns) FROM exception
            WHERE closed_at IS NULL AND kind = \(kind) AND subject IN \(list: ends.keys.sorted())
            ORDER BY id \(.forUpdate)
            """, ExceptionRecord.decode)
        return try close(open, outcome: outcome, actor: actor, in: tx) { ends[$0.subject] ?? tx.now }
    }

    /// Closes one exception, as a person does who dealt with it; false where it is closed already.
    ///
    /// - Throws: `NotFound` where there is none with this id.
    package static func close(
        _ id: ExceptionID, outcome: String, occurred: Instant? = nil, actor: String, in tx: Transaction
    ) throws -> Bool {
        let sql: SQL = "SELECT \(ExceptionRecord.columns) FROM exception WHERE id = \(id) \(.forUpdate)"
        guard let exception = try tx.first(sql, ExceptionRecord.decode) else { throw NotFound("exception", id) }
        guard exception.closed == nil else { return false }
        return try close([exception], outcome: outcome, actor: actor, in: tx) { _ in occurred ?? tx.now } == 1
    }

    private static func close(
        _ open: [ExceptionRecord], outcome: String, actor: String, in tx: Transaction, at moment: (ExceptionRecord) -> Instant
    ) throws -> Int {
        guard !open.isEmpty else { return 0 }
        try tx.run(
            "UPDATE exception SET outcome = \(outcome), closed_at = \(tx.now) WHERE id IN \(list: open.map(\.id))",
            expecting: open.count)
        try tx.closeClocks([clock], of: open.map(\.id.raw), outcome: "met")
        for exception in open {
            tx.emit(ExceptionEvents.closed(exception, outcome: outcome, occurred: moment(exception), actor: actor))
        }
        return open.count
    }

    private static func insert(_ exceptions: [(id: ExceptionID, new: NewException)], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "kind": .text, "subject": .text, "merchant": .int, "site": .int, "role": .text, "due": .int,
            "stake": .int, "currency": .text, "detail": .text,
        ])
        for (id, new) in exceptions {
            rows.add(
                id, new.kind, new.subject, new.merchant, new.site, new.ownerRole, new.due, new.stake?.minor,
                new.stake?.currency, new.detail)
        }
        try tx.run(
            """
            INSERT INTO exception (id, kind, subject, merchant, site, owner_role, opened_at, due, stake_minor, currency,
                detail)
            SELECT v.id, v.kind, v.subject, v.merchant, v.site, v.role, \(tx.now), v.due, v.stake, v.currency, v.detail
            FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (subject, kind) WHERE closed_at IS NULL DO NOTHING
            """)
    }

    private static func openIDs(of keys: [ExceptionKey], in tx: Transaction) throws -> [ExceptionKey: ExceptionID] {
        let found = try tx.query(
            """
            SELECT subject, kind, id FROM exception WHERE closed_at IS NULL
                AND subject IN \(list: Set(keys.map(\.subject)).sorted()) ORDER BY id
            """
        ) { (ExceptionKey(subject: try $0.next(), kind: try $0.next()), try $0.next(ExceptionID.self)) }
        return Dictionary(uniqueKeysWithValues: found)
    }
}

/// Of one subject and kind at most one exception is open.
struct ExceptionKey: Hashable {
    let subject: String
    let kind: String
}

extension NewException {
    var key: ExceptionKey { ExceptionKey(subject: subject, kind: kind) }
}
