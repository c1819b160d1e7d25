import Kernel
import Store

/// What is inside what, read set by set along the running containments.
package enum UnitTree {
    /// What each unit is inside of, the nearest first; absent where it is inside nothing.
    package static func ancestors(of units: [UnitID], in tx: Transaction) throws -> [UnitID: [UnitID]] {
        guard !units.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            WITH RECURSIVE up (unit, ancestor, depth) AS (
                SELECT c.child, c.parent, 1 FROM containment c WHERE c.child IN \(list: units) AND c.until_at IS NULL
                UNION ALL
                SELECT up.unit, c.parent, up.depth + 1 FROM up
                JOIN containment c ON c.child = up.ancestor AND c.until_at IS NULL)
            SELECT unit, ancestor FROM up ORDER BY unit, depth, ancestor
            """
        ) { try ($0.next(UnitID.self), $0.next(UnitID.self)) }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    /// The outermost unit around each; a unit inside nothing is its own.
    package static func roots(of units: [UnitID], in tx: Transaction) throws -> [UnitID: UnitID] {
        let ancestors = try ancestors(of: units, in: tx)
        return Dictionary(units.map { ($0, ancestors[$0]?.last ?? $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The parcels inside units, however deep, that are marked to be pulled.
    package static func pulled(inside units: [UnitID], limit: Int, in tx: Transaction) throws -> [UnitID] {
        try tx.values(
            """
            \(inside(units)) SELECT p.id FROM down JOIN parcel p ON p.id = down.unit WHERE p.pull = 1
            ORDER BY p.id LIMIT \(limit)
            """)
    }

    /// All parcels inside units, however deep; for units of a size that one transaction can take.
    package static func parcels(inside units: [UnitID], in tx: Transaction) throws -> [UnitID] {
        try tx.values("\(inside(units)) SELECT p.id FROM down JOIN parcel p ON p.id = down.unit ORDER BY p.id")
    }

    /// What lies inside units and in the units themselves, summed by component of an order.
    package static func contents(
        of units: [UnitID], in tx: Transaction
    ) throws -> [(component: ComponentID, quantity: Quantity)] {
        guard !units.isEmpty else { return [] }
        return try tx.query(
            """
            \(inside(units)) SELECT i.component, SUM(i.quantity) FROM parcel_item i
            WHERE i.parcel IN (SELECT unit FROM down) OR i.parcel IN \(list: units)
            GROUP BY i.component ORDER BY i.component
            """
        ) { try ($0.next(), $0.next()) }
    }

    /// What lies directly in any of `parents`, by parent and child, behind a place in that order.
    package static func children(
        of parents: [UnitID], after place: (parent: UnitID, child: UnitID)? = nil, limit: Int, in tx: Transaction
    ) throws -> [(parent: UnitID, child: UnitID, kind: UnitKind)] {
        guard !parents.isEmpty else { return [] }
        let (parent, child) = (place?.parent ?? UnitID(0), place?.child ?? UnitID(0))
        return try tx.query(
            """
            SELECT c.parent, c.child, u.kind FROM containment c JOIN handling_unit u ON u.id = c.child
            WHERE c.parent IN \(list: parents) AND c.until_at IS NULL
                AND (c.parent > \(parent) OR c.parent = \(parent) AND c.child > \(child))
            ORDER BY c.parent, c.child LIMIT \(limit)
            """
        ) { try ($0.next(), $0.next(), $0.next()) }
    }

    private static func inside(_ units: [UnitID]) -> SQL {
        """
        WITH RECURSIVE down (unit) AS (
            SELECT c.child FROM containment c WHERE c.parent IN \(list: units) AND c.until_at IS NULL
            UNION ALL
            SELECT c.child FROM down JOIN containment c ON c.parent = down.unit AND c.until_at IS NULL)
        """
    }
}
