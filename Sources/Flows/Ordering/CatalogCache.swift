import Kernel
import Merchants
import Store
import Synchronization

/// The facts of what is ordered: of SKUs by their merchants' numbers, and of what kits consist of.
package struct GoodsFacts: Sendable {
    struct Entry: Sendable {
        let facts: SKUFacts
        var kit: [KitComponent] = []
        /// Of the components of a kit.
        var parts: [SKUID: SKUFacts] = [:]
    }

    private var entries: [SKUCode: Entry] = [:]

    subscript(_ code: SKUCode) -> Entry? { entries[code] }

    /// The SKUs that lie on shelves, each once: plain ones, and the parts of kits.
    var stocked: Set<SKUID> {
        entries.values.reduce(into: []) { all, entry in
            if entry.facts.isKit { all.formUnion(entry.parts.keys) } else { all.insert(entry.facts.id) }
        }
    }

    mutating func add(_ entry: Entry, as code: SKUCode) { entries[code] = entry }
}

/// Keeps the facts of SKUs that were ordered, for all threads of a process, while their merchant's catalogue stands as it is.
package final class CatalogCache: Sendable {
    private struct Shelf {
        let version: Int64
        var entries: [String: GoodsFacts.Entry] = [:]
    }

    private let shelves = Mutex<[MerchantID: Shelf]>([:])
    /// SKUs of one merchant that are kept; beyond that it begins anew.
    private static let limit = 100_000

    package init() {}

    /// The facts of those SKUs that exist.
    ///
    /// - Parameter merchants: as this transaction read them; a catalogue that changed since is read anew.
    func facts(_ codes: Set<SKUCode>, of merchants: [MerchantID: Merchant], in tx: Transaction) throws -> GoodsFacts {
        var found = GoodsFacts(), missing: [SKUCode] = []
        shelves.withLock { shelves in
            for code in codes {
                if let merchant = merchants[code.merchant], let shelf = shelves[code.merchant],
                    shelf.version == merchant.catalog, let entry = shelf.entries[code.code]
                {
                    found.add(entry, as: code)
                } else {
                    missing.append(code)
                }
            }
        }
        guard !missing.isEmpty else { return found }
        let read = try Self.read(missing, in: tx)
        for (code, entry) in read { found.add(entry, as: code) }
        keep(read, merchants)
        return found
    }

    private func keep(_ read: [SKUCode: GoodsFacts.Entry], _ merchants: [MerchantID: Merchant]) {
        shelves.withLock { shelves in
            for (code, entry) in read {
                guard let version = merchants[code.merchant]?.catalog else { continue }
                let isOld = shelves[code.merchant].map { $0.version != version || $0.entries.count >= Self.limit } ?? true
                if isOld { shelves[code.merchant] = Shelf(version: version) }
                shelves[code.merchant]?.entries[code.code] = entry
            }
        }
    }

    private static func read(_ codes: [SKUCode], in tx: Transaction) throws -> [SKUCode: GoodsFacts.Entry] {
        let facts = try Catalog.facts(codes: codes, in: tx)
        let kits = try Catalog.kits(of: facts.values.filter(\.isKit).map(\.id).sorted(), in: tx)
        let parts = try Catalog.facts(of: Set(kits.values.flatMap { $0.map(\.sku) }).sorted(), in: tx)
        return facts.mapValues { one in
            let kit = kits[one.id] ?? []
            let own = kit.compactMap { part in parts[part.sku].map { (part.sku, $0) } }
            return GoodsFacts.Entry(facts: one, kit: kit, parts: Dictionary(own, uniquingKeysWith: { first, _ in first }))
        }
    }
}
