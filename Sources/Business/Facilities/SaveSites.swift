import Kernel
import Store

/// A site as the operator states it.
package struct NewSite: Hashable, Sendable {
    /// 1 to 40 printable ASCII characters without spaces.
    package var code: String
    package var name: String
    package var kind: Site.Kind
    package var operatedBy: String
    package var mode: Site.Mode
    package var address: SiteAddress
    package var place: Coordinates
    /// An IANA name: `Europe/Berlin`.
    package var zone: String
    package var handlingMinutes: Int
    /// Minor units of the operator's currency.
    package var parcelCost: Int64
    /// Minor units of the operator's currency.
    package var unitCost: Int64

    package init(
        code: String, name: String, kind: Site.Kind = .fulfillmentCenter, operatedBy: String, mode: Site.Mode = .own,
        address: SiteAddress, place: Coordinates, zone: String, handlingMinutes: Int, parcelCost: Int64 = 0,
        unitCost: Int64 = 0
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.operatedBy = operatedBy
        self.mode = mode
        self.address = address
        self.place = place
        self.zone = zone
        self.handlingMinutes = handlingMinutes
        self.parcelCost = parcelCost
        self.unitCost = unitCost
    }
}

/// Creates sites, and brings those of the same code to what is stated now.
package enum SaveSites {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case codeInvalid(field: String, code: String)
        case nameInvalid(field: String)
        case zoneUnknown(field: String, zone: String)
        case negative(field: String, value: Int64)
        case repeated(field: String, code: String)
        /// Stock and work rest on who runs a site.
        case fixed(field: String, code: String)
    }

    /// All are saved, or none: answers them in the order given. Emits `site.saved` for each.
    package static func run(
        _ sites: [NewSite], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> [Saved<SiteID>] {
        let zones = try check(sites)
        try ReferenceVersion.network.bump(in: tx)
        let known = try Site.find(codes: sites.map(\.code), in: tx)
        for (index, new) in sites.enumerated() {
            if let before = known[new.code], before.kind != new.kind || before.mode != new.mode {
                throw Refused.fixed(field: "/sites/\(index)/\(before.kind != new.kind ? "kind" : "mode")", code: new.code)
            }
        }
        let saved = sites.map { Saved(id: known[$0.code]?.id ?? tx.id(), isNew: known[$0.code] == nil) }
        try write(zip(saved, zip(sites, zones)).map { ($0.id, $1.0, $1.1) }, in: tx)
        for (saved, new) in zip(saved, sites) {
            tx.emit(FacilitiesEvents.siteSaved(saved, new.code, occurred: occurred ?? tx.now, actor: actor))
        }
        return saved
    }

    private static func check(_ sites: [NewSite]) throws(Refused) -> [TimeZoneRule] {
        var zones: [TimeZoneRule] = [], codes: Set<String> = []
        for (index, site) in sites.enumerated() {
            let at = "/sites/\(index)"
            guard FacilityText.isCode(site.code) else { throw .codeInvalid(field: at + "/code", code: site.code) }
            guard FacilityText.isName(site.name) else { throw .nameInvalid(field: at + "/name") }
            guard FacilityText.isName(site.operatedBy) else { throw .nameInvalid(field: at + "/operator") }
            guard let zone = TimeZoneRule.named(site.zone) else {
                throw .zoneUnknown(field: at + "/zone", zone: site.zone)
            }
            for (member, value) in [
                ("handling_minutes", Int64(site.handlingMinutes)), ("parcel_cost", site.parcelCost),
                ("unit_cost", site.unitCost),
            ] where value < 0 {
                throw .negative(field: "\(at)/\(member)", value: value)
            }
            guard codes.insert(site.code).inserted else { throw .repeated(field: at + "/code", code: site.code) }
            zones.append(zone)
        }
        return zones
    }

    private static func write(_ sites: [(id: SiteID, new: NewSite, zone: TimeZoneRule)], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "code": .text, "name": .text, "kind": .text, "operator": .text, "mode": .text, "country": .text,
            "region": .text, "city": .text, "postal_code": .text, "street": .text, "latitude": .int, "longitude": .int,
            "zone": .text, "handling": .int, "parcel": .int, "unit": .int,
        ])
        for (id, new, zone) in sites {
            let address = new.address
            rows.add(
                id, new.code, new.name, new.kind, new.operatedBy, new.mode, address.country.description, address.region,
                address.city, address.postalCode, address.street, new.place.latitude, new.place.longitude, zone.name,
                new.handlingMinutes, new.parcelCost, new.unitCost)
        }
        try tx.run(
            """
            INSERT INTO site (id, code, name, kind, operator, mode, country, region, city, postal_code, street, latitude,
                longitude, zone, handling_minutes, parcel_cost, unit_cost, created_at)
            SELECT v.id, v.code, v.name, v.kind, v.operator, v.mode, v.country, v.region, v.city, v.postal_code, v.street,
                v.latitude, v.longitude, v.zone, v.handling, v.parcel, v.unit, \(tx.now)
            FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, operator = excluded.operator,
                country = excluded.country, region = excluded.region, city = excluded.city,
                postal_code = excluded.postal_code, street = excluded.street, latitude = excluded.latitude,
                longitude = excluded.longitude, zone = excluded.zone, handling_minutes = excluded.handling_minutes,
                parcel_cost = excluded.parcel_cost, unit_cost = excluded.unit_cost
            """)
    }
}

extension SaveSites.Refused {
    package var code: String {
        switch self {
        case .codeInvalid: "facilities.code_invalid"
        case .nameInvalid: "facilities.name_invalid"
        case .zoneUnknown: "facilities.zone_unknown"
        case .negative: "facilities.negative"
        case .repeated: "facilities.site_repeated"
        case .fixed: "facilities.site_fixed"
        }
    }

    package var message: String {
        switch self {
        case .codeInvalid(_, let code): "'\(code)' is not a code of 1 to 40 printable ASCII characters without spaces."
        case .nameInvalid: "A name has 1 to 200 characters."
        case .zoneUnknown(_, let zone): "'\(zone)' is not an IANA time zone such as 'Europe/Berlin'."
        case .negative(_, let value): "Minutes and costs are not negative; \(value) is."
        case .repeated(_, let code): "The site '\(code)' stands in the request twice."
        case .fixed(_, let code): "Site '\(code)' keeps the kind and the mode it was created with."
        }
    }

    package var kind: RefusalKind { if case .fixed = self { .conflict } else { .invalid } }

    package var field: String? {
        switch self {
        case .codeInvalid(let field, _), .nameInvalid(let field), .zoneUnknown(let field, _), .negative(let field, _),
            .repeated(let field, _), .fixed(let field, _):
            field
        }
    }
}
