/// A Global Trade Item Number: what a retail barcode says.
///
/// GTIN-8, -12 (UPC), -13 (EAN) and -14 are one number space, padded on the left with zeros, so a UPC scanned
/// as an EAN is the same item (GS1 General Specifications 3.3).
@frozen
package struct GTIN: Comparable {
    /// The number with its check digit.
    package let raw: Int64

    /// Reads 8, 12, 13 or 14 digits. Nil where the length, a character or the check digit is wrong, or all are zero.
    package init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard [8, 12, 13, 14].contains(digits.count), GS1CheckDigit.holds(digits),
            let value = number(digits[...]), value > 0
        else { return nil }
        raw = Int64(value)
    }

    /// Fourteen digits.
    package var gtin14: String { zeroPadded(raw, to: 14) }

    /// The first of the fourteen digits: 0 for an each, 1 to 8 for a case or pallet of it, 9 for variable measure.
    package var indicator: Int { Int(raw / 10_000_000_000_000) }

    @inlinable package static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
}

extension GTIN: WrittenAsText {
    package static let form = "a GTIN of 8, 12, 13 or 14 digits with its check digit"

    /// The shortest of the four lengths that holds it.
    package var description: String {
        switch raw {
        case ..<100_000_000: zeroPadded(raw, to: 8)
        case ..<1_000_000_000_000: zeroPadded(raw, to: 12)
        case ..<10_000_000_000_000: zeroPadded(raw, to: 13)
        default: gtin14
        }
    }
}
