import Kernel
import Store

/// Whether things are the reader's own. What is not, is not there: `NotFound` names the first.
package enum Ownership {
    package static func orders(_ ids: [OrderID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "order", "SELECT id FROM orders WHERE \(scope.owns(merchant: "merchant"))", in: tx)
    }

    package static func sites(_ ids: [SiteID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "site", "SELECT id FROM site WHERE \(scope.owns(site: "id"))", in: tx)
    }

    package static func locations(_ ids: [LocationID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "location", "SELECT id FROM location WHERE \(scope.owns(site: "site"))", in: tx)
    }

    package static func skus(_ ids: [SKUID], _ scope: Scope, in tx: Transaction) throws {
        try require(
            ids, "sku", "SELECT id FROM sku WHERE \(scope.ownsSKU("sku.id", merchant: "merchant"))", in: tx)
    }

    package static func holds(_ ids: [HoldID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "hold", "SELECT id FROM hold WHERE \(scope.owns(merchant: "owner"))", in: tx)
    }

    package static func pools(_ ids: [PoolID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "pool", "SELECT id FROM pool WHERE \(scope.owns(merchant: "merchant"))", in: tx)
    }

    package static func asns(_ ids: [ASNID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "asn", "SELECT id FROM asn WHERE \(scope.owns(merchant: "merchant", site: "site"))", in: tx)
    }

    package static func disputes(_ ids: [DisputeID], _ scope: Scope, in tx: Transaction) throws {
        try require(
            ids, "dispute", "SELECT id FROM inbound_dispute WHERE \(scope.owns(merchant: "merchant", site: "site"))", in: tx)
    }

    package static func claims(_ ids: [ClaimID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "claim", "SELECT id FROM claim WHERE \(scope.owns(merchant: "merchant"))", in: tx)
    }

    /// - Parameter end: the column of the site whose turn it is: `from_site` or `to_site`.
    package static func outbound(_ ids: [OrderID], _ scope: Scope, site end: String, in tx: Transaction) throws {
        let mine = scope.owns(merchant: "o.merchant", site: "o.\(end)")
        try require(
            ids, "outbound_order", "SELECT id FROM orders JOIN outbound_order o ON o.order_id = orders.id WHERE \(mine)", in: tx)
    }

    package static func fulfillments(_ ids: [FulfillmentID], _ scope: Scope, in tx: Transaction) throws {
        try require(
            ids, "fulfillment_order", "SELECT id FROM fulfillment_order WHERE \(scope.owns(merchant: "merchant", site: "site"))",
            in: tx)
    }

    package static func parcels(_ ids: [UnitID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "parcel", "SELECT id FROM parcel WHERE \(scope.ownsParcel("parcel"))", in: tx)
    }

    /// Units that stand at the reader's site, or were made there.
    package static func units(_ ids: [UnitID], _ scope: Scope, in tx: Transaction) throws {
        for id in ids where try !UnitView.owns(id, scope, in: tx) { throw NotFound("unit", id) }
    }

    /// One end of a trip: what is done there is done by its site, or by the carrier who drives it.
    package enum TripEnd: String, Sendable { case origin, destination }

    package static func trip(_ id: TripID, _ end: TripEnd, _ scope: Scope, in tx: Transaction) throws {
        try require([id], "trip", "SELECT id FROM trip WHERE \(scope.owns(site: end.rawValue) { "carrier = \($0)" })", in: tx)
    }

    package static func exceptions(_ ids: [ExceptionID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "exception", "SELECT id FROM exception WHERE \(ExceptionPages.owns(scope))", in: tx)
    }

    package static func goods(_ ids: [GoodsID], _ scope: Scope, in tx: Transaction) throws {
        try require(ids, "goods", "SELECT id FROM returned_goods WHERE \(scope.owns(merchant: "owner", site: "site"))", in: tx)
    }

    /// Tasks of these kinds, all at one site; answers the site, nil where no task is named.
    package static func tasks(_ ids: [TaskID], kinds: [String], _ scope: Scope, in tx: Transaction) throws -> SiteID? {
        let mine: SQL = "SELECT id FROM task WHERE kind IN \(list: kinds) AND \(scope.owns(site: "site"))"
        try require(ids, "task", mine, in: tx)
        let sites: [SiteID] = try tx.values("SELECT DISTINCT site FROM task WHERE id IN \(list: ids) ORDER BY site")
        guard sites.count < 2 else { throw InvalidInput(field: "/results", "The tasks are at \(sites.count) sites, not at one.") }
        return sites.first
    }

    /// A tote that stands at the site.
    package static func tote(_ id: UnitID, at site: SiteID, in tx: Transaction) throws {
        try require([id], "tote", "SELECT id FROM handling_unit WHERE kind = 'tote' AND site = \(site)", in: tx)
    }

    /// - Parameter mine: selects ids; ends in a condition.
    static func require<Tag>(_ ids: [ID<Tag>], _ what: String, _ mine: SQL, in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        let found = Set(try tx.values(mine + " AND id IN \(list: Set(ids).sorted())", as: ID<Tag>.self))
        if let missing = ids.first(where: { !found.contains($0) }) { throw NotFound(what, missing) }
    }
}
