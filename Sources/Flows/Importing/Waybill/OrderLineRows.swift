import Edges
import Kernel

/// `order_lines.csv`: one row a line of an order in `orders.csv`.
enum OrderLineRows {
    static func check(_ rows: [CSVRow], _ pass: CheckPass) throws -> [ImportProblem] {
        var problems: [ImportProblem] = [], lines: [(row: CSVRow, line: StagedLine)] = []
        for row in rows {
            var fields = Fields(row)
            if let line = parse(&fields), fields.problems.isEmpty { lines.append((row, line)) }
            problems += fields.problems
        }
        let orders = try pass.scratch.find(rows.compactMap(OrderRows.key), in: "order")
        let merchants = try pass.merchants(Set(rows.map { $0["merchant"] }))
        let skus = try KnownSKU.find(Set(rows.compactMap { $0.key("merchant", "sku") }), merchants, pass)
        problems += rows.compactMap { row in
            if let problem = pass.merchantProblem(row, merchants) { return problem }
            if let key = OrderRows.key(of: row), orders[key] == nil {
                return row.problem("number", "names no order of this merchant and channel in orders.csv")
            }
            guard let key = row.key("merchant", "sku"), skus[key] == nil else { return nil }
            return row.problem("sku", "names no SKU of this merchant")
        }
        let children = try lines.compactMap { row, line in
            try OrderRows.key(of: row).flatMap { orders[$0] }.map { order in
                Scratch.Child(parent: order.row, row: row.number, amount: line.total, content: try StagedText.write(line))
            }
        }
        try pass.scratch.add(children, to: "line")
        return problems
    }

    private static func parse(_ fields: inout Fields) -> StagedLine? {
        _ = fields.required("merchant", upTo: 40)
        _ = fields.required("number", upTo: 100)
        _ = fields.text("channel", upTo: 100)
        let sku = fields.required("sku", upTo: 64)
        for column in ["quantity", "unit_price_minor"] where fields.row[column].isEmpty { fields.fail(column, "is required") }
        let quantity = fields.whole("quantity", 1...1_000_000), price = fields.whole("unit_price_minor", WaybillForms.money)
        let discount = fields.whole("discount_minor", WaybillForms.money) ?? 0
        let shipping = fields.whole("shipping_minor", WaybillForms.money) ?? 0
        let tax = fields.whole("tax_minor", WaybillForms.money) ?? 0
        let unit = fields.text("channel_unit", upTo: 100)
        guard let quantity, let price else { return nil }
        let (items, overflow) = price.multipliedReportingOverflow(by: quantity)
        guard !overflow, WaybillForms.money.contains(items) else {
            fields.fail("unit_price_minor", "times the quantity must not exceed \(WaybillForms.money.upperBound)")
            return nil
        }
        if discount > items { fields.fail("discount_minor", "must not exceed unit price times quantity, \(items)") }
        return StagedLine(
            sku: sku, quantity: quantity, unitPrice: price, discount: discount, shipping: shipping, tax: tax,
            channelUnit: unit.isEmpty ? nil : unit)
    }
}
