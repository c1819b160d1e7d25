import Kernel
import Returns
import Views

/// The page of one return: what was asked, the way back, the desk, the money, and what happened.
struct ReturnPage {
    let story: ReturnStory
    let visit: Visit
    private let doors: Doors

    init(_ story: ReturnStory, _ visit: Visit) {
        (self.story, self.visit) = (story, visit)
        doors = Doors(visit)
    }

    private var rma: ReturnView { story.rma }
    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    var answer: PageAnswer {
        let next = ReturnWords.next(rma, format)
        let content: Markup = """
            <div id="rma" data-live><p class="badges">\(badges)</p><p class="brief-note">\(next.markup)</p></div>
            <div class="columns"><div>\(items)\(goods)\(money)\(timeline)</div>\
            <div>\(facts)\(ReturnActions(story, visit).markup)\(way)\(terms)</div></div>
            """
        return .content(
            content, title: texts("returns.of", ["number": rma.number]), crumbs: [Crumb(texts["returns.title"], "/returns")])
    }

    private var badges: Markup {
        var all = [Badge(state: rma.state.rawValue, texts), Badge(texts["resolution.\(rma.resolution.rawValue)"], .info)]
        if rma.kind != .request { all.append(Badge(texts["return_kind.\(rma.kind.rawValue)"], .warn)) }
        if rma.keep { all.append(Badge(texts["returns.keep"], .plain)) }
        return all.map(\.markup).joined(" ")
    }

    private var items: Markup {
        let columns = ["sku", "reason", "announced", "kept", "received", "missing", "granted"]
        let rows = rma.items.map { item in
            Table.Row(
                [
                    .markup("<code>\(doors.link(item.skuCode, to: item.sku))</code>"),
                    .text(texts["return_reason.\(item.reason.rawValue)"]), .quantity(item.announced.rawValue), number(item.kept),
                    number(item.received), number(item.missing), number(item.granted),
                ], tone: item.missing > 0 ? .bad : nil)
        }
        let table = Table(
            texts["returns.items"], columns: columns.enumerated().map { Table.Column(texts["returns.\($1)"], number: $0 > 1) }, rows: rows,
            empty: .init(texts["returns.blind"], texts["returns.blind_hint"]))
        return Card(texts["returns.items"], live: "items", table.markup(format)).markup
    }

    private func number(_ units: Quantity) -> Cell { units == 0 ? .empty : .quantity(units.rawValue) }

    private var goods: Markup {
        let rows = rma.goods.map { one in
            Table.Row(
                [
                    .markup("<code>\(doors.link(one.skuCode, to: one.sku))</code>"), .quantity(one.quantity.rawValue),
                    .badge(Badge(texts["finding.\(one.finding.rawValue)"], one.finding == .asAnnounced ? .good : .bad)),
                    .optional(one.grade) { .text("\($0.rawValue) · \(texts["grade.\($0.rawValue)"])") },
                    .optional(one.disposition) { .text(texts["disposition.\($0.rawValue)"]) },
                    .badge(Badge(texts["goods_state.\(one.state.rawValue)"], one.state == .received ? .warn : .plain)),
                    .optional(one.proof, Cell.code), .time(one.receivedAt),
                ])
        }
        let table = Table(
            texts["returns.goods"],
            columns: ["sku", "units", "finding", "grade", "disposition", "state", "proof", "came"].map {
                Table.Column(texts["returns.\($0)"], number: $0 == "units")
            }, rows: rows, empty: .init(texts["returns.no_goods"], texts["returns.no_goods_hint"]))
        return Card(texts["returns.goods"], live: "goods", table.markup(format)).markup
    }

