import Kernel

/// What promising, sourcing and packing ask of a SKU; loaded for every batch of orders.
package struct SKUFacts: Hashable, Sendable {
    package let id: SKUID
    package let merchant: MerchantID
    package let code: String
    package let name: String
    package let flags: HandlingFlags
    package let dangerousGoods: DangerousGoods?
    package let lotTracked: Bool
    package let serialTracked: Bool
    package let isKit: Bool
    /// Of a kit: its parts may leave from several sites where that serves the order better.
    package let maySplit: Bool
    /// Outer size of one each; nil where nobody has measured it, and for a kit.
    package let each: Dimensions?
    /// Gross weight of one each; nil as for `each`.
    package let weight: Grams?
}

/// A merchant's own number of a SKU.
package struct SKUCode: Hashable, Sendable {
    package let merchant: MerchantID
    package let code: String

    package init(_ merchant: MerchantID, _ code: String) {
        self.merchant = merchant
        self.code = code
    }
}

/// A SKU, at one of its levels, that carries a scanned barcode.
package struct BarcodeMatch: Hashable, Sendable {
    package let merchant: MerchantID
    package let sku: SKUID
    package let level: PackagingLevel.Kind
    /// Eaches in what was scanned.
    package let units: Int64

    package init(merchant: MerchantID, sku: SKUID, level: PackagingLevel.Kind, units: Int64) {
        self.merchant = merchant
        self.sku = sku
        self.level = level
        self.units = units
    }
}
