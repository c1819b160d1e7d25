import Kernel
import Store

/// States how much a site does in its shifts and sends with its departures.
package enum SetCapacities {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case siteUnknown(SiteID)
        case shiftInvalid(field: String, rule: String)
        case serviceUnknown(field: String, service: ServiceID)

        package static let codes = ["facilities.site_unknown", "facilities.shift_invalid", "facilities.service_unknown"]

        package var code: String {
            switch self {
            case .siteUnknown: Self.codes[0]
            case .shiftInvalid: Self.codes[1]
            case .serviceUnknown: Self.codes[2]
            }
        }

        package var message: String {
            switch self {
            case .siteUnknown(let site): "There is no site '\(site)'."
            case .shiftInvalid(_, let rule): rule
            case .serviceUnknown(_, let service): "There is no service '\(service)'."
            }
        }

        package var kind: RefusalKind { if case .siteUnknown = self { .notFound } else { .invalid } }

        package var field: String? {
            switch self {
            case .siteUnknown: nil
            case .shiftInvalid(let field, _), .serviceUnknown(let field, _): field
            }
        }
    }

    private static let limit: Int64 = 1_000_000_000

    /// What was stated of the site is replaced; nothing stated is no limit. Emits `site.capacities_set`.
    package static func run(_ stated: [SiteCapacity], at site: SiteID, actor: String, in tx: Transaction) throws {
        guard try Site.find(site, in: tx) != nil else { throw Refused.siteUnknown(site) }
        let services = Set(try CarrierService.all(in: tx).map(\.id))
        for (index, one) in stated.enumerated() { try check(one, after: stated[..<index], "/capacities/\(index)", services) }
        try ReferenceVersion.network.bump(in: tx)
        try tx.run("DELETE FROM site_capacity WHERE site = \(site)")
        var rows = Rows([
            "site": .int, "process": .text, "service": .int, "weekday": .int, "opens": .int, "closes": .int, "units": .int,
            "from_day": .int, "until_day": .int,
        ])
        for one in stated {
            rows.add(
                site, one.process, one.service ?? ServiceID(0), one.weekday, one.opens.minuteOfDay, one.closes.minuteOfDay,
                one.units, one.validity.storedFrom, one.validity.storedUntil)
        }
        try tx.run(
            "INSERT INTO site_capacity (site, process, service, weekday, opens, closes, units, from_day, until_day) \(rows: rows)")
        tx.emit(
            NewEvent(
                "site.capacities_set", key: site.description, occurred: tx.now, actor: actor, site: site,
                payload: ["stated": .int(Int64(stated.count))]))
    }

    private static func check(
        _ one: SiteCapacity, after earlier: ArraySlice<SiteCapacity>, _ at: String, _ services: Set<ServiceID>
    ) throws(Refused) {
        guard (1...7).contains(one.weekday) else {
            throw .shiftInvalid(field: at + "/weekday", rule: "A weekday is 1 (Monday) to 7, not \(one.weekday).")
        }
        guard (0...limit).contains(one.units) else {
            throw .shiftInvalid(field: at + "/units", rule: "Units are 0 to \(limit), not \(one.units).")
        }
        guard !one.validity.isEmpty else { throw .shiftInvalid(field: at + "/until", rule: "The shift holds on no day at all.") }
        let isDeparture = one.process == .departure
        guard (one.service != nil) == isDeparture else {
            throw .shiftInvalid(field: at + "/service", rule: "A service is named for departures, and for nothing else.")
        }
        if let service = one.service, !services.contains(service) {
            throw .serviceUnknown(field: at + "/service", service: service)
        }
        guard isDeparture ? one.opens == one.closes && one.opens < .endOfDay : one.opens < one.closes else {
            throw .shiftInvalid(
                field: at + "/closes", rule: isDeparture ? "A departure has no end." : "A shift ends after it begins.")
        }
        guard !earlier.contains(where: one.overlaps) else {
            throw .shiftInvalid(field: at + "/opens", rule: "The shift from \(one.opens) overlaps another of that weekday.")
        }
    }
}

extension SiteCapacity {
    fileprivate func overlaps(_ other: SiteCapacity) -> Bool {
        guard process == other.process, service == other.service, weekday == other.weekday, validity.overlaps(other.validity)
        else { return false }
        return opens == other.opens || opens < other.closes && other.opens < closes
    }
}
