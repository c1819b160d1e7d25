import Kernel

/// How long delivered orders took from being placed to the last of their parcels at the door.
package struct DaysToDoor: Codable, Equatable, Sendable {
    package var delivered: Int64
    /// Days to two decimals; by nearest rank. Nil where nothing was delivered.
    package var median: Double?
    package var p90: Double?
    package var p99: Double?
    /// Orders by whole days: the first took less than one.
    package var byDay: [Int64]

    /// - Parameter spans: of one order each, in any order.
    package init(_ spans: [Duration]) {
        let sorted = spans.map(\.micros).sorted()
        func rank(_ percent: Int) -> Double? {
            nearestRank(percent, of: sorted).map { (Double($0) / 864_000_000).rounded() / 100 }
        }
        delivered = Int64(sorted.count)
        (median, p90, p99) = (rank(50), rank(90), rank(99))
        byDay = histogram(sorted.map { max(0, $0 / 86_400_000_000) })
    }
}

/// The dates first shown to shoppers, and whether they held.
package struct PromiseRecord: Codable, Equatable, Sendable {
    /// The orders promised for the week that begins on this Monday.
    package struct Week: Codable, Equatable, Sendable {
        package var monday: CivilDate
        package var kept: Int64
        package var missed: Int64
    }

    package var kept: Int64
    package var missed: Int64
    /// Nil where nothing was promised.
    package var keptPerMillion: Int64?
    package var weeks: [Week]

    /// - Parameter promises: of one order each, in any order; the day is the promised one.
    package init(_ promises: [(day: CivilDate, isKept: Bool)]) {
        kept = Int64(promises.count { $0.isKept })
        missed = Int64(promises.count) - kept
        keptPerMillion = perMillion(kept, of: kept + missed)
        let byWeek = Dictionary(grouping: promises) { $0.day + (1 - $0.day.weekday) }
        weeks = byWeek.sorted { $0.key < $1.key }.map { monday, promises in
            let kept = Int64(promises.count { $0.isKept })
            return Week(monday: monday, kept: kept, missed: Int64(promises.count) - kept)
        }
    }
}

package struct ParcelRecord: Codable, Equatable, Sendable {
    /// Orders that left in at least one parcel.
    package var shippedOrders: Int64
    package var parcels: Int64
    /// Orders that left from more than one site, or in more than one parcel.
    package var splitOrders: Int64
    /// To two decimals; nil where nothing left.
    package var perOrder: Double?

    /// - Parameter parcelsByOrder: how many parcels each shipped order left in.
    package init(parcelsByOrder: [Int]) {
        shippedOrders = Int64(parcelsByOrder.count)
        parcels = Int64(parcelsByOrder.reduce(0, +))
        splitOrders = Int64(parcelsByOrder.count { $0 > 1 })
        perOrder = shippedOrders > 0 ? (Double(parcels) / Double(shippedOrders) * 100).rounded() / 100 : nil
    }
}

package struct ShippingRecord: Codable, Equatable, Sendable {
    /// What carriers charged.
    package var total: Money
    package var shippedOrders: Int64
    /// Rounded to the minor unit; nil where nothing left.
    package var perOrder: Money?

    package init(total: Money, shippedOrders: Int64) {
        self.total = total
        self.shippedOrders = shippedOrders
        perOrder = shippedOrders > 0
            ? Money((total.minor + shippedOrders / 2) / shippedOrders, total.currency) : nil
    }
}

/// How much of the cartons' inside was goods.
package struct CartonFill: Codable, Equatable, Sendable {
    package var parcels: Int64
    /// Nil where nothing was packed.
    package var meanPerMillion: Int64?
    /// Parcels by tenth of their carton: the first were filled to less than 10 %, the last to 90 % or more.
    package var byTenth: [Int64]

    /// - Parameter fillPPM: of one parcel each, in parts per million.
    package init(_ fillPPM: [Int64]) {
        parcels = Int64(fillPPM.count)
        meanPerMillion = fillPPM.isEmpty ? nil : fillPPM.reduce(0, +) / parcels
        byTenth = histogram(fillPPM.map { min(9, max(0, $0 / 100_000)) }, count: 10)
    }
}

/// The orders that stood open at a site at the end of each day, in the order of the days.
package struct SiteBacklog: Codable, Equatable, Sendable {
    package struct Point: Codable, Equatable, Sendable {
        package var day: CivilDate
        package var orders: Int64

        package init(_ day: CivilDate, _ orders: Int64) {
            self.day = day
            self.orders = orders
        }
    }

    package var site: String
    package var days: [Point]

    package init(_ site: String, _ days: [Point]) {
        self.site = site
        self.days = days
    }
}

/// What came back, by how it ended.
package struct ReturnRecord: Codable, Equatable, Sendable {
    package var ends: [NamedCount]
    /// Items asked to be sent back.
    package var reasons: [NamedCount]
    /// Boxes on the returns desks, by how they were understood.
    package var receipts: [NamedCount]
    package var refunds: Money
    package var restockedUnits: Int64

    package init(
        ends: [NamedCount], reasons: [NamedCount], receipts: [NamedCount], refunds: Money, restockedUnits: Int64
    ) {
        self.ends = ends
        self.reasons = reasons
        self.receipts = receipts
        self.refunds = refunds
        self.restockedUnits = restockedUnits
    }
}

/// How fast it ran, by the clock on the wall.
package struct Pace: Codable, Equatable, Sendable {
    package var events: Int64
    package var wallSeconds: Double
    package var eventsPerSecond: Int64
    package var ordersPerSecond: Int64

    package init(events: Int64, orders: Int64, wall: Duration) {
        let seconds = max(Double(wall.micros) / 1_000_000, 0.000_001)
        self.events = events
        wallSeconds = (seconds * 1000).rounded() / 1000
        eventsPerSecond = Int64((Double(events) / seconds).rounded())
        ordersPerSecond = Int64((Double(orders) / seconds).rounded())
    }
}
