/// The files of the program's own layout.
enum WaybillForms {
    static let merchants = FileForm(name: "merchants", required: ["code", "name", "currency"], optional: [])

    static let skus = FileForm(
        name: "skus", required: ["merchant", "sku", "name"],
        optional: [
            "length_mm", "width_mm", "height_mm", "weight_g", "fragile", "liquid", "this_side_up", "own_container", "hs_code",
            "origin", "value_minor", "lot_tracked", "serial_tracked", "un_number", "dg_class", "packing_group",
            "limited_quantity", "battery", "battery_mwh",
        ])

    static let barcodes = FileForm(
        name: "barcodes", required: ["merchant", "sku", "barcode"], optional: ["level", "units"])

    static let stock = FileForm(
        name: "stock", required: ["merchant", "sku", "site", "location", "quantity"], optional: ["lot", "expires"])

    static let orders = FileForm(
        name: "orders", required: ["merchant", "number", "placed_at", "currency", "country"],
        optional: [
            "channel", "payment", "deliver_by", "total_minor", "kind", "destination_code", "region", "district", "city",
            "postal_code", "postal_area", "latitude", "longitude", "name", "company", "phone", "email", "street", "note",
        ])

    static let lines = FileForm(
        name: "order_lines", required: ["merchant", "number", "sku", "quantity", "unit_price_minor"],
        optional: ["channel", "discount_minor", "shipping_minor", "tax_minor", "channel_unit"])

    /// In the order in which they are read.
    static let all = [merchants, skus, barcodes, stock, orders, lines]
    /// Those whose rows are staged one by one; the others go with them.
    static let staged: Set = [merchants.name, skus.name, stock.name, orders.name]

    /// The channel of orders that name none.
    static let channel = "import"
    /// 0 to this many minor units, as an order's money.
    static let money: ClosedRange<Int64> = 0...1_000_000_000_000
}
