import Kernel

extension OrderReader {
    /// The limits of the fields, as their notes have them.
    enum Limits {
        static let orders = BatchBody.fields.count(of: "orders")
        static let lines = OrderBody.fields.count(of: "lines")
        static let number = OrderBody.fields.length(of: "number")
        static let channel = OrderBody.fields.length(of: "channel")
        static let pool = OrderBody.fields.length(of: "pool")
        static let holds = OrderBody.fields.count(of: "holds")

        static let sku = OrderLineBody.fields.length(of: "sku")
        static let quantity = OrderLineBody.fields.range(of: "quantity")
        static let money = OrderLineBody.fields.range(of: "unit_price_minor")
        static let unit = OrderLineBody.fields.length(of: "channel_unit")

        static let name = RecipientBody.fields.length(of: "name")
        static let company = RecipientBody.fields.length(of: "company")
        static let phone = RecipientBody.fields.length(of: "phone")
        static let email = RecipientBody.fields.length(of: "email")
        static let street = RecipientBody.fields.count(of: "street")
        static let district = RecipientBody.fields.length(of: "district")
        static let city = RecipientBody.fields.length(of: "city")
        static let region = RecipientBody.fields.length(of: "region")
        static let postalCode = RecipientBody.fields.length(of: "postal_code")
        static let note = RecipientBody.fields.length(of: "note")
    }

    enum PlaceLimits {
        static let code = DestinationBody.fields.length(of: "code")
        static let region = DestinationBody.fields.length(of: "region")
        static let district = DestinationBody.fields.length(of: "district")
        static let city = DestinationBody.fields.length(of: "city")
        static let area = DestinationBody.fields.length(of: "postal_area")
        static let latitude = Coordinates.fields.range(of: "latitude")
        static let longitude = Coordinates.fields.range(of: "longitude")
    }
}

extension FieldNotes {
    fileprivate func length(of name: String) -> ClosedRange<Int> { self[name]?.length ?? 0 ... .max }
    fileprivate func count(of name: String) -> ClosedRange<Int> { self[name]?.count ?? 0 ... .max }
    fileprivate func range(of name: String) -> ClosedRange<Int64> { self[name]?.range ?? .min ... .max }
}

extension ClosedRange<Int> {
    func holding<Item>(_ items: [Item]) throws(OrderReader.NotPlain) -> [Item] {
        guard contains(items.count) else { throw OrderReader.NotPlain() }
        return items
    }
}
