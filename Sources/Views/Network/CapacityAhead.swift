import Facilities
import Kernel
import Store

/// How full a process of a site is on one of its days.
package struct CapacityDay: Sendable {
    package let site: SiteID
    package let process: WorkProcess
    /// Of departures; nil for work at the site.
    package let service: ServiceID?
    /// On the site's own calendar.
    package let day: CivilDate
    /// Nil where nothing is stated for the day, which then has no limit.
    package var capacity: Int64?
    package var booked: Int64 = 0
    /// Booked beyond what the shifts of the day do.
    package var over: Int64 = 0

    /// Of the capacity, in per cent; nil where there is no limit.
    package var percent: Int64? { capacity.map { $0 > 0 ? booked * 100 / $0 : booked > 0 ? 999 : 0 } }
}

extension CapacityDay {
    /// What is stated and what is booked of the reader's sites, from their today on, by site, process, service and day.
    package static func ahead(days: Int, _ scope: Scope, in tx: Transaction) throws -> [CapacityDay] {
        let zones = Dictionary(
            uniqueKeysWithValues: try tx.query("SELECT id, zone FROM site WHERE \(scope.owns(site: "id")) ORDER BY id") {
                (try $0.next(SiteID.self), TimeZoneRule.named(try $0.next(String.self)) ?? .utc)
            })
        let closed = Set(
            try tx.query("SELECT site, day FROM site_closure WHERE site IN \(list: zones.keys.sorted()) ORDER BY site, day") {
                SiteOnDay(site: try $0.next(), day: try $0.next())
            })
        var found: [Key: CapacityDay] = [:]
        for (site, stated) in try SiteCapacity.all(in: tx) {
            guard let zone = zones[site] else { continue }
            let today = zone.day(of: tx.now)
            for one in stated {
                for day in (0..<days).map({ today + $0 }) where one.validity.holds(on: day) {
                    let key = Key(site: site, process: one.process, service: one.service, day: day)
                    let works = one.weekday == day.weekday && !closed.contains(SiteOnDay(site: site, day: day))
                    found[key, default: CapacityDay(key, capacity: 0)].capacity? += works ? one.units : 0
                }
            }
        }
        for slot in try CapacityBook.load(zones.keys.sorted(), locked: false, in: tx) {
            guard let zone = zones[slot.key.site] else { continue }
            let service = slot.key.process == .departure ? slot.key.service : nil
            let day = zone.day(of: slot.slot.starts)
            guard day - zone.day(of: tx.now) < days else { continue }
            let key = Key(site: slot.key.site, process: slot.key.process, service: service, day: day)
            found[key, default: CapacityDay(key, capacity: nil)].booked += slot.slot.booked
            found[key]?.over += slot.over
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    private init(_ key: Key, capacity: Int64?) {
        self.init(site: key.site, process: key.process, service: key.service, day: key.day, capacity: capacity)
    }

    private struct SiteOnDay: Hashable {
        let site: SiteID
        let day: CivilDate
    }

    private struct Key: Hashable, Comparable {
        let site: SiteID
        let process: WorkProcess
        let service: ServiceID?
        let day: CivilDate

        private var place: Int { WorkProcess.allCases.firstIndex(of: process) ?? 0 }

        static func < (a: Key, b: Key) -> Bool {
            (a.site, a.place, a.service ?? ServiceID(0), a.day) < (b.site, b.place, b.service ?? ServiceID(0), b.day)
        }
    }
}
