import Flows
import Identity
import Kernel
import Partners
import Views

/// One fulfillment order as its partner works on it: what is to be sent to whom by when, and one thing to say next.
struct HandoffPage {
    private let story: HandoffStory
    private let visit: Visit
    private var one: HandoffView { story.handoff }
    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }
    private var path: String { "/partner/orders/\(one.id)" }

    init(_ story: HandoffStory, _ visit: Visit) { (self.story, self.visit) = (story, visit) }

    /// How a fulfillment order stands, in the partner's words.
    static func badge(_ state: HandoffState, _ texts: Texts) -> Badge {
        let tone: Tone = switch state {
        case .sent: .warn
        case .cancelRequested: .bad
        case .accepted, .shipping: .info
        case .shipped, .closed: .good
        case .rejected, .short, .cancelled, .withdrawn: .done
        }
        return Badge(texts.code("handoff", state.rawValue), tone)
    }

    var answer: PageAnswer {
        .content(
            """
            <p class="badges">\(Self.badge(one.state, texts).markup)</p>
            <div class="columns"><div>\(lines)\(next)\(parcels)</div><div>\(person)\(facts)</div></div>
            """, title: one.orderNumber, crumbs: [Crumb(texts["partner.title"], "/partner")])
    }

    private var facts: Markup {
        let isOpen = one.state.isOpen
        let expected: [(String, Cell)] = one.expectedAt.map { [(texts["partner.expected"], .time($0))] } ?? []
        let items: [(String, Cell)] = [
            (texts["partner.answer_by"], one.state == .sent ? .due(one.acceptBy, isLate: one.acceptBy < format.now) : .time(one.acceptBy)),
            (texts["partner.ship_by"], isOpen ? .due(one.shipBy, isLate: one.shipBy < format.now) : .time(one.shipBy)),
        ] + expected + [
            (texts["partner.deliver_by"], .time(one.deliverBy)), (texts["partner.merchant"], .text(story.merchant)),
            (texts["orders.id"], .code(one.id.description)),
        ]
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private var person: Markup {
        guard let person = story.person else { return .blank }
        let town = [person.postalCode, person.city, person.region].filter { !$0.isEmpty }.joined(separator: " ")
        let rows = [person.name] + person.street + [town, person.country.code, person.phone]
        let text = rows.filter { !$0.isEmpty }.map { "\($0)<br>" as Markup }
        return Card(texts["partner.to"], "<address>\(text)</address>").markup
    }

    private var lines: Markup {
        let all: [(name: String, of: (HandoffView.Line) -> Quantity)] = [
            ("asked", { $0.asked }), ("open_units", { $0.open }), ("sent", { $0.shipped }), ("dropped", { $0.dropped }),
        ]
        // On a phone only what there is.
        let told = all.filter { column in column.name == "asked" || one.lines.contains { column.of($0) > 0 } }
        let table = Table(
            texts["partner.lines"],
            columns: [.init(texts["partner.sku"])] + told.map { Table.Column(texts["partner.\($0.name)"], number: true) },
            rows: one.lines.map { line in
                Table.Row([.text("\(line.skuCode) · \(line.name)")] + told.map { .quantity($0.of(line).rawValue) })
            }, empty: .init(texts["partner.none"], ""))
        return Card(texts["partner.lines"], table.markup(format)).markup
    }

    private var parcels: Markup {
        if one.parcels.isEmpty { return .blank }
        let table = Table(
            texts["partner.parcels"], columns: ["carrier", "number", "left"].map { Table.Column(texts["partner.\($0)"]) },
            rows: one.parcels.map { Table.Row([.text($0.carrier), .code($0.trackingNumber), .time($0.shippedAt)]) },
            empty: .init(texts["partner.none"], ""))
        return Card(texts["partner.parcels"], table.markup(format)).markup
    }

    /// What the partner says next; the likeliest open, the rest folded.
    private var next: Markup {
        let forms: [Markup] = switch one.state {
        case .sent: [acceptance.markup, fold("partner.reject", rejection)]
        case .accepted, .shipping: [shipment.markup, fold("partner.report_short", shortage)]
        case .cancelRequested: [Self.quiet(texts["partner.stop_hint"])] + answers.map(\.markup) + [fold("partner.ship", shipment)]
        case .shipped, .closed, .rejected, .short, .cancelled, .withdrawn: []
        }
        if forms.isEmpty { return .blank }
        return Card(texts["partner.next_\(one.state.rawValue)"], "<div class=\"acts\">\(forms)</div>").markup
    }

    private static func quiet(_ text: String) -> Markup { "<p class=\"quiet\">\(text)</p>" }

    private func fold(_ title: String, _ form: Form) -> Markup {
        "<details><summary class=\"button\">\(texts[title])</summary>\(form.markup)</details>"
    }

    private var acceptance: Form {
        let days = (0...3).map { days in
            Form.Option("\(days)", days == 0 ? format.moment(one.shipBy) : texts.count("partner.days_late", Int64(days)))
        }
        return Form(
            visit, to: path + "/acceptance", [.choice("days_late", texts["partner.will_leave"], days)], submit: texts["partner.accept"])
    }

    private var rejection: Form {
        let reasons = RejectReason.allCases.map { Form.Option($0.rawValue, texts.code("reject", $0.rawValue)) }
        return Form(
            visit, to: path + "/rejection",
            [.choice("reason", texts["partner.why"], reasons)] + units(hint: "partner.reject_hint", all: true),
            submit: texts["partner.reject_now"], tone: .bad)
    }

    private var shortage: Form {
        Form(
            visit, to: path + "/shortages", units(hint: "partner.short_hint", all: false),
            submit: texts["partner.report_short"], tone: .bad)
    }

    private var answers: [Form] {
        CancelReply.allCases.map { reply in
            Form(
                visit, to: path + "/cancellation", [.hidden("answer", reply.rawValue)], submit: texts["partner.answer_\(reply.rawValue)"],
                tone: reply == .cancelled ? .bad : .info)
        }
    }

    private var shipment: Form {
        var fields: [Form.Field] = [
            .input("tracking_number", texts["partner.number"], hint: texts["partner.number_hint"], required: true, autocomplete: "off"),
            .input("carrier", texts["partner.carrier"], value: one.parcels.last?.carrier ?? story.lastCarrier ?? "", required: true),
            .input("weight_g", texts["partner.weight"], type: "number", hint: texts["partner.weight_hint"]),
        ]
        fields += units(hint: nil, all: true)
        for line in open {
            if story.byLot.contains(line.sku) {
                fields.append(.input("lot_\(line.line)", texts("partner.lot_of", ["sku": line.skuCode]), required: true))
            }
            if story.bySerial.contains(line.sku) {
                let label = texts("partner.serials_of", ["sku": line.skuCode])
                fields.append(.area("serials_\(line.line)", label, hint: texts["partner.serials_hint"]))
            }
        }
        return Form(visit, to: path + "/shipments", fields, submit: texts["partner.ship"])
    }

    private var open: [HandoffView.Line] { one.lines.filter { $0.open > 0 } }

    private func units(hint: String?, all: Bool) -> [Form.Field] {
        open.map { line in
            .input(
                "units_\(line.line)", "\(line.skuCode) · \(line.name)", type: "number", value: all ? "\(line.open)" : "0",
                hint: texts("partner.of_open", ["n": "\(line.open)"]) + (hint.map { " " + texts[$0] } ?? ""))
        }
    }
}
