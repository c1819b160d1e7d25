import Kernel
import Store
import Transport

/// Puts new totes into use, each with a licence plate.
package struct MakeTotes: Flow {
    let site: SiteID
    let count: Int
    let occurred: Instant

    package init(site: SiteID, count: Int, occurred: Instant) {
        self.site = site
        self.count = count
        self.occurred = occurred
    }

    package func run(in tx: Transaction) throws -> [UnitID] {
        guard (1...1000).contains(count) else {
            throw InvalidInput(field: "/count", "Between 1 and 1,000 totes are made at a time, not \(count).")
        }
        let first = try NumberSeries.take(count, from: "licence_plate", in: tx)
        let ids = (0..<count).map { _ in tx.id(UnitID.self) }
        let units = ids.enumerated().map { (id: $1, code: "LP" + String(Int64(1_000_000) + first + Int64($0))) }
        try HandlingUnits.add(units, kind: .tote, site: site, occurred: occurred, in: tx)
        return ids
    }
}
