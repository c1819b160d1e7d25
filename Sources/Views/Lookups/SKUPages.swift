import Kernel
import Merchants
import Store

/// A SKU as it is shown outside.
package struct SKUView: Codable, Sendable {
    package struct Level: Codable, Sendable {
        package let kind: PackagingLevel.Kind
        package let units: Int64
        package let size: Dimensions?
        package let grams: Grams?
        package let measuredAt: Instant?
        package let barcodes: [String]

        private enum CodingKeys: String, CodingKey {
            case kind, units, size = "size_mm", grams = "weight_g", measuredAt = "measured_at", barcodes
        }
    }

    package struct Component: Codable, Sendable {
        package let sku: SKUID
        package let quantity: Int64
        package let priceWeight: Int64

        private enum CodingKeys: String, CodingKey { case sku, quantity, priceWeight = "price_weight" }
    }

    package struct Danger: Codable, Sendable {
        package let unNumber: String
        package let hazardClass: String
        package let packingGroup: DangerousGoods.PackingGroup?
        package let limitedQuantity: Bool
        package let battery: Battery.Kind?
        package let milliwattHours: Int64?

        private enum CodingKeys: String, CodingKey {
            case unNumber = "un_number", hazardClass = "class", packingGroup = "packing_group"
            case limitedQuantity = "limited_quantity", battery, milliwattHours = "milliwatt_hours"
        }
    }

    package let id: SKUID
    package let merchant: MerchantID
    package let code: String
    package let name: String
    package let fragile: Bool
    package let liquid: Bool
    package let thisSideUp: Bool
    package let ownContainer: Bool
    package let dangerousGoods: Danger?
    package let hsCode: String?
    package let origin: String?
    package let valueMinor: Int64?
    package let lotTracked: Bool
    package let serialTracked: Bool
    package let packaging: [Level]
    package let components: [Component]
    /// Of a kit: its parts may leave from several sites.
    package let maySplit: Bool

    private enum CodingKeys: String, CodingKey {
        case id, merchant, code, name, fragile, liquid, thisSideUp = "this_side_up", ownContainer = "own_container"
        case dangerousGoods = "dangerous_goods", hsCode = "hs_code", origin, valueMinor = "value_minor"
        case lotTracked = "lot_tracked", serialTracked = "serial_tracked", packaging, components, maySplit = "may_split"
    }
}

extension SKUView {
    /// A page of a merchant's SKUs by code; `NotFound` where the merchant is not the reader's.
    package static func page(
        of merchant: MerchantID, prefix: String, _ scope: Scope, after code: String?, limit: Int, in tx: Transaction
    ) throws -> [SKUView] {
        _ = try MerchantView.find(merchant, scope, in: tx)
        return try Catalog.list(of: merchant, after: code, prefix: prefix, limit: limit, in: tx).map(Self.init)
    }

    /// - Throws: `NotFound` where there is no such SKU for the reader.
    package static func find(_ id: SKUID, _ scope: Scope, in tx: Transaction) throws -> SKUView {
        try Ownership.skus([id], scope, in: tx)
        guard let sku = try Catalog.find([id], in: tx)[id] else { throw NotFound("sku", id) }
        return Self(sku)
    }

    private init(_ sku: SKU) {
        id = sku.id
        merchant = sku.merchant
        code = sku.code
        name = sku.name
        fragile = sku.flags.fragile
        liquid = sku.flags.liquid
        thisSideUp = sku.flags.thisSideUp
        ownContainer = sku.flags.ownContainer
        dangerousGoods = sku.dangerousGoods.map {
            Danger(
                unNumber: $0.unNumber, hazardClass: $0.hazardClass, packingGroup: $0.packingGroup,
                limitedQuantity: $0.limitedQuantity, battery: $0.battery?.kind, milliwattHours: $0.battery?.milliwattHours)
        }
        hsCode = sku.hsCode?.description
        origin = sku.origin?.code
        valueMinor = sku.valueMinor
        lotTracked = sku.lotTracked
        serialTracked = sku.serialTracked
        maySplit = sku.maySplit
        packaging = sku.packaging.map {
            Level(
                kind: $0.kind, units: $0.units, size: $0.dimensions, grams: $0.weight, measuredAt: $0.measured,
                barcodes: $0.barcodes)
        }
        components = sku.components.map { Component(sku: $0.sku, quantity: $0.quantity, priceWeight: $0.priceWeight) }
    }
}
