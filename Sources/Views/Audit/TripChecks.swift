import Kernel
import Store
import Transport

/// Trips and bags against the units they are.
enum TripChecks {
    static let all = [trailer, emptied, bag]

    static let trailer = AuditCheck(
        "trip.trailer", "A trip's trailer is at its origin until it departs, then with the carrier, then at its destination.",
        table: "trip", keys: .ids(of: "trip")
    ) {
        """
        SELECT id, state, due_kind, due, holder_kind, holder FROM (
            SELECT t.id, t.state, c.holder_kind, c.holder,
                CASE WHEN t.state = 'departed' THEN 'carrier' ELSE 'site' END AS due_kind,
                CASE WHEN t.state = 'departed' THEN t.carrier WHEN t.state IN ('arrived', 'reconciled') THEN t.destination
                    ELSE t.origin END AS due
            FROM trip t LEFT JOIN custody c ON c.unit = t.trailer AND c.until_at IS NULL
            WHERE \($0.covers("t.id")) AND (t.trailer IS NOT NULL OR t.state NOT IN ('planned', 'cancelled'))) AS trailers
        WHERE holder IS NULL OR holder_kind <> due_kind OR holder <> due ORDER BY id
        """
    } decode: {
        let (trip, state): (TripID, String) = try ($0.next(), $0.next())
        let expected = "\(try $0.next(String.self)) \(try $0.next(Int64.self))"
        let (kind, holder): (String?, Int64?) = try ($0.next(), $0.next())
        return Disagreement("\(trip), \(state)", expected: expected, found: kind.map { "\($0) \(holder ?? 0)" } ?? "nobody")
    }

    /// What a count misses is taken off the trailer in steps; a moment after reconciling some of it may still be there.
    static let emptied = AuditCheck(
        "trip.emptied", "Nothing is on the trailer of a trip that is reconciled.", severity: .attention,
        table: "trip", keys: .ids(of: "trip")
    ) {
        """
        SELECT t.id, COUNT(*) FROM trip t JOIN containment c ON c.parent = t.trailer AND c.until_at IS NULL
        WHERE \($0.covers("t.id")) AND t.state = 'reconciled' GROUP BY t.id ORDER BY t.id
        """
    } decode: {
        Disagreement(try $0.next(TripID.self).description, expected: 0, found: try $0.next(Int64.self))
    }

    static let bag = AuditCheck(
        "bag.unit", "A bag is a unit of a kind that is filled.", table: "bag", keys: .values(of: "unit", in: ["bag"], limit: 2000)
    ) {
        """
        SELECT b.unit, u.kind FROM bag b LEFT JOIN handling_unit u ON u.id = b.unit
        WHERE \($0.covers("b.unit")) AND (u.id IS NULL OR u.kind NOT IN ('bag', 'pallet', 'container')) ORDER BY b.unit
        """
    } decode: {
        Disagreement(
            try $0.next(UnitID.self).description, expected: "bag, pallet or container",
            found: try $0.next(String?.self) ?? "no such unit")
    }
}
