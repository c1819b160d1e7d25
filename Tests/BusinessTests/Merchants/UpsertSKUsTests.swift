import Kernel
import Merchants
import Store
import TestGround
import Testing

@Suite struct UpsertSKUsTests {
    private static let lamp = NewSKU(
        code: "LAMP-1", name: "Lamp", flags: HandlingFlags(fragile: true),
        dangerousGoods: DangerousGoods(
            unNumber: "3481", hazardClass: "9", battery: Battery(.lithiumIonContainedIn, milliwattHours: 18_500)),
        hsCode: HSCode("9405.21"), origin: Country("PT"), valueMinor: 1250, serialTracked: true,
        packaging: [
            NewSKU.Level(.case, units: 12, dimensions: .box(400, 300, 250), weight: 5200, barcodes: ["14006381333938"]),
            NewSKU.Level(.each, dimensions: .box(120, 80, 60), weight: 410, barcodes: ["4006381333931", "LAMP/1"]),
        ])

    @Test(arguments: EngineKind.all)
    func `a SKU is kept as it was stated`(_ kind: EngineKind) throws {
        try withCatalog(kind) { stepper, merchant in
            let saved = try stepper.upsert([Self.lamp], of: merchant)
            let sku = try stepper.sku(saved[0].id)
            #expect(saved[0].change == .created)
            #expect(sku.flags.fragile && !sku.flags.liquid)
            #expect(sku.dangerousGoods == Self.lamp.dangerousGoods)
            #expect(sku.hsCode?.digits == "940521")
            #expect(sku.origin?.code == "PT")
            #expect(sku.packaging.map(\.kind) == [.each, .case])
            #expect(sku.packaging[0].barcodes == ["4006381333931", "LAMP/1"])
            #expect(sku.packaging[1].units == 12)
            #expect(sku.packaging[1].weight == 5200)
            #expect(try stepper.events(of: sku.id) == [MerchantsEvents.skuSaved])
        }
    }

    @Test(arguments: EngineKind.all)
    func `stating the same again writes nothing and leaves no event`(_ kind: EngineKind) throws {
        try withCatalog(kind) { stepper, merchant in
            let first = try stepper.upsert([Self.lamp], of: merchant)
            let again = try stepper.upsert([Self.lamp], of: merchant)
            #expect(again == [UpsertSKUs.Saved(id: first[0].id, change: .same)])
            #expect(try stepper.events(of: first[0].id).count == 1)
        }
    }

    @Test(arguments: EngineKind.all)
    func `what is stated replaces levels and barcodes, and keeps a size that is not stated`(_ kind: EngineKind) throws {
        try withCatalog(kind) { stepper, merchant in
            let id = try stepper.upsert([Self.lamp], of: merchant)[0].id
            var changed = Self.lamp
            changed.name = "Desk lamp"
            changed.packaging = [NewSKU.Level(barcodes: ["NEW"])]
            #expect(try stepper.upsert([changed], of: merchant)[0] == UpsertSKUs.Saved(id: id, change: .changed))
            let sku = try stepper.sku(id)
            #expect(sku.name == "Desk lamp")
            #expect(sku.packaging.map(\.kind) == [.each])
            #expect(sku.packaging[0].dimensions == .box(120, 80, 60))
            #expect(sku.packaging[0].barcodes == ["NEW"])
            #expect(try stepper.read { tx in try Catalog.byBarcode("LAMP/1", of: merchant.id, in: tx) }.isEmpty)
        }
    }

    @Test(arguments: EngineKind.all)
    func `a barcode may move between two SKUs of one request`(_ kind: EngineKind) throws {
        try withCatalog(kind) { stepper, merchant in
            func new(_ code: String, _ barcode: String) -> NewSKU {
                NewSKU(code: code, name: code, packaging: [NewSKU.Level(barcodes: [barcode])])
            }
            let saved = try stepper.upsert([new("A", "ONE"), new("B", "TWO")], of: merchant)
            try stepper.upsert([new("A", "TWO"), new("B", "ONE")], of: merchant)
            let match = try stepper.read { tx in try Catalog.byBarcode("ONE", of: merchant.id, in: tx) }
            #expect(match.map(\.sku) == [saved[1].id])
        }
    }

    @Test(arguments: EngineKind.all)
    func `a kit may name SKUs of its own request, and its components may change`(_ kind: EngineKind) throws {
        try withCatalog(kind) { stepper, merchant in
            let kit = NewSKU(
                code: "SET", name: "Set",
                components: [
                    NewSKU.Component(code: "PART", quantity: 2, priceWeight: 3), NewSKU.Component(code: "LAMP-1", quantity: 1),
                ])
            let saved = try stepper.upsert([kit, Self.lamp, NewSKU(code: "PART", name: "Part")], of: merchant)
            let (set, lamp, part) = (saved[0].id, saved[1].id, saved[2].id)
            let kits = try stepper.read { tx in try Catalog.kits(of: [set, lamp], in: tx) }
            let wanted = [
                KitComponent(sku: lamp, quantity: 1, priceWeight: 1), KitComponent(sku: part, quantity: 2, priceWeight: 3),
            ]
            #expect(kits == [set: wanted])
            var smaller = kit
            smaller.components.removeLast()
            try stepper.upsert([smaller], of: merchant)
            #expect(try stepper.sku(set).components.map(\.sku) == [part])
            #expect(try stepper.sku(set).packaging.isEmpty)
        }
    }

    @Test func `two merchants may use one code and one barcode`() throws {
        try withCatalog(.sqliteMemory) { stepper, merchant in
            let other = try stepper.addMerchant("other")
            try stepper.upsert([Self.lamp], of: merchant)
            try stepper.upsert([Self.lamp], of: other)
            let matches = try stepper.read { tx in try Catalog.byBarcode("4006381333931", of: nil, in: tx) }
            #expect(matches.map(\.merchant) == [merchant.id, other.id])
        }
    }
}
