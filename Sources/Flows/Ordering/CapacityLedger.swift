import Decisions
import Facilities
import Kernel
import Orders
import Store

/// The limited shifts and departures of a network, as the decisions of a batch fill them.
struct CapacityLedger: Sendable {
    /// Nil: nothing is limited.
    private let network: Network?
    private let now: Instant
    private let booked: [WorkKey: [Instant: BookedSlot]]
    private var queues: [WorkKey: WorkSlots] = [:]
    private(set) var bookings: [CapacityBooking] = []

    /// One read, and none where nothing is limited.
    /// - Parameter locked: what is decided is written in the same transaction.
    init(_ network: Network, locked: Bool, in tx: Transaction) throws {
        self.network = network.limitedSites.isEmpty ? nil : network
        now = tx.now
        let slots = try CapacityBook.load(network.limitedSites, locked: locked, in: tx)
        booked = Dictionary(grouping: slots, by: \.key).mapValues { slots in
            Dictionary(uniqueKeysWithValues: slots.map { ($0.slot.starts, $0) })
        }
    }

    /// As if nothing were limited.
    init(unlimitedAt now: Instant) {
        network = nil
        self.now = now
        booked = [:]
    }

    var isLimited: Bool { network != nil }
    var withoutLimits: CapacityLedger { CapacityLedger(unlimitedAt: now) }

    /// What is limited of the work of a site, in the order in which it is done: picking, packing, sorting.
    ///
    /// - Parameter passing: parcels are only sorted there.
    mutating func work(at site: SiteID, passing: Bool) -> [WorkSlots] {
        guard let plan = network?.capacity(site) else { return [] }
        let processes: [WorkProcess] = passing ? [.sort] : [.pick, .pack, .sort]
        var queues: [WorkSlots] = []
        for process in processes {
            if let queue = slots(WorkKey(site, process), plan) { queues.append(queue) }
        }
        return queues
    }

    /// What is limited of the departures of a service from a site.
    mutating func room(of service: ServiceID, from site: SiteID) -> WorkSlots? {
        guard let plan = network?.capacity(site) else { return nil }
        return slots(WorkKey(site, .departure, service: service), plan)
    }

    private mutating func slots(_ key: WorkKey, _ plan: CapacityPlan) -> WorkSlots? {
        guard plan.keys.contains(key) else { return nil }
        if let known = queues[key] { return known }
        let taken = booked[key] ?? [:]
        let slots = plan.slots(key, from: now).filter { $0.ends >= now }.map { stated in
            guard stated.capacity != nil, let slot = taken[stated.starts]?.slot else { return stated.seen(at: now) }
            return WorkSlot(
                starts: slot.starts, ends: slot.ends, capacity: slot.capacity, booked: slot.booked, lost: slot.lost
            ).seen(at: now)
        }
        let queue = WorkSlots(key, slots)
        queues[key] = queue
        return queue
    }

    /// Takes what a promise has to book.
    mutating func take(_ bookings: [WorkBooking], for one: FulfillmentOrder) {
        for booking in bookings {
            add(booking.units, booking.key, booking.starts)
            self.bookings.append(
                CapacityBooking(
                    fulfillment: one.id, order: one.order, merchant: one.merchant, key: booking.key, starts: booking.starts,
                    units: booking.units))
        }
    }

    /// An order that is not taken after all leaves its room to the next.
    mutating func giveBack(_ order: OrderID) {
        while let last = bookings.last, last.order == order {
            add(-last.units, last.key, last.starts)
            bookings.removeLast()
        }
    }

    /// What a fact takes where every shift is full: its work stands over in the first that is limited.
    mutating func overbooked(_ load: WorkLoad, at site: SiteID) -> [WorkBooking] {
        work(at: site, passing: false).compactMap { queue in
            queue.slots.first { $0.capacity != nil && $0.ends > now }.map {
                WorkBooking(key: queue.key, starts: $0.starts, units: queue.key.process == .sort ? load.pieces : load.units)
            }
        }
    }

    /// When the first later shift or departure begins that has so much room at once; nil where none has.
    mutating func room(for units: Int64, after slot: WorkSlot, of key: WorkKey) -> Instant? {
        guard let plan = network?.capacity(key.site), let queue = slots(key, plan) else { return slot.ends }
        return queue.slots.first { $0.starts > slot.starts && $0.free(from: $0.starts) >= units }?.starts
    }

    private mutating func add(_ units: Int64, _ key: WorkKey, _ starts: Instant) {
        guard let at = queues[key]?.slots.firstIndex(where: { $0.starts == starts }) else { return }
        queues[key]?.slots[at].booked += units
    }

    /// Writes what was taken; two statements, and none where nothing was.
    func write(in tx: Transaction) throws {
        guard !bookings.isEmpty else { return }
        let touched = Set(bookings.map(\.key)).sorted()
        let slots = touched.flatMap { key in
            (queues[key]?.slots ?? []).map { slot in
                BookedSlot(
                    key: key, slot: slot, over: max(0, slot.booked + slot.lost - (slot.capacity ?? .max)))
            }
        }
        try CapacityBook.book(bookings, slots, in: tx)
        let taken = Set(bookings.map { WorkBooking(key: $0.key, starts: $0.starts, units: 0) })
        let over = slots.filter { $0.over > 0 && taken.contains(WorkBooking(key: $0.key, starts: $0.slot.starts, units: 0)) }
        _ = try OverbookedSlot.open(over, self, in: tx)
    }
}
