import Kernel
import Store

/// A day of a site.
package struct SiteDay: Hashable, Sendable {
    package let site: SiteID
    package let day: CivilDate

    package init(site: SiteID, day: CivilDate) {
        self.site = site
        self.day = day
    }
}

/// Closes sites on days, and opens them again.
package enum SetClosures {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case siteUnknown(field: String, site: SiteID)
        case reasonInvalid(field: String)
    }

    /// First opens `reopened`, whether or not they were closed, then closes `closures`; a day closed already takes the
    /// new reason. Emits `site.closures_set` for each site.
    package static func run(
        _ closures: [SiteClosure], reopened: [SiteDay] = [], occurred: Instant? = nil, actor: String = "system",
        in tx: Transaction
    ) throws {
        let sites = Set(closures.map(\.site) + reopened.map(\.site)).sorted()
        let known = try Site.known(sites, in: tx)
        for (index, closure) in closures.enumerated() {
            let at = "/closures/\(index)"
            guard known.contains(closure.site) else {
                throw Refused.siteUnknown(field: at + "/site", site: closure.site)
            }
            guard FacilityText.isName(closure.reason) else { throw Refused.reasonInvalid(field: at + "/reason") }
        }
        for (index, day) in reopened.enumerated() where !known.contains(day.site) {
            throw Refused.siteUnknown(field: "/reopened/\(index)/site", site: day.site)
        }
        try ReferenceVersion.network.bump(in: tx)
        try write(closures, reopened, in: tx)
        for site in sites {
            let days = closures.filter { $0.site == site }.map(\.day)
            let opened = reopened.filter { $0.site == site }.map(\.day)
            tx.emit(FacilitiesEvents.closuresSet(site, days, opened, occurred: occurred ?? tx.now, actor: actor))
        }
    }

    private static func write(_ closures: [SiteClosure], _ reopened: [SiteDay], in tx: Transaction) throws {
        var days = Rows(["site": .int, "day": .int])
        for day in reopened { days.add(day.site, day.day) }
        try tx.run("DELETE FROM site_closure WHERE (site, day) IN (SELECT v.site, v.day FROM (\(rows: days)) AS v)")
        let last = Dictionary(closures.map { (SiteDay(site: $0.site, day: $0.day), $0) }) { _, last in last }
        var rows = Rows(["site": .int, "day": .int, "reason": .text])
        for closure in last.values.sorted(by: { ($0.site, $0.day) < ($1.site, $1.day) }) {
            rows.add(closure.site, closure.day, closure.reason)
        }
        try tx.run(
            """
            INSERT INTO site_closure (site, day, reason)
            SELECT v.site, v.day, v.reason FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (site, day) DO UPDATE SET reason = excluded.reason
            """)
    }
}

extension SetClosures.Refused {
    package var code: String {
        switch self {
        case .siteUnknown: "facilities.site_unknown"
        case .reasonInvalid: "facilities.reason_invalid"
        }
    }

    package var message: String {
        switch self {
        case .siteUnknown(_, let site): "There is no site '\(site)'."
        case .reasonInvalid: "A reason has 1 to 200 characters."
        }
    }

    package var kind: RefusalKind { if case .siteUnknown = self { .notFound } else { .invalid } }

    package var field: String? {
        switch self {
        case .siteUnknown(let field, _), .reasonInvalid(let field): field
        }
    }
}
