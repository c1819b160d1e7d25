import Kernel
import Store

/// The merchants' SKUs, read set-wise: one query each, whatever the number asked for.
package enum Catalog {
    /// The ids of those that exist; the others are absent.
    package static func skus(codes: some Sequence<SKUCode>, in tx: Transaction) throws -> [SKUCode: SKUID] {
        let found = try tx.query(
            """
            SELECT s.merchant, s.code, s.id FROM (\(rows: rows(codes))) AS v
            JOIN sku s ON s.merchant = v.merchant AND s.code = v.code ORDER BY s.id
            """
        ) { (SKUCode(try $0.next(), try $0.next()), try $0.next(SKUID.self)) }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// The facts of those that exist; the others are absent.
    package static func facts(of ids: some Sequence<SKUID>, in tx: Transaction) throws -> [SKUID: SKUFacts] {
        let found = try tx.query(
            "SELECT \(factColumns) FROM sku s \(each) WHERE s.id IN \(list: ids) ORDER BY s.id", decodeFacts)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }

    /// The facts by the merchants' own numbers; those that do not exist are absent.
    package static func facts(codes: some Sequence<SKUCode>, in tx: Transaction) throws -> [SKUCode: SKUFacts] {
        let found = try tx.query(
            """
            SELECT \(factColumns) FROM (\(rows: rows(codes))) AS v
            JOIN sku s ON s.merchant = v.merchant AND s.code = v.code \(each) ORDER BY s.id
            """, decodeFacts)
        return Dictionary(found.map { (SKUCode($0.merchant, $0.code), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the kits among `ids` consist of, by SKU; plain SKUs are absent.
    package static func kits(of ids: some Sequence<SKUID>, in tx: Transaction) throws -> [SKUID: [KitComponent]] {
        let found = try tx.query(
            "SELECT kit, sku, quantity, price_weight FROM kit_component WHERE kit IN \(list: ids) ORDER BY kit, sku"
        ) {
            let kit = try $0.next(SKUID.self)
            return (kit, try KitComponent(sku: $0.next(), quantity: $0.next(), priceWeight: $0.next()))
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }

    /// What a scanned code may be: one SKU of a merchant, or of each merchant that uses it.
    ///
    /// - Parameter merchant: nil asks for the SKUs of all.
    package static func byBarcode(
        _ code: String, of merchant: MerchantID?, in tx: Transaction
    ) throws -> [BarcodeMatch] {
        guard let code = Barcode.canonical(code) else { return [] }
        var sql: SQL = """
            SELECT b.merchant, b.sku, b.level, p.units FROM barcode b
            JOIN packaging_level p ON p.sku = b.sku AND p.level = b.level WHERE b.code = \(code)
            """
        if let merchant { sql = sql + " AND b.merchant = \(merchant)" }
        return try tx.query(sql + " ORDER BY b.merchant, b.sku") {
            try BarcodeMatch(merchant: $0.next(), sku: $0.next(), level: $0.next(), units: $0.next())
        }
    }

    private static let each: SQL = "LEFT JOIN packaging_level e ON e.sku = s.id AND e.level = 'each'"

    private static let factColumns: SQL = """
        s.id, s.merchant, s.code, s.name, s.fragile, s.liquid, s.this_side_up, s.own_container,
        s.un_number, s.dg_class, s.packing_group, s.limited_quantity, s.battery, s.battery_mwh,
        s.lot_tracked, s.serial_tracked, s.is_kit, s.kit_may_split, e.length_mm, e.width_mm, e.height_mm, e.weight_g
        """

    private static func decodeFacts(_ row: inout RowReader) throws -> SKUFacts {
        try SKUFacts(
            id: row.next(), merchant: row.next(), code: row.next(), name: row.next(), flags: row.nextFlags(),
            dangerousGoods: row.nextDangerousGoods(), lotTracked: row.next(), serialTracked: row.next(),
            isKit: row.next(), maySplit: row.next(), each: row.nextDimensions(), weight: row.next())
    }

    private static func rows(_ codes: some Sequence<SKUCode>) -> Rows {
        var rows = Rows(["merchant": .int, "code": .text])
        for code in codes { rows.add(code.merchant, code.code) }
        return rows
    }
}
