import Kernel

/// A lane as the operator states it.
package struct NewLane: Hashable, Sendable {
    package var origin: SiteID
    /// Nil for the last mile.
    package var destination: SiteID?
    package var service: ServiceID
    package var mode: TransportMode
    /// 0 for a last mile.
    package var transitMinutes: Int
    /// Minor units of the operator's currency; 0 for a last mile.
    package var parcelCost: Int64
    package var refuses: GoodsTraits
    /// Tells lanes of the same ends and service apart by their first day.
    package var validity: Validity
    package var departures: [LaneDeparture]

    package init(
        origin: SiteID, destination: SiteID? = nil, service: ServiceID, mode: TransportMode = .road,
        transitMinutes: Int = 0, parcelCost: Int64 = 0, refuses: GoodsTraits = [], validity: Validity = .always, departures: [LaneDeparture]
    ) {
        self.origin = origin
        self.destination = destination
        self.service = service
        self.mode = mode
        self.transitMinutes = transitMinutes
        self.parcelCost = parcelCost
        self.refuses = refuses
        self.validity = validity
        self.departures = departures
    }
}

/// What a lane is known by.
struct LaneKey: Hashable {
    let origin: SiteID
    let destination: SiteID?
    let service: ServiceID
    let from: CivilDate
}

extension NewLane {
    var key: LaneKey {
        LaneKey(origin: origin, destination: destination, service: service, from: validity.storedFrom)
    }
}

extension Lane {
    var key: LaneKey {
        LaneKey(origin: origin, destination: destination, service: service, from: validity.storedFrom)
    }
}

/// What can be said against lanes, given which sites and services there are.
struct NewLaneCheck {
    let sites: Set<SiteID>
    let services: Set<ServiceID>
    private static let weekMinutes = 7 * 1440

    /// Lane by lane; for each in the order of `SaveLanes.Refused`.
    func check(_ lanes: [NewLane]) throws(SaveLanes.Refused) {
        var seen: Set<LaneKey> = []
        for (index, new) in lanes.enumerated() {
            let at = "/lanes/\(index)"
            guard sites.contains(new.origin) else { throw .siteUnknown(field: at + "/origin", site: new.origin) }
            if let destination = new.destination {
                guard sites.contains(destination) else { throw .siteUnknown(field: at + "/destination", site: destination) }
                guard destination != new.origin else { throw .circular(field: at + "/destination") }
            }
            guard services.contains(new.service) else {
                throw .serviceUnknown(field: at + "/service", service: new.service)
            }
            guard new.transitMinutes >= 0 else {
                throw .transitNegative(field: at + "/transit_minutes", minutes: new.transitMinutes)
            }
            guard new.parcelCost >= 0 else { throw .costNegative(field: at + "/parcel_cost", cost: new.parcelCost) }
            guard !new.validity.isEmpty else { throw .never(field: at + "/until") }
            for (place, departure) in new.departures.enumerated() {
                guard let fault = Self.fault(of: departure, after: new.departures[..<place]) else { continue }
                throw .departureInvalid(field: "\(at)/departures/\(place)/\(fault.member)", rule: fault.rule)
            }
            guard seen.insert(new.key).inserted else { throw .repeated(field: at) }
        }
    }

    private static func fault(
        of new: LaneDeparture, after earlier: ArraySlice<LaneDeparture>
    ) -> (member: String, rule: String)? {
        guard (1...7).contains(new.weekday) else {
            return ("weekday", "A weekday is 1 (Monday) to 7, not \(new.weekday).")
        }
        guard new.leaves < .endOfDay else { return ("leaves", "A departure leaves before 24:00; 00:00 is the next day's.") }
        guard (0...weekMinutes).contains(new.cutOffMinutes) else {
            return ("cut_off_minutes", "A cut-off lies 0 to \(weekMinutes) minutes before, not \(new.cutOffMinutes).")
        }
        guard !new.validity.isEmpty else { return ("until", "The departure holds on no day at all.") }
        let clash = earlier.contains {
            $0.weekday == new.weekday && $0.leaves == new.leaves && $0.validity.overlaps(new.validity)
        }
        return clash ? ("leaves", "Two departures of one weekday leave at \(new.leaves).") : nil
    }
}
