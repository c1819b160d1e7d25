import Kernel
import Store

/// Creates a merchant's SKUs, and brings those it has to what is stated now.
package enum UpsertSKUs {
    /// What became of one SKU.
    package struct Saved: Hashable, Sendable {
        package enum Change: Hashable, Sendable {
            case created
            case changed
            /// It stood so already: nothing was written.
            case same
        }

        package let id: SKUID
        package let change: Change

        package init(id: SKUID, change: Change) {
            self.id = id
            self.change = change
        }
    }

    /// All are saved, or none: answers them in the order given.
    ///
    /// What is stated replaces what was, packaging levels and barcodes that are not named any more included; a size or
    /// weight that is not stated stays as known. Emits `sku.saved` for each that was created or changed.
    package static func run(
        _ skus: [NewSKU], of merchant: MerchantID, occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> [Saved] {
        // The merchant's row is the lock under which codes and barcodes stay unique.
        let owner: MerchantID? = try tx.value("SELECT id FROM merchant WHERE id = \(merchant) \(.forUpdate)")
        guard owner != nil else { throw Refused.merchantUnknown(merchant) }
        try NewSKUCheck.check(skus)
        let known = try KnownSKUs.load(for: skus, of: merchant, in: tx)
        try known.check(skus)
        let ids = skus.map { known.skus[$0.code]?.id ?? tx.id() }
        let components = try known.componentIDs(of: skus, ids: ids)
        var saved: [Saved] = [], changed: [SKU] = []
        for (index, new) in skus.enumerated() {
            let before = known.skus[new.code]
            let sku = new.sku(ids[index], of: merchant, before: before, components: components[index])
            saved.append(Saved(id: sku.id, change: before == nil ? .created : sku == before ? .same : .changed))
            if sku != before { changed.append(sku) }
        }
        if !changed.isEmpty { try CatalogVersion.bump([merchant], in: tx) }
        try SKUWriter.write(changed, replacing: changed.map(\.id).filter(known.ids.contains), in: tx)
        for sku in changed {
            let isNew = !known.ids.contains(sku.id)
            tx.emit(MerchantsEvents.skuSaved(sku, isNew: isNew, occurred: occurred ?? tx.now, actor: actor))
        }
        return saved
    }
}

extension NewSKU {
    /// What the catalogue will hold.
    func sku(_ id: SKUID, of merchant: MerchantID, before: SKU?, components: [KitComponent]) -> SKU {
        SKU(
            id: id, merchant: merchant, code: code, name: name, flags: flags, dangerousGoods: dangerousGoods,
            hsCode: hsCode, origin: origin, valueMinor: valueMinor, lotTracked: lotTracked, serialTracked: serialTracked,
            maySplit: maySplit && !components.isEmpty, packaging: components.isEmpty ? levels(before: before) : [],
            components: components.sorted { $0.sku < $1.sku })
    }

    private func levels(before: SKU?) -> [PackagingLevel] {
        let stated = packaging.contains { $0.kind == .each } ? packaging : packaging + [Level()]
        return stated.sorted { $0.kind < $1.kind }.map { level in
            let known = before?.packaging.first { $0.kind == level.kind }
            let dimensions = level.dimensions ?? known?.dimensions, weight = level.weight ?? known?.weight
            let stands = dimensions == known?.dimensions && weight == known?.weight
            return PackagingLevel(
                level.kind, units: level.units, dimensions: dimensions, weight: weight,
                measured: stands ? known?.measured : nil, barcodes: level.barcodes.compactMap(Barcode.canonical).sorted())
        }
    }
}
