import Kernel

/// One way to fill an order: this supply, handled at this site, sent by this service to this destination.
package struct PromiseRequest: Sendable {
    /// When the order was placed.
    package var ordered: Instant
    /// When the supply can be worked on; nil where it is on hand.
    package var availableFrom: Instant?
    package var origin: PromiseOrigin
    /// The way over our own network to where the service collects; empty where it collects at the origin.
    package var hops: [PromiseHop]
    package var service: PromiseService
    package var destination: PromiseDestination
    package var load: WorkLoad

    package init(
        ordered: Instant, availableFrom: Instant? = nil, origin: PromiseOrigin, hops: [PromiseHop] = [],
        service: PromiseService, destination: PromiseDestination, load: WorkLoad = WorkLoad(units: 1)
    ) {
        self.ordered = ordered
        self.availableFrom = availableFrom
        self.origin = origin
        self.hops = hops
        self.service = service
        self.destination = destination
        self.load = load
    }
}

/// A lane to the next site and the work there before the parcel goes on.
package struct PromiseHop: Sendable {
    /// Of the lane, at the site it begins at.
    package var departures: Departures
    package var transit: Duration
    /// The site it leads to: its handling is the sorting, its buffer the cut-off of what leaves it next.
    package var site: PromiseOrigin
    /// How much its departures take; nil where none is limited.
    package var room: WorkSlots?

    package init(departures: Departures, transit: Duration, site: PromiseOrigin, room: WorkSlots? = nil) {
        self.room = room
        self.departures = departures
        self.transit = transit
        self.site = site
    }
}

/// The site that would ship.
package struct PromiseOrigin: Sendable {
    package var calendar: SiteCalendar
    /// Open time from release to ready for the carrier.
    package var handlingMinutes: Int
    /// Time kept free between ready and the departure, whether the site is open or not.
    package var bufferMinutes: Int
    /// The processes there that are limited, in the order in which they follow each other.
    package var work: [WorkSlots]

    package init(calendar: SiteCalendar, handlingMinutes: Int, bufferMinutes: Int = 0, work: [WorkSlots] = []) {
        self.work = work
        precondition(handlingMinutes >= 0 && bufferMinutes >= 0, "handling and buffer are not negative")
        self.calendar = calendar
        self.handlingMinutes = handlingMinutes
        self.bufferMinutes = bufferMinutes
    }
}

/// A carrier service from a site to the destination's zone.
package struct PromiseService: Sendable {
    /// Its cut-offs at the site, or at the last site of the way to it.
    package var departures: Departures
    package var transit: TransitTime
    /// How much its departures take; nil where none is limited.
    package var room: WorkSlots?

    package init(departures: Departures, transit: TransitTime, room: WorkSlots? = nil) {
        self.room = room
        self.departures = departures
        self.transit = transit
    }
}

/// How long a service is on its way, and on which days it works.
package struct TransitTime: Hashable, Sendable, Codable {
    /// The fewest days that it takes. Zero: delivered on the day it left.
    package let minimumDays: Int
    /// The days a promise rests on.
    package let likelyDays: Int
    /// The weekdays that count as a day of transit; all seven where the stated days are calendar days.
    package let movesOn: Weekdays
    package let deliversOn: Weekdays

    package init(
        minimumDays: Int, likelyDays: Int, movesOn: Weekdays = .mondayToFriday, deliversOn: Weekdays = .mondayToFriday
    ) {
        precondition(0 <= minimumDays && minimumDays <= likelyDays, "0 ≤ minimum ≤ likely days")
        self.minimumDays = minimumDays
        self.likelyDays = likelyDays
        self.movesOn = movesOn
        self.deliversOn = deliversOn
    }
}

/// Where the shopper waits.
package struct PromiseDestination: Sendable {
    package var zone: TimeZoneRule
    /// Days on which nothing is delivered there.
    package var holidays: Holidays

    package init(zone: TimeZoneRule, holidays: Holidays = .none) {
        self.zone = zone
        self.holidays = holidays
    }
}
