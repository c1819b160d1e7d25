import Facilities
import Kernel
import Merchants
import Store

/// A merchant that rows may refer to.
struct KnownMerchant: Sendable {
    /// Nil: it stands in the files alone.
    let id: MerchantID?

    static func find(_ codes: [String], _ pass: CheckPass) throws -> [String: KnownMerchant] {
        let marks = try pass.scratch.find(codes, in: "merchant")
        let stored = try pass.store.readBlocking { try Merchant.find(codes: codes, in: $0) }
        var known = marks.mapValues { _ in KnownMerchant(id: nil) }
        for (code, merchant) in stored { known[code] = KnownMerchant(id: merchant.id) }
        return known
    }
}

/// A SKU that rows may refer to.
struct KnownSKU: Sendable {
    /// Nil: it stands in the files alone.
    let id: SKUID?
    let isLotTracked: Bool
    let isKit: Bool

    /// What the mark of a SKU of the files says.
    static func mark(lotTracked: Bool) -> String { lotTracked ? "lot" : "" }

    /// By merchant code and SKU code joined (`RowKey`). What the files say counts before what the catalogue does.
    static func find(
        _ keys: Set<String>, _ merchants: [String: KnownMerchant], _ pass: CheckPass
    ) throws -> [String: KnownSKU] {
        let stored = try inCatalogue(keys, merchants, pass)
        var known = stored.mapValues { KnownSKU(id: $0.id, isLotTracked: $0.lotTracked, isKit: $0.isKit) }
        for (key, mark) in try pass.scratch.find(keys, in: "sku") {
            known[key] = KnownSKU(id: known[key]?.id, isLotTracked: mark.value == Self.mark(lotTracked: true), isKit: false)
        }
        return known
    }

    static func inCatalogue(
        _ keys: Set<String>, _ merchants: [String: KnownMerchant], _ pass: CheckPass
    ) throws -> [String: SKUFacts] {
        var codes: [SKUCode: String] = [:]
        for key in keys {
            let parts = RowKey.split(key)
            if let id = merchants[parts[0]]?.id { codes[SKUCode(id, parts[1])] = key }
        }
        guard !codes.isEmpty else { return [:] }
        let wanted = codes.keys.sorted { ($0.merchant, $0.code) < ($1.merchant, $1.code) }
        let facts = try pass.store.readBlocking { try Catalog.facts(codes: wanted, in: $0) }
        return Dictionary(uniqueKeysWithValues: facts.compactMap { code, facts in codes[code].map { ($0, facts) } })
    }
}

/// The locations that rows may refer to, by site code and location code joined (`RowKey`).
enum KnownLocations {
    static func find(_ keys: Set<String>, in tx: Transaction) throws -> [String: Location] {
        let parts = keys.sorted().map(RowKey.split)
        let sites = try Site.find(codes: Set(parts.map { $0[0] }).sorted(), in: tx)
        var known: [String: Location] = [:]
        for (code, site) in sites.sorted(by: { $0.key < $1.key }) {
            let wanted = parts.filter { $0[0] == code }.map { $0[1] }
            for (location, found) in try Locations.find(wanted, at: site.id, in: tx) {
                known[RowKey.join(code, location)] = found
            }
        }
        return known
    }
}
