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
        return SHA256.hash(data: content.bytes).withUnsafeBytes { hash in
            String(unsafeUninitializedCapacity: 64) { text in
                for (index, byte) in hash.enumerated() {
                    text[2 * index] = hexDigit(byte >> 4)
                    text[2 * index + 1] = hexDigit(byte & 15)
                }
                return 64
            }
        }
        var content: [String: JSON] = [
            "merchant": .id(merchant), "channel": .string(channel), "number": .string(number), "way": .string(way.rawValue),
            "currency": .string(currency.code), "person": person?.json ?? .null, "to": destination.json, "lines": .array(lines),
        ]
        if let pool { content["pool"] = .string(pool) }
        if !holds.isEmpty { content["holds"] = .array(holds.map(JSON.id)) }
        if labelIssuer != .carrier { content["label_issuer"] = .string(labelIssuer.rawValue) }
        if let label { content["label"] = label.content }
        return SHA256.hash(data: Array(JSON.object(content).text.utf8)).map { pad16($0) }.joined()
    }

    private var to: Destination { destination }
}

extension SuppliedLabel {
    fileprivate var content: JSON {
        [
            "number": .string(number), "carrier": .string(carrier), "url": url.map(JSON.string) ?? .null,
            "document": document.map { .string($0.mediaType + " " + SealedDocuments.hash($0.bytes)) } ?? .null,
            "valid_until": validUntil.map { .string($0.description) } ?? .null,
        ]
    }
}

private func pad16(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

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
