import Kernel
import Store

/// What happens between us and those who work for us.
extension NewEvent {
    package static let handoffPrefix = "handoff."
    package static let stockReportType = "partner.stock_reported"
    package static let penaltyType = "partner.penalty"

    /// `handoff.sent` and so on, keyed by order.
    package static func handoff(
        _ one: Handoff, _ state: HandoffState, quantity: Quantity, actor: String = "system", at occurred: Instant,
        payload: JSON = [:]
    ) -> NewEvent {
        var members: [String: JSON] = ["fulfillment_order": .id(one.id)]
        if case .object(let more) = payload { members.merge(more) { _, new in new } }
        return NewEvent(
            handoffPrefix + state.rawValue, key: one.order.description, occurred: occurred, actor: actor, site: one.site,
            owner: one.merchant, quantity: quantity.rawValue, unit: "each", payload: .object(members))
    }

    /// A partner's count was taken; keyed by report.
    package static func stockReported(_ report: StockReport, actor: String, at occurred: Instant) -> NewEvent {
        NewEvent(
            stockReportType, key: report.id.description, occurred: occurred, actor: actor, site: report.site,
            owner: report.merchant, quantity: Int64(report.lines.count), unit: "line",
            payload: ["as_of": .string(report.asOf.description)])
    }

    /// A failure that costs the partner money; keyed by penalty.
    package static func penalty(
        _ id: PenaltyID, _ kind: PenaltyKind, _ amount: Money, under agreement: Agreement, of fulfillment: FulfillmentID?,
        at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            penaltyType, key: id.description, occurred: occurred, site: agreement.site, owner: agreement.merchant,
            payload: [
                "kind": .string(kind.rawValue), "amount_minor": .int(amount.minor), "currency": .string(amount.currency.code),
                "fulfillment_order": fulfillment.map { .id($0) } ?? .null,
            ])
    }
}
