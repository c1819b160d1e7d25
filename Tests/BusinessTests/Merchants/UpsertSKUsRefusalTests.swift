import Kernel
import Merchants
import Store
import TestGround
import Testing

/// One request for each refusal of `UpsertSKUs`, in the order of the checks. The catalogue holds the SKU `HELD` with
/// the barcode `TAKEN`, and the kit `KIT` of it.
@Suite struct UpsertSKUsRefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let code: String
        let field: String?
        let skus: [NewSKU]
        var testDescription: String { code + " " + (field ?? "") }

        init(_ code: String, _ field: String?, _ skus: NewSKU...) { (self.code, self.field, self.skus) = (code, field, skus) }
    }

    private static func sku(_ code: String = "NEW", _ levels: NewSKU.Level...) -> NewSKU {
        NewSKU(code: code, name: "A thing", packaging: levels)
    }

    private static func kit(_ components: NewSKU.Component..., levels: [NewSKU.Level] = []) -> NewSKU {
        NewSKU(code: "NEWKIT", name: "A kit", packaging: levels, components: components)
    }

    private static func dangerous(_ goods: DangerousGoods) -> NewSKU {
        NewSKU(code: "NEW", name: "A thing", dangerousGoods: goods)
    }

    static let cases = [
        Case("merchants.sku_code_invalid", "/skus/0/code", sku(" X")),
        Case("merchants.sku_code_invalid", "/skus/1/code", sku(), sku("é")),
        Case("merchants.sku_name_invalid", "/skus/0/name", NewSKU(code: "X", name: "")),
        Case("merchants.sku_repeated", "/skus/1/code", sku(), sku()),
        Case("merchants.value_negative", "/skus/0/value_minor", NewSKU(code: "X", name: "X", valueMinor: -1)),
        Case(
            "merchants.dangerous_goods_invalid", "/skus/0/dangerous_goods/un_number",
            dangerous(DangerousGoods(unNumber: "123", hazardClass: "3"))),
        Case(
            "merchants.dangerous_goods_invalid", "/skus/0/dangerous_goods/class",
            dangerous(DangerousGoods(unNumber: "1263", hazardClass: "2"))),
        Case(
            "merchants.dangerous_goods_invalid", "/skus/0/dangerous_goods/battery/kind",
            dangerous(DangerousGoods(unNumber: "3480", hazardClass: "9", battery: Battery(.lithiumMetal)))),
        Case("merchants.packaging_invalid", "/skus/0/packaging/1/level", sku("N", NewSKU.Level(), NewSKU.Level())),
        Case("merchants.packaging_invalid", "/skus/0/packaging/0/units", sku("N", NewSKU.Level(.each, units: 2))),
        Case("merchants.packaging_invalid", "/skus/0/packaging/0/units", sku("N", NewSKU.Level(.case, units: 0))),
        Case(
            "merchants.packaging_invalid", "/skus/0/packaging/0/width_mm",
            sku("N", NewSKU.Level(dimensions: .box(10, 0, 10)))),
        Case("merchants.packaging_invalid", "/skus/0/packaging/0/weight_g", sku("N", NewSKU.Level(weight: 0))),
        Case("merchants.barcode_invalid", "/skus/0/packaging/0/barcodes/0", sku("N", NewSKU.Level(barcodes: [""]))),
        Case(
            "merchants.check_digit_wrong", "/skus/0/packaging/0/barcodes/1",
            sku("N", NewSKU.Level(barcodes: ["4006381333931", "4006381333932"]))),
        Case(
            "merchants.barcode_repeated", "/skus/0/packaging/1/barcodes/0",
            sku("N", NewSKU.Level(barcodes: ["012345678905"]), NewSKU.Level(.case, barcodes: ["0012345678905"]))),
        Case(
            "merchants.kit_packaged", "/skus/0/packaging",
            kit(NewSKU.Component(code: "HELD", quantity: 1), levels: [NewSKU.Level()])),
        Case(
            "merchants.component_invalid", "/skus/0/components/0/quantity", kit(NewSKU.Component(code: "HELD", quantity: 0))),
        Case(
            "merchants.component_invalid", "/skus/0/components/1/code",
            kit(NewSKU.Component(code: "HELD", quantity: 1), NewSKU.Component(code: "HELD", quantity: 1))),
        Case("merchants.barcode_taken", "/skus/0/packaging/0/barcodes/0", sku("N", NewSKU.Level(barcodes: ["TAKEN"]))),
        Case("merchants.component_unknown", "/skus/0/components/0/code", kit(NewSKU.Component(code: "NONE", quantity: 1))),
        Case("merchants.component_is_kit", "/skus/0/components/0/code", kit(NewSKU.Component(code: "KIT", quantity: 1))),
        Case(
            "merchants.component_is_kit", "/skus/0/components/0/code", kit(NewSKU.Component(code: "NEWKIT", quantity: 1))),
        Case("merchants.kit_changed", "/skus/0/components", sku("KIT")),
    ]

    @Test(arguments: cases)
    func `a SKU is refused by the first rule it breaks, and nothing is saved`(_ request: Case) throws {
        try withCatalog(.sqliteMemory) { stepper, merchant in
            try stepper.upsert(
                [
                    NewSKU(code: "HELD", name: "Held", packaging: [NewSKU.Level(barcodes: ["TAKEN"])]),
                    NewSKU(code: "KIT", name: "Kit", components: [NewSKU.Component(code: "HELD", quantity: 1)]),
                ], of: merchant)
            let skus = request.skus
            let answer = stepper.perform([InPlace { tx in try UpsertSKUs.run(skus, of: merchant.id, in: tx) }])[0]
            let refusal = try #require(answer.refusal)
            #expect(refusal.code == request.code)
            #expect(refusal.field == request.field)
            let codes = try stepper.read { tx in try Catalog.list(of: merchant.id, limit: 9, in: tx).map(\.code) }
            #expect(codes == ["HELD", "KIT"])
        }
    }

    @Test func `SKUs of a merchant that does not exist are refused first`() throws {
        try withCatalog(.sqliteMemory) { stepper, _ in
            let answer = stepper.perform([InPlace { tx in try UpsertSKUs.run([Self.sku(" ")], of: MerchantID(1), in: tx) }])[0]
            #expect(answer.refusal?.code == "merchants.merchant_unknown")
        }
    }

    @Test func `of many faults the first in the order of the checks is told`() throws {
        try withCatalog(.sqliteMemory) { stepper, merchant in
            var sku = NewSKU(
                code: " ", name: "", dangerousGoods: DangerousGoods(unNumber: "1", hazardClass: "3"), valueMinor: -1,
                packaging: [NewSKU.Level(units: 0, barcodes: ["", "4006381333932", "A", "A"])],
                components: [NewSKU.Component(code: "NONE", quantity: 0)])
            let repairs: [(inout NewSKU) -> Void] = [
                { $0.code = "X" }, { $0.name = "X" }, { $0.valueMinor = 1 }, { $0.dangerousGoods = nil },
                { $0.packaging[0].units = 1 }, { $0.packaging[0].barcodes.removeFirst() },
                { $0.packaging[0].barcodes.removeFirst() }, { $0.packaging[0].barcodes.removeFirst() },
                { $0.packaging = [] }, { $0.components[0].quantity = 1 }, { $0.components = [] },
            ]
            var told: [String] = []
            for repair in repairs {
                let answer = stepper.perform([InPlace { [sku] tx in try UpsertSKUs.run([sku], of: merchant.id, in: tx) }])[0]
                told.append(try #require(answer.refusal).code)
                repair(&sku)
            }
            let order = [
                "sku_code_invalid", "sku_name_invalid", "value_negative", "dangerous_goods_invalid", "packaging_invalid",
                "barcode_invalid", "check_digit_wrong", "barcode_repeated", "kit_packaged", "component_invalid",
                "component_unknown",
            ]
            #expect(told == order.map { "merchants." + $0 })
            try stepper.upsert([sku], of: merchant)
        }
    }
}
