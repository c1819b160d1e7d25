import Kernel
import Store

/// Who has a handling unit, and what it is inside of: intervals without gaps or overlaps.
enum CustodyChecks {
    static let all = [chain, holder, containment, contained]

    static let chain = AuditCheck(
        "custody.chain", "A unit's custody runs from holder to holder up to now, each beginning where the last one ended.",
        table: "custody", keys: .values(of: "unit", in: ["custody"], limit: 2000)
    ) {
        """
        SELECT unit, sequence, place, until_at, next_from FROM (
            SELECT unit, sequence, until_at, ROW_NUMBER() OVER intervals - 1 AS place, LEAD(from_at) OVER intervals AS next_from
            FROM custody WHERE \($0.covers("unit")) WINDOW intervals AS (PARTITION BY unit ORDER BY sequence)) AS chain
        WHERE sequence <> place OR (until_at IS NULL) <> (next_from IS NULL) OR until_at <> next_from
        ORDER BY unit, sequence
        """
    } decode: {
        let (unit, sequence, place): (UnitID, Int, Int) = try ($0.next(), $0.next(), $0.next())
        let (until, next): (Instant?, Instant?) = try ($0.next(), $0.next())
        return Disagreement(
            "\(unit) sequence \(sequence)", expected: "sequence \(place), until \(words(next))",
            found: "sequence \(sequence), until \(words(until))")
    }

    private static func words(_ until: Instant?) -> String { until?.description ?? "now" }

    static let holder = AuditCheck(
        "handling_unit.custody", "Exactly one holder has a unit.", table: "handling_unit", keys: .ids(of: "handling_unit")
    ) {
        """
        SELECT id, holders FROM (
            SELECT u.id, (SELECT COUNT(*) FROM custody c WHERE c.unit = u.id AND c.until_at IS NULL) AS holders
            FROM handling_unit u WHERE \($0.covers("u.id"))) AS held
        WHERE holders <> 1 ORDER BY id
        """
    } decode: {
        Disagreement(try $0.next(UnitID.self).description, expected: 1, found: try $0.next(Int64.self))
    }

    static let containment = AuditCheck(
        "containment.chain", "A unit is inside one other at a time.",
        table: "containment", keys: .values(of: "child", in: ["containment"], limit: 2000)
    ) {
        """
        SELECT child, parent, from_at, until_at, next_from FROM (
            SELECT child, parent, from_at, until_at, LEAD(from_at) OVER (PARTITION BY child ORDER BY from_at) AS next_from
            FROM containment WHERE \($0.covers("child"))) AS chain
        WHERE next_from IS NOT NULL AND (until_at IS NULL OR until_at > next_from) ORDER BY child, from_at
        """
    } decode: {
        let (child, parent, from): (UnitID, UnitID, Instant) = try ($0.next(), $0.next(), $0.next())
        let (until, next): (Instant?, Instant?) = try ($0.next(), $0.next())
        return Disagreement(
            "\(child) in \(parent) from \(from)", expected: "until \(words(next)) or before", found: "until \(words(until))")
    }

    static let contained = AuditCheck(
        "containment.units", "Both units of a containment exist and differ.",
        table: "containment", keys: .values(of: "child", in: ["containment"], limit: 2000)
    ) {
        """
        SELECT c.child, c.parent, u.id, p.id FROM containment c
        LEFT JOIN handling_unit u ON u.id = c.child LEFT JOIN handling_unit p ON p.id = c.parent
        WHERE \($0.covers("c.child")) AND (u.id IS NULL OR p.id IS NULL OR c.child = c.parent) ORDER BY c.child, c.from_at
        """
    } decode: {
        let (child, parent): (UnitID, UnitID) = try ($0.next(), $0.next())
        let known: [UnitID] = try [$0.next(UnitID?.self), $0.next(UnitID?.self)].compactMap { $0 }
        return Disagreement(
            "\(child) in \(parent)", expected: "two units",
            found: known.isEmpty ? "none" : Set(known).count == 1 ? "only \(known[0])" : "two")
    }
}
