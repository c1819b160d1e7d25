import Kernel

/// Chooses where sites stand: the p-median over the cities that order, greedy and then improved by swaps.
enum PlaceSites {
    struct Spot: Sendable {
        let city: String
        let region: String
        let postalArea: String
        let place: Coordinates
    }

    /// At most `count` of the sixty cities with most orders, so that the sum of distances from orders to their nearest
    /// site is small. Teitz and Bart (1968) for the swaps.
    static func choose(_ count: Int, for world: World) -> [Spot] {
        var weight: [String: (Int64, Spot)] = [:]
        for order in world.orders {
            guard let place = order.place else { continue }
            let key = "\(order.city)|\(order.region)"
            let spot = Spot(city: order.city, region: order.region, postalArea: order.postalArea, place: place)
            weight[key] = (weight[key].map { $0.0 } ?? 0, weight[key]?.1 ?? spot)
            weight[key]?.0 += 1
        }
        let demand = weight.sorted { $0.value.0 != $1.value.0 ? $0.value.0 > $1.value.0 : $0.key < $1.key }.map(\.value)
        let candidates = Array(demand.prefix(60))
        guard !candidates.isEmpty else { return [] }
        let cost = candidates.map { candidate in
            demand.map { $0.0 * (candidate.1.place.distance(to: $0.1.place).rawValue / 1000) }
        }
        var chosen: [Int] = []
        while chosen.count < min(count, candidates.count) {
            let free = candidates.indices.filter { !chosen.contains($0) }
            guard let best = free.min(by: { total(chosen + [$0], cost) < total(chosen + [$1], cost) }) else { break }
            chosen.append(best)
        }
        improve(&chosen, cost)
        return chosen.sorted().map { candidates[$0].1 }
    }

    private static func total(_ chosen: [Int], _ cost: [[Int64]]) -> Int64 {
        cost[0].indices.reduce(0) { sum, at in sum + (chosen.map { cost[$0][at] }.min() ?? 0) }
    }

    private static func improve(_ chosen: inout [Int], _ cost: [[Int64]]) {
        var best = total(chosen, cost), hasImproved = true
        while hasImproved {
            hasImproved = false
            for at in chosen.indices {
                for candidate in cost.indices where !chosen.contains(candidate) {
                    var other = chosen
                    other[at] = candidate
                    let value = total(other, cost)
                    if value < best { (chosen, best, hasImproved) = (other, value, true) }
                }
            }
        }
    }
}
