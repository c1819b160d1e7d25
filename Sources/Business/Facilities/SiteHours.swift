import Kernel
import Store

/// The weekly hours of sites.
enum SiteHours {
    /// The windows of each site, by weekday, opening and first day.
    static func all(in tx: Transaction) throws -> [SiteID: [OpeningWindow]] {
        let found = try tx.query(
            """
            SELECT site, weekday, opens, closes, from_day, until_day FROM site_hours
            ORDER BY site, weekday, opens, from_day
            """
        ) {
            let site = try $0.next(SiteID.self)
            return (
                site,
                try OpeningWindow(
                    weekday: $0.next(), opens: $0.nextTime(), closes: $0.nextTime(), validity: $0.nextValidity())
            )
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }
}

/// A day on which a site stays closed.
package struct SiteClosure: Hashable, Sendable {
    package let site: SiteID
    package let day: CivilDate
    /// 1 to 200 characters.
    package let reason: String

    package init(site: SiteID, day: CivilDate, reason: String) {
        self.site = site
        self.day = day
        self.reason = reason
    }

    static func all(in tx: Transaction) throws -> [SiteID: [CivilDate]] {
        let found = try tx.query("SELECT site, day FROM site_closure ORDER BY site, day") {
            (try $0.next(SiteID.self), try $0.next(CivilDate.self))
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }
}
