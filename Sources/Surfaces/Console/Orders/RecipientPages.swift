import Flows
import Identity
import Kernel
import Orders
import Views

/// Who an order goes to: shown when asked for, which the log keeps, and changed there.
struct RecipientPages {
    var pages: [Page] {
        [
            .get("/orders/{order}/recipient", "recipient.title", for: OrdersPages.actors) { try await Self.show($0) },
            .post("/orders/{order}/address", for: OrdersPages.actors) { try await Self.change($0) },
        ]
    }

    private static func show(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("order", OrderID.self), scope = visit.scope, texts = visit.texts
        let order = try await visit.read { try OrderDetails.find(id, scope, in: $0) }
        let person = try await visit.perform(
            ReadRecipient(id, merchant: visit.caller.merchant, vault: visit.parts.vault, actor: visit.actor))
        let nobody = Table.Empty(texts["recipient.none"], texts["recipient.none_hint"]).markup
        let known = person.map { Self.facts($0, texts).markup(visit.format) } ?? nobody
        let canChange = (order.state == .open || order.state == .shipped) && !order.parcels.contains { $0.state.isWithCarrier }
        let form = canChange ? Card(texts["recipient.change"], Self.form(order, person, visit).markup).markup : .blank
        return .content(
            """
            <p class="note">\(texts["recipient.logged"])</p>
            <div class="columns even"><div>\(Card(texts["recipient.title"], known).markup)</div><div>\(form)</div></div>
            """, title: texts("recipient.of", ["number": order.number]),
            crumbs: [Crumb(texts["orders.title"], "/orders"), Crumb(order.number, "/orders/\(id)")])
    }

    private static func facts(_ person: Person, _ texts: Texts) -> Definitions {
        let town = [person.postalCode, person.city, person.district, person.region, person.country.code]
        let all: [(String, String)] = [
            ("name", person.name), ("company", person.company), ("phone", person.phone), ("email", person.email),
            ("street", person.street.joined(separator: ", ")),
            ("city", town.filter { !$0.isEmpty }.joined(separator: " ")),
            ("note", person.note),
        ]
        return Definitions(all.filter { !$0.1.isEmpty }.map { (texts["recipient.\($0.0)"], .text($0.1)) })
    }

    private static func form(_ order: OrderDetails, _ person: Person?, _ visit: Visit) -> Form {
        let texts = visit.texts, to = order.destination
        func field(_ name: String, _ value: String?, required: Bool = false) -> Form.Field {
            .input(name, texts["recipient.\(name)"], value: value ?? "", required: required)
        }
        let street = person?.street.joined(separator: "\n") ?? "", country = person?.country.code ?? to.country
        return Form(
            visit, to: "/orders/\(order.id)/address",
            [
                field("name", person?.name, required: true), field("company", person?.company), field("phone", person?.phone),
                field("email", person?.email),
                .area("street", texts["recipient.street"], value: street, hint: texts["recipient.street_hint"]),
                field("postal_code", person?.postalCode), field("city", person?.city ?? to.city, required: true),
                field("district", person?.district), field("region", person?.region ?? to.region),
                .input("country", texts["recipient.country"], value: country, hint: texts["recipient.country_hint"], required: true),
                field("note", person?.note),
            ], submit: texts["recipient.save"])
    }

    private static func change(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("order", OrderID.self), form = visit.form
        guard let country = Country(form["country"].uppercased()) else {
            throw InvalidInput(field: "/country", "'\(form["country"])' is no country code of two letters, such as DE.")
        }
        let street = form.exact("street").split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty }
        guard (1...4).contains(street.count), street.allSatisfy({ $0.count <= 100 }) else {
            throw InvalidInput(field: "/street", "A street has 1 to 4 lines of up to 100 characters, not \(street.count) lines.")
        }
        let person = Person(
            name: try form.text("name", 1...100), company: try form.text("company", 0...100), phone: try form.text("phone", 0...40),
            email: try form.text("email", 0...254), street: street, district: try form.text("district", 0...100),
            city: try form.text("city", 1...100), region: try form.text("region", 0...100),
            postalCode: try form.text("postal_code", 0...20), country: country, note: try form.text("note", 0...200))
        let destination = Destination(
            country: country.code, region: person.region, district: person.district, city: person.city,
            postalArea: String(person.postalCode.prefix(3)), latitude: nil, longitude: nil)
        _ = try await visit.perform(
            ChangeAddress(
                id, merchant: visit.caller.merchant, to: destination, person: person, desk: visit.parts.orders, actor: visit.actor))
        return .to("/orders/\(id)", said: "said.address_changed")
    }
}
