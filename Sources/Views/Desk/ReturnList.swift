import Kernel
import Returns
import Store

/// Which returns a list is asked for; nil asks for all.
package struct ReturnListFilter: Sendable {
    package var merchant: MerchantID?
    package var site: SiteID?
    /// Nil: those that are not over.
    package var state: RMAState?
    package var reason: ReturnReason?
    /// Asked for at least so many days ago.
    package var olderThanDays: Int?

    package init() {}
}

/// A page of returns, and where to go on.
package struct ReturnWindow: Sendable {
    package let returns: [ReturnView]
    /// Ask for what comes after it; nil where nothing does. There may be more although no row is here.
    package let next: RMAID?
}

extension RMAState {
    /// Nothing more happens.
    package var isOver: Bool { Self.transitions[self, default: []].isEmpty }
}

extension ReturnView {
    /// A page: those that somebody still works on, the oldest first; of those that are over, the newest first.
    ///
    /// - Parameter reach: how many of a state one page is picked out of.
    package static func window(
        _ filter: ReturnListFilter, _ scope: Scope, after id: RMAID?, limit: Int, reach: Int = 1500, in tx: Transaction
    ) throws -> ReturnWindow {
        let states = filter.state.map { [$0] } ?? RMAState.allCases.filter { !$0.isOver }
        let isBackward = states.allSatisfy(\.isOver)
        let isPicky = scope != .network || filter.merchant != nil || filter.site != nil || filter.reason != nil
        let take = isPicky ? reach : limit + 1
        var found: [(id: RMAID, isWanted: Bool)] = []
        for state in states {
            var along: SQL = "r.state = \(state)"
            if let id { along = along + (isBackward ? " AND r.id < \(id)" : " AND r.id > \(id)") }
            // Ids sort by the time at which returns were asked for.
            if let days = filter.olderThanDays { along = along + " AND r.id <= \(IDGenerator.last(before: tx.now - .days(days)))" }
            let order: SQL = isBackward ? "DESC" : "ASC"
            found += try tx.query(
                """
                SELECT r.id, CASE WHEN \(wanted(filter, scope)) THEN 1 ELSE 0 END FROM rma r WHERE \(along)
                ORDER BY r.id \(order) LIMIT \(take)
                """
            ) { (id: try $0.next(), isWanted: try $0.next()) }
        }
        let sorted = found.sorted { isBackward ? $0.id > $1.id : $0.id < $1.id }.prefix(take)
        let wanted = sorted.filter(\.isWanted), shown = wanted.prefix(limit).map(\.id)
        let next = wanted.count > limit ? shown.last : sorted.count == take ? sorted.last?.id : nil
        return ReturnWindow(returns: try list("r.id IN \(list: shown)", newestFirst: isBackward, limit: limit, in: tx), next: next)
    }

    private static func wanted(_ filter: ReturnListFilter, _ scope: Scope) -> SQL {
        var condition = owns(scope)
        if let merchant = filter.merchant { condition = condition + " AND r.merchant = \(merchant)" }
        if let site = filter.site { condition = condition + " AND r.site = \(site)" }
        if let reason = filter.reason {
            condition = condition + " AND EXISTS (SELECT 1 FROM rma_item i WHERE i.rma = r.id AND i.reason = \(reason))"
        }
        return condition
    }

    /// Goods at a desk that wait for somebody, by site.
    package static func waitingGoods(_ scope: Scope, in tx: Transaction) throws -> [(site: SiteID, state: GoodsState, units: Int64)] {
        let sites: [SiteID] = try tx.values("SELECT id FROM site WHERE \(scope.owns(site: "id")) ORDER BY id")
        return try tx.query(
            """
            SELECT site, state, SUM(quantity) FROM returned_goods
            WHERE site IN \(list: sites) AND state IN ('received', 'refurbishing', 'aside') GROUP BY site, state ORDER BY site, state
            """
        ) { (site: try $0.next(), state: try $0.next(), units: try $0.next()) }
    }
}
