import Exceptions
import Kernel
import Store

/// Which open exceptions an inbox is asked for; nil asks for all.
package struct InboxFilter: Sendable {
    /// The operator's hold what was escalated as well.
    package var role: OwnerRole?
    package var kind: String?
    package var merchant: MerchantID?
    package var site: SiteID?
    package var overdue = false
    /// An account, by the id that the log keeps; empty for what nobody looks after.
    package var assignee: String?

    package init() {}

    /// Whether rows of the index may have to be left out.
    fileprivate var isPicky: Bool { role == .operator || kind != nil || merchant != nil || site != nil || assignee != nil }
}

/// A page of an inbox, and where to go on.
package struct InboxWindow: Sendable {
    package let exceptions: [ExceptionView]
    /// Ask for what comes after it; nil where nothing does. There may be more although no row is here.
    package let next: ExceptionCursor?
}

extension ExceptionCursor: CustomStringConvertible {
    package var description: String { "\(due.micros).\(id)" }

    /// Nil where the text is no such place.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let micros = Int64(parts[0]), let id = ExceptionID(String(parts[1])) else { return nil }
        self.init(due: Instant(micros: micros), id: id)
    }
}

extension ExceptionPages {
    /// A page of what is open, the most urgent first: each role's along its index.
    ///
    /// - Parameter reach: how many of a role one page is picked out of.
    package static func inbox(
        _ filter: InboxFilter, _ scope: Scope, after cursor: ExceptionCursor?, limit: Int, reach: Int = 2000, in tx: Transaction
    ) throws -> InboxWindow {
        let take = filter.isPicky || scope != .network ? reach : limit + 1
        let roles = filter.role == .operator ? OwnerRole.allCases : filter.role.map { [$0] } ?? OwnerRole.allCases
        var found: [(due: Instant, id: ExceptionID, isWanted: Bool)] = []
        for role in roles {
            var along: SQL = "closed_at IS NULL AND owner_role = \(role)"
            if let cursor { along = along + " AND (due, id) > (\(cursor.due), \(cursor.id))" }
            if filter.overdue { along = along + " AND due < \(tx.now)" }
            found += try tx.query(
                """
                SELECT due, id, CASE WHEN \(wanted(filter, scope)) THEN 1 ELSE 0 END FROM exception WHERE \(along)
                ORDER BY due, id LIMIT \(take)
                """
            ) { (due: try $0.next(), id: try $0.next(), isWanted: try $0.next()) }
        }
        let sorted = found.sorted { ($0.due, $0.id) < ($1.due, $1.id) }.prefix(take)
        let wanted = sorted.filter(\.isWanted), shown = wanted.prefix(limit)
        let last = wanted.count > limit ? shown.last : sorted.count == take ? sorted.last : nil
        let rows = try tx.query(
            """
            SELECT \(ExceptionView.columns) FROM exception WHERE id IN \(list: shown.map(\.id)) ORDER BY due, id
            """, ExceptionView.decode)
        return InboxWindow(exceptions: rows, next: last.map { ExceptionCursor(due: $0.due, id: $0.id) })
    }

    /// How many are open for each role, and how many of them should have been dealt with by now.
    package static func turns(_ scope: Scope, in tx: Transaction) throws -> [(role: OwnerRole, open: Int64, overdue: Int64)] {
        try tx.query(
            """
            SELECT owner_role, COUNT(*), COUNT(CASE WHEN due < \(tx.now) THEN 1 END) FROM exception
            WHERE closed_at IS NULL AND \(owns(scope)) GROUP BY owner_role ORDER BY owner_role
            """
        ) { (role: try $0.next(), open: try $0.next(), overdue: try $0.next()) }
    }

    private static func wanted(_ filter: InboxFilter, _ scope: Scope) -> SQL {
        var condition = owns(scope)
        if filter.role == .operator { condition = condition + " AND (owner_role = 'operator' OR escalated_at IS NOT NULL)" }
        if let kind = filter.kind { condition = condition + " AND kind = \(kind)" }
        if let merchant = filter.merchant { condition = condition + " AND merchant = \(merchant)" }
        if let site = filter.site { condition = condition + " AND site = \(site)" }
        guard let assignee = filter.assignee else { return condition }
        return assignee.isEmpty ? condition + " AND assignee IS NULL" : condition + " AND assignee = \(assignee)"
    }
}

/// One exception with what it is about, what was said of it, and what there was before.
package struct ExceptionStory: Sendable {
    package let exception: ExceptionView
    package let notes: [ExceptionNote]
    /// Others of the same thing, the newest first.
    package let others: [ExceptionView]
    /// The id of the thing that has a page: the order of a shortage, the return of a refund.
    package let about: String
    /// As people number it; nil where only its id is known.
    package let number: String?
    package let names: Names

    /// - Throws: `NotFound` where there is no such exception for the reader.
    package static func read(_ id: ExceptionID, _ scope: Scope, in tx: Transaction) throws -> ExceptionStory {
        let one = try ExceptionPages.find(id, scope, in: tx), notes = try Exceptions.notes(of: id, in: tx)
        let about = try thing(of: one.subject, in: tx)
        return ExceptionStory(
            exception: one, notes: notes, others: try ExceptionPages.of([one.subject], scope, in: tx).filter { $0.id != id },
            about: about.id, number: about.number,
            names: try Names(
                merchants: one.merchant.map { [$0] } ?? [], actors: notes.map(\.actor) + [one.assignee].compactMap(\.self), in: tx))
    }

    private static func thing(of subject: String, in tx: Transaction) throws -> (id: String, number: String?) {
        if let id = OrderID(subject) { return (subject, try tx.value("SELECT number FROM orders WHERE id = \(id)")) }
        if let id = UnitID(subject) { return (subject, try tx.value("SELECT code FROM handling_unit WHERE id = \(id)")) }
        if let id = RMAID(subject) { return (subject, try tx.value("SELECT number FROM rma WHERE id = \(id)")) }
        if let id = ClaimID(subject) { return (subject, try tx.value("SELECT subject FROM claim WHERE id = \(id)")) }
        let order: SQL? = if let id = ShortageID(subject) {
            "SELECT o.id, o.number FROM shortage s JOIN orders o ON o.id = s.order_id WHERE s.id = \(id)"
        } else if let id = FulfillmentID(subject) {
            "SELECT o.id, o.number FROM fulfillment_order f JOIN orders o ON o.id = f.order_id WHERE f.id = \(id)"
        } else if let id = RefundID(subject) {
            "SELECT o.id, o.number FROM refund f JOIN orders o ON o.id = f.order_id WHERE f.id = \(id) AND f.rma IS NULL"
        } else {
            nil
        }
        if let order, let found = try tx.first(order, { (try $0.next(OrderID.self), try $0.next(String.self)) }) {
            return (found.0.description, found.1)
        }
        let back: SQL? = if let id = RefundID(subject) {
            "SELECT r.id, r.number FROM refund f JOIN rma r ON r.id = f.rma WHERE f.id = \(id)"
        } else if let id = DebtID(subject) {
            "SELECT r.id, r.number FROM return_debt d JOIN rma r ON r.id = d.rma WHERE d.id = \(id)"
        } else if let id = GoodsID(subject) {
            "SELECT r.id, r.number FROM returned_goods g JOIN rma r ON r.id = g.rma WHERE g.id = \(id)"
        } else {
            nil
        }
        if let back, let found = try tx.first(back, { (try $0.next(RMAID.self), try $0.next(String.self)) }) {
            return (found.0.description, found.1)
        }
        return (subject, nil)
    }
}
