import Edges
import Kernel
import Orders

/// Reads the columns of `orders.csv`.
enum OrderFields {
    static func channel(_ row: CSVRow) -> String { row["channel"].isEmpty ? WaybillForms.channel : row["channel"] }

    /// Without its person and lines.
    static func order(_ fields: inout Fields) -> StagedOrder? {
        let merchant = fields.required("merchant", upTo: 40), number = fields.required("number", upTo: 100)
        _ = fields.text("channel", upTo: 100)
        let time = "a time of the form 2026-11-21T05:03:00Z"
        let placed = fields.requiredValue("placed_at", time) { Instant($0) }
        let deliverBy = fields.value("deliver_by", time) { Instant($0) }
        let currency = fields.requiredValue("currency", "an ISO 4217 currency code") { Currency($0) }
        let payment: PaymentState = fields.word("payment") ?? .paid
        _ = fields.whole("total_minor", WaybillForms.money)
        let destination = destination(&fields)
        guard let placed, let currency, let destination else { return nil }
        if let deliverBy, deliverBy < placed { fields.fail("deliver_by", "must not be before placed_at") }
        return StagedOrder(
            merchant: merchant, number: number, channel: channel(fields.row), placedAt: placed, currency: currency,
            payment: payment, deliverBy: deliverBy, destination: destination)
    }

    private static func destination(_ fields: inout Fields) -> StagedDestination? {
        let kind: DestinationKind = fields.word("kind") ?? .address
        let code = fields.text("destination_code", upTo: 60)
        if kind == .address, !code.isEmpty { fields.fail("destination_code", "belongs to a pickup point or locker") }
        if kind != .address, code.isEmpty { fields.fail("destination_code", "is required for a pickup point or locker") }
        let country = fields.requiredValue("country", Country.form) { Country($0) }
        let region = fields.text("region", upTo: 100), district = fields.text("district", upTo: 100)
        let city = fields.text("city", upTo: 100), area = fields.text("postal_area", upTo: 20)
        let place = place(&fields)
        guard let country else { return nil }
        return StagedDestination(
            kind: kind, code: code.isEmpty ? nil : code, country: country, region: region, district: district, city: city,
            postalArea: area.isEmpty ? self.area(of: fields.row["postal_code"]) : area, place: place)
    }

    /// The part of a postal code that names an area and no street: up to its first space or hyphen, five characters at most.
    private static func area(of code: String) -> String { String(code.prefix { $0 != " " && $0 != "-" }.prefix(5)) }

    private static func place(_ fields: inout Fields) -> Coordinates? {
        let latitude = fields.decimal("latitude", 6, -90_000_000...90_000_000)
        let longitude = fields.decimal("longitude", 6, -180_000_000...180_000_000)
        if fields.row["latitude"].isEmpty != fields.row["longitude"].isEmpty {
            fields.fail("longitude", "stands together with latitude")
        }
        guard let latitude, let longitude else { return nil }
        return Coordinates(latitude: latitude, longitude: longitude)
    }

    /// Nil where the row names nobody.
    static func person(_ fields: inout Fields) -> StagedPerson? {
        let name = fields.text("name", upTo: 200), company = fields.text("company", upTo: 200)
        let phone = fields.text("phone", upTo: 60), email = fields.text("email", upTo: 200)
        let street = fields.text("street", upTo: 500), note = fields.text("note", upTo: 500)
        let postalCode = fields.text("postal_code", upTo: 20)
        guard let country = Country(fields.row["country"]), ![name, company, phone, email, street].allSatisfy(\.isEmpty)
        else { return nil }
        return StagedPerson(
            name: name, company: company, phone: phone, email: email, street: street.split(separator: "|").map(String.init),
            district: fields.row["district"], city: fields.row["city"], region: fields.row["region"], postalCode: postalCode,
            country: country, note: note)
    }
}
