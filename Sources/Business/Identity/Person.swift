import Kernel

/// Who receives a parcel, and where. Never written to a log, an event or an error: its description hides it.
package struct Person: Hashable, Sendable {
    package var name: String
    package var company: String
    package var phone: String
    package var email: String
    /// Street, house, floor …: as printed, top to bottom.
    package var street: [String]
    package var district: String
    package var city: String
    package var region: String
    package var postalCode: String
    package var country: Country
    /// What the courier should know.
    package var note: String

    /// Whatever is not known stays empty.
    package init(
        name: String, company: String = "", phone: String = "", email: String = "", street: [String] = [],
        district: String = "", city: String = "", region: String = "", postalCode: String = "", country: Country,
        note: String = ""
    ) {
        self.name = name
        self.company = company
        self.phone = phone
        self.email = email
        self.street = street
        self.district = district
        self.city = city
        self.region = region
        self.postalCode = postalCode
        self.country = country
        self.note = note
    }
}

extension Person: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a person (hidden)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Person {
    /// What is sealed, or hashed with an order; members that are empty are left out.
    package var json: JSON {
        let texts = [
            "name": name, "company": company, "phone": phone, "email": email, "district": district, "city": city,
            "region": region, "postal_code": postalCode, "country": country.code, "note": note,
        ]
        var members = texts.filter { !$0.value.isEmpty }.mapValues(JSON.string)
        if !street.isEmpty { members["street"] = .array(street.map(JSON.string)) }
        return .object(members)
    }

    /// The text of `json`, written without making one.
    package var canonicalText: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(320)
        func add(_ key: StaticString, _ text: String) {
            guard !text.isEmpty else { return }
            out.append(UInt8(ascii: out.isEmpty ? "{" : ","))
            key.withUTF8Buffer { out.append(contentsOf: $0) }
            JSON.write(text, to: &out)
        }
        add("\"city\":", city)
        add("\"company\":", company)
        add("\"country\":", country.code)
        add("\"district\":", district)
        add("\"email\":", email)
        add("\"name\":", name)
        add("\"note\":", note)
        add("\"phone\":", phone)
        add("\"postal_code\":", postalCode)
        add("\"region\":", region)
        for (index, line) in street.enumerated() {
            out += (index == 0 ? ",\"street\":[" : ",").utf8
            JSON.write(line, to: &out)
        }
        if !street.isEmpty { out.append(UInt8(ascii: "]")) }
        out.append(UInt8(ascii: "}"))
        return out
    }

    /// Nil where it has no country.
    init?(_ json: JSON) {
        guard let country = json["country"]?.string.flatMap({ Country($0) }) else { return nil }
        func text(_ member: String) -> String { json[member]?.string ?? "" }
        self.init(
            name: text("name"), company: text("company"), phone: text("phone"), email: text("email"),
            street: json["street"]?.array?.compactMap(\.string) ?? [], district: text("district"), city: text("city"),
            region: text("region"), postalCode: text("postal_code"), country: country, note: text("note"))
    }
}
