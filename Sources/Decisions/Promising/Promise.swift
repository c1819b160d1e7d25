import Kernel

/// What a shopper may be told, and what must happen when for it to come true.
package struct Promise: Hashable, Sendable {
    /// The latest moment to release the work and still make `shipBy`.
    package let releaseBy: Instant
    /// The departure aimed at.
    package let shipBy: Instant
    package let delivery: DeliveryWindow
    /// How it came about, in order of time.
    package let steps: [PromiseStep]
    /// What it takes of shifts and departures that are limited.
    package let bookings: [WorkBooking]

    /// The start of the first day on which it may arrive, never before `shipBy`.
    package var earliestDelivery: Instant { delivery.opens }
    /// The last second of the day promised, at the destination.
    package var promisedBy: Instant { delivery.closes }
}

/// The days on which a delivery is expected, at the destination.
package struct DeliveryWindow: Hashable, Sendable {
    package let earliest: CivilDate
    /// The day promised; never before `earliest`.
    package let latest: CivilDate
    /// The start of the earliest day, or the departure where that is later.
    package let opens: Instant
    /// The last second of the latest day.
    package let closes: Instant

    package init(earliest: CivilDate, latest: CivilDate, zone: TimeZoneRule, departure: Instant) {
        precondition(earliest <= latest, "a delivery window does not end before it begins")
        self.earliest = earliest
        self.latest = latest
        opens = max(zone.instant(earliest, .midnight), departure)
        closes = zone.lastSecond(of: latest)
    }
}

/// A step on the way to a promise.
package struct PromiseStep: Hashable, Sendable {
    package let what: What
    package let when: Instant

    package init(_ what: What, at when: Instant) {
        self.what = what
        self.when = when
    }

    /// In the order in which they stand in a promise; a step that changes nothing is left out.
    package enum What: String, Sendable, CaseIterable, Codable {
        case ordered, supplyAvailable, siteOpens, ready, departs, collected, mayArrive, promised

        /// What happens, to be followed by the time.
        package var sentence: String {
            switch self {
            case .ordered: "The order is placed"
            case .supplyAvailable: "The goods it waits for are available"
            case .siteOpens: "The site opens"
            case .ready: "The parcel is ready, handling and buffer included"
            case .departs: "The parcel leaves the site"
            case .collected: "The carrier collects it at the end of our own network"
            case .mayArrive: "The parcel may arrive from this day on"
            case .promised: "The parcel is delivered by the end of this day"
            }
        }
    }
}

/// Why there is no promise, in the order of the checks.
package enum NoPromise: String, Refusal, CaseIterable, Codable {
    case siteClosed = "promise.site_closed"
    case noDeparture = "promise.no_departure"
    case noDeliveryDay = "promise.no_delivery_day"
    case noCapacity = "promise.no_capacity"

    package var code: String { rawValue }
    package var kind: RefusalKind { .conflict }

    package var message: String {
        let days = SiteCalendar.searchDays
        return switch self {
        case .siteClosed: "The site has no opening within \(days) days."
        case .noDeparture: "The service has no departure from the site within \(days) days."
        case .noDeliveryDay: "The service has no day of transit or delivery within \(days) days."
        case .noCapacity: "All shifts or departures on the way are full for \(days) days."
        }
    }
}
