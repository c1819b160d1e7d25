import Kernel

/// A carrier's service as the operator states it, with its zones and rates.
package struct NewService: Hashable, Sendable {
    package var carrier: CarrierID
    /// 1 to 40 printable ASCII characters without spaces; unique with its carrier.
    package var code: String
    package var name: String
    package var mode: TransportMode
    package var currency: Currency
    package var limits: ParcelLimits
    package var refuses: GoodsTraits
    package var deliversOn: Weekdays
    /// 1 to 20.
    package var attempts: Int
    /// 1 to 100: parcels of one order that may go under one master number.
    package var maxPieces: Int
    package var validity: Validity
    /// At least one, in any order, no two with one edge.
    package var zones: [ServiceZone]
    /// All that ever held, those of the past included; of one zone and weight no two hold on one day.
    package var rates: [ServiceRate]

    package init(
        carrier: CarrierID, code: String, name: String, mode: TransportMode = .road, currency: Currency,
        limits: ParcelLimits, refuses: GoodsTraits = [], deliversOn: Weekdays = .mondayToSaturday, attempts: Int = 3,
        maxPieces: Int = 1, validity: Validity = .always, zones: [ServiceZone], rates: [ServiceRate]
    ) {
        self.carrier = carrier
        self.code = code
        self.name = name
        self.mode = mode
        self.currency = currency
        self.limits = limits
        self.refuses = refuses
        self.deliversOn = deliversOn
        self.attempts = attempts
        self.maxPieces = maxPieces
        self.validity = validity
        self.zones = zones
        self.rates = rates
    }
}

/// What can be said against services without looking at the network.
enum NewServiceCheck {
    /// Service by service; for each in the order of `SaveServices.Refused`.
    static func check(_ services: [NewService], carriers: Set<CarrierID>) throws(SaveServices.Refused) {
        for (index, new) in services.enumerated() {
            let at = "/services/\(index)"
            guard carriers.contains(new.carrier) else {
                throw .carrierUnknown(field: at + "/carrier", carrier: new.carrier)
            }
            guard FacilityText.isCode(new.code) else { throw .codeInvalid(field: at + "/code", code: new.code) }
            guard FacilityText.isName(new.name) else { throw .nameInvalid(field: at + "/name") }
            if let fault = fault(of: new) { throw .limitInvalid(field: "\(at)/\(fault.member)", rule: fault.rule) }
            if let fault = zoneFault(new.zones) { throw .zoneInvalid(field: "\(at)/zones\(fault.member)", rule: fault.rule) }
            for (place, rate) in new.rates.enumerated() {
                guard let fault = fault(of: rate, after: new.rates[..<place], zones: new.zones) else { continue }
                throw .rateInvalid(field: "\(at)/rates/\(place)/\(fault.member)", rule: fault.rule)
            }
            if services[..<index].contains(where: { $0.carrier == new.carrier && $0.code == new.code }) {
                throw .repeated(field: at + "/code", code: new.code)
            }
        }
    }

    private typealias Fault = (member: String, rule: String)

    private static func fault(of new: NewService) -> Fault? {
        for (member, value) in [
            ("max_g", new.limits.weight.rawValue), ("max_length_mm", new.limits.length.rawValue),
            ("max_girth_mm", new.limits.girth.rawValue),
        ] where value <= 0 {
            return (member, "A limit is above zero; \(value) is not.")
        }
        if new.limits.dimDivisor < 0 { return ("dim_divisor", "A divisor is zero (volume is free) or above.") }
        if new.deliversOn.numbers.isEmpty { return ("delivery_weekdays", "A service delivers on at least one weekday.") }
        if !(1...20).contains(new.attempts) {
            return ("attempts", "A service attempts delivery 1 to 20 times, not \(new.attempts).")
        }
        if !(1...100).contains(new.maxPieces) {
            return ("max_pieces", "A shipment has 1 to 100 pieces, not \(new.maxPieces).")
        }
        return new.validity.isEmpty ? ("until", "The service holds on no day at all.") : nil
    }

    private static func zoneFault(_ zones: [ServiceZone]) -> Fault? {
        if zones.isEmpty { return ("", "A service has at least one zone.") }
        for (index, zone) in zones.enumerated() {
            guard FacilityText.isCode(zone.name) else {
                return ("/\(index)/zone", "A zone's name has 1 to 40 printable ASCII characters without spaces.")
            }
            guard zone.upToKm > 0, !zones[..<index].contains(where: { $0.upToKm == zone.upToKm }) else {
                return ("/\(index)/up_to_km", "Each zone has an outer edge of its own, above 0 km.")
            }
            guard 0 <= zone.minimumDays, zone.minimumDays <= zone.likelyDays, zone.likelyDays <= 365 else {
                return ("/\(index)/transit_days", "Days on the way: 0 <= fewest <= likely <= 365.")
            }
        }
        return nil
    }

    private static func fault(
        of rate: ServiceRate, after earlier: ArraySlice<ServiceRate>, zones: [ServiceZone]
    ) -> Fault? {
        guard zones.contains(where: { $0.name == rate.zone }) else {
            return ("zone", "The service has no zone '\(rate.zone)'.")
        }
        if rate.upTo <= .zero { return ("up_to_g", "A weight break is above zero.") }
        if rate.price < 0 { return ("price", "A price is not negative; \(rate.price) is.") }
        if rate.validity.isEmpty { return ("until", "The rate holds on no day at all.") }
        let clash = earlier.contains {
            $0.zone == rate.zone && $0.upTo == rate.upTo && $0.validity.overlaps(rate.validity)
        }
        return clash ? ("from", "Two rates of zone '\(rate.zone)' up to \(rate.upTo) g hold on one day.") : nil
    }
}
