/// A code of the Harmonized System: six digits the world shares, up to four more of a nation's tariff.
@frozen
package struct HSCode: Comparable {
    /// Six to ten digits, without dots.
    package let digits: String

    /// Reads `847130`, `8471.30` or `8471.30.0100`. Nil where there are not six to ten digits (dots and spaces between
    /// them aside) or no such chapter: 1 to 99 without the reserved 77.
    package init?(_ text: some StringProtocol) {
        let digits = text.utf8.filter { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: " ") }
        guard (6...10).contains(digits.count), number(digits[...]) != nil,
            let chapter = number(digits[..<2]), chapter > 0, chapter != 77
        else { return nil }
        self.digits = String(decoding: digits, as: UTF8.self)
    }

    package var chapter: String { String(digits.prefix(2)) }
    package var heading: String { String(digits.prefix(4)) }
    /// The six digits that mean the same in every country.
    package var subheading: String { String(digits.prefix(6)) }

    /// Whether `other` is this code or a finer one under it.
    package func covers(_ other: HSCode) -> Bool { other.digits.utf8.starts(with: digits.utf8) }

    package static func < (a: Self, b: Self) -> Bool { a.digits < b.digits }
}

extension HSCode: WrittenAsText {
    package static let form = "an HS code of 6 to 10 digits"
    package var description: String { digits }
}
