import Claims
import Flows
import Kernel
import Orders
import Transport
import Views

/// Money that is claimed for the parcels of an order: what is, and the form that claims more.
struct OrderClaim {
    let story: OrderStory
    let visit: Visit

    init(_ story: OrderStory, _ visit: Visit) { (self.story, self.visit) = (story, visit) }

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    /// The claims there are; nothing where there are none.
    var markup: Markup {
        guard !story.claims.isEmpty else { return .blank }
        let doors = Doors(visit)
        let lines = story.claims.map { one -> Markup in
            let isOpen = one.closedAt == nil, when = isOpen ? Cell.due(one.dueAt, isLate: one.dueAt < format.now).markup(format) : ""
            let sum = texts("claim.granted_of", ["money": format.money(one.granted)])
            let granted: Markup = one.state == .granted ? "<small>\(sum)</small>" : .blank
            return """
                <li class="\(isOpen ? "warn" : "done")"><div><b>\(doors.link(texts["claim_kind.\(one.kind.rawValue)"], to: one.id))</b> \
                \(ClaimPages.badge(one.state, texts).markup)\
                <small>\(format.money(one.claimed)) · \(texts["claim_reason.\(one.reason.rawValue)"])</small>\(granted)</div>\(when)</li>
                """
        }
        return Card(texts["claim.title"], live: "claims", "<ul class=\"cases\">\(lines)</ul>").markup
    }

    /// The form that claims, where a parcel has left.
    var folds: [Markup] {
        let parcels = story.order.parcels.filter { ![.packed, .labelled, .voided].contains($0.state) }
        guard !parcels.isEmpty else { return [] }
        let kinds = Self.kinds(visit).map { Form.Option($0.rawValue, texts["claim_kind.\($0.rawValue)"]) }
        let reasons = ClaimReason.allCases.map { Form.Option($0.rawValue, texts["claim_reason.\($0.rawValue)"]) }
        let named = parcels.enumerated().map { index, parcel in
            let number = parcel.labels.last { $0.state == .current }?.number ?? texts("claim.parcel_n", ["n": "\(index + 1)"])
            return Form.Option(parcel.id.description, "\(number) · \(texts.code("state", parcel.state.rawValue))")
        }
        let form = Form(
            visit, to: "/orders/\(story.order.id)/claims", [
                .choice("kind", texts["claim.who"], kinds), .choice("subject", texts["claim.parcel"], named),
                .choice("reason", texts["claim.reason"], reasons),
                .input(
                    "amount", texts("goodwill.amount", ["currency": story.order.money.total.currency.code]),
                    hint: texts["claim.amount_hint"]),
                .input("note", texts["goodwill.note"], hint: texts["orders.nothing_personal"], required: true),
            ], submit: texts["claim.open"])
        return ["<details><summary class=\"button\">\(texts["claim.open"])</summary>\(form.markup)</details>"]
    }

    private static func kinds(_ visit: Visit) -> [ClaimKind] { visit.role == .merchant ? [.shopper] : [.carrier, .shopper] }

    /// The page that the form is posted to.
    static var pages: [Page] {
        [
            .post("/orders/{order}/claims", for: OrdersPages.actors) { visit in
                let id = try visit.id("order", OrderID.self), scope = visit.scope, form = visit.form
                let order = try await visit.read { try OrderDetails.find(id, scope, in: $0) }
                let kind = try form.choice("kind", ClaimKind.self), parcel = try form.id("subject", UnitID.self)
                guard kinds(visit).contains(kind) else {
                    throw InvalidInput(field: "/kind", "'\(kind.rawValue)' is not one of the choices.")
                }
                guard order.parcels.contains(where: { $0.id == parcel }) else { throw NotFound("parcel", parcel) }
                let amount = try form.optional("amount") == nil ? nil : form.money("amount", order.money.total.currency)
                let claim = try await visit.perform(
                    OpenClaim(
                        kind, for: parcel.description, merchant: visit.caller.merchant, reason: try form.choice("reason"),
                        amount: amount, note: form["note"], actor: visit.actor))
                return .to("/claims/\(claim)", said: "said.claimed")
            }
        ]
    }
}
