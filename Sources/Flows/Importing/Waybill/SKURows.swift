import Edges
import Kernel
import Merchants

/// `skus.csv`: one row a SKU, which is created or brought to what the row states.
enum SKURows {
    static func check(_ rows: [CSVRow], _ pass: CheckPass) throws -> [ImportProblem] {
        var problems: [ImportProblem] = [], marks: [(mark: Scratch.Mark, row: CSVRow)] = []
        for row in rows {
            var fields = Fields(row)
            let sku = parse(&fields)
            problems += fields.problems
            guard let key = row.key("merchant", "sku") else { continue }
            let value = KnownSKU.mark(lotTracked: sku?.lotTracked ?? false)
            marks.append((.init(key: key, row: row.number, value: value), row))
        }
        problems += try pass.unique(marks, in: "sku", column: "sku")
        let merchants = try pass.merchants(Set(rows.map { $0["merchant"] }))
        problems += rows.compactMap { pass.merchantProblem($0, merchants) }
        let stored = try KnownSKU.inCatalogue(Set(marks.map(\.mark.key)), merchants, pass)
        for (mark, row) in marks where stored[mark.key]?.isKit == true {
            problems.append(row.problem("sku", "is a kit; an import changes plain SKUs only"))
        }
        return problems
    }

    static func stage(_ rows: [CSVRow], _ scratch: Scratch) throws -> [StagedRow] {
        let barcodes = try scratch.children(of: rows.map(\.number), in: "barcode")
        return try rows.map { row in
            var sku = try row.good { parse(&$0) }
            for child in barcodes[row.number] ?? [] { sku.add(try StagedText.read(child.content)) }
            return try StagedRow(.skus, row.file, row.number, sku)
        }
    }

    private static func parse(_ fields: inout Fields) -> StagedSKU? {
        let merchant = fields.required("merchant", upTo: 40)
        let form = "1 to 64 printable ASCII characters without a space at either end"
        let code = fields.requiredValue("sku", form) { isCode($0) ? $0 : nil }
        let name = fields.required("name", upTo: 300)
        var sku = StagedSKU(
            merchant: merchant, code: code ?? "", name: name,
            flags: HandlingFlags(
                fragile: fields.flag("fragile"), liquid: fields.flag("liquid"), thisSideUp: fields.flag("this_side_up"),
                ownContainer: fields.flag("own_container")),
            levels: [.init(kind: .each, units: 1, size: size(&fields), weight: weight(&fields))])
        sku.danger = danger(&fields)
        sku.hsCode = fields.written("hs_code")
        sku.origin = fields.written("origin")
        sku.valueMinor = fields.whole("value_minor", WaybillForms.money)
        sku.lotTracked = fields.flag("lot_tracked")
        sku.serialTracked = fields.flag("serial_tracked")
        return code == nil ? nil : sku
    }

    private static func weight(_ fields: inout Fields) -> Grams? { fields.whole("weight_g", 1...100_000_000).map { Grams($0) } }

    private static func size(_ fields: inout Fields) -> Dimensions? {
        let columns = ["length_mm", "width_mm", "height_mm"]
        let stated = columns.filter { !fields.row[$0].isEmpty }
        let sides = columns.map { fields.whole($0, 1...100_000).map { Millimetres($0) } }
        if let missing = columns.first(where: { !stated.contains($0) }), !stated.isEmpty {
            fields.fail(missing, "is required where another side is stated")
        }
        guard let length = sides[0], let width = sides[1], let height = sides[2] else { return nil }
        return Dimensions(length: length, width: width, height: height)
    }

    private static func danger(_ fields: inout Fields) -> StagedSKU.Danger? {
        let group: DangerousGoods.PackingGroup? = fields.word("packing_group")
        let battery: Battery.Kind? = fields.word("battery")
        let energy = fields.whole("battery_mwh", 1...1_000_000_000)
        let isLimited = fields.flag("limited_quantity")
        let number = fields.text("un_number", upTo: 4), hazard = fields.text("dg_class", upTo: 4)
        guard !number.isEmpty else {
            for column in ["dg_class", "packing_group", "battery", "battery_mwh"] where !fields.row[column].isEmpty {
                fields.fail(column, "belongs to dangerous goods, which have a un_number")
            }
            return nil
        }
        if battery == nil, energy != nil { fields.fail("battery_mwh", "needs the kind of battery") }
        let danger = StagedSKU.Danger(
            unNumber: number, hazardClass: hazard, packingGroup: group, limitedQuantity: isLimited, battery: battery,
            milliwattHours: energy)
        if let fault = danger.goods.fault { fields.fail(column(of: fault.member), fault.rule) }
        return danger
    }

    private static func column(of member: String) -> String {
        switch member {
        case "class": "dg_class"
        case "battery/kind": "battery"
        case "battery/milliwatt_hours": "battery_mwh"
        default: member
        }
    }

    private static func isCode(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && text.first != " " && text.last != " "
    }
}
