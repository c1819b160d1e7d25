import Kernel

@testable import HTTPAPI

/// Orders as JSON, made up from a seed, and ways to spoil them.
enum SampleOrders {
    private static let words = ["Ada", "Łódź", "北京", "", "a\\\"b", "tab\\t", "\\u00fc\\ud83d\\ude00", "Straße 5/2", "😀", "x'y"]

    private static func word(_ random: inout SeededRandom) -> String { "\"\(words[random.below(words.count)])\"" }
    private static func some(_ random: inout SeededRandom) -> String { "\"n\(random.below(1000))\"" }
    private static func number(_ random: inout SeededRandom) -> String { "\(random.below(random.below(2) == 0 ? 10 : 1_000_000) + 1)" }

    /// Members in any order, optional ones now and then, now and then null.
    private static func object(_ members: [(String, String)], optional: [(String, String)], _ random: inout SeededRandom) -> String {
        var all = members + optional.filter { _ in random.below(2) == 0 }.map { ($0.0, random.below(8) == 0 ? "null" : $0.1) }
        all.shuffle(using: &random)
        let space = [" ", "", "\n\t "][random.below(3)]
        return "{" + all.map { "\(space)\"\($0.0)\"\(space):\(space)\($0.1)" }.joined(separator: ",") + "}"
    }

    static func order(_ random: inout SeededRandom) -> String {
        let lines = (0..<1 + random.below(4)).map { _ in
            object(
                [("sku", some(&random)), ("quantity", "\(1 + random.below(9))"), ("unit_price_minor", number(&random))],
                optional: [
                    ("discount_minor", "0"), ("shipping_minor", number(&random)), ("tax_minor", number(&random)),
                    ("channel_unit", some(&random)),
                ], &random)
        }
        let street = (0..<random.below(4)).map { _ in word(&random) }.joined(separator: ",")
        let person = object(
            [
                ("name", some(&random)), ("street", "[\(street)]"), ("city", some(&random)), ("postal_code", word(&random)),
                ("country", "\"DE\""),
            ],
            optional: ["company", "phone", "email", "district", "region", "note"].map { ($0, word(&random)) }, &random)
        let place = object([("latitude", "-33868800"), ("longitude", number(&random))], optional: [], &random)
        let destination = object(
            [("country", "\"FR\""), ("city", some(&random))],
            optional: [
                ("kind", "\"pickup_point\""), ("code", some(&random)), ("region", word(&random)), ("district", word(&random)),
                ("postal_area", word(&random)), ("place", place),
            ], &random)
        return object(
            [("number", some(&random)), ("currency", "\"EUR\""), ("lines", "[\(lines.joined(separator: ","))]")],
            optional: [
                ("merchant", "\"\(MerchantID(Int64(random.below(1_000_000))))\""), ("channel", some(&random)),
                ("payment", "\"on_delivery\""), ("recipient", person), ("destination", destination),
                ("placed_at", "\"2026-11-21T05:03:00.25+01:00\""), ("deliver_by", "\"2026-12-01T00:00:00Z\""),
                ("backorder", random.below(2) == 0 ? "true" : "false"), ("label", "{\"issuer\":\"channel\"}"), ("pool", some(&random)),
                ("holds", "[\"\(HoldID(Int64(random.below(1_000_000))))\"]"),
            ], &random)
    }

    /// One to three small changes.
    static func spoil(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let odd = Array("{}[]\",:0-.e19nul\\ ".utf8) + [0, 0x1F, 0x80, 0xC3, 0xFF]
        for _ in 0..<1 + random.below(3) where !bytes.isEmpty {
            let at = random.below(bytes.count)
            switch random.below(6) {
            case 0: bytes[at] = odd[random.below(odd.count)]
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(odd[random.below(odd.count)], at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + random.below(30)))
            case 4: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + random.below(30))], at: random.below(bytes.count))
            default:
                if let digit = bytes[at...].firstIndex(where: { (48...57).contains($0) }) { bytes[digit] = UInt8(48 + random.below(10)) }
            }
        }
    }

    /// Numbers with a fraction or an exponent, and keys with escapes, are read by the general way alone.
    static func isRare(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains(/[0-9](\.|[eE])/) || text.contains("\\")
    }

    /// An item of a batch's answer.
    static func reply(_ index: Int, _ random: inout SeededRandom) -> String {
        let moments = ["\"2026-11-21T05:03:00Z\"", "\"2026-11-21T05:03:00.250000Z\""]
        if random.below(3) == 0 {
            return object(
                [("number", word(&random)), ("problem", object(
                    [("code", some(&random)), ("detail", word(&random))], optional: [("pointer", word(&random))], &random))],
                optional: [], &random)
        }
        let sites = (0..<random.below(3)).map { "\"\(SiteID(Int64($0)))\"" }.joined(separator: ",")
        let order = object(
            [
                ("id", "\"\(OrderID(Int64(index)))\""), ("number", word(&random)), ("is_repeat", index % 3 == 0 ? "true" : "false"),
                ("reserved", number(&random)), ("waiting", "0"), ("sites", "[\(sites)]"), ("tracking_path", "\"/t/\(index)-ab\""),
            ],
            optional: [("ship_by", moments[random.below(2)]), ("promised_by", moments[random.below(2)])], &random)
        return object([("number", some(&random)), ("order", order)], optional: [], &random)
    }
}
