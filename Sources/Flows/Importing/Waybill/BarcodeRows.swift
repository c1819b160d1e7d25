import Edges
import Kernel
import Merchants

/// `barcodes.csv`: one row a barcode of a SKU that stands in `skus.csv`. A level other than each comes to be by it.
enum BarcodeRows {
    static func check(_ rows: [CSVRow], _ pass: CheckPass) throws -> [ImportProblem] {
        var problems: [ImportProblem] = [], marks: [(mark: Scratch.Mark, row: CSVRow)] = []
        var good: [(row: CSVRow, barcode: StagedBarcode)] = []
        for row in rows {
            var fields = Fields(row)
            if let barcode = parse(&fields), fields.problems.isEmpty {
                good.append((row, barcode))
                marks.append((.init(key: RowKey.join(row["merchant"], barcode.code), row: row.number), row))
            }
            problems += fields.problems
        }
        problems += try pass.unique(marks, in: "barcode", column: "barcode")
        let parents = try pass.scratch.find(rows.compactMap { $0.key("merchant", "sku") }, in: "sku")
        for row in rows where row.key("merchant", "sku").map({ parents[$0] == nil }) ?? false {
            problems.append(row.problem("sku", "names no SKU of this merchant in skus.csv"))
        }
        problems += try levelProblems(good, pass) + taken(good, pass)
        try pass.scratch.add(
            good.compactMap { row, barcode in
                guard let parent = parents[RowKey.join(row["merchant"], row["sku"])] else { return nil }
                return Scratch.Child(
                    parent: parent.row, row: row.number, amount: 0, content: try StagedText.write(barcode))
            }, to: "barcode")
        return problems
    }

    private static func parse(_ fields: inout Fields) -> StagedBarcode? {
        _ = fields.required("merchant", upTo: 40)
        _ = fields.required("sku", upTo: 64)
        let level: PackagingLevel.Kind = fields.word("level") ?? .each
        let units = fields.whole("units", level == .each ? 1...1 : 1...1_000_000)
        if level != .each, fields.row["units"].isEmpty { fields.fail("units", "is required for a level other than each") }
        let code = fields.requiredValue("barcode", "1 to 48 printable ASCII characters") { Barcode.canonical($0) }
        guard let code else { return nil }
        if Barcode.isMisprintedGTIN(fields.row["barcode"]) {
            fields.fail("barcode", "has a GTIN's length, but its last digit is not the check digit")
        }
        return StagedBarcode(level: level, units: units ?? 1, code: code)
    }

    /// Rows of one level of a SKU that state different units.
    private static func levelProblems(
        _ good: [(row: CSVRow, barcode: StagedBarcode)], _ pass: CheckPass
    ) throws -> [ImportProblem] {
        let marks = good.filter { $0.barcode.level != .each }.map { row, barcode in
            let key = RowKey.join(row["merchant"], row["sku"], barcode.level.rawValue)
            return Scratch.Mark(key: key, row: row.number, value: String(barcode.units))
        }
        let rows = Dictionary(good.map { ($0.row.number, $0.row) }, uniquingKeysWith: { first, _ in first })
        return try pass.scratch.add(marks, to: "level").compactMap { mark, first in
            guard mark.value != first.value, let row = rows[mark.row] else { return nil }
            return row.problem("units", "must be \(first.value), as in row \(first.row) for this level")
        }
    }

    /// Barcodes that another SKU of the merchant carries in the catalogue.
    private static func taken(
        _ good: [(row: CSVRow, barcode: StagedBarcode)], _ pass: CheckPass
    ) throws -> [ImportProblem] {
        let merchants = try pass.merchants(Set(good.map { $0.row["merchant"] }))
        let wanted = good.compactMap { row, barcode in
            merchants[row["merchant"]]?.id.map { (row: row, merchant: $0, code: barcode.code) }
        }
        guard !wanted.isEmpty else { return [] }
        return try pass.store.readBlocking { tx in
            let holders = try wanted.map { try Catalog.byBarcode($0.code, of: $0.merchant, in: tx).first?.sku }
            let facts = try Catalog.facts(of: Set(holders.compactMap(\.self)).sorted(), in: tx)
            return zip(wanted, holders).compactMap { one, holder in
                guard let code = holder.flatMap({ facts[$0]?.code }), code != one.row["sku"] else { return nil }
                return one.row.problem("barcode", "belongs to the merchant's SKU '\(code)'")
            }
        }
    }
}
