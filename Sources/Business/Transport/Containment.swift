import Kernel
import Store

/// Puts units into units and takes them out. Intervals of containment and of custody together cover a unit's life: one
/// that is inside another has no holder of its own.
package enum Containment {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case unknown(UnitID)
        case cannotHold(UnitID, UnitKind, in: UnitID, UnitKind)
        case itself(UnitID, in: UnitID)

        package static let codes = ["unit.not_found", "unit.cannot_hold", "unit.inside_itself"]
        package var code: String {
            switch self {
            case .unknown: Self.codes[0]
            case .cannotHold: Self.codes[1]
            case .itself: Self.codes[2]
            }
        }
        package var message: String {
            switch self {
            case .unknown(let id): "There is no unit \(id)."
            case .cannotHold(let child, let kind, let parent, let other):
                "A \(other.rawValue) holds no \(kind.rawValue): \(child) was not put into \(parent)."
            case .itself(let child, let parent): "\(parent) is inside \(child), which cannot be put into it."
            }
        }
        package var kind: RefusalKind { if case .unknown = self { .notFound } else { .conflict } }
    }

    /// The running interval of a unit.
    private struct Running {
        let from: Instant
        let parent: UnitID?
    }

    /// Puts units into another, out of what they were in. One that is in it already stays.
    package static func put(_ units: [UnitID], into parent: UnitID, occurred: Instant, in tx: Transaction) throws {
        let ids = Set(units).sorted()
        guard !ids.isEmpty else { return }
        let known = try lock(ids, parent, in: tx)
        guard let outer = known[parent] else { throw Refused.unknown(parent) }
        let above = Set(try UnitTree.ancestors(of: [parent], in: tx)[parent] ?? []).union([parent])
        for id in ids {
            guard let unit = known[id] else { throw Refused.unknown(id) }
            guard unit.kind.fits(in: outer.kind) else { throw Refused.cannotHold(id, unit.kind, in: parent, outer.kind) }
            guard !above.contains(id) else { throw Refused.itself(id, in: parent) }
        }
        let running = try running(ids, in: tx)
        let moving = ids.filter { running[$0]?.parent != parent }
        let rows = rows(moving, running, occurred: max(occurred, outer.created))
        try end(rows, in: tx)
        try tx.run(
            """
            INSERT INTO containment (child, sequence, parent, from_at)
            SELECT v.id, COALESCE((SELECT MAX(c.sequence) + 1 FROM containment c WHERE c.child = v.id), 0), \(parent), v.moment
            FROM (\(rows: rows)) AS v
            """, expecting: moving.count)
    }

    /// Takes units out of what they are in, however deep that is nested; those inside nothing are passed over.
    /// - Parameter holder: who has them then; nil for whoever has the outermost unit they were inside of.
    package static func take(_ units: [UnitID], holder: Holder? = nil, occurred: Instant, in tx: Transaction) throws {
        let ids = Set(units).sorted()
        let running = try running(ids, in: tx).filter { $0.value.parent != nil }
        let moving = running.keys.sorted()
        guard !moving.isEmpty else { return }
        let holders = holder == nil ? try HandlingUnits.holders(of: moving, in: tx) : [:]
        var rows = Rows(["id": .int, "moment": .int, "kind": .text, "holder": .int])
        for id in moving {
            guard let run = running[id], let next = holder.map({ ($0.kind, $0.id) }) ?? holders[id] else {
                throw StoreError.unexpected("nobody has \(id)")
            }
            rows.add(id, max(run.from, occurred), next.0, next.1)
        }
        try end(rows, in: tx)
        try tx.run(
            """
            INSERT INTO custody (unit, sequence, holder_kind, holder, from_at)
            SELECT v.id, COALESCE((SELECT MAX(c.sequence) + 1 FROM custody c WHERE c.unit = v.id), 0), v.kind, v.holder, v.moment
            FROM (\(rows: rows)) AS v
            """, expecting: moving.count)
    }

    /// Locks the units, where they go, and all around that: no two of them can be put into each other at once.
    private static func lock(_ ids: [UnitID], _ parent: UnitID, in tx: Transaction) throws -> [UnitID: HandlingUnit] {
        let around = try UnitTree.ancestors(of: [parent], in: tx)[parent] ?? []
        return try HandlingUnits.load(ids + [parent] + around, in: tx)
    }

    private static func running(_ ids: [UnitID], in tx: Transaction) throws -> [UnitID: Running] {
        let rows = try tx.query(
            """
            SELECT unit AS id, from_at, CAST(NULL AS BIGINT) AS parent FROM custody
            WHERE unit IN \(list: ids) AND until_at IS NULL
            UNION ALL
            SELECT child, from_at, parent FROM containment WHERE child IN \(list: ids) AND until_at IS NULL ORDER BY 1
            """
        ) { (try $0.next(UnitID.self), Running(from: try $0.next(), parent: try $0.next())) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// What is told late begins where the running interval did, at the earliest.
    private static func rows(_ ids: [UnitID], _ running: [UnitID: Running], occurred: Instant) -> Rows {
        var rows = Rows(["id": .int, "moment": .int])
        for id in ids { rows.add(id, max(running[id]?.from ?? occurred, occurred)) }
        return rows
    }

    private static func end(_ rows: Rows, in tx: Transaction) throws {
        let closed = try tx.run(
            """
            UPDATE custody SET until_at = v.moment FROM (\(rows: rows)) AS v WHERE custody.unit = v.id AND until_at IS NULL
            """)
        let left = try tx.run(
            """
            UPDATE containment SET until_at = v.moment FROM (\(rows: rows)) AS v
            WHERE containment.child = v.id AND until_at IS NULL
            """)
        guard closed + left == rows.count else { throw StoreError.unexpected("\(rows.count) units had \(closed + left) places") }
    }
}