    private var facts: Markup {
        var items: [(String, Cell)] = [
            (texts["returns.order"], .markup("<code>\(doors.link(story.orderNumber, to: rma.order))</code>")),
            (texts["orders.merchant"], .markup(doors.link(story.names.merchant(rma.merchant), to: rma.merchant))),
            (texts["returns.desk"], .markup(doors.link(story.names.site(rma.site), to: rma.site))),
            (texts["returns.method"], .text(texts["return_method.\(rma.method.rawValue)"])),
            (texts["returns.asked"], .time(rma.requestedAt)),
        ]
        if let until = rma.expiresAt { items.append((texts["returns.until"], .time(until))) }
        if let at = rma.receivedAt { items.append((texts["returns.came"], .time(at))) }
        if let why = rma.why { items.append((texts["returns.why"], .text(why))) }
        if let other = rma.replacement { items.append((texts["returns.replacement"], .markup(doors.link(other.description, to: other)))) }
        items.append((texts["orders.id"], .code(rma.id.description)))
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private var money: Markup {
        let told = rma.expected
        let parts: [(String, Money, Bool)] = [
            ("items", told.items, false), ("tax", told.tax, false), ("shipping", told.shipping, false),
            ("restocking", told.restockingFee, true), ("label", told.labelFee, true),
        ]
        var items = parts.filter { $0.1.minor != 0 }.map { name, sum, isKept -> (String, Cell) in
            (texts["returns.money_\(name)"], isKept ? .markup("−\(format.money(sum))") : .money(sum))
        }
        items.append((texts["returns.money_total"], .markup("<b>\(format.money(told.total))</b>")))
        var below = Definitions(items).markup(format)
        if let refund = rma.refund {
            let badge = refund.state == .due ? Badge(texts["refund_state.due"], .warn) : Badge(texts["refund_state.sent"], .good)
            let when: Markup = refund.sentAt.map { format.time($0) } ?? "\(texts("returns.due_by", ["at": format.moment(refund.dueBy)]))"
            below += "<p class=\"brief-note\">\(badge.markup) <b>\(format.money(refund.amount))</b> \(when) \(refund.reference)</p>"
        }
        if let debt = rma.debt {
            let tone: Tone = debt.state == .open ? .bad : .done
            below += """
                <p class="brief-note">\(Badge(texts["debt_state.\(debt.state.rawValue)"], tone).markup) \
                <b>\(format.money(debt.amount))</b> \(texts("returns.due_by", ["at": format.moment(debt.due)])) \(debt.note)</p>
                """
        }
        return Card(texts["returns.money"], live: "money", below).markup
    }

    private var way: Markup {
        guard let unit = rma.parcel else { return .blank }
        var items: [(String, Cell)] = [(texts["returns.code"], .optional(rma.code, Cell.code))]
        if let state = rma.parcelState { items.append((texts["orders.state"], .text(texts["return_parcel.\(state.rawValue)"]))) }
        if let number = rma.trackingNumber { items.append((texts["parcels.tracking"], .code(number))) }
        items.append((texts["returns.unit"], .markup(doors.link(unit.description, to: unit))))
        let held = story.holdings.reversed().map { one -> Timeline.Entry in
            let name = one.name(story.names) ?? texts.code("holder", one.kind)
            return Timeline.Entry(one.from, "\(texts("units.held", ["holder": name]))", tone: one.until == nil ? .info : .plain)
        }
        let hands: Markup = held.isEmpty ? .blank : Timeline(held).markup(format)
        return Card(texts["returns.way"], live: "way", "\(Definitions(items).markup(format))\(hands)").markup
    }

    private var terms: Markup {
        let terms = story.terms
        let items: [(String, Cell)] = [
            (texts["terms.window"], .text(texts.count("terms.days", Int64(terms.windowDays)))),
            (texts["terms.refund_on"], .text(texts["refund_on.\(terms.refundOn.rawValue)"])),
            (texts["terms.restocking"], .text("\(terms.restockingPPM / 10_000) %")),
            (texts["terms.grade_b"], .text(texts["disposition.\(terms.gradeB.rawValue)"])),
            (texts["terms.grade_c"], .text(texts["disposition.\(terms.gradeC.rawValue)"])),
            (texts["terms.grade_d"], .text(texts["disposition.\(terms.gradeD.rawValue)"])),
        ]
        return Card(texts["terms.title"], Definitions(items).markup(format)).markup
    }

    private var timeline: Markup {
        let who = Who(story.names, texts)
        let entries = story.steps.map { step -> Timeline.Entry in
            let what = step.what.map { code in
                switch step.type {
                case "return.goods": texts["finding.\(code)"]
                case "return.graded": texts["grade.\(code)"]
                case "return.parcel": texts["return_parcel.\(code)"]
                case "return.debt": texts["debt_state.\(code)"]
                default: texts.code("state", code)
                }
            } ?? ""
            let key = "return_step.\(step.type.replacing(".", with: "_"))"
            let text = texts(key, ["what": what, "amount": step.amount.map(format.money) ?? ""])
            let tone: Tone = step.type.hasPrefix("refund") ? .good : step.type == "return.debt" ? .bad : .info
            return Timeline.Entry(step.at, "\(text)", by: visit.scope == .network ? who.text(step.actor) : nil, tone: tone)
        }
        let cases = story.exceptions.filter { $0.closedAt == nil }.map { one -> Markup in
            let text = texts.code("exception", one.kind.replacing(".", with: "_"))
            return "<li class=\"bad\"><div>\(doors.link(text, to: one.id))<small>\(one.detail)</small></div></li>"
        }
        let open: Markup = cases.isEmpty ? .blank : Card(texts["orders.exceptions"], "<ul class=\"cases\">\(cases)</ul>").markup
        return "\(open)\(Card(texts["returns.story"], live: "story", Timeline(entries).markup(format)).markup)"
    }
}
