import Kernel
import Store

/// A way from a site to another by a service, or from a site to the shoppers around it.
package struct Lane: Hashable, Sendable {
    package let id: LaneID
    package let origin: SiteID
    /// Nil for the last mile from `origin`: its departures are the courier's collections.
    package let destination: SiteID?
    package let service: ServiceID
    package let mode: TransportMode
    /// From departure to arrival; 0 for a last mile, whose days are the zone's.
    package let transitMinutes: Int
    /// What a parcel on it costs, in minor units of the operator's currency; 0 for a last mile, whose price is the zone's.
    package let parcelCost: Int64
    package let refuses: GoodsTraits
    package let validity: Validity
    /// By weekday and time.
    package let departures: [LaneDeparture]
}

/// A weekly departure of a lane, on the wall clock of its origin.
package struct LaneDeparture: Hashable, Sendable {
    /// ISO 8601: Monday is 1, Sunday 7.
    package let weekday: Int
    package let leaves: LocalTime
    /// How long before it what is to leave has to stand ready.
    package let cutOffMinutes: Int
    package let validity: Validity

    package init(weekday: Int, leaves: LocalTime, cutOffMinutes: Int = 0, validity: Validity = .always) {
        self.weekday = weekday
        self.leaves = leaves
        self.cutOffMinutes = cutOffMinutes
        self.validity = validity
    }
}

extension Lane {
    /// All lanes by id order; they are few.
    package static func all(in tx: Transaction) throws -> [Lane] {
        let departures = try tx.query(
            """
            SELECT lane, weekday, minute, cut_off_minutes, from_day, until_day FROM lane_departure
            ORDER BY lane, weekday, minute, from_day
            """
        ) {
            let lane = try $0.next(LaneID.self)
            return (
                lane,
                try LaneDeparture(
                    weekday: $0.next(), leaves: $0.nextTime(), cutOffMinutes: $0.next(), validity: $0.nextValidity())
            )
        }
        let byLane = Dictionary(grouping: departures, by: \.0).mapValues { $0.map(\.1) }
        return try tx.query(
            """
            SELECT id, origin, destination, service, mode, transit_minutes, parcel_cost, refuses, from_day, until_day
            FROM lane ORDER BY id
            """
        ) {
            let id = try $0.next(LaneID.self)
            return try Lane(
                id: id, origin: $0.next(), destination: $0.next(), service: $0.next(), mode: $0.next(),
                transitMinutes: $0.next(), parcelCost: $0.next(), refuses: $0.nextTraits(), validity: $0.nextValidity(),
                departures: byLane[id] ?? [])
        }
    }
}
