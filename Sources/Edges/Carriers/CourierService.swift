import Kernel

/// A service of the built-in courier.
package struct CourierService: Hashable, Sendable {
    package var code: String
    package var name: String
    /// Where several hold on a day, the one that began last counts.
    package var cards: [RateCard]
    /// Service days by zone.
    package var transitDays: [Int]
    /// Nil where any length is taken.
    package var longestSide: Millimetres?

    package init(code: String, name: String, cards: [RateCard], transitDays: [Int], longestSide: Millimetres? = nil) {
        self.code = code
        self.name = name
        self.cards = cards
        self.transitDays = transitDays
        self.longestSide = longestSide
    }

    /// The price and time of a parcel. Refuses, in this order: no card or no zone, too long, too heavy.
    func quote(_ request: QuoteRequest, calendar: ServiceCalendar) throws(CarrierRefusal) -> Quote {
        let day = calendar.zone.day(of: request.handOver)
        let valid = cards.filter { $0.validity.holds(on: day) }
        let latest = valid.max { ($0.validity.from?.dayNumber ?? .min) < ($1.validity.from?.dayNumber ?? .min) }
        guard let card = latest, let zone = card.zones.zone(from: request.from, to: request.to),
            card.zoneNames.indices.contains(zone), transitDays.indices.contains(zone)
        else { throw CarrierRefusal(.notServed, "\(name) does not go from \(request.from.country) there on \(day).") }
        let size = request.parcel.dimensions
        if let longestSide, max(size.length, size.width, size.height) > longestSide {
            throw CarrierRefusal(.oversize, "\(name) takes parcels up to \(longestSide) mm.")
        }
        let billable = card.dimensional.billableWeight(request.parcel)
        let price: Money
        do {
            price = try card.rate(billableWeight: billable, zone: zone)
        } catch {
            switch error {
            case .overweight(let weight, let limit):
                throw CarrierRefusal(.overweight, "\(name) takes up to \(limit) g; the billable weight is \(weight) g.")
            case .notServed: throw CarrierRefusal(.notServed, "\(name) has no price for that zone.")
            }
        }
        return Quote(
            service: code, serviceName: name, price: price, zone: card.zoneNames[zone], billableWeight: billable,
            transitDays: transitDays[zone],
            deliverOn: calendar.firstAttempt(handedOver: request.handOver, transitDays: transitDays[zone]))
    }
}
