/// Reads what stands in a URL: percent-encoded path segments and query strings.
enum WireText {
    /// The text meant by `encoded`. Nil where an escape is malformed, the bytes are not UTF-8 or hold NUL.
    static func decoded(_ encoded: some StringProtocol, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = encoded.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexDigit), let low = rest.next().flatMap(hexDigit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }

    /// The parameters of a query string, each name once.
    static func query(_ text: String?) throws(InvalidRequest) -> WireValue {
        var parameters: [String: WireValue] = [:]
        for pair in (text ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0], plusIsSpace: true),
                let value = decoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { throw InvalidRequest("The query string is not percent-encoded UTF-8 without U+0000.") }
            guard parameters.updateValue(.bare(value), forKey: name) == nil else {
                throw InvalidRequest(parameter: name, "'\(name)' stands twice in the query; give it once.")
            }
        }
        return .object(parameters)
    }
}
