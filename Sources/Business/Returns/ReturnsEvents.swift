import Kernel
import Store

/// What happens to returns, keyed by order so that an order's story is in one order.
extension NewEvent {
    package static let rmaType = "return.state"
    package static let returnParcelType = "return.parcel"
    package static let goodsType = "return.goods"
    package static let gradedType = "return.graded"
    package static let refundDueType = "refund.due"
    package static let refundSentType = "refund.sent"
    package static let goodwillType = "goodwill.given"
    package static let goodwillLimitType = "goodwill.limit"
    package static let debtType = "return.debt"

    package static func rma(_ one: RMA, _ state: RMAState, actor: String = "system", at occurred: Instant) -> NewEvent {
        NewEvent(
            rmaType, key: one.order.description, occurred: occurred, actor: actor, site: one.site, owner: one.merchant,
            payload: [
                "return": .id(one.id), "kind": .string(one.kind.rawValue), "state": .string(state.rawValue),
                "resolution": .string(one.resolution.rawValue), "keep": .bool(one.keep),
            ])
    }

    /// The parcel of a return moved between our sites. Keyed by its order.
    package static func returnParcel(
        _ one: ReturnParcel, of order: OrderID, _ state: ReturnParcelState, at site: SiteID?, trip: TripID?, actor: String,
        occurred: Instant
    ) -> NewEvent {
        NewEvent(
            returnParcelType, key: order.description, occurred: occurred, actor: actor, site: site, owner: one.merchant,
            payload: [
                "return": .id(one.rma), "parcel": .id(one.unit), "state": .string(state.rawValue),
                "at_site": site.map { .id($0) } ?? .null, "trip": trip.map { .id($0) } ?? .null,
            ])
    }

    /// Goods were found in the hand. Keyed by themselves where no order is known.
    package static func goods(_ one: ReturnedGoods, order: OrderID?, actor: String, at occurred: Instant) -> NewEvent {
        NewEvent(
            goodsType, key: order?.description ?? one.id.description, occurred: occurred, actor: actor, site: one.site,
            owner: one.owner, quantity: one.quantity.rawValue, unit: "each",
            payload: ["goods": .id(one.id), "sku": .id(one.sku), "finding": .string(one.finding.rawValue)])
    }

    package static func graded(
        _ one: ReturnedGoods, _ grade: Grade, _ disposition: Disposition, actor: String, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            gradedType, key: one.id.description, occurred: occurred, actor: actor, site: one.site, owner: one.owner,
            quantity: one.quantity.rawValue, unit: "each",
            payload: [
                "goods": .id(one.id), "sku": .id(one.sku), "grade": .string(grade.rawValue),
                "disposition": .string(disposition.rawValue),
            ])
    }

    package static func refund(_ one: Refund, _ type: String, actor: String = "system", at occurred: Instant) -> NewEvent {
        var payload: [String: JSON] = [
            "refund": .id(one.id), "amount_minor": .int(one.parts.amount), "currency": .string(one.currency.code),
        ]
        payload["return"] = one.rma.map(JSON.id)
        return NewEvent(
            type, key: one.order.description, occurred: occurred, actor: actor, owner: one.merchant, payload: .object(payload))
    }

    /// Keyed by order. The note stays where it was written.
    static func goodwill(_ one: Goodwill, actor: String, at occurred: Instant) -> NewEvent {
        NewEvent(
            goodwillType, key: one.order.description, occurred: occurred, actor: actor, owner: one.merchant,
            payload: [
                "refund": .id(one.refund), "amount_minor": .int(one.amount.minor), "currency": .string(one.amount.currency.code),
                "reason": .string(one.reason.rawValue), "giver": .string(one.giver.rawValue),
            ])
    }

    /// Keyed by merchant.
    static func goodwillLimit(_ one: GoodwillLimit, actor: String, at occurred: Instant) -> NewEvent {
        NewEvent(
            goodwillLimitType, key: one.merchant.description, occurred: occurred, actor: actor, owner: one.merchant,
            payload: [
                "giver": .string(one.giver.rawValue), "most_minor": .int(one.most.minor),
                "currency": .string(one.most.currency.code), "share_ppm": .int(one.sharePPM),
            ])
    }

    package static func debt(
        _ one: ReturnDebt, _ state: DebtState, actor: String = "system", at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            debtType, key: one.order.description, occurred: occurred, actor: actor, owner: one.merchant,
            quantity: one.units.rawValue, unit: "each",
            payload: [
                "debt": .id(one.id), "return": .id(one.rma), "state": .string(state.rawValue),
                "amount_minor": .int(one.amount.minor), "currency": .string(one.amount.currency.code),
            ])
    }
}
