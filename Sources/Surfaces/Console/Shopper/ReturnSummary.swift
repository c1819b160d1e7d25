import Flows
import Kernel
import Returns
import Views

/// What a shopper gets for what they chose, and who pays for what, before they say yes.
struct ReturnSummary {
    let request: ReturnRequest
    let quote: QuoteReturn.Answer
    let choice: ReturnChoice

    private var texts: Texts { choice.texts }
    private var format: Format { choice.visit.format }

    init(_ request: ReturnRequest, _ quote: QuoteReturn.Answer, _ choice: ReturnChoice) {
        (self.request, self.quote, self.choice) = (request, quote, choice)
    }

    var markup: Markup {
        let again = choice.visit.address([:]).replacing("/return/summary", with: "/return")
        return """
            <div class="shop">\(ShopperPages.head(choice.order, choice.link, choice.visit))<h1>\(texts["shopper.summary"])</h1>
            <section class="card"><ul class="goods">\(items)</ul></section>
            <section class="card">\(money)<p>\(whoPays)</p><p class="quiet">\(whenPaid)</p></section>
            \(Form(choice.visit, to: choice.link.path + "/returns", fields, submit: texts["shopper.return_confirm"]).markup)
            <p><a href="\(again)">\(texts["shopper.return_change"])</a></p></div>
            """
    }

    private var chosen: [(item: ShopperOrder.Item, asked: ReturnRequest.Item)] {
        choice.order.items.compactMap { item in request.items.first { $0.what == .component(item.component) }.map { (item, $0) } }
    }

    private var items: Markup {
        chosen.map { item, asked -> Markup in
            """
            <li><span>\(item.name)<br><small class="quiet">\(texts["shopper.reason.\(asked.reason.rawValue)"])</small></span>
            <span class="quiet">× \(format.count(asked.quantity.rawValue))</span></li>
            """
        }.joined()
    }

    private var money: Markup {
        guard request.resolution == .refund else { return "<p>\(texts["shopper.sent_again"])</p>" }
        let parts = quote.parts
        let lines = [
            ("goods", parts.items), ("tax", parts.tax), ("shipping", parts.shipping), ("fee", -parts.fee), ("label", -parts.label),
        ].filter { $0.1 != 0 }.map { name, minor -> Markup in
            "<div><dt>\(texts["shopper.money.\(name)"])</dt><dd>\(format.money(Money(minor, quote.currency)))</dd></div>"
        }
        return """
            <dl class="sum">\(lines)<div class="total"><dt>\(texts["shopper.money.total"])</dt>\
            <dd>\(format.money(Money(parts.amount, quote.currency)))</dd></div></dl>
            """
    }

    private var whoPays: String {
        if quote.keep { return texts["shopper.keep"] }
        return texts[quote.parts.label > 0 ? "shopper.you_pay" : "shopper.free"]
    }

    private var whenPaid: String {
        if quote.isReviewed { return texts("shopper.reviewed", ["shop": choice.order.merchant]) }
        let first = request.resolution == .refund ? texts["shopper.paid.\(quote.refundOn.rawValue)"] : ""
        let until = quote.expiresAt.map { texts("shopper.hand_in_by", ["date": format.longDay($0)]) } ?? ""
        return [first, until].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private var fields: [Form.Field] {
        let each = chosen.flatMap { item, asked -> [Form.Field] in
            [
                .hidden("quantity_\(item.component)", "\(asked.quantity)"),
                .hidden("reason_\(item.component)", asked.reason.rawValue),
            ]
        }
        return each + [
            .hidden("number", request.number), .hidden("method", request.method.rawValue),
            .hidden("resolution", request.resolution.rawValue),
        ]
    }
}
