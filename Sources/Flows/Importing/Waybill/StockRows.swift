import Edges
import Facilities
import Kernel
import Merchants

/// `stock.csv`: one row for what of a SKU and lot lies in a location, taken into both books as its first count.
enum StockRows {
    static func check(_ rows: [CSVRow], _ pass: CheckPass) throws -> [ImportProblem] {
        var problems: [ImportProblem] = [], marks: [(mark: Scratch.Mark, row: CSVRow)] = []
        var lots: [Scratch.Mark] = []
        for row in rows {
            var fields = Fields(row)
            let stock = parse(&fields)
            problems += fields.problems
            guard let key = row.key("site", "location", "merchant", "sku") else { continue }
            marks.append((.init(key: RowKey.join(key, row["lot"]), row: row.number), row))
            if let stock, let lot = stock.lot {
                let expires = stock.expires?.description ?? ""
                lots.append(.init(key: RowKey.join(stock.merchant, stock.sku, lot), row: row.number, value: expires))
            }
        }
        problems += try pass.unique(marks, in: "stock", column: "location")
        problems += try expiryProblems(lots, rows, pass)
        return try problems + places(rows, pass) + skus(rows, pass)
    }

    static func stage(_ rows: [CSVRow]) throws -> [StagedRow] {
        try rows.map { try StagedRow(.stock, $0.file, $0.number, try $0.good { parse(&$0) }) }
    }

    private static func parse(_ fields: inout Fields) -> StagedStock? {
        let merchant = fields.required("merchant", upTo: 40), sku = fields.required("sku", upTo: 64)
        let site = fields.required("site", upTo: 40), location = fields.required("location", upTo: 40)
        if fields.row["quantity"].isEmpty { fields.fail("quantity", "is required") }
        let quantity = fields.whole("quantity", 1...1_000_000_000)
        let lot = fields.text("lot", upTo: 60)
        let expires: CivilDate? = fields.value("expires", "a day of the form 2026-11-21") { CivilDate($0) }
        if expires != nil, lot.isEmpty { fields.fail("expires", "needs a lot") }
        guard let quantity else { return nil }
        return StagedStock(
            merchant: merchant, sku: sku, site: site, location: location, quantity: quantity, lot: lot.isEmpty ? nil : lot,
            expires: expires)
    }

    /// A lot that expires on two days.
    private static func expiryProblems(
        _ lots: [Scratch.Mark], _ rows: [CSVRow], _ pass: CheckPass
    ) throws -> [ImportProblem] {
        try pass.scratch.add(lots, to: "lot").compactMap { mark, first in
            guard mark.value != first.value, let row = rows.first(where: { $0.number == mark.row }) else { return nil }
            return row.problem("expires", "differs from row \(first.row), which has the same lot")
        }
    }

    private static func places(_ rows: [CSVRow], _ pass: CheckPass) throws -> [ImportProblem] {
        let keys = Set(rows.compactMap { $0.key("site", "location") })
        let codes = Set(rows.map { $0["site"] }).sorted()
        let (sites, locations) = try pass.store.readBlocking { tx in
            (Set(try Site.find(codes: codes, in: tx).keys), try KnownLocations.find(keys, in: tx).mapValues(\.id))
        }
        return rows.compactMap { row in
            guard let key = row.key("site", "location") else { return nil }
            if !sites.contains(row["site"]) { return row.problem("site", "names no site") }
            return locations[key] == nil ? row.problem("location", "names no location of this site") : nil
        }
    }

    private static func skus(_ rows: [CSVRow], _ pass: CheckPass) throws -> [ImportProblem] {
        let merchants = try pass.merchants(Set(rows.map { $0["merchant"] }))
        let known = try KnownSKU.find(Set(rows.compactMap { $0.key("merchant", "sku") }), merchants, pass)
        return rows.compactMap { row in
            if let problem = pass.merchantProblem(row, merchants) { return problem }
            guard let key = row.key("merchant", "sku") else { return nil }
            guard let sku = known[key] else { return row.problem("sku", "names no SKU of this merchant") }
            if sku.isKit { return row.problem("sku", "is a kit; its components have stock") }
            if sku.isLotTracked, row["lot"].isEmpty { return row.problem("lot", "is required: the SKU is tracked by lot") }
            if !sku.isLotTracked, !row["lot"].isEmpty { return row.problem("lot", "must be empty: the SKU is not tracked by lot") }
            return nil
        }
    }
}
