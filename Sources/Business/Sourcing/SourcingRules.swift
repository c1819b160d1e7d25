import Kernel
import Store

/// How a merchant wants its sales sourced, while it holds. Days are those of UTC.
package struct SourcingRule: Hashable, Sendable {
    package var id: SourcingRuleID
    package var merchant: MerchantID
    /// No other site ships; empty: any may.
    package var onlySites: [SiteID]
    /// Tried in this order, one more at a time, until they fill the order; those not named come last, together.
    package var priority: [SiteID]
    /// The order leaves one site by one service, or waits.
    package var neverSplits: Bool
    /// Nothing of the order is reserved until all of it can be.
    package var shipsComplete: Bool
    package var validity: Validity

    package init(
        id: SourcingRuleID = SourcingRuleID(0), merchant: MerchantID, onlySites: [SiteID] = [], priority: [SiteID] = [],
        neverSplits: Bool = false, shipsComplete: Bool = false, validity: Validity = .always
    ) {
        self.id = id
        self.merchant = merchant
        self.onlySites = onlySites
        self.priority = priority
        self.neverSplits = neverSplits
        self.shipsComplete = shipsComplete
        self.validity = validity
    }

    /// Whether an order is filled whole or waits.
    package var isWhole: Bool { neverSplits || shipsComplete }
}

package enum SourcingRules {
    private static let columns: SQL =
        "id, merchant, only_sites, priority, never_split, ship_complete, from_day, until_day"
    /// Days that stand for "always" and "until further notice".
    private static let first = CivilDate(dayNumber: -1_000_000)
    private static let last = CivilDate(dayNumber: 9_000_000)

    package static func add(_ one: SourcingRule, actor: String, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO sourcing_rule (\(columns), created_at)
            VALUES (\(one.id), \(one.merchant), \(JSON.sites(one.onlySites)), \(JSON.sites(one.priority)), \(one.neverSplits),
                \(one.shipsComplete), \(one.validity.from ?? first), \(one.validity.until ?? last), \(tx.now))
            """)
        tx.emit(.ruleSaved(one, at: tx.now, actor: actor))
    }

    /// All there are of a merchant, by first day.
    package static func all(of merchant: MerchantID, in tx: Transaction) throws -> [SourcingRule] {
        try tx.query("SELECT \(columns) FROM sourcing_rule WHERE merchant = \(merchant) ORDER BY from_day, id", decode)
    }

    /// The rule of each of these merchants that holds on a day: the one that began last.
    package static func holding(
        of merchants: some Sequence<MerchantID>, on day: CivilDate, in tx: Transaction
    ) throws -> [MerchantID: SourcingRule] {
        let rows = try tx.query(
            """
            SELECT \(columns) FROM sourcing_rule WHERE merchant IN \(list: Set(merchants).sorted())
                AND from_day <= \(day) AND until_day > \(day) ORDER BY from_day, id
            """, decode)
        return Dictionary(rows.map { ($0.merchant, $0) }, uniquingKeysWith: { _, newer in newer })
    }

    private static func decode(_ row: inout RowReader) throws -> SourcingRule {
        var one = try SourcingRule(
            id: row.next(), merchant: row.next(), onlySites: row.next(JSON.self).sites, priority: row.next(JSON.self).sites,
            neverSplits: row.next(), shipsComplete: row.next())
        let (from, until): (CivilDate, CivilDate) = try (row.next(), row.next())
        one.validity = Validity(from: from == first ? nil : from, until: until == last ? nil : until)
        return one
    }
}

extension JSON {
    fileprivate static func sites(_ ids: [SiteID]) -> JSON { .array(ids.map { .id($0) }) }
    fileprivate var sites: [SiteID] { (array ?? []).compactMap { $0.string.flatMap { SiteID($0) } } }
}

extension NewEvent {
    /// A merchant said how its sales are to be sourced. Key: the merchant.
    static func ruleSaved(_ rule: SourcingRule, at occurred: Instant, actor: String) -> NewEvent {
        NewEvent(
            "sourcing.rule_saved", key: rule.merchant.description, occurred: occurred, actor: actor, owner: rule.merchant,
            payload: [
                "rule": .id(rule.id), "only_sites": .sites(rule.onlySites), "priority": .sites(rule.priority),
                "never_split": .bool(rule.neverSplits), "ship_complete": .bool(rule.shipsComplete),
            ])
    }
}
