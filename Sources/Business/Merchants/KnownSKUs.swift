import Kernel
import Store

/// What the catalogue holds of the SKUs to be saved, and of what they name.
struct KnownSKUs {
    /// By code, those to be saved that exist.
    let skus: [String: SKU]
    let ids: Set<SKUID>
    /// By code, the components that stand outside of what is saved.
    private let components: [String: SKUFacts]
    /// Barcodes that SKUs outside of what is saved carry.
    private let taken: Set<String>

    static func load(for new: [NewSKU], of merchant: MerchantID, in tx: Transaction) throws -> KnownSKUs {
        let codes = try Catalog.skus(codes: new.map { SKUCode(merchant, $0.code) }, in: tx)
        let found = try Catalog.find(codes.values.sorted(), in: tx)
        let skus = Dictionary(uniqueKeysWithValues: found.values.map { ($0.code, $0) })
        let named = Set(new.flatMap { $0.components.map(\.code) }).subtracting(new.map(\.code)).sorted()
        let components = try named.isEmpty ? [:] : Catalog.facts(codes: named.map { SKUCode(merchant, $0) }, in: tx)
        return KnownSKUs(
            skus: skus, ids: Set(found.keys),
            components: Dictionary(uniqueKeysWithValues: components.map { ($0.key.code, $0.value) }),
            taken: try barcodes(of: new, merchant: merchant, outside: Set(found.keys), in: tx))
    }

    private static func barcodes(
        of new: [NewSKU], merchant: MerchantID, outside saved: Set<SKUID>, in tx: Transaction
    ) throws -> Set<String> {
        let wanted = new.flatMap { $0.packaging.flatMap { $0.barcodes.compactMap(Barcode.canonical) } }
        guard !wanted.isEmpty else { return [] }
        let found = try tx.query(
            "SELECT code, sku FROM barcode WHERE merchant = \(merchant) AND code IN \(list: wanted) ORDER BY code"
        ) { (try $0.next(String.self), try $0.next(SKUID.self)) }
        return Set(found.filter { !saved.contains($0.1) }.map(\.0))
    }

    /// SKU by SKU in their order; for each in the order of `UpsertSKUs.Refused`.
    func check(_ new: [NewSKU]) throws(UpsertSKUs.Refused) {
        let kits = Set(new.filter { !$0.components.isEmpty }.map(\.code)), batch = Set(new.map(\.code))
        for (index, sku) in new.enumerated() {
            let at = "/skus/\(index)"
            for (level, packaging) in sku.packaging.enumerated() {
                for (position, code) in packaging.barcodes.enumerated() where isTaken(code) {
                    throw .barcodeTaken(field: "\(at)/packaging/\(level)/barcodes/\(position)", code: code)
                }
            }
            for (position, component) in sku.components.enumerated() {
                let field = "\(at)/components/\(position)/code", code = component.code
                guard batch.contains(code) || components[code] != nil else {
                    throw .componentUnknown(field: field, code: code)
                }
                if kits.contains(code) || components[code]?.isKit == true {
                    throw .componentIsKit(field: field, code: code)
                }
            }
            if let before = skus[sku.code], before.isKit == sku.components.isEmpty {
                throw .kitChanged(field: at + "/components", code: sku.code)
            }
        }
    }

    private func isTaken(_ barcode: String) -> Bool { Barcode.canonical(barcode).map(taken.contains) ?? false }

    /// The components of each SKU by id, after `check`.
    ///
    /// - Parameter ids: of `new`, in their order.
    func componentIDs(of new: [NewSKU], ids: [SKUID]) throws -> [[KitComponent]] {
        let batch = Dictionary(uniqueKeysWithValues: zip(new.map(\.code), ids))
        return try new.map { sku in
            try sku.components.map { component in
                guard let id = batch[component.code] ?? components[component.code]?.id else {
                    throw StoreError.unexpected("the component '\(component.code)' vanished between check and write")
                }
                return KitComponent(sku: id, quantity: component.quantity, priceWeight: component.priceWeight)
            }
        }
    }
}
