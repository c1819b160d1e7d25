/// Work of which a site does only so much in a time.
package enum WorkProcess: String, CaseIterable, Sendable, Codable {
    /// Counted in units.
    case pick
    /// Counted in units.
    case pack
    /// Counted in pieces: parcels, as far as they are known.
    case sort
    /// What leaves with one departure of a service, counted in pieces.
    case departure
}

/// One process of a site; of departures, those of one service.
package struct WorkKey: Hashable, Comparable, Sendable {
    package let site: SiteID
    package let process: WorkProcess
    /// Raw id 0 but for departures.
    package let service: ServiceID

    package init(_ site: SiteID, _ process: WorkProcess, service: ServiceID = ServiceID(0)) {
        self.site = site
        self.process = process
        self.service = service
    }

    package static func < (a: Self, b: Self) -> Bool {
        (a.site, a.process.rawValue, a.service) < (b.site, b.process.rawValue, b.service)
    }
}

/// A shift of a process, or a departure, and how much of it is taken.
///
/// A shift does its units evenly over its time: what is booked stands in a row from its start, and what passed without
/// work is lost.
package struct WorkSlot: Hashable, Sendable {
    package let starts: Instant
    /// Of a departure: when it leaves, as `starts`.
    package let ends: Instant
    /// Nil: no limit is stated for this time.
    package let capacity: Int64?
    package var booked: Int64
    package var lost: Int64

    package init(starts: Instant, ends: Instant, capacity: Int64?, booked: Int64 = 0, lost: Int64 = 0) {
        self.starts = starts
        self.ends = ends
        self.capacity = capacity
        self.booked = booked
        self.lost = lost
    }

    /// How much it could have done by `instant`; all of it after its end.
    package func done(by instant: Instant) -> Int64 {
        guard let capacity, instant > starts else { return 0 }
        guard instant < ends else { return capacity }
        return Self.part(capacity, (instant - starts).micros, of: (ends - starts).micros, up: false)
    }

    /// When it has done so much.
    package func time(of units: Int64) -> Instant {
        guard let capacity, capacity > 0 else { return starts }
        return starts + .microseconds(Self.part((ends - starts).micros, min(units, capacity), of: capacity, up: true))
    }

    /// How much more of it can be booked for what can begin at `start`.
    package func free(from start: Instant) -> Int64 {
        guard let capacity else { return .max }
        return max(0, capacity - max(booked + lost, starts == ends ? 0 : done(by: start)))
    }

    /// As it stands at `now`: time that passed without work is lost, and does not come back.
    package func seen(at now: Instant) -> WorkSlot {
        guard capacity != nil, starts < ends else { return self }
        var slot = self
        slot.lost = max(lost, done(by: now) - booked)
        return slot
    }

    private static func part(_ whole: Int64, _ share: Int64, of all: Int64, up: Bool) -> Int64 {
        let product = whole.multipliedFullWidth(by: share)
        let (quotient, remainder) = all.dividingFullWidth(product)
        return up && remainder > 0 ? quotient + 1 : quotient
    }
}
