import Kernel
import Store

/// What happens on the floor.
extension NewEvent {
    package static let asnType = "asn"
    package static let disputeType = "inbound_dispute"
    package static let waveReleasedType = "wave.released"
    package static let waveUndoneType = "wave.undone"
    package static let pickedType = "fulfillment.picked"

    /// `asn.announced`, `asn.changed`, `asn.received`, `asn.closed`, keyed by ASN.
    package static func asn(_ asn: ASN, _ what: String, quantity: Quantity, actor: String, at occurred: Instant) -> NewEvent {
        NewEvent(
            "\(asnType).\(what)", key: asn.id.description, occurred: occurred, actor: actor, site: asn.site, owner: asn.merchant,
            quantity: quantity.rawValue, unit: "each", payload: ["number": .string(asn.number)])
    }

    /// `inbound_dispute.opened`, `.settled`, `.withdrawn`, keyed by ASN; the quantity is what is missing.
    static func dispute(
        _ one: Dispute, _ what: String, found: Quantity = 0, owed: Quantity = 0, actor: String = "system", at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            "\(disputeType).\(what)", key: one.asn.description, occurred: occurred, actor: actor, site: one.site, owner: one.merchant,
            quantity: one.missing.rawValue, unit: "each",
            payload: [
                "dispute": .id(one.id), "sku": .id(one.sku), "claimed": .int(one.claimed.rawValue),
                "received": .int(one.received.rawValue), "found": .int(found.rawValue), "owed": .int(owed.rawValue),
            ])
    }

    package static func waveReleased(_ wave: WaveID, site: SiteID, orders: Int, at occurred: Instant) -> NewEvent {
        NewEvent(
            waveReleasedType, key: wave.description, occurred: occurred, site: site, quantity: Int64(orders), unit: "order")
    }

    /// A wave was taken back before anything was picked.
    package static func waveUndone(
        _ wave: WaveID, site: SiteID, orders: Int, actor: String, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            waveUndoneType, key: wave.description, occurred: occurred, actor: actor, site: site, quantity: Int64(orders),
            unit: "order")
    }

    /// `release.paused`, `release.resumed`, keyed by site.
    package static func release(_ what: String, site: SiteID, actor: String, at occurred: Instant) -> NewEvent {
        NewEvent("release.\(what)", key: site.description, occurred: occurred, actor: actor, site: site)
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
