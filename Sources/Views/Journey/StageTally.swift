import Kernel
import Store

/// Units and parcels by site and stage.
package struct StageTally: Equatable, Sendable {
    package struct Key: Hashable, Comparable, Sendable {
        /// 0 for the network as a whole.
        package let site: SiteID
        package let stage: Stage

        package static func < (a: Self, b: Self) -> Bool {
            a.site != b.site ? a.site < b.site : a.stage.rawValue < b.stage.rawValue
        }
    }

    package struct Count: Equatable, Sendable {
        package var units: Int64 = 0
        package var parcels: Int64 = 0
    }

    package private(set) var counts: [Key: Count] = [:]

    package static let network = SiteID(0)

    package init() {}

    package mutating func add(_ stage: Stage, site: SiteID?, units: Int64, parcels: Int64) {
        let key = Key(site: stage.hasSite ? site ?? Self.network : Self.network, stage: stage)
        counts[key, default: Count()].units += units
        counts[key, default: Count()].parcels += stage.holdsParcels ? parcels : 0
    }

    mutating func apply(_ move: StageMove) {
        if let from = move.from { add(from, site: move.site, units: -move.units, parcels: -move.parcels) }
        add(move.to, site: move.site, units: move.units, parcels: move.parcels)
    }

    /// What stands in a stage over all sites.
    package func total(_ stage: Stage) -> Count {
        counts.reduce(into: Count()) { sum, one in
            guard one.key.stage == stage else { return }
            sum.units += one.value.units
            sum.parcels += one.value.parcels
        }
    }

    package func at(_ site: SiteID, _ stage: Stage) -> Count { counts[Key(site: site, stage: stage)] ?? Count() }
}

extension StageTally {
    /// As the projection has it now; a moment behind the log.
    package static func read(in tx: Transaction) throws -> StageTally {
        var tally = StageTally()
        let rows = try tx.query("SELECT site, stage, units, parcels FROM stage_count ORDER BY site, stage") {
            try (site: $0.next(SiteID.self), stage: $0.next(Stage.self), units: $0.next(Int64.self), parcels: $0.next(Int64.self))
        }
        for row in rows { tally.counts[Key(site: row.site, stage: row.stage)] = Count(units: row.units, parcels: row.parcels) }
        return tally
    }

    /// Adds these counts to the projection: sums only, so that nodes may do it in any order.
    func add(in tx: Transaction) throws {
        var rows = Rows(["site": .int, "stage": .text, "units": .int, "parcels": .int])
        for (key, count) in counts.sorted(by: { $0.key < $1.key }) where count != Count() {
            rows.add(key.site, key.stage, count.units, count.parcels)
        }
        try tx.run(
            """
            INSERT INTO stage_count (site, stage, units, parcels)
            SELECT v.site, v.stage, v.units, v.parcels FROM (\(rows: rows)) AS v WHERE true ORDER BY v.site, v.stage
            ON CONFLICT (site, stage) DO UPDATE
            SET units = stage_count.units + excluded.units, parcels = stage_count.parcels + excluded.parcels
            """)
    }
}
