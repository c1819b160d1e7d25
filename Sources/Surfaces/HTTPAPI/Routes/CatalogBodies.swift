import Kernel
import Merchants

/// A merchant to be taken into the network.
struct MerchantBody: Codable, Sendable, Documented {
    var code: String
    var name: String
    var currency: Currency

    static let fields: FieldNotes = [
        "code": FieldNote("1 to 40 characters of a-z, 0-9, `-` and `_`; unique.", length: 1...40, example: "glow"),
        "name": FieldNote("As people know it.", length: 1...200, example: "Glow GmbH"),
        "currency": "What its SKUs are valued in.",
    ]
}

/// SKUs to be created, or brought to what is stated now.
struct SKUsBody: Codable, Sendable, Documented {
    var skus: [SKUBody]
    static let fields: FieldNotes = ["skus": FieldNote("All are saved, or none.", count: 1...500)]
}

/// What became of the SKUs, in the order of the request.
struct SKUsReply: Codable, Sendable {
    struct Saved: Codable, Sendable {
        var sku: SKUID
        var code: String
    }

    var items: [Saved]
}

/// The master data of a SKU as its merchant states it.
struct SKUBody: Codable, Sendable {
    struct Level: Codable, Sendable {
        var kind: PackagingLevel.Kind
        var units: Int64?
        var size: Dimensions?
        var grams: Grams?
        var barcodes: [String]?

        private enum CodingKeys: String, CodingKey { case kind, units, size = "size_mm", grams = "weight_g", barcodes }
    }

    struct Component: Codable, Sendable {
        var sku: String
        var quantity: Int64
        var priceWeight: Int64?

        private enum CodingKeys: String, CodingKey { case sku, quantity, priceWeight = "price_weight" }
    }

    struct Danger: Codable, Sendable {
        var unNumber: String
        var hazardClass: String
        var packingGroup: DangerousGoods.PackingGroup?
        var limitedQuantity: Bool?
        var battery: Battery.Kind?
        var milliwattHours: Int64?

        private enum CodingKeys: String, CodingKey {
            case unNumber = "un_number", hazardClass = "class", packingGroup = "packing_group"
            case limitedQuantity = "limited_quantity", battery, milliwattHours = "milliwatt_hours"
        }
    }

    var code: String
    var name: String
    var fragile: Bool?
    var liquid: Bool?
    var thisSideUp: Bool?
    var ownContainer: Bool?
    var dangerousGoods: Danger?
    var hsCode: HSCode?
    var origin: Country?
    var valueMinor: Int64?
    var lotTracked: Bool?
    var serialTracked: Bool?
    var packaging: [Level]?
    var components: [Component]?
    var maySplit: Bool?

    private enum CodingKeys: String, CodingKey {
        case code, name, fragile, liquid, thisSideUp = "this_side_up", ownContainer = "own_container"
        case dangerousGoods = "dangerous_goods", hsCode = "hs_code", origin, valueMinor = "value_minor"
        case lotTracked = "lot_tracked", serialTracked = "serial_tracked", packaging, components, maySplit = "may_split"
    }
}

extension SKUBody {
    var new: NewSKU {
        NewSKU(
            code: code, name: name,
            flags: HandlingFlags(
                fragile: fragile ?? false, liquid: liquid ?? false, thisSideUp: thisSideUp ?? false,
                ownContainer: ownContainer ?? false),
            dangerousGoods: dangerousGoods?.goods, hsCode: hsCode, origin: origin, valueMinor: valueMinor,
            lotTracked: lotTracked ?? false, serialTracked: serialTracked ?? false,
            packaging: (packaging ?? []).map(\.level), components: (components ?? []).map(\.component),
            maySplit: maySplit ?? false)
    }
}

extension SKUBody.Level {
    fileprivate var level: NewSKU.Level {
        NewSKU.Level(kind, units: units ?? 1, dimensions: size, weight: grams, barcodes: barcodes ?? [])
    }
}

extension SKUBody.Component {
    fileprivate var component: NewSKU.Component {
        NewSKU.Component(code: sku, quantity: quantity, priceWeight: priceWeight ?? 1)
    }
}

extension SKUBody.Danger {
    fileprivate var goods: DangerousGoods {
        DangerousGoods(
            unNumber: unNumber, hazardClass: hazardClass, packingGroup: packingGroup, limitedQuantity: limitedQuantity ?? false,
            battery: battery.map { Battery($0, milliwattHours: milliwattHours) })
    }
}

extension SKUBody: Documented {
    static let fields: FieldNotes = [
        "code": FieldNote("The merchant's own number.", length: 1...64, example: "MUG-1"),
        "name": FieldNote("As people know it.", length: 1...300, example: "Mug, white"),
        "this_side_up": "May be turned about its vertical axis only.",
        "own_container": "Travels in its maker's box.",
        "value_minor": FieldNote(
            "Value of one for customs and insurance, in the merchant's currency.", range: 0...1_000_000_000_000),
        "packaging": FieldNote("Each, inner, case, pallet; a size or weight not stated stays as known.", count: 0...4),
        "components": FieldNote("Makes it a kit.", count: 0...50),
    ]
}

extension SKUBody.Level: Documented {
    static let fields: FieldNotes = [
        "units": FieldNote("Eaches in it; one for `each`.", range: 1...1_000_000, example: 1),
        "size_mm": "Outer size.",
        "weight_g": FieldNote("Gross weight in grams.", range: 1...1_000_000, example: 350),
        "barcodes": FieldNote("What a scanner reads off it.", count: 0...20),
    ]
}

extension SKUBody.Component: Documented {
    static let fields: FieldNotes = [
        "sku": FieldNote("The merchant's own number.", length: 1...64),
        "quantity": FieldNote("Units in one kit.", range: 1...1000, example: 1),
        "price_weight": FieldNote("Of one unit, in splitting the kit's price.", range: 0...1_000_000),
    ]
}

extension SKUBody.Danger: Documented {
    static let fields: FieldNotes = [
        "un_number": FieldNote("Four digits.", length: 4...4, example: "3481"),
        "class": FieldNote("Class or division.", length: 1...4, example: "9"),
        "milliwatt_hours": FieldNote("Energy of the cells of one unit.", range: 1...1_000_000_000),
    ]
}
