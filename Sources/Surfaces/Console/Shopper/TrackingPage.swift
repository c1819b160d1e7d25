import Identity
import Kernel
import Orders
import Returns
import Transport
import Views

/// One page for all parcels of an order: when it comes, where it is, what is in which parcel.
struct TrackingPage {
    let order: ShopperOrder
    let link: ShopperLink
    let visit: Visit

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    init(_ order: ShopperOrder, _ link: ShopperLink, _ visit: Visit) { (self.order, self.link, self.visit) = (order, link, visit) }

    /// The one thing a shopper wants to know.
    struct Headline {
        let title: String
        let note: String
        let tone: Tone
    }

    var markup: Markup {
        let headline = headline
        let parcels = order.parcels.enumerated().map { parcel($1, $0 + 1) }
        return """
            <div class="shop">\(ShopperPages.head(order, link, visit, isFirst: true))
            <section class="hero \(headline.tone.rawValue)"><h1>\(headline.title)</h1><p>\(headline.note)</p>\(owed)</section>
            \(parcels)\(waiting)\(cancelled)\(returns)\(place)
            <p class="quiet small">\(texts["shopper.secret"])</p></div>
            """
    }

    private func parcel(_ one: ShopperOrder.Parcel, _ number: Int) -> Markup {
        let claim = ShopperClaim(one, order.claims[one.id], order, link, visit).markup
        return ShopperParcel(one, number: number, of: order.parcels.count, visit).markup(with: claim)
    }

    var headline: Headline {
        switch order.state {
        case .cancelled, .disposed: say("cancelled", .plain)
        case .delivered: say("delivered", .good, order.deliveredAt)
        case .returned: say("returned", .warn)
        case .lost: say("lost", .bad)
        case .open, .shipped: coming
        }
    }

    /// Honest: what is late is said to be late, with the date that was promised beside it.
    private var coming: Headline {
        if order.payment == .pending { return say("unpaid", .warn) }
        if order.parcels.contains(where: { $0.state == .availableForPickup }) { return say("to_fetch", .info) }
        guard let expected = order.expectedBy else { return say("taken", .info) }
        if expected < format.now { return say("overdue", .warn, order.promisedBy ?? expected) }
        if let promised = order.promisedBy, format.zone.day(of: promised) < format.zone.day(of: expected) {
            return Headline(
                title: texts("shopper.revised", ["date": format.longDay(expected)]),
                note: texts("shopper.revised_note", ["date": format.longDay(promised)]), tone: .warn)
        }
        if order.parcels.contains(where: { $0.state == .outForDelivery }) { return say("today", .good, expected) }
        return say("arrives", .info, expected)
    }

    private func say(_ key: String, _ tone: Tone, _ date: Instant? = nil) -> Headline {
        let day = date.map(format.longDay) ?? ""
        return Headline(
            title: texts("shopper.\(key)", ["date": day]), note: texts("shopper.\(key)_note", ["date": day, "shop": order.merchant]),
            tone: tone)
    }

    /// What is not in a parcel yet.
    private var waiting: Markup {
        let items = order.items.filter { $0.toPack > 0 }
        guard !items.isEmpty else { return .blank }
        let list = items.map { ShopperParcel.line($0.name, $0.toPack, format) }
        let title = order.parcels.isEmpty ? "shopper.preparing" : "shopper.preparing_rest"
        return """
            <section class="card parcel"><header><h2>\(texts[title])</h2></header>\(ShopperParcel.steps(1, texts))
            <ul class="goods">\(list)</ul></section>
            """
    }

    private var cancelled: Markup {
        let items = order.items.filter { $0.cancelled > 0 }
        guard !items.isEmpty, order.state != .cancelled else { return .blank }
        let list = items.map { ShopperParcel.line($0.name, $0.cancelled, format) }
        return Card(texts["shopper.left_out"], "<ul class=\"goods\">\(list)</ul>").markup
    }

    private var returns: Markup {
        let all = order.returns.map { one -> Markup in
            """
            <li><a href="\(link.path)/returns/\(one.id)">\(texts("shopper.return_of", ["date": format.longDay(one.requestedAt)]))</a>
            <span>\(ShopperReturn(one, visit).standing)</span></li>
            """
        }
        let list: Markup = all.isEmpty ? .blank : "<ul class=\"goods\">\(all)</ul>"
        guard let until = order.returnableUntil, until > format.now, order.items.contains(where: { $0.returnable > 0 }) else {
            return all.isEmpty ? .blank : Card(texts["shopper.returns"], list).markup
        }
        return Card(
            texts["shopper.returns"],
            """
            \(list)<p class="quiet">\(texts("shopper.return_until", ["date": format.longDay(until)]))</p>
            <p>\(Markup.link(texts["shopper.return_start"], to: link.path + "/return"))</p>
            """
        ).markup
    }

    private var owed: Markup {
        order.owedAtDoor.map {
            "<p class=\"owed\">\(Markup.icon("money")) \(texts("shopper.owed", ["money": format.money($0)]))</p>"
        } ?? .blank
    }

    private var place: Markup {
        let to = order.destination
        let area = [to.postalArea.isEmpty ? "" : to.postalArea + "…", to.city].filter { !$0.isEmpty }.joined(separator: " ")
        let town = [to.code ?? "", area, to.country].filter { !$0.isEmpty }.joined(separator: ", ")
        let change: Markup = order.change == nil
            ? .blank : "<p>\(Markup.link(texts["shopper.address"], to: link.path + "/address"))</p>"
        let asked: Markup = order.redirection.map { state in
            state == .accepted ? .blank : "<p class=\"quiet\">\(texts["shopper.redirection.\(state.rawValue)"])</p>"
        } ?? .blank
        return Card(texts["shopper.to.\(to.kind.rawValue)"], "<p>\(town)</p>\(asked)\(change)").markup
    }
}

extension Format {
    /// `Tuesday 24 Nov`.
    func longDay(_ instant: Instant) -> String {
        let date = zone.day(of: instant), weekday = texts["weekday.\(date.weekday)"]
        return texts.language == .zh ? "\(day(date))\(weekday)" : "\(weekday) \(day(date))"
    }
}
