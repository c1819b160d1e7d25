import Kernel
import Store

extension WorkProcess: SQLValue {}

/// How much a site does of a process in a weekly shift, or sends with a weekly departure, on its own wall clock.
package struct SiteCapacity: Hashable, Sendable {
    package let process: WorkProcess
    /// Of departures; nil for work at the site.
    package let service: ServiceID?
    /// ISO 8601: Monday is 1, Sunday 7.
    package let weekday: Int
    /// Of a departure: when it leaves.
    package let opens: LocalTime
    /// Of a departure: as `opens`.
    package let closes: LocalTime
    /// Units to pick or pack; pieces to sort or send.
    package let units: Int64
    package let validity: Validity

    package init(
        process: WorkProcess, service: ServiceID? = nil, weekday: Int, opens: LocalTime, closes: LocalTime? = nil, units: Int64,
        validity: Validity = .always
    ) {
        self.process = process
        self.service = service
        self.weekday = weekday
        self.opens = opens
        self.closes = closes ?? opens
        self.units = units
        self.validity = validity
    }

    func key(at site: SiteID) -> WorkKey { WorkKey(site, process, service: service ?? ServiceID(0)) }

    /// By site, then by process, weekday and time.
    package static func all(in tx: Transaction) throws -> [SiteID: [SiteCapacity]] {
        let found = try tx.query(
            """
            SELECT site, process, service, weekday, opens, closes, units, from_day, until_day FROM site_capacity
            ORDER BY site, process, service, weekday, opens, from_day
            """
        ) {
            let (site, process, service) = try ($0.next(SiteID.self), $0.next(WorkProcess.self), $0.next(ServiceID.self))
            return (
                site,
                try SiteCapacity(
                    process: process, service: service.raw == 0 ? nil : service, weekday: $0.next(), opens: $0.nextTime(),
                    closes: $0.nextTime(), units: $0.next(), validity: $0.nextValidity())
            )
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }
}

/// What is stated of the processes of one site, made into the slots of days.
package struct CapacityPlan: Sendable {
    private let byKey: [WorkKey: [SiteCapacity]]
    private let zone: TimeZoneRule
    private let closures: Holidays
    /// What is limited at all, in order.
    package let keys: [WorkKey]

    init(_ site: SiteID, _ stated: [SiteCapacity], zone: TimeZoneRule, closures: Holidays) {
        byKey = Dictionary(grouping: stated) { $0.key(at: site) }
        keys = byKey.keys.sorted()
        self.zone = zone
        self.closures = closures
    }

    /// The slots of the `days` from the one of `start` on, in the order of time. A day for which nothing is stated of a
    /// process has no limit; one on which the site is closed has no slots.
    package func slots(_ key: WorkKey, from start: Instant, days: Int = SiteCalendar.searchDays) -> [WorkSlot] {
        guard let stated = byKey[key] else { return [] }
        let first = zone.day(of: start)
        return (0...days).flatMap { slots(of: first + $0, stated) }
    }

    /// Whether anything is stated of a process for the day of `instant`.
    func isLimited(_ key: WorkKey, at instant: Instant) -> Bool {
        let day = zone.day(of: instant)
        return byKey[key]?.contains { $0.validity.holds(on: day) } ?? false
    }

    private func slots(of day: CivilDate, _ stated: [SiteCapacity]) -> [WorkSlot] {
        guard !closures.contains(day) else { return [] }
        let valid = stated.filter { $0.validity.holds(on: day) }
        if valid.isEmpty {
            let (starts, ends) = (zone.instant(day, .midnight), zone.instant(day + 1, .midnight))
            return [WorkSlot(starts: starts, ends: ends, capacity: nil)]
        }
        return valid.filter { $0.weekday == day.weekday }.map {
            let starts = zone.instant(day, $0.opens)
            return WorkSlot(starts: starts, ends: max(starts, zone.instant(day, $0.closes)), capacity: $0.units)
        }.sorted { $0.starts < $1.starts }
    }
}
