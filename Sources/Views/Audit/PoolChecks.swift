import Kernel
import Store

/// What is set aside, against the book of moves between pools.
enum PoolChecks {
    static let all = [balance, closed, lines]

    static let balance = AuditCheck(
        "pool.balance", "What a pool has of a supply is what was moved into it, less what was moved out and what its orders took.",
        table: "supply", keys: .values(of: "sku", in: ["supply", "pool_move"], limit: 500)
    ) {
        """
        SELECT sku, site, owner, pool, SUM(due), SUM(stands) FROM (
            SELECT sku, site, owner, kind, source, to_pool AS pool, quantity AS due, 0 AS stands FROM pool_move
            WHERE \($0.covers("sku"))
            UNION ALL
            SELECT sku, site, owner, kind, source, from_pool, -quantity, 0 FROM pool_move WHERE \($0.covers("sku"))
            UNION ALL
            SELECT s.sku, s.site, s.owner, s.kind, s.source, s.pool, -r.quantity, 0 FROM supply s
            JOIN reservation r ON r.block IN \(.blocks(of: "reservation")) AND r.supply = s.id AND r.state = 'consumed'
            WHERE \($0.covers("s.sku")) AND s.pool <> 'main' AND s.kind <> 'unsellable'
            UNION ALL
            SELECT sku, site, owner, kind, source, pool, 0, sellable FROM supply
            WHERE \($0.covers("sku")) AND pool <> 'main' AND kind <> 'unsellable'
        ) AS moves
        WHERE pool <> 'main' GROUP BY sku, site, owner, kind, source, pool HAVING SUM(due) <> SUM(stands)
        ORDER BY sku, site, owner, pool, kind, source
        """
    } decode: {
        let (sku, site, owner): (SKUID, SiteID, MerchantID) = try ($0.next(), $0.next(), $0.next())
        let pool: String = try $0.next()
        return Disagreement(
            "\(sku) of \(owner) at \(site) in '\(pool)'", expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }

    static let lines = AuditCheck(
        "ticket.hold", "A ticket that has had its turn names the hold that was kept for it; one that has not, none.",
        table: "ticket", keys: .ids(of: "ticket")
    ) {
        """
        SELECT t.id, t.state, h.owner FROM ticket t LEFT JOIN hold h ON h.id = t.hold AND h.owner = t.merchant
            AND h.reference <> '' AND h.purpose IN ('drop', 'waitlist')
        WHERE \($0.covers("t.id")) AND (t.state IN ('served', 'taken', 'lapsed') AND h.id IS NULL
            OR t.state IN ('waiting', 'ended') AND t.hold IS NOT NULL) ORDER BY t.id
        """
    } decode: {
        let (id, state, owner): (TicketID, String, MerchantID?) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(
            "\(id) \(state)", expected: "a hold only where it had its turn", found: owner == nil ? "no such hold" : "a hold")
    }

    static let closed = AuditCheck(
        "pool.closed", "A closed pool keeps nothing that is promised to nobody, and holds no new goods.",
        table: "supply", keys: .ids(of: "supply")
    ) {
        """
        SELECT s.id, s.held + s.reserved, s.sellable FROM supply s JOIN pool p ON p.merchant = s.owner AND p.code = s.pool
        WHERE \($0.covers("s.id")) AND p.state = 'closed' AND s.kind <> 'unsellable' AND s.sellable > s.held + s.reserved
        ORDER BY s.id
        """
    } decode: {
        try Disagreement($0.next(SupplyID.self).description, expected: $0.next(Int64.self), found: $0.next(Int64.self))
    }
}
