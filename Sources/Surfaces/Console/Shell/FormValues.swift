import Kernel

/// What a form sent, by name (application/x-www-form-urlencoded). What was not sent is empty.
package struct FormValues: Sendable {
    private let values: [String: String]

    init(_ values: [String: String] = [:]) { self.values = values }

    /// Nil where the text is not percent-encoded UTF-8. Of a name that comes twice the last one holds.
    init?(encoded text: some StringProtocol) {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "") else { return nil }
            values[name] = value
        }
        self.values = values
    }

    /// Without outer spaces.
    package subscript(_ name: String) -> String {
        let text = values[name] ?? ""
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// As it was typed.
    package func exact(_ name: String) -> String { values[name] ?? "" }

    /// Nil where it was left empty.
    package func optional(_ name: String) -> String? { self[name].isEmpty ? nil : self[name] }

    package func isOn(_ name: String) -> Bool { self[name] == "yes" }

    /// - Throws: a refusal at the field, where it is no whole number.
    package func number(_ name: String) throws -> Int64 {
        guard let number = Int64(self[name]) else {
            throw InvalidInput(field: "/\(name)", "'\(self[name])' is not a whole number.")
        }
        return number
    }

    /// An amount as people write it: `12.50` or `12,50`, without thousands.
    /// - Throws: a refusal at the field, where it is none, or finer than the currency.
    package func money(_ name: String, _ currency: Currency) throws -> Money {
        let parts = self[name].split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }.map(String.init)
        let fraction = parts.count == 2 ? parts[1] : ""
        let digits = (parts.first ?? "") + fraction + String(repeating: "0", count: max(0, currency.exponent - fraction.count))
        guard (1...2).contains(parts.count), fraction.count <= currency.exponent, parts.count == 1 || !fraction.isEmpty,
            digits.allSatisfy({ ("0"..."9").contains($0) }), digits.count <= 15, let minor = Int64(digits)
        else {
            throw InvalidInput(field: "/\(name)", "'\(self[name])' is no amount in \(currency.code), such as \(Money(1250, currency)).")
        }
        return Money(minor, currency)
    }

    /// - Throws: a refusal at the field, where it is no such id.
    package func id<Tag>(_ name: String, _: ID<Tag>.Type = ID<Tag>.self) throws -> ID<Tag> {
        guard let id = ID<Tag>(self[name]) else {
            throw InvalidInput(field: "/\(name)", "'\(self[name])' is not an id of the form \(Tag.prefix)_….")
        }
        return id
    }

    /// - Throws: a refusal at the field, where it is none of the cases.
    package func choice<Choice: RawRepresentable<String>>(_ name: String, _: Choice.Type = Choice.self) throws -> Choice {
        guard let choice = Choice(rawValue: self[name]) else {
            throw InvalidInput(field: "/\(name)", "'\(self[name])' is not one of the choices.")
        }
        return choice
    }

    var all: [String: String] { values }

    static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = [], rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(Self.digit), let low = rest.next().flatMap(Self.digit) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    package static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 128, scalar.properties.isAlphabetic || (48...57).contains(byte) || "-_.~".unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) }
}
