import Kernel

/// The files of the Olist data set, under the names the publishers gave them.
enum OlistForms {
    static let endings = [".csv", ".csv.gz", "_dataset.csv", "_dataset.csv.gz"]

    static let cities = form("br_city_coordinates", ["city", "state", "lat", "lon"])
    static let products = form(
        "olist_products",
        [
            "product_id", "product_category_name", "product_weight_g", "product_length_cm", "product_height_cm",
            "product_width_cm",
        ])
    static let sellers = form("olist_sellers", ["seller_id"])
    static let customers = form(
        "olist_customers", ["customer_id", "customer_zip_code_prefix", "customer_city", "customer_state"])
    static let orders = form(
        "olist_orders",
        [
            "order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
            "order_estimated_delivery_date",
        ])
    static let items = form(
        "olist_order_items", ["order_id", "order_item_id", "product_id", "seller_id", "price", "freight_value"])
    static let payments = form("olist_order_payments", ["order_id", "payment_value"])

    private static func form(_ name: String, _ columns: [String]) -> FileForm {
        FileForm(name: name, required: columns, optional: [], isClosed: false)
    }

    static let channel = "olist"
}

enum OlistStatus: String, CaseIterable {
    case created
    case approved
    case invoiced
    case processing
    case shipped
    case delivered
    case unavailable
    case canceled

    var isCancelled: Bool { self == .canceled || self == .unavailable }
}

/// Where and when the data is from.
struct OlistGround {
    let zone: TimeZoneRule
    let currency: Currency
    let country: Country

    init() {
        guard let zone = TimeZoneRule.named("America/Sao_Paulo"), let currency = Currency("BRL"), let country = Country("BR")
        else { preconditionFailure("Brazil is in every table") }
        (self.zone, self.currency, self.country) = (zone, currency, country)
    }

    /// `2017-09-15 18:04:37` on the wall clock of the zone.
    func instant(_ text: String) -> Instant? {
        guard text.utf8.count == 19, let day = CivilDate(text.prefix(10)), let time = LocalTime(text.dropFirst(11).prefix(5)),
            text.dropFirst(16).first == ":", let seconds = Int64(text.suffix(2)), (0..<60).contains(seconds)
        else { return nil }
        return zone.instant(day, time) + .seconds(seconds)
    }
}
