import Kernel
import Store

/// The physical book: balances against movements, and what the places say.
enum StockChecks {
    static let all = [onHand, allocated, flags, place]

    static let onHand = AuditCheck(
        "stock.on_hand", "What is on hand in a place is what movements brought less what they took since the last close.",
        table: "stock", keys: .values(of: "sku", in: ["movement", "stock"], limit: 100), sql: cells, decode: cell)

    /// Reads every movement there ever was.
    static let closed = AuditCheck(
        "book.balance", "What the last close holds of a place is the sum of all movements up to it.", table: "book_balance",
        keys: .values(of: "sku", in: ["movement", "book_balance"], limit: 100), sql: closedCells, decode: cell)

    @Sendable private static func cell(_ row: inout RowReader) throws -> Disagreement {
        let kind: String = try row.next(), place: Int64 = try row.next()
        let (owner, sku, lot): (MerchantID, SKUID, Int64) = try (row.next(), row.next(), row.next())
        let (condition, customs): (String, String) = try (row.next(), row.next())
        let (expected, found, stock): (Int64, Int64, Int64) = try (row.next(), row.next(), row.next())
        let cell = "\(sku) of \(owner) in \(name(kind, place))\(lot == 0 ? "" : ", \(LotID(lot))"), \(condition), \(customs)"
        return Disagreement(stock == 0 ? "(no row) \(cell)" : "\(StockID(stock)) \(cell)", expected: expected, found: found)
    }

    /// A place's id in its outside form.
    static func name(_ kind: String, _ place: Int64) -> String {
        kind == "location" ? LocationID(place).description : UnitID(place).description
    }

    /// Each cell of the book with what was booked since the last close and what stands, where the two differ. Cells that
    /// have movements but no balance, or a balance but no movements, are among them.
    private static func cells(_ range: AuditRange) -> SQL {
        differing(
            """
            \(booked(range, "> \(lastClose)"))
            UNION ALL
            SELECT place_kind, place, owner, sku, lot, condition, customs, on_hand, 0, 0
            FROM book_balance WHERE \(range.covers("sku"))
            UNION ALL
            SELECT place_kind, place, owner, sku, lot, condition, customs, 0, on_hand, id FROM stock WHERE \(range.covers("sku"))
            """)
    }

    /// Each cell with what was booked up to the last close and what that holds, where the two differ.
    private static func closedCells(_ range: AuditRange) -> SQL {
        differing(
            """
            \(booked(range, "<= \(lastClose)"))
            UNION ALL
            SELECT place_kind, place, owner, sku, lot, condition, customs, 0, on_hand, 0
            FROM book_balance WHERE \(range.covers("sku"))
            """)
    }

    /// Both ends of movements.
    private static func booked(_ range: AuditRange, _ when: SQL) -> SQL {
        let sku = range.covers("sku")
        return """
            SELECT to_kind AS place_kind, to_place AS place, owner, sku, lot, to_condition AS condition,
                to_customs AS customs, quantity AS booked, 0 AS stands, 0 AS stock
            FROM movement WHERE \(sku) AND id \(when) AND to_kind IN ('location', 'unit')
            UNION ALL
            SELECT from_kind, from_place, owner, sku, lot, from_condition, from_customs, -quantity, 0, 0
            FROM movement WHERE \(sku) AND id \(when) AND from_kind IN ('location', 'unit')
            """
    }

    private static func differing(_ sides: SQL) -> SQL {
        """
        SELECT place_kind, place, owner, sku, lot, condition, customs, SUM(booked), SUM(stands), MAX(stock)
        FROM (\(sides)) AS cell
        GROUP BY place_kind, place, owner, sku, lot, condition, customs HAVING SUM(booked) <> SUM(stands)
        ORDER BY sku, place, place_kind, owner, lot, condition, customs
        """
    }

    private static let lastClose: SQL = "COALESCE((SELECT last_movement FROM book_close ORDER BY id DESC LIMIT 1), 0)"

    static let allocated = AuditCheck(
        "stock.allocated", "What is allocated of a balance is the sum of its open allocations.",
        table: "stock", keys: .ids(of: "stock")
    ) {
        """
        SELECT s.id, COALESCE(a.quantity, 0), s.allocated FROM stock s
        LEFT JOIN (SELECT stock, SUM(quantity) AS quantity FROM allocation WHERE state = 'open' AND \($0.covers("stock"))
            GROUP BY stock) AS a ON a.stock = s.id
        WHERE \($0.covers("s.id")) AND s.allocated <> COALESCE(a.quantity, 0) ORDER BY s.id
        """
    } decode: {
        try Disagreement($0.next(StockID.self).description, expected: $0.next(Int64.self), found: $0.next(Int64.self))
    }

    static let flags = AuditCheck(
        "stock.flags", "Only goods that are new, free of customs and in a place that says so are sellable, or pickable.",
        table: "stock", keys: .ids(of: "stock")
    ) {
        """
        SELECT id, due_sellable, due_pickable, sellable, pickable FROM (
            SELECT s.id, s.sellable, s.pickable,
                CASE WHEN s.condition = 'new' AND s.customs = 'free' THEN COALESCE(l.sellable, 0) ELSE 0 END AS due_sellable,
                CASE WHEN s.condition = 'new' AND s.customs = 'free' THEN COALESCE(l.pickable, 0) ELSE 0 END AS due_pickable
            FROM stock s LEFT JOIN location l ON s.place_kind = 'location' AND l.id = s.place
            WHERE \($0.covers("s.id"))) AS flagged
        WHERE sellable <> due_sellable OR pickable <> due_pickable ORDER BY id
        """
    } decode: {
        let id: StockID = try $0.next()
        let expected = "sellable \(try $0.next(Int.self)), pickable \(try $0.next(Int.self))"
        return Disagreement(
            id.description, expected: expected, found: "sellable \(try $0.next(Int.self)), pickable \(try $0.next(Int.self))")
    }

    static let place = AuditCheck(
        "stock.place", "Goods are in a location of their site, or in a handling unit.",
        table: "stock", keys: .ids(of: "stock")
    ) {
        """
        SELECT s.id, s.place_kind, s.place, s.site, l.site FROM stock s
        LEFT JOIN location l ON s.place_kind = 'location' AND l.id = s.place
        LEFT JOIN handling_unit u ON s.place_kind = 'unit' AND u.id = s.place
        WHERE \($0.covers("s.id")) AND (l.id IS NULL AND u.id IS NULL OR l.site <> s.site) ORDER BY s.id
        """
    } decode: {
        let id: StockID = try $0.next(), place = name(try $0.next(), try $0.next())
        let (site, actual): (SiteID, SiteID?) = try ($0.next(), $0.next())
        return Disagreement(
            "\(id) in \(place)", expected: "a place of \(site)", found: actual.map { "a place of \($0)" } ?? "no such place")
    }
}
