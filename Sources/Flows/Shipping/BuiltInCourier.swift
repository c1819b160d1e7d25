import Edges
import Facilities
import Kernel

/// The built-in courier with the services, zones and prices of a carrier of the network.
package enum BuiltInCourier {
    /// The name of its client in `carrier.client`.
    package static let clientName = "built-in"

    /// - Parameters:
    ///   - day: whose prices it charges.
    ///   - zone: whose calendar it delivers by.
    package static func make(
        _ network: Network, day: CivilDate, zone: TimeZoneRule, seed: UInt64, rates: JourneyRates, faults: CourierFaults = .none,
        ledger: any CarrierLedger
    ) throws -> CourierSimulator {
        let carriers = Set(network.carriers.filter { $0.client == clientName }.map(\.id))
        let services = try network.services.filter { carriers.contains($0.carrier) }.map { try service($0, network, day) }
        return CourierSimulator(
            name: "Built-in courier", seed: seed, services: services, calendar: ServiceCalendar(zone: zone), rates: rates,
            faults: faults, ledger: ledger)
    }

    private static func service(_ service: CarrierService, _ network: Network, _ day: CivilDate) throws -> CourierService {
        let zones = network.zones(service.id)
        let tables = zones.map { network.rateTable(service.id, zone: $0.name, day: day) }
        let breaks: [RateCard.WeightBreak] = (tables.first ?? []).enumerated().map { index, first in
            RateCard.WeightBreak(
                upTo: first.upTo,
                prices: tables.map { .init(flat: ($0.indices.contains(index) ? $0[index].price : first.price) * 1_000_000) })
        }
        let card = try RateCard(
            currency: service.currency, zoneNames: zones.map(\.name),
            zones: .distance(zones.enumerated().map { .init(upTo: Metres($0.element.upToKm * 1000), zone: $0.offset) }),
            breaks: breaks,
            dimensional: .metric(divisor: max(1, service.limits.dimDivisor), side: 1, step: 1),
            fuelPartsPerMillion: 0, rounding: .halfUp)
        return CourierService(
            code: service.code, name: service.name, cards: [card], transitDays: zones.map(\.likelyDays),
            longestSide: service.limits.length)
    }
}
