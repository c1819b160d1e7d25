import Inventory
import Kernel
import Store

/// A claim of an order on the stock of a SKU that still counts.
package struct ClaimLine: Sendable {
    package let id: ReservationID
    package let order: OrderID
    package let number: String
    package let site: SiteID
    package let kind: SupplyKind
    package let quantity: Quantity
    package let state: ReservationState
    /// When it has to leave.
    package let due: Instant
    package let since: Instant
}

extension ClaimLine {
    /// A page, the newest first; `NotFound` where the SKU is not the reader's.
    package static func page(
        of sku: SKUID, at site: SiteID?, _ scope: Scope, after id: ReservationID?, limit: Int, in tx: Transaction
    ) throws -> [ClaimLine] {
        try Ownership.skus([sku], scope, in: tx)
        var supplies: SQL = "sku = \(sku) AND \(scope.owns(merchant: "owner", site: "site"))"
        if let site { supplies = supplies + " AND site = \(site)" }
        let ids: [SupplyID] = try tx.values("SELECT id FROM supply WHERE \(supplies) ORDER BY id")
        let before: SQL = id.map { " AND id < \($0)" } ?? ""
        // Along the index alone: of others no more is read than that they are there.
        var newest: [ReservationID] = []
        for supply in ids {
            for state in ReservationState.allCases where state.isCounted {
                newest += try tx.values(
                    """
                    SELECT id FROM reservation
                    WHERE block IN \(.blocks(of: "reservation")) AND supply = \(supply) AND state = \(state)\(before)
                    ORDER BY id DESC LIMIT \(limit)
                    """)
            }
        }
        return try tx.query(
            """
            SELECT r.id, r.order_id, o.number, r.site, s.kind, r.quantity, r.state, r.due, r.created_at
            FROM reservation r JOIN supply s ON s.id = r.supply JOIN orders o ON o.id = r.order_id
            WHERE r.id IN \(list: newest.sorted(by: >).prefix(limit)) ORDER BY r.id DESC
            """
        ) {
            try ClaimLine(
                id: $0.next(), order: $0.next(), number: $0.next(), site: $0.next(), kind: $0.next(), quantity: $0.next(),
                state: $0.next(), due: $0.next(), since: $0.next())
        }
    }

    /// Units kept for those who are at a checkout or in a drop.
    package static func held(_ sku: SKUID, at site: SiteID?, _ scope: Scope, in tx: Transaction) throws -> Quantity {
        let here: SQL = site.map { " AND site = \($0)" } ?? ""
        return try tx.value(
            """
            SELECT COALESCE(SUM(held), 0) FROM supply
            WHERE sku = \(sku) AND \(scope.owns(merchant: "owner", site: "site"))\(here)
            """) ?? 0
    }
}
