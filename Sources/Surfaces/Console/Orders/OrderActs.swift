import Flows
import Identity
import Kernel
import Orders
import Returns
import Views

/// What the forms of an order's page do: the same flows that the API calls, for the same people.
struct OrderActs {
    var pages: [Page] {
        [
            .post("/orders/{order}/cancellations", for: OrdersPages.actors) { visit in
                let id = try visit.id("order", OrderID.self), reason = try visit.form.text("reason", 1...200)
                let done = try await visit.perform(
                    CancelOrder(id, merchant: visit.caller.merchant, reason: reason, actor: visit.actor))
                return .to("/orders/\(id)", said: "said.cancel_\(done.answer.rawValue)")
            },
            .post("/orders/{order}/holds", for: OrdersPages.actors) { visit in
                let id = try visit.id("order", OrderID.self)
                let kind = try visit.form.text("kind", 1...50), reason = try visit.form.text("reason", 1...200)
                let until = try visit.form.optional("until").map { text in
                    guard let day = CivilDate(text) else { throw InvalidInput(field: "/until", "'\(text)' is not \(CivilDate.form).") }
                    return visit.format.zone.instant(day, .midnight)
                }
                try await visit.perform(HoldOrder(id, merchant: visit.caller.merchant, kind: kind, reason: reason, until: until))
                return .to("/orders/\(id)", said: "said.held")
            },
            .post("/orders/{order}/releases", for: OrdersPages.actors) { visit in
                let id = try visit.id("order", OrderID.self), kind = try visit.form.text("kind", 1...50)
                try await visit.perform(HoldOrder(id, merchant: visit.caller.merchant, kind: kind, reason: nil))
                return .to("/orders/\(id)", said: "said.let_go")
            },
            .post("/orders/{order}/interceptions", for: OrdersPages.actors) { visit in
                let id = try visit.id("order", OrderID.self), parcel = try visit.form.id("parcel", UnitID.self), scope = visit.scope
                _ = try await visit.perform(InterceptParcel(parcel, actor: visit.actor)) {
                    try Ownership.parcels([parcel], scope, in: $0)
                }
                return .to("/orders/\(id)", said: "said.intercepted")
            },
            .post("/orders/{order}/return-decisions", for: OrdersPages.actors) { visit in
                let id = try visit.id("order", OrderID.self), rma = try visit.form.id("return", RMAID.self)
                let decision = try visit.form.choice("decision", Decision.self), reason = try visit.form.text("reason", 1...200)
                try await visit.perform(
                    DecideReturn(rma, merchant: visit.caller.merchant, decision: decision.state, reason: reason, actor: visit.actor))
                return .to("/orders/\(id)", said: "said.decided")
            },
            .post("/orders/{order}/replacements", for: OrdersPages.actors) { try await Self.replace($0) },
        ] + RecipientPages().pages + OrderChanges.pages + OrderGoodwill.pages + OrderClaim.pages
    }

    private enum Decision: String {
        case authorised, denied

        var state: RMAState { self == .authorised ? .authorised : .denied }
    }

    private static func replace(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("order", OrderID.self), scope = visit.scope, form = visit.form
        let order = try await visit.read { try OrderDetails.find(id, scope, in: $0) }
        var lines: [OutboundRequest.Line] = []
        for part in order.lines.flatMap(\.components) {
            let field = "units_\(part.id)"
            guard form.optional(field) != nil else { continue }
            let units = try form.number(field)
            guard (0...part.ordered.rawValue).contains(units) else {
                throw InvalidInput(field: "/\(field)", "\(units) is not between 0 and the \(part.ordered) that were ordered.")
            }
            if units > 0 { lines.append(OutboundRequest.Line(sku: part.skuCode, quantity: Quantity(units))) }
        }
        let request = OutboundRequest(
            merchant: order.merchant, purpose: .replacement, number: try form.text("number", 1...100), lines: lines, original: id,
            reason: try form.text("reason", 1...200))
        let placed = try await visit.perform(PlaceOutbound(request, desk: visit.parts.orders, actor: visit.actor)) {
            try Ownership.orders([id], scope, in: $0)
        }
        return .to("/orders/\(placed.order)", said: "said.sent_again")
    }
}

extension FormValues {
    /// - Throws: a refusal at the field, where the text is shorter or longer.
    func text(_ name: String, _ length: ClosedRange<Int>) throws -> String {
        let text = self[name]
        guard length.contains(text.count) else {
            throw InvalidInput(
                field: "/\(name)",
                "\(name) has \(text.count) characters, which is not between \(length.lowerBound) and \(length.upperBound).")
        }
        return text
    }
}
