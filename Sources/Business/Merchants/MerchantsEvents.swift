import Kernel
import Store

/// What this module says to the log. Payload ids are in their outside form.
package enum MerchantsEvents {
    /// A merchant joined the network. Key: the merchant. Payload: code, currency.
    package static let merchantCreated = "merchant.created"
    /// A SKU was created or its master data changed. Key: the SKU. Payload: code, created (bool), kit (bool).
    package static let skuSaved = "sku.saved"
    /// A packaging level was measured. Key: the SKU. Payload: level, length_mm, width_mm, height_mm, weight_g.
    package static let skuMeasured = "sku.measured"

    static func merchantCreated(_ merchant: Merchant, occurred: Instant, actor: String) -> NewEvent {
        NewEvent(
            merchantCreated, key: merchant.id.description, occurred: occurred, actor: actor, owner: merchant.id,
            payload: ["code": .string(merchant.code), "currency": .string(merchant.currency.code)])
    }

    static func skuSaved(_ sku: SKU, isNew: Bool, occurred: Instant, actor: String) -> NewEvent {
        NewEvent(
            skuSaved, key: sku.id.description, occurred: occurred, actor: actor, owner: sku.merchant,
            payload: ["code": .string(sku.code), "created": .bool(isNew), "kit": .bool(sku.isKit)])
    }

    static func skuMeasured(_ measure: SKUMeasure, owner: MerchantID, actor: String) -> NewEvent {
        NewEvent(
            skuMeasured, key: measure.sku.description, occurred: measure.at, actor: actor, owner: owner,
            payload: [
                "level": .string(measure.level.rawValue), "length_mm": .int(measure.dimensions.length.rawValue),
                "width_mm": .int(measure.dimensions.width.rawValue), "height_mm": .int(measure.dimensions.height.rawValue),
                "weight_g": .int(measure.weight.rawValue),
            ])
    }
}
