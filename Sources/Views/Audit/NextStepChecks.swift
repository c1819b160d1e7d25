import Kernel
import Store
import Transport

/// Nothing is ever nowhere: each parcel that is ours to move on has a next step, or somebody who looks after it.
enum NextStepChecks {
    static let all = [standing, underWay]

    /// A parcel to be pulled is taken out by whoever scans it next.
    static let standing = AuditCheck(
        "parcel.next_step",
        "A parcel that stands with us goes on from there by a lane or with its courier, is received there, or has an open exception.",
        table: "parcel", keys: .ids(of: "parcel")
    ) { range, tx in
        let stuck = try tx.query(
            """
            SELECT p.id, p.at_site FROM parcel p
            WHERE \(range.covers("p.id")) AND p.state IN ('packed', 'labelled') AND p.pull = 0
                AND NOT EXISTS (
                    SELECT 1 FROM parcel_leg l WHERE l.parcel = p.id AND l.origin = p.at_site AND l.state = 'planned')
                AND NOT EXISTS (
                    SELECT 1 FROM lane c WHERE c.origin = p.at_site AND c.destination IS NULL AND c.service = p.service)
                AND NOT EXISTS (SELECT 1 FROM outbound_order o WHERE o.order_id = p.order_id AND o.to_site = p.at_site)
            ORDER BY p.id
            """
        ) { (id: try $0.next(UnitID.self), site: try $0.next(SiteID?.self)) }
        let known = try subjects(stuck.map(\.id), in: tx)
        return stuck.filter { !known.contains($0.id.description) }.map {
            Disagreement(
                $0.id.description, expected: "a next step or an exception",
                found: "none at \($0.site?.description ?? "no site")")
        }
    }

    /// What happened to a unit is told to the parcels inside step by step: until then they are where it is.
    static let underWay = AuditCheck(
        "parcel.under_way", "A parcel between two of our sites is on the trailer of a trip, or missing under an open exception.",
        table: "parcel", keys: .ids(of: "parcel")
    ) { range, tx in
        let moving: [UnitID] = try tx.values(
            "SELECT id FROM parcel WHERE \(range.covers("id")) AND state = 'in_transit' ORDER BY id")
        let around = try UnitTree.ancestors(of: moving, in: tx)
        let carried: Set<UnitID> = try Set(tx.values(
            """
            SELECT trailer FROM trip WHERE trailer IN \(list: Set(around.values.compactMap(\.last)).sorted())
                AND state IN ('departed', 'arrived', 'reconciled') ORDER BY trailer
            """))
        let rest = moving.filter { !(around[$0]?.last.map(carried.contains) ?? false) }
        guard !rest.isEmpty else { return [] }
        let known = try subjects(rest + rest.flatMap { around[$0] ?? [] }, in: tx)
        let telling: Int64 = try tx.value(
            "SELECT COUNT(*) FROM clock WHERE kind = 'unit.expand' AND closed_at IS NULL") ?? 0
        return rest.filter { id in
            let units = around[id] ?? []
            return !([id] + units).contains { known.contains($0.description) } && (units.isEmpty || telling == 0)
        }.map { Disagreement($0.description, expected: "a trailer or an exception", found: "neither") }
    }

    /// Of these units, those about which an exception is open.
    private static func subjects(_ units: [UnitID], in tx: Transaction) throws -> Set<String> {
        guard !units.isEmpty else { return [] }
        return Set(try tx.values(
            """
            SELECT DISTINCT subject FROM exception WHERE subject IN \(list: Set(units).sorted().map(\.description))
                AND closed_at IS NULL ORDER BY subject
            """))
    }
}
