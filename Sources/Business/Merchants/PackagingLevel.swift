import Kernel
import Store

/// One way a SKU is packed: the each, or so many of them in an inner, a case or on a pallet.
package struct PackagingLevel: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Comparable, Sendable, Codable, SQLValue {
        case each
        case inner
        case `case`
        case pallet

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    }

    package let kind: Kind
    /// Eaches in it.
    package let units: Int64
    /// Outer size; nil where nobody has measured it.
    package let dimensions: Dimensions?
    /// Gross weight; nil where nobody has weighed it.
    package let weight: Grams?
    /// When we measured it ourselves; nil where size and weight are the merchant's word.
    package let measured: Instant?
    /// In canonical form (see `Barcode`), sorted.
    package let barcodes: [String]

    package init(
        _ kind: Kind, units: Int64, dimensions: Dimensions? = nil, weight: Grams? = nil, measured: Instant? = nil,
        barcodes: [String] = []
    ) {
        self.kind = kind
        self.units = units
        self.dimensions = dimensions
        self.weight = weight
        self.measured = measured
        self.barcodes = barcodes
    }
}

/// What a scanner reads off a SKU.
package enum Barcode {
    /// The form it is stored in and looked up by: a GTIN in the shortest of its lengths, so that a UPC scanned as an
    /// EAN is the same; any other text as it is. Nil for what no barcode of ours says: nothing, more than 48
    /// characters, or others than printable ASCII.
    package static func canonical(_ text: String) -> String? {
        guard (1...48).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return GTIN(text)?.description ?? text
    }

    /// Whether it has a GTIN's length and digits, but not its check digit.
    package static func isMisprintedGTIN(_ text: String) -> Bool {
        [8, 12, 13, 14].contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) } && GTIN(text) == nil
    }
}
