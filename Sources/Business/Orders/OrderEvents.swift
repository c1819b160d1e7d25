import Kernel
import Store

/// What happens to orders, keyed by order.
extension NewEvent {
    package static let orderPlacedType = "order.placed"
    package static let orderStateType = "order.state"
    package static let orderReservedType = "order.reserved"
    package static let orderCancelType = "order.cancel"
    package static let orderMovedType = "order.moved"
    package static let fulfillmentType = "fulfillment.opened"

    package static func orderPlaced(_ order: NewOrder, actor: String) -> NewEvent {
        let units = order.lines.reduce(Int64(0)) { $0 + $1.components.reduce(0) { $0 + $1.ordered.rawValue } }
        return NewEvent(
            orderPlacedType, key: order.id.description, occurred: order.placedAt, actor: actor, owner: order.merchant,
            quantity: units, unit: "each"
        ).telling {
            $0.add("channel", order.channel)
            $0.add("currency", order.currency.code)
            $0.add("number", order.number)
            $0.add("promised_by", order.promisedBy?.description)
            $0.add("purpose", order.purpose.rawValue)
            $0.add("total_minor", order.lines.reduce(0) { $0 + $1.total })
            $0.add("way", order.way.rawValue)
        }
    }

    package static func orderState(_ order: OrderID, _ owner: MerchantID, _ state: OrderState, at occurred: Instant) -> NewEvent {
        NewEvent(
            orderStateType, key: order.description, occurred: occurred, owner: owner, payload: ["state": .string(state.rawValue)])
    }

    /// Units that waited have found goods.
    package static func orderReserved(
        _ order: OrderID, _ owner: MerchantID, site: SiteID, quantity: Quantity, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            orderReservedType, key: order.description, occurred: occurred, site: site, owner: owner,
            quantity: quantity.rawValue, unit: "each")
    }

    /// Units went to another position by no step of their journey: back, or cancelled.
    /// - Parameter site: where they stood; nil for units that waited.
    package static func orderMoved(
        _ order: OrderID, _ owner: MerchantID, site: SiteID?, from: Position, to: Position, quantity: Quantity,
        at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            orderMovedType, key: order.description, occurred: occurred, site: site, owner: owner,
            quantity: quantity.rawValue, unit: "each",
            payload: ["from": .string(from.rawValue), "to": .string(to.rawValue)])
    }

    package static let orderPaymentType = "order.payment"
    package static let orderHoldReleasedType = "order.hold_released"

    package static func orderPayment(
        _ order: OrderID, _ owner: MerchantID, _ payment: PaymentState, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            orderPaymentType, key: order.description, occurred: occurred, owner: owner,
            payload: ["payment": .string(payment.rawValue)])
    }

    /// The date first shown to the shopper of an order that had none. Payload: promised_by.
    package static func orderPromised(
        _ order: OrderID, _ owner: MerchantID, _ date: Instant, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            "order.promised", key: order.description, occurred: occurred, owner: owner,
            payload: ["promised_by": .string(date.description)])
    }

    /// The order goes elsewhere; the address stands with the recipient only.
    package static func orderAddress(_ order: OrderID, _ owner: MerchantID, actor: String, at occurred: Instant) -> NewEvent {
        NewEvent("order.address", key: order.description, occurred: occurred, actor: actor, owner: owner)
    }

    package static func orderHold(
        _ order: OrderID, _ owner: MerchantID, kind: String, isOn: Bool, until: Instant? = nil, at occurred: Instant
    ) -> NewEvent {
        var payload: [String: JSON] = ["kind": .string(kind)]
        if let until { payload["until"] = .string(until.description) }
        return NewEvent(
            isOn ? "order.held" : orderHoldReleasedType, key: order.description, occurred: occurred, owner: owner,
            payload: .object(payload))
    }

    package static func orderCancel(
        _ order: OrderID, _ owner: MerchantID, answer: CancelAnswer, units: Quantity, actor: String, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            orderCancelType, key: order.description, occurred: occurred, actor: actor, owner: owner,
            quantity: units.rawValue, unit: "each", payload: ["answer": .string(answer.rawValue)])
    }

    package static func fulfillment(_ one: FulfillmentOrder, at occurred: Instant) -> NewEvent {
        NewEvent(
            fulfillmentType, key: one.order.description, occurred: occurred, site: one.site, owner: one.merchant,
            quantity: one.lines.reduce(0) { $0 + $1.quantity.rawValue }, unit: "each"
        ).telling {
            $0.add("deliver_by", one.deliverBy.description)
            $0.add("fulfillment_order", one.id)
            $0.add("purpose", one.purpose.rawValue)
            $0.add("service", one.service)
            $0.add("ship_by", one.shipBy.description)
        }
    }
}
