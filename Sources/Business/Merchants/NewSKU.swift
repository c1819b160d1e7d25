import Kernel

/// The master data of a SKU as its merchant states it.
package struct NewSKU: Hashable, Sendable {
    /// 1 to 64 printable ASCII characters, no space at either end.
    package var code: String
    /// 1 to 300 characters.
    package var name: String
    package var flags: HandlingFlags
    package var dangerousGoods: DangerousGoods?
    package var hsCode: HSCode?
    package var origin: Country?
    /// Minor units of the merchant's currency; nil where unknown.
    package var valueMinor: Int64?
    package var lotTracked: Bool
    package var serialTracked: Bool
    /// In any order, each kind once. Without `each` a plain SKU gets one of unknown size.
    package var packaging: [Level]
    /// Makes it a kit; empty for a plain SKU.
    package var components: [Component]
    /// Of a kit: its parts may leave from several sites where that serves the order better.
    package var maySplit: Bool

    package init(
        code: String, name: String, flags: HandlingFlags = HandlingFlags(), dangerousGoods: DangerousGoods? = nil,
        hsCode: HSCode? = nil, origin: Country? = nil, valueMinor: Int64? = nil, lotTracked: Bool = false,
        serialTracked: Bool = false, packaging: [Level] = [], components: [Component] = [],
        maySplit: Bool = false
    ) {
        self.code = code
        self.name = name
        self.flags = flags
        self.dangerousGoods = dangerousGoods
        self.hsCode = hsCode
        self.origin = origin
        self.valueMinor = valueMinor
        self.lotTracked = lotTracked
        self.serialTracked = serialTracked
        self.packaging = packaging
        self.components = components
        self.maySplit = maySplit
    }

    /// A packaging level as the merchant states it.
    package struct Level: Hashable, Sendable {
        package var kind: PackagingLevel.Kind
        /// Eaches in it; one for `each`.
        package var units: Int64
        /// Nil keeps what is known.
        package var dimensions: Dimensions?
        /// Nil keeps what is known.
        package var weight: Grams?
        /// Each 1 to 48 printable ASCII characters; what has the length and digits of a GTIN is one.
        package var barcodes: [String]

        package init(
            _ kind: PackagingLevel.Kind = .each, units: Int64 = 1, dimensions: Dimensions? = nil, weight: Grams? = nil,
            barcodes: [String] = []
        ) {
            self.kind = kind
            self.units = units
            self.dimensions = dimensions
            self.weight = weight
            self.barcodes = barcodes
        }
    }

    /// One SKU of a kit, by the merchant's number.
    package struct Component: Hashable, Sendable {
        package var code: String
        /// Units in one kit.
        package var quantity: Int64
        /// Weight of one unit in splitting the kit's price.
        package var priceWeight: Int64

        package init(code: String, quantity: Int64, priceWeight: Int64 = 1) {
            self.code = code
            self.quantity = quantity
            self.priceWeight = priceWeight
        }
    }
}
