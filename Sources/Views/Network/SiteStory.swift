import Facilities
import Kernel
import Partners
import Store

/// One site with all that is stated of it: hours, closures, ways out and in, capacities, cartons, agreements.
package struct SiteStory: Sendable {
    package struct Hours: Sendable {
        /// ISO 8601: Monday is 1, Sunday 7.
        package let weekday: Int
        package let opens: String
        package let closes: String
        package let validity: Validity
    }

    package struct Closure: Sendable {
        package let day: CivilDate
        package let reason: String
    }

    package let site: SiteView
    package let hours: [Hours]
    /// From today on, the first first.
    package let closures: [Closure]
    /// Those that begin here and those that end here.
    package let lanes: [Lane]
    package let capacities: [SiteCapacity]
    package let cartons: [Carton]
    /// How many of each are left.
    package let cartonsLeft: [CartonID: Int64]
    /// With the partner who runs it; none where we do.
    package let agreements: [Agreement]
    package let locations: [(kind: Location.Kind, count: Int64)]
    package let names: Names

    /// - Throws: `NotFound` where there is no such site for the reader.
    package static func read(_ id: SiteID, _ scope: Scope, in tx: Transaction) throws -> SiteStory {
        let site = try SiteView.find(id, scope, in: tx)
        let today = (TimeZoneRule.named(site.timeZone) ?? .utc).day(of: tx.now)
        let agreements = try site.mode == .own ? [] : Agreements.at(id, in: tx)
        return SiteStory(
            site: site, hours: try hours(of: id, in: tx), closures: try closures(of: id, from: today, in: tx),
            lanes: try Lane.all(in: tx).filter { $0.origin == id || $0.destination == id },
            capacities: try SiteCapacity.all(in: tx)[id] ?? [], cartons: try Cartons.all(in: tx).filter { $0.site == id },
            cartonsLeft: try Cartons.onHand(at: [id], in: tx), agreements: agreements,
            locations: try tx.query("SELECT kind, COUNT(*) FROM location WHERE site = \(id) GROUP BY kind ORDER BY kind") {
                (kind: try $0.next(), count: try $0.next())
            }, names: try Names(merchants: agreements.map(\.merchant), in: tx))
    }

    private static func hours(of site: SiteID, in tx: Transaction) throws -> [Hours] {
        try tx.query(
            """
            SELECT weekday, opens, closes, from_day, until_day FROM site_hours WHERE site = \(site)
            ORDER BY weekday, opens, from_day
            """
        ) {
            let (weekday, opens, closes): (Int, Int, Int) = try ($0.next(), $0.next(), $0.next())
            let (from, until): (CivilDate, CivilDate) = try ($0.next(), $0.next())
            return Hours(
                weekday: weekday, opens: LocalTime(minuteOfDay: opens)?.description ?? "",
                closes: LocalTime(minuteOfDay: closes)?.description ?? "",
                validity: Validity(from: from.dayNumber < -100_000 ? nil : from, until: until.dayNumber > 1_000_000 ? nil : until))
        }
    }

    private static func closures(of site: SiteID, from day: CivilDate, in tx: Transaction) throws -> [Closure] {
        try tx.query("SELECT day, reason FROM site_closure WHERE site = \(site) AND day >= \(day) ORDER BY day LIMIT 100") {
            try Closure(day: $0.next(), reason: $0.next())
        }
    }
}
