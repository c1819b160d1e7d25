import Kernel
import Orders
import Transport
import Views

/// The page of one order: in one line what there is to know, then its units, parcels, story and reasons.
struct OrderPage {
    let story: OrderStory
    let visit: Visit
    private let doors: Doors

    init(_ story: OrderStory, _ visit: Visit) {
        (self.story, self.visit) = (story, visit)
        doors = Doors(visit)
    }

    private var order: OrderDetails { story.order }
    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    var answer: PageAnswer {
        let reasons = OrderReasons(story, format)
        let main: Markup = """
            \(lines)\(OrderParcels(story, visit, doors).markup)\(timeline)
            """
        let given: Markup = "\(OrderGoodwill(story, visit).markup)\(OrderClaim(story, visit).markup)"
        let side: Markup = """
            \(facts)\(troubles)\(OrderActions(story, visit).markup)\(returns)\(given)\(reasons.markup)\(money)
            """
        let content: Markup = """
            <div id="answer" data-live>\(badges)\(OrderAnswer(story, format).markup)</div>
            <div class="columns"><div>\(main)</div><div>\(side)</div></div>
            """
        return .content(
            content, title: texts("orders.number_of", ["number": order.number]), crumbs: [Crumb(texts["orders.title"], "/orders")],
            actions: OrdersPages.actors.contains(visit.role)
                ? "\(Markup.shopperLink(to: order, visit))\(Markup.link(texts["recipient.show"], to: "/orders/\(order.id)/recipient"))"
                : .blank)
    }

    private var badges: Markup {
        var all = [
            Badge(state: order.state.rawValue, texts), Badge(texts.code("payment", order.payment.rawValue), PaymentTone.of(order.payment)),
        ]
        if order.purpose != .sale { all.append(Badge(texts.code("purpose", order.purpose.rawValue), .info)) }
        all += order.holds.map { Badge(texts("orders.held_by", ["kind": texts.code("hold", $0.kind)]), .warn) }
        return "<p class=\"badges\">\(all.map(\.markup).joined(" "))</p>"
    }

    private var lines: Markup {
        let rows = order.lines.map { line -> Table.Row in
            let parts = line.components
            let inKit = parts.map { "\($0.ordered) × \($0.skuCode)" }.joined(separator: ", ")
            let kit: Markup = parts.count > 1 ? "<br><span class=\"quiet\">\(inKit)</span>" : .blank
            let what: Markup = "<b>\(line.name)</b><br>\(doors.link(line.skuCode, to: line.sku))\(kit)"
            return Table.Row([
                .markup(what), .quantity(line.quantity.rawValue), .markup(UnitBar(parts).markup(texts)), .money(line.items),
            ])
        }
        let table = Table(
            texts["orders.lines"],
            columns: [
                .init(texts["orders.item"]), .init(texts["orders.quantity"], number: true), .init(texts["orders.where"]),
                .init(texts["orders.price"], number: true),
            ], rows: rows, empty: .init(texts["orders.no_lines"], ""))
        return Card(texts["orders.lines"], live: "lines", table.markup(format)).markup
    }

    private var facts: Markup {
        let to = order.destination
        let place = [to.code, to.postalArea.isEmpty ? to.city : "\(to.postalArea)… \(to.city)", to.region, to.country].compactMap(\.self)
            .filter { !$0.isEmpty }.joined(separator: ", ")
        let standing = PromiseStandingWords(order, format)
        var items: [(String, Cell)] = [
            (texts["orders.promised"], .markup("\(order.promisedBy.map { format.time($0) } ?? "–") \(standing.markup)")),
            (texts["orders.expected"], .optional(order.deliveredAt ?? order.estimatedAt, Cell.time)),
            (texts["orders.ship_by"], .optional(order.shipBy, Cell.time)), (texts["orders.placed"], .time(order.placedAt)),
            (texts["orders.channel"], .text(order.channel)),
            (texts["orders.merchant"], .markup(doors.link(story.names.merchant(order.merchant), to: order.merchant))),
            (texts["orders.to"], .text(place)), (texts["orders.id"], .code(order.id.description)),
        ]
        if let replaced = order.replaces {
            items.append((texts["orders.replaces"], .markup(doors.link(replaced.description, to: replaced))))
        }
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private var troubles: Markup {
        if story.exceptions.isEmpty { return .blank }
        let lines = story.exceptions.map { one -> Markup in
            let what = texts.code("exception", one.kind.replacing(".", with: "_")), isOpen = one.closedAt == nil
            let when = isOpen ? Cell.due(one.due, isLate: one.due < format.now).markup(format) : "<span>\(one.outcome ?? "")</span>"
            return """
                <li class="\(isOpen ? "warn" : "done")"><div><b>\(doors.link(what, to: one.id))</b>\
                <small>\(one.detail)</small></div>\(when)</li>
                """
        }
        return Card(texts["orders.exceptions"], live: "troubles", "<ul class=\"cases\">\(lines)</ul>").markup
    }

    private var returns: Markup {
        if order.returns.isEmpty { return .blank }
        let lines = order.returns.map { one -> Markup in
            let what = one.items.map { "\($0.announced) × \($0.skuCode)" }.joined(separator: ", ")
            let refund = one.refund.map { "\(format.money($0.amount)) · \(texts.code("refund_state", $0.state.rawValue))" }
            let money = refund ?? format.money(one.expected.total)
            return """
                <li><div><b>\(doors.link(one.number, to: one.id))</b> \(Badge(state: one.state.rawValue, texts).markup)\
                <small>\(what)</small><small>\(money)</small></div></li>
                """
        }
        return Card(texts["orders.returns"], live: "returns", "<ul class=\"cases\">\(lines)</ul>").markup
    }

    private var money: Markup {
        let all: [(String, Money)] = [
            ("items", order.money.items), ("discount", order.money.discount), ("shipping", order.money.shipping),
            ("tax", order.money.tax), ("total", order.money.total),
        ]
        let items = all.map { (texts["orders.money_\($0.0)"], Cell.money($0.1)) }
        return Card(texts["orders.money"], Definitions(items).markup(format)).markup
    }

    private var timeline: Markup {
        let entries = story.happened.compactMap { one -> Timeline.Entry? in
            HappeningWords(one, order.number, texts).map { Timeline.Entry(one.occurred, "\($0.text)", by: one.by, tone: $0.tone) }
        }
        return Card(texts["orders.timeline"], live: "timeline", Timeline(entries).markup(format)).markup
    }
}

/// An event of a story in words; nil for what is bookkeeping.
struct HappeningWords {
    let text: String
    let tone: Tone

