import Kernel
import Views
import Warehouse

/// The page of one shipment: announced against received, each receipt, what happened, and what can be done.
struct InboundPage {
    let story: InboundStory
    let visit: Visit
    private let doors: Doors

    init(_ story: InboundStory, _ visit: Visit) {
        (self.story, self.visit) = (story, visit)
        doors = Doors(visit)
    }

    private var asn: ASNView { story.asn }
    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }
    private var isOpen: Bool { asn.state == .announced || asn.state == .receiving }
    private var isLate: Bool { asn.state == .announced && asn.expectedAt < format.now }

    var answer: PageAnswer {
        let content: Markup = """
            <div id="asn" data-live><p class="badges">\(badges)</p>\(tiles)</div>
            <div class="columns"><div>\(lines)\(receipts)</div><div>\(facts)\(actions)\(timeline)</div></div>
            """
        return .content(
            content, title: texts("inbound.of", ["number": asn.number]), crumbs: [Crumb(texts["inbound.title"], "/inbound")])
    }

    private var badges: Markup {
        var all = [InboundWords.badge(asn.state, texts)]
        if isLate { all.append(Badge(texts("orders.late_by", ["span": format.span(format.now - asn.expectedAt)]), .warn)) }
        return all.map(\.markup).joined(" ")
    }

    private func sum(_ part: (InboundStory.Line) -> Quantity) -> Quantity { story.lines.reduce(0) { $0 + part($1) } }

    private var tiles: Markup {
        let announced = sum(\.expected), received = sum(\.received), unfit = sum(\.unfit)
        let short = sum { max(0, $0.expected - $0.received) }, over = sum { max(0, $0.received - $0.expected) }
        return Tile.row([
            Tile(
                texts["inbound.announced"], format.count(announced.rawValue),
                note: texts.count("inbound.line_count", Int64(story.lines.count))),
            Tile(
                texts["inbound.received"], format.count(received.rawValue),
                note: texts("inbound.share", ["n": "\(announced > 0 ? received.rawValue * 100 / announced.rawValue : 0)"]),
                tone: received >= announced ? .good : .plain),
            Tile(
                texts[isOpen ? "inbound.to_come" : "inbound.missing"], format.count(short.rawValue),
                note: texts[isOpen ? "inbound.to_come_note" : "inbound.missing_note"], tone: short > 0 && !isOpen ? .bad : .plain),
            Tile(texts["inbound.over"], format.count(over.rawValue), note: texts["inbound.over_note"], tone: over > 0 ? .warn : .plain),
            Tile(
                texts["inbound.damaged"], format.count(unfit.rawValue), note: texts["inbound.damaged_note"],
                tone: unfit > 0 ? .bad : .plain),
        ])
    }

    private var lines: Markup {
        let rows = story.lines.map { line -> Table.Row in
            let differs = line.received - line.expected, isShort = differs < 0 && !isOpen
            let sign = differs > 0 ? "+" : "−", tone = differs < 0 ? "minus" : "plus"
            let difference: Cell = differs == 0 || differs < 0 && isOpen && line.received == 0
                ? .empty : .markup("<b class=\"\(tone)\">\(sign)\(format.count(abs(differs.rawValue)))</b>")
            return Table.Row(
                [
                    .markup("<code>\(doors.link(line.skuCode, to: line.sku))</code>"), .text(line.name), .quantity(line.expected.rawValue),
                    .quantity(line.received.rawValue), .markup(InboundWords.bar(line.received, of: line.expected, texts)), difference,
                    line.unfit > 0 ? .markup("<b class=\"minus\">\(format.count(line.unfit.rawValue))</b>") : .empty,
                ], tone: isShort || line.unfit > 0 ? .bad : differs > 0 ? .warn : nil)
        }
        let table = Table(
            texts["inbound.compared"],
            columns: ["sku", "name", "announced", "received", "came", "difference", "damaged"].map {
                Table.Column(texts["inbound.\($0)"], number: ["announced", "received", "difference", "damaged"].contains($0))
            }, rows: rows, empty: .init(texts["inbound.no_lines"], ""))
        return Card(texts["inbound.compared"], live: "lines", table.markup(format)).markup
    }

    private var receipts: Markup {
        let who = Who(story.names, texts)
        var columns = ["at", "sku", "quantity", "condition", "lot", "location"]
        if visit.scope == .network { columns.append("who") }
        let rows = story.receipts.map { one -> Table.Row in
            var cells: [Cell] = [
                .time(one.at), .code(one.skuCode), .quantity(one.quantity.rawValue),
                .badge(Badge(texts["condition.\(one.condition.rawValue)"], one.condition == .new ? .good : .warn)),
                .optional(one.lot, Cell.code), .codeLink(one.locationCode, to: "/bins/\(one.location)"),
            ]
            if visit.scope == .network { cells.append(who.cell(one.actor)) }
            return Table.Row(cells)
        }
        let table = Table(
            texts["inbound.receipts"], columns: columns.map { Table.Column(texts["inbound.\($0)"], number: $0 == "quantity") }, rows: rows,
            empty: .init(texts["inbound.no_receipts"], texts["inbound.no_receipts_hint"]))
        return Card(texts["inbound.receipts"], live: "receipts", table.markup(format)).markup
    }

    private var facts: Markup {
        let items: [(String, Cell)] = [
            (texts["inbound.due"], .time(asn.expectedAt)),
            (texts["orders.merchant"], .markup(doors.link(story.names.merchant(asn.merchant), to: asn.merchant))),
            (texts["stock.site"], .markup(doors.link(story.names.site(asn.site), to: asn.site))),
            (texts["orders.id"], .code(asn.id.description)),
        ]
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private var timeline: Markup {
        let who = Who(story.names, texts)
        let tones: [String: Tone] = ["asn.announced": .info, "asn.changed": .warn, "asn.received": .plain, "asn.closed": .good]
        let entries = story.steps.reversed().map { step in
            let what = step.type.replacing("asn.", with: "")
            return Timeline.Entry(
                step.at, "\(texts.count("asn_step.\(what)", step.quantity.rawValue))",
                by: visit.scope == .network ? who.text(step.actor) : nil, tone: tones[step.type] ?? .plain)
        }
        return Card(texts["inbound.story"], live: "story", Timeline(entries).markup(format)).markup
    }

    private func fold(_ name: String, _ form: Form) -> Markup {
        """
        <details><summary class="button">\(texts["inbound.\(name)"])</summary>\
        <p class="hint">\(texts["inbound.\(name)_hint"])</p>\(form.markup)</details>
        """
    }

    private var actions: Markup {
        guard isOpen else { return .blank }
        var all: [Markup] = []
        if InboundPages.changers.contains(visit.role) {
            var fields: [Form.Field] = [
                .input("day", texts["inbound.day"], type: "date", value: format.zone.day(of: asn.expectedAt).description, required: true),
                .input(
                    "time", texts["inbound.time"], type: "time", value: format.zone.time(of: asn.expectedAt).description, required: true),
            ]
            fields += story.lines.prefix(20).map { line in
                .input("units_\(line.sku)", line.skuCode, type: "number", value: line.expected.description, hint: line.name)
            }
            let form = Form(visit, to: "/inbound/\(asn.id)/arrival", fields, submit: texts["inbound.change_now"])
            all.append(fold("change", form))
        }
        if InboundPages.closers.contains(visit.role) {
            let form = Form(visit, to: "/inbound/\(asn.id)/closing", [], submit: texts["inbound.close_now"], tone: .bad)
            all.append(fold("close", form))
        }
        return all.isEmpty ? .blank : Card(texts["orders.actions"], "<div class=\"acts\">\(all)</div>").markup
    }
}
