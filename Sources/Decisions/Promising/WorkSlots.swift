import Kernel

/// The coming shifts of one process, or the coming limited departures of one service, in the order of time.
package struct WorkSlots: Hashable, Sendable {
    package let key: WorkKey
    package var slots: [WorkSlot]

    package init(_ key: WorkKey, _ slots: [WorkSlot]) {
        self.key = key
        self.slots = slots
    }

    /// Puts `units` that can begin at `start` into the first shifts with room, and answers when the last is done; nil
    /// where they have no room. Work that is too large for a shift goes on in the next.
    func work(_ units: Int64, from start: Instant) -> (done: Instant, bookings: [WorkBooking])? {
        var left = units, done = start, bookings: [WorkBooking] = []
        for slot in slots[first(endingAfter: start)...] where left > 0 {
            guard slot.capacity != nil else { return (max(done, slot.starts), bookings) }
            let part = min(left, slot.free(from: start))
            guard part > 0 else { continue }
            let before = max(slot.booked + slot.lost, slot.done(by: start))
            done = max(done, slot.time(of: before + part))
            bookings.append(WorkBooking(key: key, starts: slot.starts, units: part))
            left -= part
        }
        return left > 0 ? nil : (done, bookings)
    }

    /// Whether a departure has room for so many pieces, and the booking where it is limited. More pieces than it ever
    /// takes need all of it.
    func departure(_ pieces: Int64, at leaves: Instant) -> (fits: Bool, booking: WorkBooking?) {
        let index = first(startingFrom: leaves)
        guard index < slots.count, slots[index].starts == leaves, let capacity = slots[index].capacity else { return (true, nil) }
        let needed = min(pieces, capacity)
        guard needed > 0, slots[index].free(from: leaves) >= needed else { return (pieces == 0, nil) }
        return (true, WorkBooking(key: key, starts: leaves, units: needed))
    }

    private func first(endingAfter instant: Instant) -> Int { first { $0.ends > instant } }
    private func first(startingFrom instant: Instant) -> Int { first { $0.starts >= instant } }

    /// Slots are in order: the first of which, and of all after which, something holds.
    private func first(where holds: (WorkSlot) -> Bool) -> Int {
        var low = 0, high = slots.count
        while low < high {
            let middle = (low + high) / 2
            if holds(slots[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// So much of a slot, for one promise.
package struct WorkBooking: Hashable, Sendable {
    package let key: WorkKey
    package let starts: Instant
    package var units: Int64

    package init(key: WorkKey, starts: Instant, units: Int64) {
        self.key = key
        self.starts = starts
        self.units = units
    }
}

/// How much work an order makes.
package struct WorkLoad: Hashable, Sendable {
    package let units: Int64
    package let pieces: Int64

    package init(units: Int64, pieces: Int64 = 1) {
        self.units = units
        self.pieces = pieces
    }
}

/// What is booked on the way to a promise.
struct WorkPlan {
    let load: WorkLoad
    private(set) var bookings: [WorkBooking] = []

    init(_ load: WorkLoad) { self.load = load }

    /// When the processes of a site, one after the other, are through with it.
    mutating func run(_ queues: [WorkSlots], from start: Instant) throws(NoPromise) -> Instant {
        var at = start
        for queue in queues {
            let units = queue.key.process == .sort ? load.pieces : load.units
            guard let (done, booked) = queue.work(units, from: at) else { throw .noCapacity }
            bookings += booked
            at = done
        }
        return at
    }

    /// The first departure that is not full.
    mutating func leave(_ departures: Departures, _ room: WorkSlots?, atOrAfter ready: Instant) throws(NoPromise) -> Instant {
        guard var leaves = departures.next(atOrAfter: ready) else { throw .noDeparture }
        guard let room else { return leaves }
        let horizon = ready + .days(SiteCalendar.searchDays)
        while leaves <= horizon {
            let (fits, booking) = room.departure(load.pieces, at: leaves)
            if fits {
                if let booking { bookings.append(booking) }
                return leaves
            }
            guard let next = departures.next(atOrAfter: leaves + .microseconds(1)) else { break }
            leaves = next
        }
        throw .noCapacity
    }
}
