import Kernel
import Store

/// What is booked of shifts and departures, against those who booked it.
enum CapacityChecks {
    static let all = [booked, units]

    static let booked = AuditCheck(
        "capacity_slot.booked", "What is booked of a shift or departure is what fulfillment orders have booked of it.",
        table: "capacity_slot", keys: .values(of: "site", in: ["capacity_slot", "capacity_booking"], limit: 20)
    ) {
        """
        SELECT site, process, service, starts, SUM(booked), SUM(claimed) FROM (
            SELECT s.site, s.process, s.service, s.starts, s.booked, 0 AS claimed FROM capacity_slot s WHERE \($0.covers("s.site"))
            UNION ALL
            SELECT b.site, b.process, b.service, b.starts, 0, b.units FROM capacity_booking b WHERE \($0.covers("b.site"))
        ) AS slots
        GROUP BY site, process, service, starts HAVING SUM(booked) <> SUM(claimed) ORDER BY site, process, service, starts
        """
    } decode: {
        let (site, process): (SiteID, String) = try ($0.next(), $0.next())
        _ = try $0.next(Int64.self)
        let (starts, found): (Instant, Int64) = try ($0.next(), $0.next())
        return Disagreement("\(process) at \(site) from \(starts)", expected: try $0.next(Int64.self), found: found)
    }

    static let units = AuditCheck(
        "capacity_booking.units",
        "What an open fulfillment order has booked of picking and packing is its units; a cancelled one keeps what was done.",
        table: "capacity_booking", keys: .ids(of: "fulfillment_order")
    ) {
        """
        SELECT id, process, asked, done, state, units FROM (
            SELECT f.id, f.state, b.process, b.units,
                (SELECT SUM(l.quantity) FROM fulfillment_line l WHERE l.fulfillment_order = f.id) AS asked,
                (SELECT SUM(CASE WHEN b.process = 'pick' THEN l.picked ELSE l.packed END) FROM fulfillment_line l
                    WHERE l.fulfillment_order = f.id) AS done
            FROM fulfillment_order f JOIN (
                SELECT fulfillment_order, process, SUM(units) AS units FROM capacity_booking
                WHERE \($0.covers("fulfillment_order")) AND process IN ('pick', 'pack') GROUP BY fulfillment_order, process
            ) AS b ON b.fulfillment_order = f.id WHERE \($0.covers("f.id"))) AS work
        WHERE state = 'open' AND units <> asked OR state = 'cancelled' AND units > done ORDER BY id, process
        """
    } decode: {
        let (id, process): (FulfillmentID, String) = try ($0.next(), $0.next())
        let (asked, done, state): (Int64, Int64, String) = try ($0.next(), $0.next(), $0.next())
        return Disagreement("\(process) for \(id)", expected: state == "open" ? asked : done, found: try $0.next(Int64.self))
    }
}
