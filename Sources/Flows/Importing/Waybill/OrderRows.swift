import Edges
import Kernel
import Orders
import Store

/// `orders.csv`: one row an order that is sold already; its lines stand in `order_lines.csv`.
enum OrderRows {
    /// An order holds at most this many.
    private static let lineLimit = 200

    static func check(_ rows: [CSVRow], _ pass: CheckPass) throws -> [ImportProblem] {
        var problems: [ImportProblem] = [], marks: [(mark: Scratch.Mark, row: CSVRow)] = []
        for row in rows {
            var fields = Fields(row)
            _ = OrderFields.order(&fields)
            _ = OrderFields.person(&fields)
            problems += fields.problems
            if let key = key(of: row) { marks.append((.init(key: key, row: row.number), row)) }
        }
        problems += try pass.unique(marks, in: "order", column: "number")
        let merchants = try pass.merchants(Set(rows.map { $0["merchant"] }))
        problems += rows.compactMap { pass.merchantProblem($0, merchants) }
        return try problems + known(rows, merchants, pass)
    }

    /// What a line names its order by.
    static func key(of row: CSVRow) -> String? {
        row.key("merchant", "number").map { RowKey.join($0, OrderFields.channel(row)) }
    }

    /// Orders that were taken before.
    private static func known(
        _ rows: [CSVRow], _ merchants: [String: KnownMerchant], _ pass: CheckPass
    ) throws -> [ImportProblem] {
        let keys = rows.compactMap { row in
            merchants[row["merchant"]]?.id.map { id in
                (row, OrderKey(merchant: id, channel: OrderFields.channel(row), number: row["number"]))
            }
        }
        guard !keys.isEmpty else { return [] }
        let taken = try pass.store.readBlocking { Set(try OrderNumbers.known(keys.map(\.1), in: $0).keys) }
        return keys.filter { taken.contains($0.1) }.map { $0.0.problem("number", "is an order of this channel already") }
    }

    /// Orders without lines, with too many, or whose total is not what the lines add up to.
    static func checkTotals(_ rows: [CSVRow], _ pass: CheckPass) throws -> [ImportProblem] {
        let lines = try pass.scratch.children(of: rows.map(\.number), in: "line")
        return rows.compactMap { row in
            let own = lines[row.number] ?? []
            guard (1...lineLimit).contains(own.count) else {
                return row.problem("number", "has \(own.count) lines in order_lines.csv; an order has 1 to \(lineLimit)")
            }
            let total = own.reduce(0) { $0 + $1.amount }
            guard let stated = Int64(row["total_minor"]), stated != total else { return nil }
            return row.problem("total_minor", "must be \(total), what its lines add up to")
        }
    }

    static func stage(_ rows: [CSVRow], _ scratch: Scratch, _ secret: ImportSecret) throws -> [StagedRow] {
        let lines = try scratch.children(of: rows.map(\.number), in: "line")
        return try rows.map { row in
            var order = try row.good { OrderFields.order(&$0) }
            var fields = Fields(row)
            order.person = try OrderFields.person(&fields).map(secret.seal)
            order.lines = try (lines[row.number] ?? []).map { try StagedText.read($0.content) }
            return try StagedRow(.orders, row.file, row.number, order)
        }
    }
}
