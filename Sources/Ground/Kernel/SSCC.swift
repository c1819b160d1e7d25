/// A Serial Shipping Container Code: the eighteen digits on the label of a parcel, pallet or trailer.
///
/// Extension digit, GS1 company prefix, serial reference, check digit (GS1 General Specifications 2.2.1). Where the
/// prefix ends cannot be told from the number.
@frozen
package struct SSCC: Comparable {
    /// The number with its check digit.
    package let raw: Int64

    /// Digits of the prefix and the serial together.
    private static let room = 16
    package static let prefixLengths = 7...10

    /// Reads eighteen digits. Nil where the length, a character or the check digit is wrong.
    package init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 18, GS1CheckDigit.holds(digits), let value = number(digits[...]) else { return nil }
        raw = Int64(value)
    }

    private init(raw: Int64) { self.raw = raw }

    /// The code of the serial under a company's prefix.
    ///
    /// - Parameters:
    ///   - extension: 0 to 9, free for the company to use.
    ///   - prefix: the GS1 company prefix, 7 to 10 digits.
    ///   - serial: from 0; has the digits that the prefix leaves of sixteen.
    /// - Throws: a refusal of the extension, the prefix or the serial, in this order.
    package static func make(extension: Int, prefix: String, serial: Int64) throws(InvalidInput) -> SSCC {
        guard (0...9).contains(`extension`) else {
            throw InvalidInput(field: "/extension", "An SSCC's extension is one digit, not \(`extension`).")
        }
        let digits = Array(prefix.utf8)
        guard prefixLengths.contains(digits.count), let company = number(digits[...]) else {
            throw InvalidInput(field: "/prefix", "A company prefix has 7 to 10 digits; '\(prefix)' has not.")
        }
        let serials = powerOfTen(room - digits.count)
        guard (0..<serials).contains(serial) else {
            throw InvalidInput(field: "/serial", "The serial \(serial) is not within 0 to \(serials - 1).")
        }
        let body = Int64(`extension`) * powerOfTen(room) + Int64(company) * serials + serial
        let check = GS1CheckDigit.after(zeroPadded(body, to: 17).utf8)
        return SSCC(raw: body * 10 + Int64(check - UInt8(ascii: "0")))
    }

    @inlinable package static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
}

extension SSCC: WrittenAsText {
    package static let form = "an SSCC of 18 digits with its check digit"
    package var description: String { zeroPadded(raw, to: 18) }
}

private func powerOfTen(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
