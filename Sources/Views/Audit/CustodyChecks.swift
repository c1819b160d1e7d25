import Kernel
import Store

/// Who has a handling unit, and what it is inside of: intervals without gaps or overlaps.
enum CustodyChecks {
    static let all = [chain, sequence, holder, contained, life, cycle]

    static let chain = AuditCheck(
        "custody.chain",
        "A unit is with a holder or inside another unit at any time, each stay beginning where the last one ended.",
        table: "custody", keys: .values(of: "unit", in: ["custody"], limit: 2000)
    ) {
        """
        SELECT unit, from_at, until_at, next_from FROM (
            SELECT unit, from_at, until_at, LEAD(from_at) OVER (
                PARTITION BY unit ORDER BY from_at, COALESCE(until_at, \(Int64.max))) AS next_from FROM (
                SELECT unit, from_at, until_at FROM custody WHERE \($0.covers("unit"))
                UNION ALL
                SELECT child, from_at, until_at FROM containment WHERE \($0.covers("child"))) AS stays) AS chain
        WHERE (until_at IS NULL) <> (next_from IS NULL) OR until_at <> next_from ORDER BY unit, from_at, next_from
        """
    } decode: {
        let (unit, from): (UnitID, Instant) = try ($0.next(), $0.next())
        let (until, next): (Instant?, Instant?) = try ($0.next(), $0.next())
        return Disagreement("\(unit) from \(from)", expected: "until \(words(next))", found: "until \(words(until))")
    }

    static let sequence = AuditCheck(
        "custody.sequence", "Stays of a unit are numbered in their order, from 0.",
        table: "custody", keys: .values(of: "unit", in: ["custody"], limit: 2000)
    ) {
        """
        SELECT unit, book, sequence, place FROM (
            SELECT unit, 'custody' AS book, sequence,
                ROW_NUMBER() OVER (PARTITION BY unit ORDER BY from_at, sequence) - 1 AS place
            FROM custody WHERE \($0.covers("unit"))
            UNION ALL
            SELECT child, 'containment', sequence, ROW_NUMBER() OVER (PARTITION BY child ORDER BY from_at, sequence) - 1
            FROM containment WHERE \($0.covers("child"))) AS numbered
        WHERE sequence <> place ORDER BY unit, book, sequence
        """
    } decode: {
        let (unit, book): (UnitID, String) = try ($0.next(), $0.next())
        let (sequence, place): (Int, Int) = try ($0.next(), $0.next())
        return Disagreement("\(unit) \(book) \(sequence)", expected: "\(place)", found: "\(sequence)")
    }

    private static func words(_ until: Instant?) -> String { until?.description ?? "now" }

    static let holder = AuditCheck(
        "handling_unit.custody", "Exactly one holder has a unit, or exactly one unit holds it.",
        table: "handling_unit", keys: .ids(of: "handling_unit")
    ) {
        """
        SELECT id, holders FROM (
            SELECT u.id, (SELECT COUNT(*) FROM custody c WHERE c.unit = u.id AND c.until_at IS NULL)
                + (SELECT COUNT(*) FROM containment c WHERE c.child = u.id AND c.until_at IS NULL) AS holders
            FROM handling_unit u WHERE \($0.covers("u.id"))) AS held
        WHERE holders <> 1 ORDER BY id
        """
    } decode: {
        Disagreement(try $0.next(UnitID.self).description, expected: 1, found: try $0.next(Int64.self))
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

    static let life = AuditCheck(
        "containment.life", "Nothing is inside a unit before there was that unit.",
        table: "containment", keys: .values(of: "child", in: ["containment"], limit: 2000)
    ) {
        """
        SELECT c.child, c.parent, c.from_at, p.created_at FROM containment c JOIN handling_unit p ON p.id = c.parent
        WHERE \($0.covers("c.child")) AND c.from_at < p.created_at ORDER BY c.child, c.sequence
        """
    } decode: {
        let (child, parent): (UnitID, UnitID) = try ($0.next(), $0.next())
        let (from, made): (Instant, Instant) = try ($0.next(), $0.next())
        return Disagreement("\(child) in \(parent)", expected: "from \(made) or later", found: "from \(from)")
    }

    static let cycle = AuditCheck(
        "containment.cycle", "No unit is inside itself, through however many others.",
        table: "containment", keys: .values(of: "child", in: ["containment"], limit: 2000)
    ) {
        """
        WITH RECURSIVE up (unit, ancestor) AS (
            SELECT child, parent FROM containment WHERE \($0.covers("child")) AND until_at IS NULL
            UNION
            SELECT up.unit, c.parent FROM up JOIN containment c ON c.child = up.ancestor AND c.until_at IS NULL)
        SELECT unit FROM up WHERE unit = ancestor ORDER BY unit
        """
    } decode: {
        Disagreement(try $0.next(UnitID.self).description, expected: "inside others only", found: "inside itself")
    }
}
