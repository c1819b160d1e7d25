import Kernel

/// What a merchant sells, as one stock-keeping unit; or a kit, which is sold as one thing and held as several.
package struct SKU: Hashable, Sendable {
    package let id: SKUID
    package let merchant: MerchantID
    /// The merchant's own number; unique with it.
    package let code: String
    package let name: String
    package let flags: HandlingFlags
    package let dangerousGoods: DangerousGoods?
    package let hsCode: HSCode?
    /// Where it was made.
    package let origin: Country?
    /// Value of one unit for customs and insurance, in minor units of the merchant's currency; nil where unknown.
    package let valueMinor: Int64?
    package let lotTracked: Bool
    package let serialTracked: Bool
    /// Of a kit: its parts may leave from several sites where that serves the order better.
    package let maySplit: Bool
    /// Each, inner, case, pallet, as far as they exist; a plain SKU has at least `each`, a kit none.
    package let packaging: [PackagingLevel]
    /// What a kit consists of, by SKU; empty for a plain SKU.
    package let components: [KitComponent]

    package var isKit: Bool { !components.isEmpty }
}

/// How a unit wants to be handled.
package struct HandlingFlags: Hashable, Sendable, Codable {
    package var fragile: Bool
    package var liquid: Bool
    /// May be turned about its vertical axis only.
    package var thisSideUp: Bool
    /// Travels in its maker's box, without one of our cartons.
    package var ownContainer: Bool

    package init(fragile: Bool = false, liquid: Bool = false, thisSideUp: Bool = false, ownContainer: Bool = false) {
        self.fragile = fragile
        self.liquid = liquid
        self.thisSideUp = thisSideUp
        self.ownContainer = ownContainer
    }
}

/// One SKU of a kit.
package struct KitComponent: Hashable, Sendable {
    package let sku: SKUID
    /// Units in one kit.
    package let quantity: Int64
    /// Its share of the kit's price is `priceWeight × quantity` over the sum of all.
    package let priceWeight: Int64

    package init(sku: SKUID, quantity: Int64, priceWeight: Int64) {
        self.sku = sku
        self.quantity = quantity
        self.priceWeight = priceWeight
    }
}
