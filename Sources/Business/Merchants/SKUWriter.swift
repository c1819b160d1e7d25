import Kernel
import Store

/// Writes whole SKUs over their tables.
enum SKUWriter {
    /// - Parameter replacing: those of `skus` that stood there before.
    static func write(_ skus: [SKU], replacing: [SKUID], in tx: Transaction) throws {
        let skus = skus.sorted { $0.id < $1.id }
        if !replacing.isEmpty {
            try tx.run("DELETE FROM packaging_level WHERE sku IN \(list: replacing)")
            try tx.run("DELETE FROM barcode WHERE sku IN \(list: replacing)")
            try tx.run("DELETE FROM kit_component WHERE kit IN \(list: replacing)")
        }
        try writeMasters(skus, in: tx)
        try writePackaging(skus, in: tx)
        try writeBarcodes(skus, in: tx)
        try writeComponents(skus, in: tx)
    }

    private static func writeMasters(_ skus: [SKU], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "merchant": .int, "code": .text, "name": .text, "hs": .text, "origin": .text, "value": .int,
            "fragile": .int, "liquid": .int, "up": .int, "own": .int, "lot": .int, "serial": .int, "un": .text,
            "class": .text, "pg": .text, "limited": .int, "battery": .text, "mwh": .int, "kit": .int,
            "split": .int,
        ])
        for sku in skus {
            let goods = sku.dangerousGoods, flags = sku.flags
            rows.add(
                sku.id, sku.merchant, sku.code, sku.name, sku.hsCode?.description, sku.origin?.description, sku.valueMinor,
                flags.fragile, flags.liquid, flags.thisSideUp, flags.ownContainer, sku.lotTracked, sku.serialTracked,
                goods?.unNumber, goods?.hazardClass, goods?.packingGroup, goods?.limitedQuantity ?? false,
                goods?.battery?.kind, goods?.battery?.milliwattHours, sku.isKit, sku.maySplit)
        }
        try tx.run(
            """
            INSERT INTO sku (id, merchant, code, name, hs_code, origin, value_minor, fragile, liquid, this_side_up,
                own_container, lot_tracked, serial_tracked, un_number, dg_class, packing_group, limited_quantity, battery,
                battery_mwh, is_kit, kit_may_split, created_at)
            SELECT v.id, v.merchant, v.code, v.name, v.hs, v.origin, v.value, v.fragile, v.liquid, v.up, v.own, v.lot,
                v.serial, v.un, v.class, v.pg, v.limited, v.battery, v.mwh, v.kit, v.split, \(tx.now)
            FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, hs_code = excluded.hs_code, origin = excluded.origin,
                value_minor = excluded.value_minor, fragile = excluded.fragile, liquid = excluded.liquid,
                this_side_up = excluded.this_side_up, own_container = excluded.own_container,
                lot_tracked = excluded.lot_tracked, serial_tracked = excluded.serial_tracked,
                un_number = excluded.un_number, dg_class = excluded.dg_class, packing_group = excluded.packing_group,
                limited_quantity = excluded.limited_quantity, battery = excluded.battery,
                battery_mwh = excluded.battery_mwh, kit_may_split = excluded.kit_may_split
            """)
    }

    private static func writePackaging(_ skus: [SKU], in tx: Transaction) throws {
        var rows = Rows([
            "sku": .int, "level": .text, "units": .int, "length": .int, "width": .int, "height": .int, "weight": .int,
            "measured": .int,
        ])
        for sku in skus {
            for level in sku.packaging {
                let size = level.dimensions
                rows.add(
                    sku.id, level.kind, level.units, size?.length, size?.width, size?.height, level.weight, level.measured)
            }
        }
        try tx.run(
            """
            INSERT INTO packaging_level (sku, level, units, length_mm, width_mm, height_mm, weight_g, measured_at)
            \(rows: rows)
            """)
    }

    private static func writeBarcodes(_ skus: [SKU], in tx: Transaction) throws {
        var rows = Rows(["merchant": .int, "code": .text, "sku": .int, "level": .text])
        for sku in skus {
            for level in sku.packaging {
                for code in level.barcodes { rows.add(sku.merchant, code, sku.id, level.kind) }
            }
        }
        try tx.run("INSERT INTO barcode (merchant, code, sku, level) \(rows: rows)")
    }

    private static func writeComponents(_ skus: [SKU], in tx: Transaction) throws {
        var rows = Rows(["kit": .int, "sku": .int, "quantity": .int, "weight": .int])
        for sku in skus {
            for component in sku.components { rows.add(sku.id, component.sku, component.quantity, component.priceWeight) }
        }
        try tx.run("INSERT INTO kit_component (kit, sku, quantity, price_weight) \(rows: rows)")
    }
}
