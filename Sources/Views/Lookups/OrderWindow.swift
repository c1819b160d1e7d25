import Kernel
import Orders
import Store

/// How an order stands to what its shopper was first told.
package enum PromiseStanding: String, CaseIterable, Sendable {
    /// Under way after the date.
    case late
    /// Under way, and expected after the date.
    case atRisk = "at_risk"
}

/// A page of orders, and where to go on.
package struct OrderWindow: Sendable {
    package let rows: [OrderSummary]
    /// Ask for what comes after it; nil where nothing does. There may be more although no row is here.
    package let next: OrderID?

    package init(rows: [OrderSummary], next: OrderID?) { (self.rows, self.next) = (rows, next) }
}

extension OrderPages {
    /// A page of orders that are picked by what no index holds as well, the newest first.
    ///
    /// - Parameters:
    ///   - id: where the page before ended; nil for the first page.
    ///   - reach: how many orders one page is picked out of, where no index holds what is asked for.
    package static func window(
        _ filter: OrderFilter, _ scope: Scope, after id: OrderID?, limit: Int, reach: Int = 10_000, in tx: Transaction
    ) throws -> OrderWindow {
        let states = filter.promise == nil ? [filter.state] : filter.state.map { [$0] } ?? [.open, .shipped]
        var found: [OrderSummary] = [], floor: OrderID?
        for state in states {
            let walk = OrderWalk(filter, scope, state, after: id)
            let end: OrderID? = try walk.isPicky
                ? tx.value("SELECT id FROM orders WHERE \(walk.along) ORDER BY id DESC LIMIT 1 OFFSET \(reach - 1)") : nil
            if let end { floor = max(floor ?? end, end) }
            let picked = walk.along + " AND id >= \(end?.raw ?? -1) AND " + walk.picked(now: tx.now)
            found += try rows(picked, limit: limit + 1, in: tx)
        }
        let page = found.filter { $0.id >= floor ?? OrderID(-1) }.sorted { $0.id > $1.id }.prefix(limit + 1)
        guard page.count > limit else { return OrderWindow(rows: Array(page), next: floor) }
        return OrderWindow(rows: Array(page.prefix(limit)), next: page[limit - 1].id)
    }

    /// Those of these that are the reader's, the newest first.
    package static func all(_ ids: [OrderID], _ scope: Scope, in tx: Transaction) throws -> [OrderSummary] {
        try rows("id IN \(list: ids) AND \(scope.owns(merchant: "merchant"))", limit: max(1, ids.count), in: tx)
    }
}

/// The way through the orders that one index leads along, and what is picked out beside it.
private struct OrderWalk {
    /// Of one index.
    let along: SQL
    private let filter: OrderFilter
    /// Conditions that must not lead the engine to another index, which would not end where this one does.
    private let beside: SQL

    init(_ filter: OrderFilter, _ scope: Scope, _ state: OrderState?, after id: OrderID?) {
        var along: SQL = "1 = 1", beside: SQL = "1 = 1"
        let owner: MerchantID? = if case .merchant(let own) = scope { own } else { filter.merchant }
        let byState = filter.promise != nil || owner == nil
        if let owner { if byState { beside = beside + " AND merchant + 0 = \(owner)" } else { along = "merchant = \(owner)" } }
        if let state {
            if byState { along = "state = \(state)" } else { beside = beside + " AND COALESCE(state, '') = \(state)" }
        }
        if case .merchant = scope, let wanted = filter.merchant { beside = beside + " AND merchant + 0 = \(wanted)" }
        if case .site = scope { beside = "1 = 0" }
        if case .carrier = scope { beside = "1 = 0" }
        if let id { along = along + " AND id < \(id)" }
        // Ids sort by the time at which orders were taken in.
        if let from = filter.from { along = along + " AND id > \(IDGenerator.last(before: from))" }
        if let until = filter.until { along = along + " AND id <= \(IDGenerator.last(before: until))" }
        (self.along, self.beside, self.filter) = (along, beside, filter)
        isPicky = filter.channel != nil || filter.payment != nil || filter.promise != nil || (owner != nil && state != nil)
    }

    /// Whether rows of the index may have to be left out.
    let isPicky: Bool

    func picked(now: Instant) -> SQL {
        var sql = beside
        if let channel = filter.channel { sql = sql + " AND channel = \(channel)" }
        if let payment = filter.payment { sql = sql + " AND payment = \(payment)" }
        switch filter.promise {
        case .late: sql = sql + " AND promised_by < \(now)"
        case .atRisk: sql = sql + " AND promised_by >= \(now) AND estimated_at > promised_by"
        case nil: break
        }
        return sql
    }
}
