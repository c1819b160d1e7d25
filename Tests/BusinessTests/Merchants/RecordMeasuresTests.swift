import Kernel
import Merchants
import Store
import TestGround
import Testing

@Suite struct RecordMeasuresTests {
    @Test(arguments: EngineKind.all)
    func `a measure fills what was missing, and only a newer one replaces it`(_ kind: EngineKind) throws {
        try withCatalog(kind) { stepper, merchant in
            let id = try stepper.upsert([NewSKU(code: "X", name: "X")], of: merchant)[0].id
            func measure(_ side: Int64, _ minute: Int64) throws -> Int {
                let at = Instant.testStart + .minutes(minute)
                let measure = SKUMeasure(sku: id, dimensions: .box(side, side, side), weight: Grams(side), at: at)
                return try stepper.perform(InPlace { tx in try RecordMeasures.run([measure], in: tx) })
            }
            #expect(try measure(10, 5) == 1)
            #expect(try measure(20, 5) == 0)
            #expect(try measure(30, 4) == 0)
            #expect(try stepper.sku(id).packaging[0].dimensions == .box(10, 10, 10))
            #expect(try measure(40, 6) == 1)
            let level = try stepper.sku(id).packaging[0]
            #expect(level.weight == 40)
            #expect(level.measured == .testStart + .minutes(6))
            #expect(try stepper.events(of: id).filter { $0 == MerchantsEvents.skuMeasured }.count == 2)
        }
    }

    @Test func `our measure stands against the merchant's old word and yields to a new one`() throws {
        try withCatalog(.sqliteMemory) { stepper, merchant in
            var sku = NewSKU(code: "X", name: "X", packaging: [NewSKU.Level(dimensions: .box(1, 1, 1), weight: 1)])
            let id = try stepper.upsert([sku], of: merchant)[0].id
            let measure = SKUMeasure(sku: id, dimensions: .box(2, 2, 2), weight: 2, at: .testStart)
            try stepper.perform(InPlace { tx in _ = try RecordMeasures.run([measure], in: tx) })
            sku.name = "Y"
            sku.packaging = []
            try stepper.upsert([sku], of: merchant)
            #expect(try stepper.sku(id).packaging[0].measured == .testStart)
            sku.packaging = [NewSKU.Level(dimensions: .box(3, 3, 3), weight: 3)]
            try stepper.upsert([sku], of: merchant)
            #expect(try stepper.sku(id).packaging[0] == PackagingLevel(.each, units: 1, dimensions: .box(3, 3, 3), weight: 3))
        }
    }

    @Test func `a measure of nothing, or of what has no size, is refused`() throws {
        try withCatalog(.sqliteMemory) { stepper, merchant in
            let id = try stepper.upsert([NewSKU(code: "X", name: "X")], of: merchant)[0].id
            let flat = SKUMeasure(sku: id, dimensions: .box(1, 0, 1), weight: 1, at: .testStart)
            let pallet = SKUMeasure(sku: id, level: .pallet, dimensions: .box(1, 1, 1), weight: 1, at: .testStart)
            let answers = stepper.perform([flat, pallet].map { measure in
                InPlace { tx in try RecordMeasures.run([measure], in: tx) }
            })
            #expect(answers.map(\.refusal?.code) == ["merchants.measure_not_positive", "merchants.no_such_level"])
        }
    }
}
