import Edges
import Kernel
import Merchants

/// `merchants.csv`: one row a merchant. One that exists already keeps its name and must have the same currency.
enum MerchantRows {
    static func check(_ rows: [CSVRow], _ pass: CheckPass) throws -> [ImportProblem] {
        var problems: [ImportProblem] = [], marks: [(mark: Scratch.Mark, row: CSVRow)] = []
        for row in rows {
            var fields = Fields(row)
            _ = parse(&fields)
            problems += fields.problems
            if let code = row.key("code") { marks.append((.init(key: code, row: row.number), row)) }
        }
        problems += try pass.unique(marks, in: "merchant", column: "code")
        let codes = marks.map(\.mark.key)
        let stored = try pass.store.readBlocking { try Merchant.find(codes: codes, in: $0) }
        for row in rows {
            guard let known = stored[row["code"]], Currency(row["currency"]) != known.currency else { continue }
            problems.append(row.problem("currency", "must be \(known.currency.code): the merchant exists with it"))
        }
        return problems
    }

    static func stage(_ rows: [CSVRow]) throws -> [StagedRow] {
        try rows.map { try StagedRow(.merchants, $0.file, $0.number, try $0.good { parse(&$0) }) }
    }

    private static func parse(_ fields: inout Fields) -> StagedMerchant? {
        let code = fields.requiredValue("code", "1 to 40 characters of a-z, 0-9, '-' and '_'") { isCode($0) ? $0 : nil }
        let name = fields.required("name", upTo: 200)
        let currency = fields.requiredValue("currency", "an ISO 4217 currency code") { Currency($0) }
        guard let code, let currency else { return nil }
        return StagedMerchant(code: code, name: name, currency: currency)
    }

    private static func isCode(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
    }
}
