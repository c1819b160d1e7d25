import Edges
import Kernel

/// The first pass over the Olist files.
struct OlistCheck {
    let pass: CheckPass
    let ground: OlistGround

    func cities(_ rows: [CSVRow]) throws -> [ImportProblem] {
        try keyed(rows, "city", in: "city", unique: false) { fields in
            let latitude = fields.decimal("lat", 6, -90_000_000...90_000_000)
            let longitude = fields.decimal("lon", 6, -180_000_000...180_000_000)
            let place = latitude.flatMap { north in longitude.flatMap { Coordinates(latitude: north, longitude: $0) } }
            return (RowKey.join(fields.row["city"], fields.row["state"]), try StagedText.write(place))
        }
    }

    func products(_ rows: [CSVRow]) throws -> [ImportProblem] {
        try keyed(rows, "product_id", in: "product") { fields in
            let product = OlistProduct.parse(&fields)
            return (fields.required("product_id", upTo: 64), try StagedText.write(product))
        }
    }

    func sellers(_ rows: [CSVRow]) throws -> [ImportProblem] {
        try keyed(rows, "seller_id", in: "seller") { (isHex($0.required("seller_id", upTo: 38), &$0), "") }
    }

    /// Sellers become merchant codes, which have no capitals.
    private func isHex(_ text: String, _ fields: inout Fields) -> String {
        let isCode = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
        if !isCode { fields.fail("seller_id", "must be of small letters and digits") }
        return text
    }

    func customers(_ rows: [CSVRow]) throws -> [ImportProblem] {
        let keys = rows.map { RowKey.join($0["customer_city"], $0["customer_state"]) }
        let cities = try pass.scratch.find(keys, in: "city")
        return try keyed(rows, "customer_id", in: "customer") { fields in
            let city = fields.text("customer_city", upTo: 100), state = fields.text("customer_state", upTo: 100)
            let place: Coordinates? = try cities[RowKey.join(city, state)].flatMap { try StagedText.read($0.value) }
            let customer = OlistCustomer(
                postalArea: fields.text("customer_zip_code_prefix", upTo: 20), city: city, state: state, place: place)
            return (fields.required("customer_id", upTo: 90), try StagedText.write(customer))
        }
    }

    func orders(_ rows: [CSVRow]) throws -> [ImportProblem] {
        let customers = try pass.scratch.find(rows.map { $0["customer_id"] }, in: "customer")
        let problems = try keyed(rows, "order_id", in: "order") { fields in
            _ = OlistOrder.parse(&fields, ground)
            return (fields.row["order_id"], "")
        }
        return problems + rows.filter { !$0["customer_id"].isEmpty && customers[$0["customer_id"]] == nil }
            .map { $0.problem("customer_id", "names no customer") }
    }

    func items(_ rows: [CSVRow]) throws -> [ImportProblem] {
        let orders = try pass.scratch.find(rows.map { $0["order_id"] }, in: "order")
        let products = try pass.scratch.find(rows.map { $0["product_id"] }, in: "product")
        let sellers = try pass.scratch.find(rows.map { $0["seller_id"] }, in: "seller")
        var children: [Scratch.Child] = []
        var problems = try keyed(rows, "order_item_id", in: "item") { fields in
            let row = fields.row
            if let item = OlistItem.parse(&fields), fields.problems.isEmpty, let order = orders[row["order_id"]] {
                children.append(
                    .init(
                        parent: order.row, row: row.number, amount: item.price + item.freight,
                        content: try StagedText.write(item)))
            }
            return (RowKey.join(row["order_id"], row["order_item_id"]), "")
        }
        for row in rows {
            for (column, known) in [("order_id", orders), ("product_id", products), ("seller_id", sellers)]
            where !row[column].isEmpty && known[row[column]] == nil {
                problems.append(row.problem(column, "names none of the \(column.dropLast(3))s"))
            }
        }
        try pass.scratch.add(children, to: "item")
        // Of those that come again the first stands, which is all that is wanted.
        _ = try pass.scratch.add(
            rows.map { .init(key: RowKey.join($0["seller_id"], $0["product_id"]), row: $0.number) }, to: "sku")
        _ = try pass.scratch.add(rows.map { .init(key: $0["seller_id"], row: $0.number) }, to: "merchant")
        return problems
    }

    func payments(_ rows: [CSVRow]) throws -> [ImportProblem] {
        let orders = try pass.scratch.find(rows.map { $0["order_id"] }, in: "order")
        var problems: [ImportProblem] = [], children: [Scratch.Child] = []
        for row in rows {
            var fields = Fields(row)
            if row["payment_value"].isEmpty { fields.fail("payment_value", "is required") }
            let value = fields.decimal("payment_value", 2, WaybillForms.money)
            problems += fields.problems
            if let order = orders[row["order_id"]] {
                children.append(.init(parent: order.row, row: row.number, amount: value ?? 0, content: ""))
            } else {
                problems.append(row.problem("order_id", "names none of the orders"))
            }
        }
        try pass.scratch.add(children, to: "payment")
        return problems
    }

    /// Parses each row and keeps its key and what is to be known of it.
    private func keyed(
        _ rows: [CSVRow], _ column: String, in space: String, unique: Bool = true,
        _ parse: (inout Fields) throws -> (key: String, value: String)
    ) throws -> [ImportProblem] {
        var problems: [ImportProblem] = [], marks: [(mark: Scratch.Mark, row: CSVRow)] = []
        for row in rows {
            var fields = Fields(row)
            let (key, value) = try parse(&fields)
            problems += fields.problems
            if !key.isEmpty { marks.append((.init(key: key, row: row.number, value: value), row)) }
        }
        let repeated = try pass.unique(marks, in: space, column: column)
        return unique ? problems + repeated : problems
    }
}
