import Kernel
import Store

/// What happens to parcels, keyed by order so that an order's story is in one order.
extension NewEvent {
    package static let parcelPackedType = "parcel.packed"
    package static let parcelLabelledType = "parcel.labelled"
    package static let parcelHandedOverType = "parcel.handed_over"
    package static let parcelTrackedType = "parcel.tracked"
    package static let parcelPulledType = "parcel.pulled"
    package static let parcelUnlabelledType = "parcel.unlabelled"
    package static let parcelVoidedType = "parcel.voided"
    /// Left one of our sites for another. `from` and `to` are positions where the order's units moved with it.
    package static let parcelDepartedType = "parcel.departed"
    package static let parcelArrivedType = "parcel.arrived"
    /// Taken out where it stood, and back with us.
    package static let parcelStoppedType = "parcel.stopped"
    /// Given up for lost between our own sites.
    package static let parcelMissingType = "parcel.missing"
    package static let parcelReroutedType = "parcel.rerouted"
    package static let parcelInterceptionType = "parcel.interception"
    package static let parcelRedirectionType = "parcel.redirection"

    package static func parcel(
        _ one: Parcel, _ type: String, actor: String = "system", at occurred: Instant, payload: JSON = [:]
    ) -> NewEvent {
        var members: [String: JSON] = ["parcel": .id(one.id), "fulfillment_order": .id(one.fulfillment)]
        if case .object(let more) = payload { members.merge(more) { _, new in new } }
        return NewEvent(
            type, key: one.order.description, occurred: occurred, actor: actor, site: one.site, owner: one.merchant,
            quantity: one.items.reduce(0) { $0 + $1.quantity.rawValue }, unit: "each", payload: .object(members))
    }

    /// `bag.open`, `bag.closed` …: a bag, pallet or container changed; the operator's, as it is shared.
    package static func bag(
        _ bag: Bag, _ state: BagState, site: SiteID, actor: String, at occurred: Instant, payload: JSON = [:]
    ) -> NewEvent {
        var members: [String: JSON] = [
            "state": .string(state.rawValue), "lane": .id(bag.lane), "destination": .id(bag.destination),
        ]
        if case .object(let more) = payload { members.merge(more) { _, new in new } }
        return NewEvent(
            "bag.\(state.rawValue)", key: bag.unit.description, occurred: occurred, actor: actor, site: site, payload: .object(members))
    }

    /// `unit.short`, `unit.nested`, `unit.taken_out`: a unit is missing, went into another or came out of one. The operator's,
    /// but of a parcel its merchant's as well.
    package static func unit(
        _ type: String, _ unit: UnitID, site: SiteID, owner: MerchantID? = nil, actor: String, at occurred: Instant,
        payload: JSON = [:]
    ) -> NewEvent {
        NewEvent(
            type, key: unit.description, occurred: occurred, actor: actor, site: site, owner: owner, payload: payload)
    }

    package static let (unitShortType, unitNestedType, unitTakenOutType) = ("unit.short", "unit.nested", "unit.taken_out")

    /// `trip.loading`, `trip.departed` …: a trip went on; the operator's. The parcels on it are told one by one afterwards.
    package static func trip(
        _ trip: Trip, _ state: TripState, actor: String, at occurred: Instant, payload: JSON = [:]
    ) -> NewEvent {
        var members: [String: JSON] = [
            "state": .string(state.rawValue), "lane": .id(trip.lane), "origin": .id(trip.origin),
            "destination": .id(trip.destination),
        ]
        if case .object(let more) = payload { members.merge(more) { _, new in new } }
        let isThere = state == .arrived || state == .reconciled
        return NewEvent(
            "trip.\(state.rawValue)", key: trip.id.description, occurred: occurred, actor: actor,
            site: isThere ? trip.destination : trip.origin, payload: .object(members))
    }
}
