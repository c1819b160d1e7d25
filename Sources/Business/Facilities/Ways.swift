import Kernel

/// A way over lanes from a site to one where a service collects for the last mile.
package struct Way: Hashable, Sendable {
    /// In the order in which they are taken; empty where the service collects at the site itself.
    package let lanes: [Lane]
    /// Where the service collects.
    package let injection: SiteID
    /// What a parcel costs on the lanes and at the sites between them, in minor units of the operator's currency.
    package let parcelCost: Int64

    package func takes(_ traits: GoodsTraits) -> Bool { lanes.allSatisfy { $0.refuses.isDisjoint(with: traits) } }
}

/// The ways between all sites, for each stretch of days on which the same lanes run.
struct WayTable: Sendable {
    /// No parcel changes trucks more often.
    static let longest = 3

    /// By first day; the first has none.
    private let periods: [(from: CivilDate?, ways: [SiteID: [Way]])]

    init(sites: [Site], lanes: [Lane]) {
        let linehauls = lanes.filter { $0.destination != nil && !$0.departures.isEmpty }
        let costs = Dictionary(uniqueKeysWithValues: sites.map { ($0.id, $0.parcelCost) })
        let starts = Set(linehauls.flatMap { [$0.validity.from, $0.validity.until.map { $0 + 1 }].compactMap(\.self) }).sorted()
        periods = ([nil] + starts.map(Optional.some)).map { day in
            let running = Dictionary(
                grouping: linehauls.filter { lane in day.map(lane.validity.holds) ?? (lane.validity.from == nil) }, by: \.origin)
            let ways = sites.map { ($0.id, Self.ways(from: $0.id, running, costs)) }
            return (day, Dictionary(uniqueKeysWithValues: ways))
        }
    }

    /// The ways to every site that lanes lead to on a day, the fewest lanes first; the site itself comes first of all.
    func ways(from site: SiteID, on day: CivilDate) -> [Way] {
        periods.last { period in period.from.map { $0 <= day } ?? true }?.ways[site] ?? []
    }

    /// Where lanes lead to on any day, the site itself included.
    func ends(from site: SiteID) -> Set<SiteID> {
        periods.reduce(into: []) { $0.formUnion(($1.ways[site] ?? []).map(\.injection)) }
    }

    /// Fewest lanes, then shortest transit, then the ids of the lanes.
    private static func ways(
        from site: SiteID, _ running: [SiteID: [Lane]], _ costs: [SiteID: Int64]
    ) -> [Way] {
        var reached: Set<SiteID> = [site]
        var found = [Way(lanes: [], injection: site, parcelCost: 0)], edge = found
        for _ in 0..<longest {
            var next: [SiteID: Way] = [:]
            for way in edge {
                for lane in running[way.injection] ?? [] {
                    guard let end = lane.destination, !reached.contains(end) else { continue }
                    let longer = Way(
                        lanes: way.lanes + [lane], injection: end,
                        parcelCost: way.parcelCost + lane.parcelCost + (costs[end] ?? 0))
                    if next[end].map({ longer.precedes($0) }) ?? true { next[end] = longer }
                }
            }
            edge = next.sorted { $0.key < $1.key }.map(\.value)
            reached.formUnion(edge.map(\.injection))
            found += edge
        }
        return found
    }
}

extension Way {
    fileprivate func precedes(_ other: Way) -> Bool {
        let mine = lanes.reduce(0) { $0 + $1.transitMinutes }, theirs = other.lanes.reduce(0) { $0 + $1.transitMinutes }
        if mine != theirs { return mine < theirs }
        return lanes.map(\.id).lexicographicallyPrecedes(other.lanes.map(\.id))
    }
}

extension Network {
    /// The ways of a parcel from a site to where a service collects on a day, the fewest lanes first.
    /// A fulfillment center is nobody's hub: lanes that lead to one bring goods and returns.
    package func ways(from site: SiteID, by service: ServiceID, on day: CivilDate) -> [Way] {
        wayTable.ways(from: site, on: day).filter { way in
            collections(way.injection, service) != nil
                && (way.lanes.isEmpty || self.site(way.injection)?.kind != .fulfillmentCenter)
        }
    }

    /// The way over our lanes from one of our sites to another on a day; nil where no lanes lead there.
    package func way(from site: SiteID, to end: SiteID, on day: CivilDate) -> Way? {
        wayTable.ways(from: site, on: day).first { $0.injection == end && !$0.lanes.isEmpty }
    }
}
