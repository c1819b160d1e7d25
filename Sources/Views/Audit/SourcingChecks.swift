import Kernel
import Store

/// What sourcing went by, and what it decided later.
enum SourcingChecks {
    static let all = [values, decisions]

    static let values = AuditCheck(
        "stock_value.dates", "A SKU is worth one thing at a site at a time.",
        table: "stock_value", keys: .values(of: "sku", in: ["stock_value"], limit: 500)
    ) {
        """
        SELECT a.sku, a.site, a.until_at, b.from_at FROM stock_value a
        JOIN stock_value b ON b.sku = a.sku AND b.site = a.site AND b.from_at > a.from_at AND b.from_at < a.until_at
        WHERE \($0.covers("a.sku")) ORDER BY a.sku, a.site, a.from_at, b.from_at
        """
    } decode: {
        let (sku, site): (SKUID, SiteID) = try ($0.next(), $0.next())
        let (until, from): (Instant, Instant) = try ($0.next(), $0.next())
        return Disagreement("\(sku) at \(site)", expected: "\(until) at the earliest", found: "another from \(from)")
    }

    static let decisions = AuditCheck(
        "sourcing_decision.order", "A sourcing decision is of an order of its merchant.",
        table: "sourcing_decision", keys: .ids(of: "sourcing_decision")
    ) {
        """
        SELECT d.id, d.merchant, o.merchant FROM sourcing_decision d LEFT JOIN orders o ON o.id = d.order_id
        WHERE \($0.covers("d.id")) AND (o.id IS NULL OR o.merchant <> d.merchant) ORDER BY d.id
        """
    } decode: {
        let (id, merchant, owner): (SourcingDecisionID, MerchantID, MerchantID?) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(id.description, expected: "an order of \(merchant)", found: owner.map { "one of \($0)" } ?? "none")
    }
}
