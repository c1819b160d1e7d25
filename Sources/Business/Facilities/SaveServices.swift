import Kernel
import Store

/// Creates carrier services, and brings those of the same carrier and code to what is stated now.
package enum SaveServices {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case carrierUnknown(field: String, carrier: CarrierID)
        case codeInvalid(field: String, code: String)
        case nameInvalid(field: String)
        case limitInvalid(field: String, rule: String)
        case zoneInvalid(field: String, rule: String)
        case rateInvalid(field: String, rule: String)
        case repeated(field: String, code: String)
    }

    /// All are saved, or none: answers them in the order given. Zones and rates of a service are replaced by those
    /// stated. Emits `service.saved` for each.
    package static func run(
        _ services: [NewService], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> [Saved<ServiceID>] {
        try NewServiceCheck.check(services, carriers: Set(try Carrier.all(in: tx).map(\.id)))
        try ReferenceVersion.network.bump(in: tx)
        let known = try CarrierService.all(in: tx)
        let saved = services.map { new in
            let before = known.first { $0.carrier == new.carrier && $0.code == new.code }
            return Saved(id: before?.id ?? tx.id(), isNew: before == nil)
        }
        let stated = Array(zip(saved.map(\.id), services))
        try writeServices(stated, in: tx)
        try writeZones(stated, in: tx)
        try writeRates(stated, in: tx)
        for (saved, new) in zip(saved, services) {
            tx.emit(FacilitiesEvents.serviceSaved(saved, new, occurred: occurred ?? tx.now, actor: actor))
        }
        return saved
    }

    private static func writeServices(_ services: [(id: ServiceID, new: NewService)], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "carrier": .int, "code": .text, "name": .text, "mode": .text, "currency": .text, "max_g": .int,
            "max_length": .int, "max_girth": .int, "divisor": .int, "refuses": .text, "weekdays": .int, "attempts": .int,
            "pieces": .int, "from_day": .int, "until_day": .int,
        ])
        for (id, new) in services {
            rows.add(
                id, new.carrier, new.code, new.name, new.mode, new.currency, new.limits.weight, new.limits.length,
                new.limits.girth, new.limits.dimDivisor, new.refuses.json, Int(new.deliversOn.rawValue), new.attempts,
                new.maxPieces, new.validity.storedFrom, new.validity.storedUntil)
        }
        try tx.run(
            """
            INSERT INTO carrier_service (id, carrier, code, name, mode, currency, max_g, max_length_mm, max_girth_mm,
                dim_divisor, refuses, delivery_weekdays, attempts, max_pieces, from_day, until_day)
            SELECT v.id, v.carrier, v.code, v.name, v.mode, v.currency, v.max_g, v.max_length, v.max_girth, v.divisor,
                v.refuses, v.weekdays, v.attempts, v.pieces, v.from_day, v.until_day
            FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, mode = excluded.mode, currency = excluded.currency,
                max_g = excluded.max_g, max_length_mm = excluded.max_length_mm, max_girth_mm = excluded.max_girth_mm,
                dim_divisor = excluded.dim_divisor, refuses = excluded.refuses,
                delivery_weekdays = excluded.delivery_weekdays, attempts = excluded.attempts,
                max_pieces = excluded.max_pieces,
                from_day = excluded.from_day, until_day = excluded.until_day
            """)
    }

    private static func writeZones(_ services: [(id: ServiceID, new: NewService)], in tx: Transaction) throws {
        var rows = Rows(["service": .int, "edge": .int, "zone": .text, "fewest": .int, "likely": .int])
        for (id, new) in services {
            for zone in new.zones { rows.add(id, zone.upToKm, zone.name, zone.minimumDays, zone.likelyDays) }
        }
        try tx.run("DELETE FROM service_zone WHERE service IN \(list: services.map(\.id))")
        try tx.run("INSERT INTO service_zone (service, up_to_km, zone, transit_days_min, transit_days) \(rows: rows)")
    }

    private static func writeRates(_ services: [(id: ServiceID, new: NewService)], in tx: Transaction) throws {
        var rows = Rows([
            "service": .int, "zone": .text, "up_to_g": .int, "price": .int, "from_day": .int, "until_day": .int,
        ])
        for (id, new) in services {
            for rate in new.rates {
                rows.add(id, rate.zone, rate.upTo, rate.price, rate.validity.storedFrom, rate.validity.storedUntil)
            }
        }
        try tx.run("DELETE FROM service_rate WHERE service IN \(list: services.map(\.id))")
        try tx.run("INSERT INTO service_rate (service, zone, up_to_g, price, from_day, until_day) \(rows: rows)")
    }
}

extension SaveServices.Refused {
    package var code: String {
        switch self {
        case .carrierUnknown: "facilities.carrier_unknown"
        case .codeInvalid: "facilities.code_invalid"
        case .nameInvalid: "facilities.name_invalid"
        case .limitInvalid: "facilities.service_invalid"
        case .zoneInvalid: "facilities.service_zone_invalid"
        case .rateInvalid: "facilities.rate_invalid"
        case .repeated: "facilities.service_repeated"
        }
    }

    package var message: String {
        switch self {
        case .carrierUnknown(_, let carrier): "There is no carrier '\(carrier)'."
        case .codeInvalid(_, let code): "'\(code)' is not a code of 1 to 40 printable ASCII characters without spaces."
        case .nameInvalid: "A name has 1 to 200 characters."
        case .limitInvalid(_, let rule), .zoneInvalid(_, let rule), .rateInvalid(_, let rule): rule
        case .repeated(_, let code): "The service '\(code)' stands in the request twice for one carrier."
        }
    }

    package var kind: RefusalKind { if case .carrierUnknown = self { .notFound } else { .invalid } }

    package var field: String? {
        switch self {
        case .carrierUnknown(let field, _), .codeInvalid(let field, _), .nameInvalid(let field),
            .limitInvalid(let field, _), .zoneInvalid(let field, _), .rateInvalid(let field, _), .repeated(let field, _):
            field
        }
    }
}
