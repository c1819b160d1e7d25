import Kernel
import Merchants

/// A SKU as the files state it.
struct StagedSKU: Codable, Sendable {
    struct Level: Codable, Sendable {
        let kind: PackagingLevel.Kind
        let units: Int64
        var size: Dimensions?
        var weight: Grams?
        var barcodes: [String] = []
    }

    struct Danger: Codable, Sendable {
        let unNumber: String
        let hazardClass: String
        let packingGroup: DangerousGoods.PackingGroup?
        let limitedQuantity: Bool
        let battery: Battery.Kind?
        let milliwattHours: Int64?

        var goods: DangerousGoods {
            DangerousGoods(
                unNumber: unNumber, hazardClass: hazardClass, packingGroup: packingGroup, limitedQuantity: limitedQuantity,
                battery: battery.map { Battery($0, milliwattHours: milliwattHours) })
        }
    }

    let merchant: String
    let code: String
    let name: String
    var flags = HandlingFlags()
    var danger: Danger?
    var hsCode: HSCode?
    var origin: Country?
    var valueMinor: Int64?
    var lotTracked = false
    var serialTracked = false
    /// The first is the each.
    var levels: [Level]

    /// Adds a barcode to its level.
    mutating func add(_ barcode: StagedBarcode) {
        if let at = levels.firstIndex(where: { $0.kind == barcode.level }) {
            levels[at].barcodes.append(barcode.code)
        } else {
            levels.append(Level(kind: barcode.level, units: barcode.units, barcodes: [barcode.code]))
        }
    }

    var new: NewSKU {
        NewSKU(
            code: code, name: name, flags: flags, dangerousGoods: danger?.goods, hsCode: hsCode, origin: origin,
            valueMinor: valueMinor, lotTracked: lotTracked, serialTracked: serialTracked,
            packaging: levels.map {
                NewSKU.Level($0.kind, units: $0.units, dimensions: $0.size, weight: $0.weight, barcodes: $0.barcodes)
            })
    }
}

/// A barcode of a packaging level.
struct StagedBarcode: Codable, Sendable {
    let level: PackagingLevel.Kind
    let units: Int64
    let code: String
}
