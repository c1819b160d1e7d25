/// The last digit of GTIN, SSCC, GLN and the other all-numeric GS1 keys.
package enum GS1CheckDigit {
    /// The check digit that follows `body`.
    ///
    /// GS1 General Specifications 7.9.1: weights 3, 1, 3 … from the right; what is missing to the next ten.
    /// - Parameter body: ASCII digits without the check digit.
    package static func after(_ body: some BidirectionalCollection<UInt8>) -> UInt8 {
        var sum = 0, weight = 3
        for digit in body.reversed() {
            sum += Int(digit & 0x0F) * weight
            weight = 4 - weight
        }
        return UInt8(ascii: "0") + UInt8((10 - sum % 10) % 10)
    }

    /// Whether all are ASCII digits and the last is the check digit of the others.
    package static func holds(_ digits: some BidirectionalCollection<UInt8>) -> Bool {
        guard digits.count > 1, digits.allSatisfy({ (48...57).contains($0) }) else { return false }
        return digits.last == after(digits.dropLast())
    }
}
