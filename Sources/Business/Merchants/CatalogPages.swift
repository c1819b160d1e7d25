import Kernel
import Store

extension Catalog {
    /// Whole SKUs by id, with packaging, barcodes and components; those that do not exist are absent. Four queries.
    package static func find(_ ids: some Sequence<SKUID>, in tx: Transaction) throws -> [SKUID: SKU] {
        let ids = Array(ids)
        let levels = try packaging(of: ids, in: tx)
        let components = try kits(of: ids, in: tx)
        let found = try tx.query(
            """
            SELECT id, merchant, code, name, fragile, liquid, this_side_up, own_container, un_number, dg_class,
                packing_group, limited_quantity, battery, battery_mwh, hs_code, origin, value_minor, lot_tracked,
                serial_tracked, kit_may_split
            FROM sku WHERE id IN \(list: ids) ORDER BY id
            """
        ) { row in
            let id = try row.next(SKUID.self)
            return try SKU(
                id: id, merchant: row.next(), code: row.next(), name: row.next(), flags: row.nextFlags(),
                dangerousGoods: row.nextDangerousGoods(), hsCode: row.nextWritten(), origin: row.nextWritten(),
                valueMinor: row.next(), lotTracked: row.next(), serialTracked: row.next(),
                maySplit: row.next(), packaging: levels[id] ?? [], components: components[id] ?? [])
        }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }

    /// A page of a merchant's SKUs, ordered by code.
    ///
    /// - Parameters:
    ///   - code: the last code of the page before; nil for the first page.
    ///   - prefix: only those whose code begins so.
    package static func list(
        of merchant: MerchantID, after code: String? = nil, prefix: String = "", limit: Int, in tx: Transaction
    ) throws -> [SKU] {
        // Codes are printable ASCII, all of it below DEL.
        let ids = try tx.values(
            """
            SELECT id FROM sku WHERE merchant = \(merchant) AND code > \(code ?? "")
                AND code >= \(prefix) AND code < \(prefix + "\u{7F}")
            ORDER BY code LIMIT \(limit)
            """, as: SKUID.self)
        let found = try find(ids, in: tx)
        return ids.compactMap { found[$0] }
    }

    private static func packaging(of ids: [SKUID], in tx: Transaction) throws -> [SKUID: [PackagingLevel]] {
        let barcodes = try tx.query(
            "SELECT sku, level, code FROM barcode WHERE sku IN \(list: ids) ORDER BY sku, level, code"
        ) { (LevelKey(sku: try $0.next(), kind: try $0.next()), try $0.next(String.self)) }
        let codes = Dictionary(grouping: barcodes, by: \.0).mapValues { $0.map(\.1) }
        let levels = try tx.query(
            """
            SELECT sku, level, units, length_mm, width_mm, height_mm, weight_g, measured_at FROM packaging_level
            WHERE sku IN \(list: ids) ORDER BY sku, level
            """
        ) { row in
            let key = LevelKey(sku: try row.next(), kind: try row.next())
            let level = try PackagingLevel(
                key.kind, units: row.next(), dimensions: row.nextDimensions(), weight: row.next(), measured: row.next(),
                barcodes: codes[key] ?? [])
            return (key.sku, level)
        }
        return Dictionary(grouping: levels, by: \.0).mapValues { $0.map(\.1).sorted { $0.kind < $1.kind } }
    }
}

/// A level of one SKU.
struct LevelKey: Hashable {
    let sku: SKUID
    let kind: PackagingLevel.Kind
}
