import Facilities
import Inventory
import Kernel
import Store

/// A location with how much lies in it.
package struct BinLine: Sendable {
    package let id: LocationID
    package let site: SiteID
    package let code: String
    package let kind: Location.Kind
    package let isPickable: Bool
    package let isSellable: Bool
    package let skus: Int64
    package let onHand: Quantity
    package let allocated: Quantity
}

extension BinLine {
    /// A page of a site's locations by code; none where the site is not the reader's.
    ///
    /// - Parameter prefix: how their codes begin.
    package static func page(
        at site: SiteID, prefix: String, kind: Location.Kind?, _ scope: Scope, after code: String?, limit: Int, in tx: Transaction
    ) throws -> [BinLine] {
        var condition: SQL = "l.site = \(site) AND \(scope.owns(site: "l.site"))"
        if !prefix.isEmpty { condition = condition + " AND l.code >= \(prefix) AND l.code < \(prefix + "\u{10FFFF}")" }
        if let kind { condition = condition + " AND l.kind = \(kind)" }
        if let code { condition = condition + " AND l.code > \(code)" }
        return try list(condition, limit: limit, in: tx)
    }

    /// - Throws: `NotFound` where there is no such location for the reader.
    package static func find(_ id: LocationID, _ scope: Scope, in tx: Transaction) throws -> (bin: BinLine, cells: [StockCell]) {
        guard let bin = try list("l.id = \(id) AND \(scope.owns(site: "l.site"))", limit: 1, in: tx).first else {
            throw NotFound("location", id)
        }
        let cells = try StockCell.list(
            "s.place = \(id) AND s.place_kind = 'location'", order: "k.code, s.id", limit: StockStory.most, in: tx)
        return (bin, cells)
    }

    private static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [BinLine] {
        try tx.query(
            """
            SELECT l.id, l.site, l.code, l.kind, l.pickable, l.sellable,
                (SELECT COUNT(DISTINCT s.sku) FROM stock s WHERE s.place = l.id AND s.place_kind = 'location' AND s.on_hand > 0),
                (SELECT COALESCE(SUM(s.on_hand), 0) FROM stock s WHERE s.place = l.id AND s.place_kind = 'location'),
                (SELECT COALESCE(SUM(s.allocated), 0) FROM stock s WHERE s.place = l.id AND s.place_kind = 'location')
            FROM location l WHERE \(condition) ORDER BY l.site, l.code LIMIT \(limit)
            """
        ) {
            try BinLine(
                id: $0.next(), site: $0.next(), code: $0.next(), kind: $0.next(), isPickable: $0.next(), isSellable: $0.next(),
                skus: $0.next(), onHand: $0.next(), allocated: $0.next())
        }
    }
}
