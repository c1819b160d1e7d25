/// An ISO 4217 currency, by its three-letter code.
@frozen
package struct Currency: Hashable, Sendable {
    package let code: String

    /// Nil unless three capital letters of a currency in `exponents`.
    package init?(_ code: some StringProtocol) {
        let code = String(code)
        guard Self.exponents[code] != nil else { return nil }
        self.code = code
    }

    /// Digits after the point of the major unit: 2 for EUR, 0 for JPY, 3 for KWD.
    package var exponent: Int { Self.exponents[code] ?? 2 }

    /// ISO 4217 list one, active currencies of circulation.
    package static let exponents: [String: Int] = {
        let two = """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY \
            COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR \
            ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK \
            MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP \
            SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR \
            ZMW ZWG
            """
        let none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
        let three = "BHD IQD JOD KWD LYD OMR TND"
        var table: [String: Int] = [:]
        for (list, exponent) in [(two, 2), (none, 0), (three, 3)] {
            for code in list.split(separator: " ") { table[String(code)] = exponent }
        }
        return table
    }()
}

extension Currency: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let currency = Self(text) else {
            throw DecodingError.dataCorrupted(.init(
                codingPath: decoder.codingPath, debugDescription: "'\(text)' is not an ISO 4217 currency code"))
        }
        self = currency
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

/// An amount in minor units of a currency. Amounts of two currencies never add: that traps.
@frozen
package struct Money: Hashable, Sendable, Codable {
    /// Cents of EUR, yen of JPY, fils of KWD.
    package var minor: Int64
    package var currency: Currency

    @inlinable package init(_ minor: Int64, _ currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    @inlinable package static func + (a: Self, b: Self) -> Self {
        precondition(a.currency == b.currency, "\(a.currency.code) and \(b.currency.code) never add")
        return Self(a.minor + b.minor, a.currency)
    }

    @inlinable package static func - (a: Self, b: Self) -> Self { a + Self(-b.minor, b.currency) }
}

extension Money: CustomStringConvertible {
    /// `12.30 EUR`.
    package var description: String {
        let exponent = currency.exponent
        let digits = String(minor.magnitude)
        let padded = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
        let point = padded.index(padded.endIndex, offsetBy: -exponent)
        let number = exponent == 0 ? padded : padded[..<point] + "." + padded[point...]
        return "\(minor < 0 ? "-" : "")\(number) \(currency.code)"
    }

    /// Splits `total` by `weights` so that the parts add up to it exactly: each part is rounded down and what
    /// is left goes, one minor unit each, to the largest remainders (ties to the earlier part).
    /// All weights zero: equal shares. Empty weights: no parts.
    package static func split(_ total: Int64, by weights: [Int64]) -> [Int64] {
        guard !weights.isEmpty else { return [] }
        precondition(weights.allSatisfy { $0 >= 0 }, "a weight is not negative")
        let sum = weights.reduce(0, +)
        let shares = sum == 0 ? [Int64](repeating: 1, count: weights.count) : weights
        let whole = sum == 0 ? Int64(weights.count) : sum
        var parts: [Int64] = [], remainders: [(Int64, Int)] = []
        for (index, share) in shares.enumerated() {
            let product = total.magnitude.multipliedFullWidth(by: share.magnitude)
            let (quotient, remainder) = whole.magnitude.dividingFullWidth(product)
            parts.append(Int64(quotient))
            remainders.append((Int64(remainder), index))
        }
        let left = Int64(total.magnitude) - parts.reduce(0, +)
        for (_, index) in remainders.sorted(by: { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1 < $1.1 }).prefix(Int(left)) {
            parts[index] += 1
        }
        return total < 0 ? parts.map(-) : parts
    }
}
