import Identity
import Kernel
import Merchants
import Store

/// Something that somebody did, as the log has it.
package struct Act: Sendable {
    package let cursor: ActCursor
    /// The type of the event: `order.held`.
    package let type: String
    /// The id of what it was done to, in the outside form.
    package let subject: String
    /// An account or a key by its id, or what the program itself is called.
    package let actor: String
    package let occurred: Instant
    package let site: SiteID?
    package let quantity: Int64?
    package let payload: JSON
}

/// A place in the list of acts. Written `1700000000000000.41`.
package struct ActCursor: Hashable, Sendable, CustomStringConvertible {
    package let recorded: Instant
    package let seq: Int64

    package init(recorded: Instant, seq: Int64) { (self.recorded, self.seq) = (recorded, seq) }

    /// Nil where the text is no such place.
    package init?(_ text: String) {
        let parts = text.split(separator: ".").compactMap { Int64($0) }
        guard parts.count == 2 else { return nil }
        self.init(recorded: Instant(micros: parts[0]), seq: parts[1])
    }

    package var description: String { "\(recorded.micros).\(seq)" }
}

/// Which acts are asked for; nil asks for all that people did.
package struct ActFilter: Sendable {
    /// An account or a key.
    package var actor: String?
    /// By the id in the outside form: then whoever did it, the program too.
    package var subject: String?
    package var from: Instant?
    package var until: Instant?

    package init() {}
}

/// A page of acts, and where to go on.
package struct ActWindow: Sendable {
    package let acts: [Act]
    /// Ask for what comes after it; nil where nothing does. There may be more although no row is here.
    package let next: ActCursor?
    package let names: Names
    /// What subjects are called, by their ids.
    package let subjects: [String: String]
}

extension ActWindow {
    /// A page, the newest first.
    ///
    /// - Parameter reach: how many events one page is picked out of, where no index holds what is asked for.
    package static func read(
        _ filter: ActFilter, after cursor: ActCursor?, limit: Int, reach: Int = 5000, in tx: Transaction
    ) throws -> ActWindow {
        let (places, next) = try places(filter, after: cursor, limit: limit, reach: reach, in: tx)
        let acts = try tx.query(
            """
            SELECT recorded_at, seq, type, key, actor, occurred_at, site, quantity, payload FROM event
            WHERE seq IN \(list: places.map(\.seq)) ORDER BY recorded_at DESC, seq DESC
            """
        ) {
            try Act(
                cursor: ActCursor(recorded: $0.next(), seq: $0.next()), type: $0.next(), subject: $0.next(), actor: $0.next(),
                occurred: $0.next(), site: $0.next(), quantity: $0.next(), payload: $0.next())
        }
        return ActWindow(
            acts: acts, next: next, names: try Names(actors: acts.map(\.actor), in: tx),
            subjects: try subjects(acts.map(\.subject), in: tx))
    }

    private static func places(
        _ filter: ActFilter, after cursor: ActCursor?, limit: Int, reach: Int, in tx: Transaction
    ) throws -> (places: [ActCursor], next: ActCursor?) {
        // Bounded at both ends, always: so that the index of all people by time is taken, and not each one's own.
        let end = cursor ?? ActCursor(recorded: .distantFuture, seq: .max), from = filter.from ?? .distantPast
        var along: SQL = "(recorded_at, seq) < (\(end.recorded), \(end.seq)) AND recorded_at >= \(from)"
        if let until = filter.until { along = along + " AND recorded_at < \(until)" }
        let people: SQL = "actor >= 'acc_' AND actor < 'acc`'"
        if let subject = filter.subject {
            var picked: SQL = "key = \(subject) AND \(along)"
            if let actor = filter.actor { picked = picked + " AND actor = \(actor)" }
            return page(try read(picked, limit: limit + 1, in: tx), limit)
        }
        guard let actor = filter.actor else { return page(try read("\(people) AND \(along)", limit: limit + 1, in: tx), limit) }
        if AccountID(actor) != nil { return page(try read("actor = \(actor) AND \(people) AND \(along)", limit: limit + 1, in: tx), limit) }
        return try picked(actor, filter, after: cursor, limit: limit, reach: reach, in: tx)
    }

    /// Keys act by the thousand, so that no index is kept for them: one page is picked out of the newest events.
    private static func picked(
        _ actor: String, _ filter: ActFilter, after cursor: ActCursor?, limit: Int, reach: Int, in tx: Transaction
    ) throws -> (places: [ActCursor], next: ActCursor?) {
        var top = cursor?.seq ?? Int64.max
        if let until = filter.until { top = min(top, try EventLog.position(before: until + .minutes(10), in: tx).seq + 1) }
        let seen = try tx.query(
            """
            SELECT recorded_at, seq, CASE WHEN actor = \(actor) THEN 1 ELSE 0 END FROM event WHERE seq < \(top)
            ORDER BY seq DESC LIMIT \(reach)
            """
        ) { (ActCursor(recorded: try $0.next(), seq: try $0.next()), isWanted: try $0.next(Bool.self)) }
        let wanted = seen.filter { at, isWanted in
            isWanted && filter.from.map { at.recorded >= $0 } ?? true && filter.until.map { at.recorded < $0 } ?? true
        }.map(\.0)
        let isOver = seen.count < reach || filter.from.map { from in seen.last.map { $0.0.recorded < from } ?? true } ?? false
        if wanted.count > limit { return (Array(wanted.prefix(limit)), wanted[limit - 1]) }
        return (wanted, isOver ? nil : seen.last?.0)
    }

    private static func read(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [ActCursor] {
        try tx.query("SELECT recorded_at, seq FROM event WHERE \(condition) ORDER BY recorded_at DESC, seq DESC LIMIT \(limit)") {
            ActCursor(recorded: try $0.next(), seq: try $0.next())
        }
    }

    private static func page(_ found: [ActCursor], _ limit: Int) -> (places: [ActCursor], next: ActCursor?) {
        found.count > limit ? (Array(found.prefix(limit)), found[limit - 1]) : (found, nil)
    }

    /// The numbers and codes under which people know the subjects.
    private static func subjects(_ ids: [String], in tx: Transaction) throws -> [String: String] {
        var names: [String: String] = [:]
        func add<Tag>(_: ID<Tag>.Type, _ sql: (SQL) -> SQL) throws {
            let known = Set(ids.compactMap { ID<Tag>($0) }).sorted()
            guard !known.isEmpty else { return }
            for (id, name) in try tx.query(sql("IN \(list: known)"), { (try $0.next(ID<Tag>.self), try $0.next(String.self)) }) {
                names[id.description] = name
            }
        }
        try add(OrderID.self) { "SELECT id, number FROM orders WHERE id \($0) ORDER BY id" }
        try add(UnitID.self) { "SELECT id, code FROM handling_unit WHERE id \($0) ORDER BY id" }
        try add(SKUID.self) { "SELECT id, code FROM sku WHERE id \($0) ORDER BY id" }
        try add(ASNID.self) { "SELECT id, number FROM asn WHERE id \($0) ORDER BY id" }
        try add(RMAID.self) { "SELECT id, number FROM rma WHERE id \($0) ORDER BY id" }
        try add(AccountID.self) { "SELECT id, name FROM account WHERE id \($0) ORDER BY id" }
        try add(KeyID.self) { "SELECT id, name FROM api_key WHERE id \($0) ORDER BY id" }
        try add(SiteID.self) { "SELECT id, name FROM site WHERE id \($0) ORDER BY id" }
        try add(MerchantID.self) { "SELECT id, name FROM merchant WHERE id \($0) ORDER BY id" }
        return names
    }
}