    init?(_ one: Happening, _ number: String, _ texts: Texts) {
        if let line = one.line {
            let whole = NewsItem.sentence(line, texts)
            // The page says already of which order it is.
            let cut = whole.firstRange(of: "\(number): ") ?? whole.firstRange(of: "\(number)：")
            text = cut.map { String(whole[$0.upperBound...]).capitalizedFirst } ?? whole
            tone =
                switch line.tone {
                case .order, .parcel: .info
                case .work: .plain
                case .door: .good
                case .trouble: .warn
                }
            return
        }
        let key = "happened.\(one.type.replacing(".", with: "_"))"
        guard texts.has(key) else { return nil }
        let group = ["order.payment": "payment", "order.held": "hold", "order.hold_released": "hold"][one.type] ?? "state"
        text = texts(key, ["what": texts.code(group, one.what)])
        tone = one.type == "order.held" ? .warn : .plain
    }
}

/// Whether the date first told is kept, as a badge.
struct PromiseStandingWords {
    let markup: Markup

    init(_ order: OrderDetails, _ format: Format) {
        guard let promised = order.promisedBy, order.state != .cancelled else {
            markup = .blank
            return
        }
        let isUnderWay = order.state == .open || order.state == .shipped
        let badge: Badge? =
            if let delivered = order.deliveredAt {
                Badge(format.texts[delivered <= promised ? "orders.kept" : "orders.broken"], delivered <= promised ? .good : .bad)
            } else if isUnderWay, promised < format.now {
                Badge(format.texts("orders.late_by", ["span": format.span(format.now - promised)]), .bad)
            } else if isUnderWay, let estimated = order.estimatedAt, estimated > promised {
                Badge(format.texts["orders.promise_of.at_risk"], .warn)
            } else if isUnderWay {
                Badge(format.texts["orders.on_course"], .good)
            } else {
                nil
            }
        markup = badge?.markup ?? .blank
    }
}

/// Where the units of a line are, as a bar with its words.
struct UnitBar {
    private let parts: [(code: String, units: Int64)]

    init(_ components: [OrderLineDetails.Component]) {
        let all: [(String, KeyPath<OrderLineDetails.Component, Quantity>)] = [
            ("waiting", \.waiting), ("reserved", \.reserved), ("picked", \.picked), ("packed", \.packed), ("shipped", \.shipped),
            ("delivered", \.delivered), ("returned", \.returned), ("lost", \.lost), ("disposed", \.disposed), ("cancelled", \.cancelled),
        ]
        let counted = all.map { code, path -> (code: String, units: Int64) in
            (code: code, units: components.reduce(0) { $0 + $1[keyPath: path].rawValue })
        }
        parts = counted.filter { $0.units > 0 }
    }

    func markup(_ texts: Texts) -> Markup {
        let total = max(1, parts.reduce(0) { $0 + $1.units })
        var at: Int64 = 0
        let bars = parts.map { part -> Markup in
            defer { at += part.units }
            let width = max(1, part.units * 100 / total)
            return "<rect class=\"at-\(part.code)\" x=\"\(at * 100 / total)\" width=\"\(width)\" height=\"6\"/>"
        }
        let words = parts.map { "<span class=\"at-\($0.code)\">\($0.units) \(texts["unit_at.\($0.code)"])</span>" as Markup }
        return """
            <div class="whereabouts"><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">\(bars)</svg>\
            <p>\(words.joined(" "))</p></div>
            """
    }
}
