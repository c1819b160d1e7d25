import Crypto
import Identity
import Kernel
import Orders
import Store

extension OrderRequest {
    /// SHA-256 over all that was asked for but the moment it was sent: a repeated request has the same.
    var contentHash: String {
        var content = ContentBytes()
        content.add(merchant.raw)
        for text in [channel, number, way.rawValue, currency.code, labelIssuer.rawValue] { content.add(text) }
        content.bytes += person?.canonicalText ?? Array("null".utf8)
        for text in [to.kind.rawValue, to.code, to.country, to.region, to.district, to.city, to.postalArea] { content.add(text) }
        for line in lines {
            content.add(line.sku)
            for number in [line.quantity.rawValue, line.unitPrice, line.discount, line.shipping, line.tax] { content.add(number) }
            content.add(line.channelUnit)
        }
        content.add(pool)
        for hold in holds { content.add(hold.raw) }
        if let label { for text in label.content { content.add(text) } }
        return SHA256.hash(data: content.bytes).withUnsafeBytes { hash in
            String(unsafeUninitializedCapacity: 64) { text in
                for (index, byte) in hash.enumerated() {
                    text[2 * index] = hexDigit(byte >> 4)
                    text[2 * index + 1] = hexDigit(byte & 15)
                }
                return 64
            }
        }
    }

    private var to: Destination { destination }
}

extension SuppliedLabel {
    /// All of it, its document by its hash.
    fileprivate var content: [String?] {
        [
            number, carrier, url, document.map { $0.mediaType + " " + SealedDocuments.hash($0.bytes) },
            validUntil.map { $0.description },
        ]
    }
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

/// Values one behind the other so that no two sequences of them read alike: texts are quoted, numbers end in a comma.
private struct ContentBytes {
    var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(800) }

    mutating func add(_ text: String?) {
        if let text { JSON.write(text, to: &bytes) } else { bytes += "null".utf8 }
    }

    mutating func add(_ number: Int64) {
        bytes += String(number).utf8
        bytes.append(UInt8(ascii: ","))
    }
}

extension Destination {
    var json: JSON {
        [
            "kind": .string(kind.rawValue), "code": code.map(JSON.string) ?? .null, "country": .string(country),
            "region": .string(region), "district": .string(district), "city": .string(city), "area": .string(postalArea),
        ]
    }
}

extension PlacedOrder {
    /// The answers that these orders were given, as far as they are still known: what waits now and what has goods.
    static func load(_ ids: [OrderID], in tx: Transaction) throws -> [OrderID: PlacedOrder] {
        guard !ids.isEmpty else { return [:] }
        let records = try OrderRecords.load(ids, in: tx)
        let components = Dictionary(grouping: try OrderRecords.components(of: ids, in: tx), by: \.order)
        let fulfillments = Dictionary(grouping: try Fulfillments.of(ids, in: tx), by: \.order)
        return records.mapValues { one in
            let units = components[one.id] ?? []
            return PlacedOrder(
                order: one.id, number: one.number, isRepeat: true, shipBy: fulfillments[one.id]?.map(\.shipBy).max(),
                promisedBy: one.promisedBy, reserved: units.reduce(0) { $0 + $1.ordered - $1.waiting },
                waiting: units.reduce(0) { $0 + $1.waiting }, sites: (fulfillments[one.id] ?? []).map(\.site))
        }
    }
}
