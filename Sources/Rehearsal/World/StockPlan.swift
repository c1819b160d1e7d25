import Kernel

/// What stands where at the start and what is sent later, planned from the orders that will come.
///
/// A seller of a few pieces has them all at the start. For goods that sell often, each site begins with the first weeks'
/// demand and gets the rest by monthly inbound shipments; a rehearsal can make those late or short.
struct StockPlan: Sendable {
    struct Delivery: Sendable {
        let site: Int
        let merchant: Int
        let expected: Instant
        /// Item and quantity.
        let lines: [(item: Int, quantity: Int64)]
    }

    /// Item, site and quantity, by site and item.
    private(set) var opening: [(site: Int, item: Int, quantity: Int64)] = []
    /// By time.
    private(set) var deliveries: [Delivery] = []

    private static let fastMover: Int64 = 8
    private static let window = Duration.days(30)

    init(_ world: World, sites: [Coordinates], start: Instant) {
        var demand: [Int: [(site: Int, at: Instant, quantity: Int64)]] = [:]
        for order in world.orders {
            let site = Self.nearest(order.place, sites)
            for line in order.lines { demand[line.item, default: []].append((site, order.placed, line.quantity)) }
        }
        var windows: [Int: [DeliveryKey: Int64]] = [:]
        for (item, uses) in demand.sorted(by: { $0.key < $1.key }) {
            let isFast = uses.reduce(0) { $0 + $1.quantity } >= Self.fastMover
            var bySite: [Int: Int64] = [:]
            for use in uses {
                let number = isFast ? Int((use.at - start).micros / Self.window.micros) : 0
                if number < 2 { bySite[use.site, default: 0] += use.quantity; continue }
                let key = DeliveryKey(window: number, site: use.site, merchant: world.items[item].merchant)
                windows[item, default: [:]][key, default: 0] += use.quantity
            }
            opening += bySite.sorted { $0.key < $1.key }.map { ($0.key, item, $0.value) }
        }
        opening.sort { ($0.site, $0.item) < ($1.site, $1.item) }
        var grouped: [DeliveryKey: [(item: Int, quantity: Int64)]] = [:]
        for (item, keys) in windows.sorted(by: { $0.key < $1.key }) {
            for (key, quantity) in keys.sorted(by: { $0.key < $1.key }) { grouped[key, default: []].append((item, quantity)) }
        }
        deliveries = grouped.sorted { $0.key < $1.key }.map { key, lines in
            Delivery(
                site: key.site, merchant: key.merchant,
                expected: start + .microseconds(Int64(key.window) * Self.window.micros) - .days(5), lines: lines)
        }
    }

    private struct DeliveryKey: Hashable, Comparable {
        let window: Int
        let site: Int
        let merchant: Int

        static func < (a: Self, b: Self) -> Bool { (a.window, a.site, a.merchant) < (b.window, b.site, b.merchant) }
    }

    private static func nearest(_ place: Coordinates?, _ sites: [Coordinates]) -> Int {
        guard let place else { return 0 }
        return sites.indices.min { sites[$0].distance(to: place).rawValue < sites[$1].distance(to: place).rawValue } ?? 0
    }
}
