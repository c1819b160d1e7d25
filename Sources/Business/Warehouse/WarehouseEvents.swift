import Kernel
import Store

/// What happens on the floor.
extension NewEvent {
    package static let asnType = "asn"
    package static let waveReleasedType = "wave.released"
    package static let pickedType = "fulfillment.picked"

    /// `asn.announced`, `asn.received`, `asn.closed`, keyed by ASN.
    package static func asn(_ asn: ASN, _ what: String, quantity: Quantity, at occurred: Instant) -> NewEvent {
        NewEvent(
            "\(asnType).\(what)", key: asn.id.description, occurred: occurred, site: asn.site, owner: asn.merchant,
            quantity: quantity.rawValue, unit: "each", payload: ["number": .string(asn.number)])
    }

    package static func waveReleased(_ wave: WaveID, site: SiteID, orders: Int, at occurred: Instant) -> NewEvent {
        NewEvent(
            waveReleasedType, key: wave.description, occurred: occurred, site: site, quantity: Int64(orders), unit: "order")
    }

    /// Units of an order went from bins into a tote; keyed by order.
    package static func picked(
        _ order: OrderID, _ owner: MerchantID, fulfillment: FulfillmentID, site: SiteID, quantity: Quantity, actor: String,
        at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            pickedType, key: order.description, occurred: occurred, actor: actor, site: site, owner: owner,
            quantity: quantity.rawValue, unit: "each", payload: ["fulfillment_order": .id(fulfillment)])
    }
}
