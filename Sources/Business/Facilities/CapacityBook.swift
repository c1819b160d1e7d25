import Kernel
import Store

/// A slot of which something is booked.
package struct BookedSlot: Sendable {
    package let key: WorkKey
    package let slot: WorkSlot
    /// What is booked beyond the capacity: by what could not be refused, or because the capacity was lowered.
    package let over: Int64

    package init(key: WorkKey, slot: WorkSlot, over: Int64) {
        self.key = key
        self.slot = slot
        self.over = over
    }
}

/// What a fulfillment order has booked of a slot.
package struct CapacityBooking: Hashable, Sendable {
    package let fulfillment: FulfillmentID
    package let order: OrderID
    package let merchant: MerchantID
    package let key: WorkKey
    package let starts: Instant
    package var units: Int64

    package init(
        fulfillment: FulfillmentID, order: OrderID, merchant: MerchantID, key: WorkKey, starts: Instant, units: Int64
    ) {
        self.fulfillment = fulfillment
        self.order = order
        self.merchant = merchant
        self.key = key
        self.starts = starts
        self.units = units
    }
}

/// How full shifts and departures are. Promising is a guarded write; facts may go over, and stand so.
package enum CapacityBook {
    /// The slots of these sites that have not ended, and of which something was ever booked.
    /// - Parameter locked: what is decided next rests on them.
    package static func load(_ sites: [SiteID], locked: Bool, in tx: Transaction) throws -> [BookedSlot] {
        guard !sites.isEmpty else { return [] }
        let select: SQL = """
            SELECT site, process, service, starts, ends, capacity, booked, lost, beyond FROM capacity_slot
            WHERE site IN \(list: sites) AND ends >= \(tx.now) ORDER BY site, process, service, starts
            """
        return try tx.query(locked ? select + " \(.forUpdate)" : select) {
            let key = try WorkKey($0.next(), $0.next(), service: $0.next())
            let slot = try WorkSlot(
                starts: $0.next(), ends: $0.next(), capacity: $0.next(Int64.self), booked: $0.next(), lost: $0.next())
            return BookedSlot(key: key, slot: slot, over: try $0.next())
        }
    }

    /// Adds bookings. `slots` say how each slot stands with them; the guard is in the write itself.
    package static func book(_ bookings: [CapacityBooking], _ slots: [BookedSlot], in tx: Transaction) throws {
        guard !bookings.isEmpty else { return }
        try add(bookings, slots, in: tx)
        var rows = Rows([
            "ful": .int, "ord": .int, "merchant": .int, "site": .int, "process": .text, "service": .int, "starts": .int,
            "units": .int,
        ])
        for one in bookings {
            rows.add(
                one.fulfillment, one.order, one.merchant, one.key.site, one.key.process, one.key.service, one.starts, one.units)
        }
        try tx.run(
            """
            INSERT INTO capacity_booking (fulfillment_order, order_id, merchant, site, process, service, starts, units)
            SELECT v.ful, v.ord, v.merchant, v.site, v.process, v.service, v.starts, v.units FROM (\(rows: rows)) AS v
            """)
    }

    private static func add(_ bookings: [CapacityBooking], _ slots: [BookedSlot], in tx: Transaction) throws {
        var sums: [SlotID: Int64] = [:]
        for one in bookings { sums[SlotID(one.key, one.starts), default: 0] += one.units }
        var rows = Rows([
            "site": .int, "process": .text, "service": .int, "starts": .int, "ends": .int, "capacity": .int, "units": .int,
            "lost": .int, "beyond": .int,
        ])
        for one in slots {
            guard let units = sums[SlotID(one.key, one.slot.starts)], let capacity = one.slot.capacity else { continue }
            rows.add(
                one.key.site, one.key.process, one.key.service, one.slot.starts, one.slot.ends, capacity, units,
                one.slot.lost, one.over)
        }
        let written = try tx.run(
            """
            INSERT INTO capacity_slot (site, process, service, starts, ends, capacity, booked, lost, beyond)
            SELECT v.site, v.process, v.service, v.starts, v.ends, v.capacity, v.units, v.lost, v.beyond
            FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (site, process, service, starts) DO UPDATE SET booked = capacity_slot.booked + excluded.booked,
                lost = excluded.lost, beyond = excluded.beyond
            WHERE capacity_slot.booked + excluded.booked + excluded.lost <= capacity_slot.capacity + excluded.beyond
            """)
        // A slot that nobody had booked before cannot be locked: another node may have been first.
        if written != rows.count { throw StoreError.tryAgain("a slot of work was booked by others") }
    }

    /// What these fulfillment orders have booked, the latest slots first, locked.
    package static func bookings(of fulfillments: [FulfillmentID], in tx: Transaction) throws -> [CapacityBooking] {
        guard !fulfillments.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT fulfillment_order, order_id, merchant, site, process, service, starts, units FROM capacity_booking
            WHERE fulfillment_order IN \(list: fulfillments)
            ORDER BY starts DESC, fulfillment_order, site, process, service \(.forUpdate)
            """
        ) {
            try CapacityBooking(
                fulfillment: $0.next(), order: $0.next(), merchant: $0.next(),
                key: WorkKey($0.next(), $0.next(), service: $0.next()), starts: $0.next(), units: $0.next())
        }
    }

    /// Gives parts of bookings back; what stood over shrinks first.
    package static func free(_ parts: [CapacityBooking], in tx: Transaction) throws {
        guard !parts.isEmpty else { return }
        var sums: [SlotID: Int64] = [:]
        var rows = Rows(["ful": .int, "site": .int, "process": .text, "service": .int, "starts": .int, "units": .int])
        for one in parts {
            sums[SlotID(one.key, one.starts), default: 0] += one.units
            rows.add(one.fulfillment, one.key.site, one.key.process, one.key.service, one.starts, one.units)
        }
        var slots = Rows(["site": .int, "process": .text, "service": .int, "starts": .int, "units": .int])
        for (id, units) in sums.sorted(by: { $0.key < $1.key }) {
            slots.add(id.key.site, id.key.process, id.key.service, id.starts, units)
        }
        try tx.run(
            """
            UPDATE capacity_slot SET booked = booked - v.units,
                beyond = CASE WHEN booked - v.units + lost > capacity THEN booked - v.units + lost - capacity ELSE 0 END
            FROM (\(rows: slots)) AS v
            WHERE capacity_slot.site = v.site AND capacity_slot.process = v.process AND capacity_slot.service = v.service
                AND capacity_slot.starts = v.starts
            """, expecting: slots.count)
        try tx.run(
            """
            UPDATE capacity_booking SET units = capacity_booking.units - v.units FROM (\(rows: rows)) AS v
            WHERE capacity_booking.fulfillment_order = v.ful AND capacity_booking.site = v.site
                AND capacity_booking.process = v.process AND capacity_booking.service = v.service
                AND capacity_booking.starts = v.starts
            """, expecting: rows.count)
        try tx.run(
            """
            DELETE FROM capacity_booking
            WHERE fulfillment_order IN \(list: Set(parts.map(\.fulfillment)).sorted()) AND units = 0
            """)
    }
}

private struct SlotID: Hashable, Comparable {
    let key: WorkKey
    let starts: Instant

    init(_ key: WorkKey, _ starts: Instant) {
        self.key = key
        self.starts = starts
    }

    static func < (a: SlotID, b: SlotID) -> Bool { a.key == b.key ? a.starts < b.starts : a.key < b.key }
}

extension CapacityBook {
    /// Brings the slots of a site in line with what is stated of it now.
    /// - Parameter plan: nil where nothing is limited any more.
    package static func restate(
        _ plan: CapacityPlan?, at site: SiteID, in tx: Transaction
    ) throws -> (over: [BookedSlot], within: [BookedSlot]) {
        let booked = try load([site], locked: true, in: tx)
        var stated: [WorkKey: [Instant: WorkSlot]] = [:]
        for key in Set(booked.map(\.key)).sorted() {
            guard let plan, plan.keys.contains(key) else { continue }
            let last = booked.last { $0.key == key }?.slot.starts ?? tx.now
            let days = Int((last - tx.now).components.seconds / 86_400) + 2
            stated[key] = Dictionary(
                plan.slots(key, from: tx.now - .days(1), days: max(days, 2)).map { ($0.starts, $0) },
                uniquingKeysWith: { first, _ in first })
        }
        var rows = Rows([
            "site": .int, "process": .text, "service": .int, "starts": .int, "ends": .int, "capacity": .int, "lost": .int,
            "beyond": .int,
        ])
        var over: [BookedSlot] = [], within: [BookedSlot] = []
        for one in booked {
            let now = restated(one, stated[one.key], plan?.isLimited(one.key, at: one.slot.starts) ?? false)
            if now.over > 0 { over.append(now) } else { within.append(now) }
            rows.add(
                site, one.key.process, one.key.service, one.slot.starts, now.slot.ends, now.slot.capacity ?? 0, now.slot.lost,
                now.over)
        }
        try tx.run(
            """
            UPDATE capacity_slot SET ends = v.ends, capacity = v.capacity, lost = v.lost, beyond = v.beyond
            FROM (\(rows: rows)) AS v
            WHERE capacity_slot.site = v.site AND capacity_slot.process = v.process AND capacity_slot.service = v.service
                AND capacity_slot.starts = v.starts
            """, expecting: rows.count)
        return (over, within)
    }

    /// A slot that is stated no more has no capacity, but where there is no limit any more.
    private static func restated(_ one: BookedSlot, _ stated: [Instant: WorkSlot]?, _ isLimited: Bool) -> BookedSlot {
        var slot = one.slot
        if let new = stated?[slot.starts], let capacity = new.capacity {
            slot = WorkSlot(
                starts: slot.starts, ends: new.ends, capacity: capacity, booked: slot.booked, lost: min(slot.lost, capacity))
        } else {
            let capacity = isLimited ? 0 : slot.booked + slot.lost
            slot = WorkSlot(starts: slot.starts, ends: slot.ends, capacity: capacity, booked: slot.booked, lost: isLimited ? 0 : slot.lost)
        }
        return BookedSlot(key: one.key, slot: slot, over: max(0, slot.booked + slot.lost - (slot.capacity ?? 0)))
    }
}
