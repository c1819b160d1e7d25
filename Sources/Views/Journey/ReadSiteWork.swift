import Kernel
import Store

extension SiteWork {
    /// The work of each site that has any. Reads the backlog, not the history: each query rests on an index of what
    /// is open.
    static func all(_ tally: StageTally, in tx: Transaction) throws -> [SiteID: SiteWork] {
        var work: [SiteID: SiteWork] = [:]
        for (key, count) in tally.counts where key.site != StageTally.network {
            if key.stage == .reserved { work[key.site, default: SiteWork()].reservedUnits = count.units }
            if key.stage == .picked { work[key.site, default: SiteWork()].unitsInTotes = count.units }
            if key.stage == .packed { work[key.site, default: SiteWork()].unitsPacked = count.units }
        }
        try addOpenOrders(to: &work, in: tx)
        try addPickLists(to: &work, in: tx)
        try addParcels(to: &work, in: tx)
        return work
    }

    private static func addOpenOrders(to work: inout [SiteID: SiteWork], in tx: Transaction) throws {
        let rows = try tx.query(
            """
            SELECT site, COUNT(*), SUM(CASE WHEN ship_by < \(tx.now) THEN 1 ELSE 0 END) FROM fulfillment_order
            WHERE state = 'open' GROUP BY site ORDER BY site
            """
        ) { try ($0.next(SiteID.self), $0.next(Int64.self), $0.next(Int64.self)) }
        for (site, open, late) in rows {
            work[site, default: SiteWork()].openOrders = open
            work[site, default: SiteWork()].lateOrders = late
        }
    }

    private static func addPickLists(to work: inout [SiteID: SiteWork], in tx: Transaction) throws {
        let rows = try tx.query(
            """
            SELECT site, SUM(quantity - done) FROM task WHERE state = 'open' AND kind = 'pick' GROUP BY site ORDER BY site
            """
        ) { try ($0.next(SiteID.self), $0.next(Int64.self)) }
        for (site, units) in rows { work[site, default: SiteWork()].unitsOnPickLists = units }
    }

    private static func addParcels(to work: inout [SiteID: SiteWork], in tx: Transaction) throws {
        let rows = try tx.query(
            """
            SELECT at_site, SUM(CASE WHEN state = 'packed' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'labelled' THEN 1 ELSE 0 END)
            FROM parcel WHERE at_site IS NOT NULL AND state IN ('packed', 'labelled') GROUP BY at_site ORDER BY at_site
            """
        ) { try ($0.next(SiteID.self), $0.next(Int64.self), $0.next(Int64.self)) }
        for (site, packed, labelled) in rows {
            work[site, default: SiteWork()].parcelsWithoutLabel = packed
            work[site, default: SiteWork()].parcelsReady = labelled
        }
    }
}
