import Flows
import Identity
import Kernel
import Orders
import Returns
import Views

/// Money that the shopper is given although nothing comes back: what was given, and the form that gives it.
struct OrderGoodwill {
    let story: OrderStory
    let visit: Visit

    init(_ story: OrderStory, _ visit: Visit) { (self.story, self.visit) = (story, visit) }

    private var order: OrderDetails { story.order }
    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    /// What was given; nothing where nothing was.
    var markup: Markup {
        guard !story.goodwill.isEmpty else { return .blank }
        let lines = story.goodwill.map { one -> Markup in
            let by = story.names.people[one.actor] ?? texts["goodwill.by.\(one.giver.rawValue)"]
            let sent = one.sentAt.map { "\(format.time($0)) · \(one.reference ?? "")" } ?? format.time(one.dueBy)
            return """
                <li class="\(one.state == .sent ? "done" : "warn")"><div><b>\(format.money(one.amount))</b> \
                \(Badge(texts.code("refund_state", one.state.rawValue), one.state == .sent ? .done : .info).markup)\
                <small>\(texts["goodwill.reason.\(one.reason.rawValue)"]) · “\(one.note)”</small>\
                <small>\(by) · \(format.time(one.givenAt)) → \(sent)</small></div>\(sending(one))</li>
                """
        }
        return Card(texts["goodwill.title"], live: "goodwill", "<ul class=\"cases\">\(lines)</ul>").markup
    }

    private func sending(_ one: GoodwillView) -> Markup {
        guard one.state == .due, OrdersPages.actors.contains(visit.role) else { return .blank }
        let form = Form(
            visit, to: "/orders/\(order.id)/refunds/\(one.refund)",
            [.input("reference", texts["goodwill.reference"], required: true)],
            submit: texts["goodwill.was_sent"], tone: .plain)
        return "<details><summary class=\"button\">\(texts["goodwill.was_sent"])</summary>\(form.markup)</details>"
    }

    /// The form that gives it, where something was paid.
    var folds: [Markup] {
        guard order.purpose == .sale, order.money.total.minor > 0, order.payment != .pending, order.payment != .refunded,
            order.state != .cancelled
        else { return [] }
        let reasons = GoodwillReason.allCases.map { Form.Option($0.rawValue, texts["goodwill.reason.\($0.rawValue)"]) }
        let form = Form(
            visit, to: "/orders/\(order.id)/goodwill", [
                // The number of this page: sent twice, it is the same goodwill.
                .hidden("number", "\(format.now.micros / 1000)"),
                .input(
                    "amount", texts("goodwill.amount", ["currency": order.money.total.currency.code]), hint: texts["goodwill.amount_hint"],
                    required: true, placeholder: "5.00"),
                .choice("reason", texts["goodwill.why"], reasons),
                .input("note", texts["goodwill.note"], hint: texts["orders.nothing_personal"], required: true),
            ], submit: texts["goodwill.give"])
        return ["<details><summary class=\"button\">\(texts["goodwill.title"])</summary>\(form.markup)</details>"]
    }

    /// The pages that the forms are posted to.
    static var pages: [Page] {
        [
            .post("/orders/{order}/goodwill", for: OrdersPages.actors) { visit in
                let id = try visit.id("order", OrderID.self), scope = visit.scope, form = visit.form
                let currency = try await visit.read { try OrderDetails.find(id, scope, in: $0).money.total.currency }
                let flow = GiveGoodwill(
                    id, merchant: visit.caller.merchant, by: giver(visit.role), number: try form.text("number", 1...100),
                    try form.money("amount", currency), reason: try form.choice("reason"), note: try form.text("note", 1...500),
                    actor: visit.actor)
                _ = try await visit.perform(flow)
                return .to("/orders/\(id)", said: "said.goodwill")
            },
            .post("/orders/{order}/refunds/{refund}", for: OrdersPages.actors) { visit in
                let id = try visit.id("order", OrderID.self), refund = try visit.id("refund", RefundID.self)
                let reference = try visit.form.text("reference", 1...100)
                try await visit.perform(SendRefunds([(refund, reference)], merchant: visit.caller.merchant, actor: visit.actor))
                return .to("/orders/\(id)", said: "said.refund_sent")
            },
        ]
    }

    private static func giver(_ role: AccountRole) -> GoodwillGiver {
        switch role {
        case .merchant: .merchant
        case .support: .support
        default: .operator
        }
    }
}
