import Edges
import Identity
import Kernel
import Returns
import Views

/// A return as its shopper follows it: what to do now, how far it is, and where the money is.
struct ShopperReturn {
    let one: ReturnView
    let visit: Visit

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    init(_ one: ReturnView, _ visit: Visit) { (self.one, self.visit) = (one, visit) }

    /// Where it stands, in a few words: the money counts most.
    var standing: Markup {
        if let refund = one.refund {
            return Badge(texts["shopper.refund.\(refund.state.rawValue)"], refund.state == .sent ? .good : .warn).markup
        }
        return Badge(texts["shopper.rma.\(one.state.rawValue)"], .of(state: one.state.rawValue)).markup
    }

    func markup(of order: ShopperOrder, _ link: ShopperLink, to site: SiteView) throws -> Markup {
        """
        <div class="shop">\(ShopperPages.head(order, link, visit))
        <section class="hero \(Tone.of(state: one.state.rawValue).rawValue)"><h1>\(texts["shopper.rma.\(one.state.rawValue)"])</h1>
        <p>\(texts("shopper.rma_note.\(one.state.rawValue)", ["shop": order.merchant]))</p>\(steps)</section>
        \(try papers(of: order, to: site))\(refund)
        <section class="card"><h2>\(texts["shopper.goods_back"])</h2><ul class="goods">\(items(order))</ul>\(withdraw(link))</section></div>
        """
    }

    private var isSent: Bool { !one.keep && (one.state == .authorised || one.state == .inTransit) }

    /// The code for the drop-off, or the label with its number; both are read from the screen.
    private func papers(of order: ShopperOrder, to site: SiteView) throws -> Markup {
        guard one.state == .authorised, isSent, let code = one.code else { return .blank }
        let until = one.expiresAt.map { texts("shopper.hand_in_by", ["date": format.longDay($0)]) } ?? ""
        guard one.method == .label else {
            return Card(
                texts["shopper.drop_off"],
                """
                <p>\(texts["shopper.drop_off_hint"]) \(until)</p>\(Markup.picture(of: try QRCode(code), code))
                <p><code class="secret">\(code)</code></p><p class="quiet">\(address(site))</p>
                """
            ).markup
        }
        guard let number = one.trackingNumber else {
            return Card(texts["shopper.label"], "<p>\(texts["shopper.label_soon"])</p>").markup
        }
        return Card(
            texts["shopper.label"],
            """
            <p>\(texts["shopper.label_hint"]) \(until)</p><div class="slip">\(Markup.picture(of: try QRCode(number), number))
            <div><p class="quiet">\(texts["shopper.label_to"])</p><p><b>\(order.merchant)</b><br>\(address(site))</p>
            <p><code>\(number)</code><br><code>\(code)</code></p></div></div>
            """
        ).markup
    }

    private func address(_ site: SiteView) -> String {
        [site.name, site.street, "\(site.postalCode) \(site.city)", site.country].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private var steps: Markup {
        let reached = switch one.state {
        case .requested: 1
        case .authorised: one.keep ? 4 : 1
        case .inTransit: 2
        case .received: 3
        case .inspected, .closed: one.refund?.state == .sent ? 5 : 4
        case .cancelled, .expired, .denied: 0
        }
        guard reached > 0 else { return .blank }
        let all = ["asked", "handed_in", "arrived", "checked", "done"].enumerated().map { index, step -> Markup in
            """
            <li\("class", is: index < reached ? "done" : nil)\("aria-current", is: index == reached - 1 ? "step" : nil)>\
            <span>\(texts["shopper.back.\(step)"])</span></li>
            """
        }
        return "<ol class=\"steps\">\(all)</ol>"
    }

    private var refund: Markup {
        let isOver = [RMAState.cancelled, .expired, .denied].contains(one.state)
        guard let refund = one.refund else {
            guard one.resolution == .refund, !isOver else { return .blank }
            let amount = format.money(one.expected.total)
            return Card(texts["shopper.refund.title"], "<p>\(texts("shopper.refund.expected", ["amount": amount]))</p>").markup
        }
        let date = format.longDay(refund.sentAt ?? refund.dueBy), amount = format.money(refund.amount)
        let key = refund.state == .sent ? "shopper.refund.was_sent" : "shopper.refund.is_due"
        return Card(texts["shopper.refund.title"], "<p>\(texts(key, ["amount": amount, "date": date]))</p>").markup
    }

    private func items(_ order: ShopperOrder) -> Markup {
        let names = Dictionary(order.items.map { ($0.component, $0.name) }, uniquingKeysWith: { first, _ in first })
        return one.items.map { ShopperParcel.line(names[$0.component] ?? $0.skuCode, $0.announced, format) }.joined()
    }

    private func withdraw(_ link: ShopperLink) -> Markup {
        guard one.state == .requested || one.state == .authorised, !one.keep, one.refund == nil else { return .blank }
        return Form(visit, to: "\(link.path)/returns/\(one.id)/withdrawal", [], submit: texts["shopper.withdraw"], tone: .bad).markup
    }
}
