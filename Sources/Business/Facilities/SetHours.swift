import Kernel
import Store

/// The weekly hours of a site as the operator states them.
package struct NewHours: Hashable, Sendable {
    package var site: SiteID
    /// None: the site never closes but on its closures.
    package var windows: [OpeningWindow]

    package init(site: SiteID, windows: [OpeningWindow]) {
        self.site = site
        self.windows = windows
    }
}

/// States when sites work.
package enum SetHours {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case siteUnknown(field: String, site: SiteID)
        case siteRepeated(field: String, site: SiteID)
        case windowInvalid(field: String, rule: String)
    }

    /// The windows of these sites are replaced by those stated. Emits `site.hours_set` for each site.
    package static func run(
        _ hours: [NewHours], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws {
        let known = try Site.known(hours.map(\.site), in: tx)
        try check(hours, known: known)
        try ReferenceVersion.network.bump(in: tx)
        try write(hours, in: tx)
        for new in hours {
            let event = FacilitiesEvents.hoursSet(new, occurred: occurred ?? tx.now, actor: actor)
            tx.emit(event)
        }
    }

    private static func check(_ hours: [NewHours], known: Set<SiteID>) throws(Refused) {
        var seen: Set<SiteID> = []
        for (index, new) in hours.enumerated() {
            let at = "/hours/\(index)"
            guard known.contains(new.site) else { throw .siteUnknown(field: at + "/site", site: new.site) }
            guard seen.insert(new.site).inserted else { throw .siteRepeated(field: at + "/site", site: new.site) }
            if let empty = new.windows.firstIndex(where: { $0.validity.isEmpty }) {
                throw .windowInvalid(field: "\(at)/windows/\(empty)", rule: "The window holds on no day at all.")
            }
            do {
                _ = try SiteCalendar(zone: .utc, windows: new.windows)
            } catch {
                throw .windowInvalid(field: at + (error.field ?? ""), rule: error.message)
            }
        }
    }

    private static func write(_ hours: [NewHours], in tx: Transaction) throws {
        var rows = Rows([
            "site": .int, "weekday": .int, "opens": .int, "closes": .int, "from_day": .int, "until_day": .int,
        ])
        for new in hours {
            for window in new.windows {
                rows.add(
                    new.site, window.weekday, window.opens.minuteOfDay, window.closes.minuteOfDay,
                    window.validity.storedFrom, window.validity.storedUntil)
            }
        }
        try tx.run("DELETE FROM site_hours WHERE site IN \(list: hours.map(\.site))")
        try tx.run("INSERT INTO site_hours (site, weekday, opens, closes, from_day, until_day) \(rows: rows)")
    }
}

extension SetHours.Refused {
    package var code: String {
        switch self {
        case .siteUnknown: "facilities.site_unknown"
        case .siteRepeated: "facilities.site_repeated"
        case .windowInvalid: "facilities.window_invalid"
        }
    }

    package var message: String {
        switch self {
        case .siteUnknown(_, let site): "There is no site '\(site)'."
        case .siteRepeated(_, let site): "The site '\(site)' stands in the request twice."
        case .windowInvalid(_, let rule): rule
        }
    }

    package var kind: RefusalKind { if case .siteUnknown = self { .notFound } else { .invalid } }

    package var field: String? {
        switch self {
        case .siteUnknown(let field, _), .siteRepeated(let field, _), .windowInvalid(let field, _): field
        }
    }
}
