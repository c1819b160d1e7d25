import Edges
import Kernel

/// What the check keeps of a product.
struct OlistProduct: Codable {
    let size: Dimensions?
    let weight: Grams?
    let category: String

    /// A side or weight that is missing or zero is not known.
    static func parse(_ fields: inout Fields) -> OlistProduct {
        let length = side("product_length_cm", &fields), width = side("product_width_cm", &fields)
        let height = side("product_height_cm", &fields)
        let weight = fields.decimal("product_weight_g", 0, 0...100_000_000) ?? 0
        let size = length > 0 && width > 0 && height > 0 ? Dimensions(length: length, width: width, height: height) : nil
        return OlistProduct(
            size: size, weight: weight > 0 ? Grams(weight) : nil, category: fields.text("product_category_name", upTo: 300))
    }

    private static func side(_ column: String, _ fields: inout Fields) -> Millimetres {
        Millimetres(fields.decimal(column, 1, 0...100_000) ?? 0)
    }
}

/// What the check keeps of a customer: the area, as the publisher gives no more.
struct OlistCustomer: Codable {
    let postalArea: String
    let city: String
    let state: String
    let place: Coordinates?
}

/// What the check keeps of an item: one unit bought.
struct OlistItem: Codable {
    let product: String
    let seller: String
    /// Minor units.
    let price: Int64
    let freight: Int64

    static func parse(_ fields: inout Fields) -> OlistItem? {
        for column in ["price", "freight_value"] where fields.row[column].isEmpty { fields.fail(column, "is required") }
        _ = fields.required("order_id", upTo: 90)
        _ = fields.required("order_item_id", upTo: 10)
        let product = fields.required("product_id", upTo: 64), seller = fields.required("seller_id", upTo: 38)
        let price = fields.decimal("price", 2, WaybillForms.money)
        let freight = fields.decimal("freight_value", 2, WaybillForms.money)
        guard let price, let freight else { return nil }
        return OlistItem(product: product, seller: seller, price: price, freight: freight)
    }
}

/// An order's own row.
struct OlistOrder {
    let number: String
    let customer: String
    let status: OlistStatus
    let placed: Instant
    let isApproved: Bool
    let estimated: Instant?

    static func parse(_ fields: inout Fields, _ ground: OlistGround) -> OlistOrder? {
        let form = "a time of the form 2017-09-15 18:04:37"
        let number = fields.required("order_id", upTo: 90), customer = fields.required("customer_id", upTo: 90)
        let words = "one of " + OlistStatus.allCases.map(\.rawValue).joined(separator: ", ")
        let status = fields.requiredValue("order_status", words) { OlistStatus(rawValue: $0) }
        let placed = fields.requiredValue("order_purchase_timestamp", form, ground.instant)
        let approved = fields.value("order_approved_at", form, ground.instant)
        let estimated = fields.value("order_estimated_delivery_date", form, ground.instant)
        guard let status, let placed else { return nil }
        return OlistOrder(
            number: number, customer: customer, status: status, placed: placed, isApproved: approved != nil,
            estimated: estimated.flatMap { $0 >= placed ? $0 : nil })
    }
}
