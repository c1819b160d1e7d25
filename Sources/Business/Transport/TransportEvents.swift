import Kernel
import Store

/// What happens to parcels, keyed by order so that an order's story is in one order.
extension NewEvent {
    package static let parcelPackedType = "parcel.packed"
    package static let parcelLabelledType = "parcel.labelled"
    package static let parcelHandedOverType = "parcel.handed_over"
    package static let parcelTrackedType = "parcel.tracked"
    package static let parcelPulledType = "parcel.pulled"
    package static let parcelVoidedType = "parcel.voided"

    package static func parcel(
        _ one: Parcel, _ type: String, actor: String = "system", at occurred: Instant, payload: JSON = [:]
    ) -> NewEvent {
        var members: [String: JSON] = ["parcel": .id(one.id), "fulfillment_order": .id(one.fulfillment)]
        if case .object(let more) = payload { members.merge(more) { _, new in new } }
        return NewEvent(
            type, key: one.order.description, occurred: occurred, actor: actor, site: one.site, owner: one.merchant,
            quantity: one.items.reduce(0) { $0 + $1.quantity.rawValue }, unit: "each", payload: .object(members))
    }
}
