import Edges

/// A folder in the program's own layout: merchants, SKUs with barcodes, stock, orders with lines.
struct WaybillSource: ImportSource {
    let paths: [String]
    private let path: [String: String]

    init(_ folder: String) throws {
        let found = try WaybillForms.all.compactMap { form in try form.path(in: folder).map { (form.name, $0) } }
        path = Dictionary(uniqueKeysWithValues: found)
        paths = found.map(\.1)
    }

    func check(_ pass: CheckPass) throws {
        let steps: [(FileForm, ([CSVRow]) throws -> [ImportProblem])] = [
            (WaybillForms.merchants, { try MerchantRows.check($0, pass) }),
            (WaybillForms.skus, { try SKURows.check($0, pass) }),
            (WaybillForms.barcodes, { try BarcodeRows.check($0, pass) }),
            (WaybillForms.stock, { try StockRows.check($0, pass) }),
            (WaybillForms.orders, { try OrderRows.check($0, pass) }),
            (WaybillForms.lines, { try OrderLineRows.check($0, pass) }),
        ]
        for (form, check) in steps {
            guard let path = path[form.name] else { continue }
            try pass.read(form, path) { rows in
                if WaybillForms.staged.contains(form.name) { pass.expected += Int64(rows.count) }
                return try check(rows)
            }
        }
        // Totals of orders whose lines did not all read would only repeat what is known.
        if let orders = path[WaybillForms.orders.name], pass.problems.found.isEmpty {
            try pass.read(WaybillForms.orders, orders) { try OrderRows.checkTotals($0, pass) }
        }
    }

    func rows(_ checked: CheckPass, _ secret: ImportSecret, _ body: ([StagedRow]) throws -> Void) throws {
        try stage(WaybillForms.merchants, body) { try MerchantRows.stage($0) }
        try stage(WaybillForms.skus, body) { try SKURows.stage($0, checked.scratch) }
        try stage(WaybillForms.stock, body) { try StockRows.stage($0) }
        try stage(WaybillForms.orders, body) { try OrderRows.stage($0, checked.scratch, secret) }
    }

    private func stage(
        _ form: FileForm, _ body: ([StagedRow]) throws -> Void, _ make: ([CSVRow]) throws -> [StagedRow]
    ) throws {
        guard let path = path[form.name] else { return }
        try stream(form, path) { try body(try make($0)) }
    }
}

extension CSVRow {
    /// What `parse` reads from this row, which the check has found good.
    func good<T>(_ parse: (inout Fields) throws -> T?) throws -> T {
        var fields = Fields(self)
        guard let value = try parse(&fields), fields.problems.isEmpty else { throw ImportRefused.filesChanged }
        return value
    }
}
