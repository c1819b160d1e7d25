import Kernel

/// What can be said against SKUs without looking at the catalogue.
enum NewSKUCheck {
    private static let sideLimit = Millimetres(100_000)
    private static let weightLimit = Grams(100_000_000)

    /// SKU by SKU in their order; for each in the order of `UpsertSKUs.Refused`.
    static func check(_ skus: [NewSKU]) throws(UpsertSKUs.Refused) {
        var codes: Set<String> = [], barcodes: Set<String> = []
        for (index, sku) in skus.enumerated() {
            let at = "/skus/\(index)"
            guard isCode(sku.code) else { throw .codeInvalid(field: at + "/code", code: sku.code) }
            guard (1...300).contains(sku.name.count) else { throw .nameInvalid(field: at + "/name") }
            guard codes.insert(sku.code).inserted else { throw .codeRepeated(field: at + "/code", code: sku.code) }
            if let value = sku.valueMinor, value < 0 { throw .valueNegative(field: at + "/value_minor", value: value) }
            if let fault = sku.dangerousGoods?.fault {
                throw .dangerousGoodsInvalid(field: "\(at)/dangerous_goods/\(fault.member)", rule: fault.rule)
            }
            try checkLevels(sku.packaging, at: at + "/packaging")
            try checkBarcodes(sku.packaging, seen: &barcodes, at: at + "/packaging")
            try checkKit(sku, at: at)
        }
    }

    private static func isCode(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && text.first != " " && text.last != " "
    }

    private static func checkLevels(_ levels: [NewSKU.Level], at: String) throws(UpsertSKUs.Refused) {
        for (index, level) in levels.enumerated() {
            if let fault = fault(of: level, after: levels[..<index]) {
                throw .packagingInvalid(field: "\(at)/\(index)/\(fault.member)", rule: fault.rule)
            }
        }
    }

    private static func fault(
        of level: NewSKU.Level, after earlier: ArraySlice<NewSKU.Level>
    ) -> (member: String, rule: String)? {
        if earlier.contains(where: { $0.kind == level.kind }) {
            return ("level", "The level '\(level.kind.rawValue)' stands there twice.")
        }
        if level.kind == .each, level.units != 1 { return ("units", "An each holds one unit, not \(level.units).") }
        if !(1...1_000_000).contains(level.units) {
            return ("units", "A level holds 1 to 1000000 units, not \(level.units).")
        }
        if let size = level.dimensions {
            for (name, side) in [("length_mm", size.length), ("width_mm", size.width), ("height_mm", size.height)]
            where side <= .zero || side > sideLimit {
                return (name, "A side has 1 to \(sideLimit) mm, not \(side).")
            }
        }
        if let weight = level.weight, weight <= .zero || weight > weightLimit {
            return ("weight_g", "A weight is 1 to \(weightLimit) g, not \(weight).")
        }
        return nil
    }

    private static func checkBarcodes(
        _ levels: [NewSKU.Level], seen: inout Set<String>, at: String
    ) throws(UpsertSKUs.Refused) {
        for (index, level) in levels.enumerated() {
            for (position, text) in level.barcodes.enumerated() {
                let field = "\(at)/\(index)/barcodes/\(position)"
                guard let code = Barcode.canonical(text) else { throw .barcodeInvalid(field: field) }
                if Barcode.isMisprintedGTIN(text) { throw .checkDigitWrong(field: field, code: text) }
                guard seen.insert(code).inserted else { throw .barcodeRepeated(field: field, code: text) }
            }
        }
    }

    private static func checkKit(_ sku: NewSKU, at: String) throws(UpsertSKUs.Refused) {
        guard !sku.components.isEmpty else { return }
        guard sku.packaging.isEmpty else { throw .kitPackaged(field: at + "/packaging") }
        for (index, component) in sku.components.enumerated() {
            let field = "\(at)/components/\(index)"
            if sku.components[..<index].contains(where: { $0.code == component.code }) {
                throw .componentInvalid(field: field + "/code", rule: "The kit names '\(component.code)' twice.")
            }
            if !(1...10_000).contains(component.quantity) {
                throw .componentInvalid(
                    field: field + "/quantity", rule: "A kit has 1 to 10000 units of a component, not \(component.quantity).")
            }
            if !(0...1_000_000_000).contains(component.priceWeight) {
                throw .componentInvalid(
                    field: field + "/price_weight", rule: "A price weight is 0 to 1000000000, not \(component.priceWeight).")
            }
        }
    }
}
