import Kernel
import Orders
import Returns
import Views

/// What can be done about an order as it stands, each as a form that folds out.
struct OrderActions {
    let story: OrderStory
    let visit: Visit

    init(_ story: OrderStory, _ visit: Visit) { (self.story, self.visit) = (story, visit) }

    private var order: OrderDetails { story.order }
    private var texts: Texts { visit.texts }
    private var path: String { "/orders/\(order.id)" }

    var markup: Markup {
        guard OrdersPages.actors.contains(visit.role) else { return .blank }
        let changes = OrderChanges(order: order, visit: visit).folds
        let goodwill = OrderGoodwill(story, visit).folds, claim = OrderClaim(story, visit).folds
        let all = [decisions, releases, address, hold, changes, replacement, goodwill, claim, cancellation].flatMap(\.self)
        if all.isEmpty { return .blank }
        return Card(texts["orders.actions"], "<div class=\"acts\">\(all)</div>").markup
    }

    private func fold(_ title: String, _ form: Form, open: Bool = false) -> Markup {
        "<details\("open", if: open)><summary class=\"button\">\(title)</summary>\(form.markup)</details>"
    }

    private var isUnderWay: Bool { order.state == .open || order.state == .shipped }

    private var decisions: [Markup] {
        order.returns.filter { $0.state == .requested }.map { one in
            let decision = Form.Field.choice(
                "decision", texts["orders.decision"],
                [RMAState.authorised, .denied].map { Form.Option($0.rawValue, texts["orders.decide_\($0.rawValue)"]) })
            let form = Form(
                visit, to: "\(path)/return-decisions", [
                    .hidden("return", one.id.description), decision, .input("reason", texts["orders.reason"], required: true),
                ], submit: texts["orders.decide"])
            return fold(texts("orders.decide_return", ["number": one.number]), form, open: true)
        }
    }

    private var releases: [Markup] {
        order.holds.map { hold in
            Form(
                visit, to: "\(path)/releases", [.hidden("kind", hold.kind)],
                submit: texts("orders.release", ["kind": texts.code("hold", hold.kind)])
            ).markup
        }
    }

    private var address: [Markup] {
        guard isUnderWay, order.purpose == .sale || order.purpose == .replacement || order.purpose == .sample,
            !order.parcels.contains(where: { $0.state.isWithCarrier })
        else { return [] }
        return [.link(texts["recipient.change"], to: "\(path)/recipient")]
    }

    private var hold: [Markup] {
        guard order.state == .open else { return [] }
        let kinds = ["address", "fraud_review", "shopper", "other"].map { Form.Option($0, texts.code("hold", $0)) }
        let form = Form(
            visit, to: "\(path)/holds", [
                .choice("kind", texts["orders.hold_kind"], kinds),
                .input("reason", texts["orders.reason"], hint: texts["orders.nothing_personal"], required: true),
                .input("until", texts["orders.hold_until"], type: "date", hint: texts["orders.hold_until_hint"]),
            ], submit: texts["orders.hold"])
        return [fold(texts["orders.hold"], form)]
    }

    private var replacement: [Markup] {
        let sent = order.lines.flatMap(\.components).filter { $0.shipped + $0.delivered + $0.lost + $0.returned > 0 }
        guard order.purpose == .sale, !sent.isEmpty else { return [] }
        // The number of this page: sent twice, it is the same replacement.
        var fields: [Form.Field] = [.hidden("number", "\(order.number)-R\(visit.format.now.micros / 1000 % 100_000_000)")]
        for part in sent {
            let hint = texts.count("orders.was_sent", (part.ordered - part.cancelled).rawValue)
            fields.append(.input("units_\(part.id)", part.skuCode, type: "number", value: "0", hint: hint))
        }
        fields.append(.input("reason", texts["orders.reason"], hint: texts["orders.nothing_personal"], required: true))
        return [fold(texts["orders.replacement"], Form(visit, to: "\(path)/replacements", fields, submit: texts["orders.send_again"]))]
    }

    private var cancellation: [Markup] {
        guard isUnderWay else { return [] }
        let form = Form(
            visit, to: "\(path)/cancellations", [
                .input("reason", texts["orders.reason"], hint: texts["orders.cancel_hint"], required: true),
            ], submit: texts["orders.cancel_now"], tone: .bad)
        return [fold(texts["orders.cancel"], form)]
    }
}
