import Kernel
import Merchants
import Store
import TestGround
import Testing

@Suite struct CatalogTests {
    @Test(arguments: EngineKind.all)
    func `facts hold what packing asks of an each`(_ kind: EngineKind) throws {
        try withCatalog(kind) { stepper, merchant in
            let saved = try stepper.upsert(
                [
                    NewSKU(
                        code: "BOX", name: "Box", flags: HandlingFlags(liquid: true, thisSideUp: true), lotTracked: true,
                        packaging: [
                            NewSKU.Level(dimensions: .box(10, 20, 30), weight: 40),
                            NewSKU.Level(.case, units: 6, dimensions: .box(99, 99, 99), weight: 999),
                        ]),
                    NewSKU(code: "BARE", name: "Bare"),
                    NewSKU(code: "KIT", name: "Kit", components: [NewSKU.Component(code: "BOX", quantity: 2)]),
                ], of: merchant)
            let codes = ["BOX", "BARE", "KIT", "NONE"].map { SKUCode(merchant.id, $0) }
            let (facts, byCode, ids) = try stepper.read { tx in
                (
                    try Catalog.facts(of: saved.map(\.id), in: tx), try Catalog.facts(codes: codes, in: tx),
                    try Catalog.skus(codes: codes, in: tx)
                )
            }
            let box = try #require(facts[saved[0].id])
            #expect(box.each == .box(10, 20, 30))
            #expect(box.weight == 40)
            #expect(box.flags == HandlingFlags(liquid: true, thisSideUp: true))
            #expect(box.lotTracked && !box.serialTracked && !box.isKit)
            #expect(facts[saved[1].id]?.each == nil)
            #expect(facts[saved[2].id]?.isKit == true)
            #expect(byCode == Dictionary(uniqueKeysWithValues: facts.values.map { (SKUCode(merchant.id, $0.code), $0) }))
            #expect(ids == byCode.mapValues(\.id))
        }
    }

    /// A UPC-A is the EAN-13 with a zero in front; a case's GTIN-14 is a number of its own.
    @Test(arguments: [
        ("012345678905", PackagingLevel.Kind.each, Int64(1)), ("0012345678905", .each, 1), ("00012345678905", .each, 1),
        ("10012345678902", .case, 24), ("inner#7", .inner, 6),
    ])
    func `a scan finds the SKU whatever length its GTIN is read in`(
        _ scan: String, _ level: PackagingLevel.Kind, _ units: Int64
    ) throws {
        try withCatalog(.sqliteMemory) { stepper, merchant in
            let id = try stepper.upsert(
                [
                    NewSKU(
                        code: "TEA", name: "Tea",
                        packaging: [
                            NewSKU.Level(barcodes: ["012345678905"]), NewSKU.Level(.inner, units: 6, barcodes: ["inner#7"]),
                            NewSKU.Level(.case, units: 24, barcodes: ["10012345678902"]),
                        ])
                ], of: merchant)[0].id
            let match = try stepper.read { tx in try Catalog.byBarcode(scan, of: merchant.id, in: tx) }
            #expect(match == [BarcodeMatch(merchant: merchant.id, sku: id, level: level, units: units)])
        }
    }

    @Test(arguments: EngineKind.all)
    func `a merchant's SKUs are listed in pages by code`(_ kind: EngineKind) throws {
        try withCatalog(kind) { stepper, merchant in
            try stepper.upsert(["b", "B", "a1", "a2", "a3"].map { NewSKU(code: $0, name: $0) }, of: merchant)
            let (first, second, some) = try stepper.read { tx in
                (
                    try Catalog.list(of: merchant.id, limit: 3, in: tx),
                    try Catalog.list(of: merchant.id, after: "a2", limit: 3, in: tx),
                    try Catalog.list(of: merchant.id, prefix: "a", limit: 9, in: tx)
                )
            }
            #expect(first.map(\.code) == ["B", "a1", "a2"])
            #expect(second.map(\.code) == ["a3", "b"])
            #expect(some.map(\.code) == ["a1", "a2", "a3"])
        }
    }
}
