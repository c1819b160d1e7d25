import Exceptions
import Kernel
import Views

/// The page of one exception: what it means, what is at stake, what each action would do, and what was said of it.
struct ExceptionPage {
    let story: ExceptionStory
    let visit: Visit
    private let doors: Doors

    init(_ story: ExceptionStory, _ visit: Visit) {
        (self.story, self.visit) = (story, visit)
        doors = Doors(visit)
    }

    private var one: ExceptionView { story.exception }
    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }
    private var canAct: Bool { ExceptionsPages.actors.contains(visit.role) }

    var answer: PageAnswer {
        let content: Markup = """
            <p class="badges">\(badges)</p><p class="brief-note">\(ExceptionWords.about(one.kind, texts))</p>
            <div class="columns"><div>\(actions)\(notes)\(others)</div><div>\(facts)\(assigning)</div></div>
            """
        return .content(content, title: ExceptionWords.title(one.kind, texts), crumbs: [Crumb(texts["cases.title"], "/exceptions")])
    }

    private var badges: Markup {
        var all = [Badge(texts["owner_role.\(one.role.rawValue)"], .info)]
        if one.closedAt != nil {
            all.append(Badge(texts["cases.closed"], .good))
        } else if one.due < format.now {
            all.append(Badge(texts("orders.late_by", ["span": format.span(format.now - one.due)]), .bad))
        }
        if one.escalatedAt != nil { all.append(Badge(texts["cases.escalated"], .bad)) }
        return all.map(\.markup).joined(" ")
    }

    private var facts: Markup {
        var items: [(String, Cell)] = [
            (texts["cases.about"], .markup("<code>\(doors.link(story.number ?? story.about, to: story.about))</code>")),
            (texts["cases.detail"], .text(one.detail)),
            (texts["cases.stake"], .optional(one.stake) { .markup("<b>\(format.money($0))</b>") }),
            (texts["cases.due"], .due(one.due, isLate: one.closedAt == nil && one.due < format.now)),
            (texts["cases.age"], .text(format.span((one.closedAt ?? format.now) - one.openedAt))),
            (texts["cases.opened"], .time(one.openedAt)),
        ]
        if let merchant = one.merchant {
            items.append((texts["orders.merchant"], .markup(doors.link(story.names.merchant(merchant), to: merchant))))
        }
        if let site = one.site { items.append((texts["stock.site"], .markup(doors.link(story.names.site(site), to: site)))) }
        if let outcome = one.outcome { items.append((texts["cases.outcome"], .text(outcome))) }
        if let closed = one.closedAt { items.append((texts["cases.closed_at"], .time(closed))) }
        items.append((texts["orders.id"], .code(one.id.description)))
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private var actions: Markup {
        guard one.closedAt == nil else { return .blank }
        let steps = ExceptionCatalog.find(one.kind).actions.map { action -> Markup in
            let step = action.step
            let effect = "<p class=\"hint\">\(texts["exception_effect.\(step.rawValue)"])</p>" as Markup
            let name = texts["exception_step.\(step.rawValue)"]
            guard canAct else { return "<li><b>\(name)</b>\(effect)</li>" }
            var fields: [Form.Field] = [.hidden("action", step.rawValue)]
            if step == .wait { fields.append(.input("until", texts["cases.until"], type: "date", hint: texts["cases.until_hint"])) }
            fields.append(
                .input(
                    "note", texts["cases.note"], hint: texts["orders.nothing_personal"],
                    required: step == .resolve || step == .denyReturn))
            let form = Form(
                visit, to: "/exceptions/\(one.id)/actions?\(step.rawValue)", fields, submit: name,
                tone: [.cancelOrder, .declareLost, .denyReturn].contains(step) ? .bad : .info)
            return "<li><details><summary class=\"button\">\(name)</summary>\(form.markup)</details>\(effect)</li>"
        }
        return Card(texts["cases.steps"], "<ul class=\"acts next-steps\">\(steps)</ul>").markup
    }

    private var assigning: Markup {
        let who = ExceptionWords.assignee(one.assignee, story.names)
        let now: Markup = "<p>\(who.map { texts("cases.with", ["who": $0]) } ?? texts["cases.with_nobody"])</p>"
        guard canAct, one.closedAt == nil else { return Card(texts["cases.assignee"], now).markup }
        let form = Form(
            visit, to: "/exceptions/\(one.id)/assignee", [
                .choice("who", texts["cases.give_to"], [
                    Form.Option("me", texts["cases.me"]), Form.Option("nobody", texts["cases.nobody"]),
                    Form.Option("other", texts["cases.other"]),
                ]),
                .input("name", texts["cases.other_name"], hint: texts["cases.other_hint"]),
            ], submit: texts["cases.assign"])
        return Card(texts["cases.assignee"], "\(now)\(form.markup)").markup
    }

    private var notes: Markup {
        let entries = story.notes.reversed().map { note in
            Timeline.Entry(note.at, "\(note.text)", by: visit.scope == .network ? Who(story.names, texts).text(note.actor) : nil)
        }
        let list: Markup = entries.isEmpty ? "<p class=\"quiet\">\(texts["cases.no_notes"])</p>" : Timeline(entries).markup(format)
        let form: Markup = canAct
            ? Form(
                visit, to: "/exceptions/\(one.id)/notes", [.area("text", texts["cases.write"], hint: texts["orders.nothing_personal"])],
                submit: texts["cases.add_note"]
            ).markup : .blank
        return Card(texts["cases.notes"], "\(list)\(form)").markup
    }

    private var others: Markup {
        if story.others.isEmpty { return .blank }
        let rows = story.others.prefix(20).map { other in
            Table.Row(
                [
                    .text(ExceptionWords.title(other.kind, texts)), .time(other.openedAt),
                    .optional(other.closedAt, Cell.time), .optional(other.outcome, Cell.text),
                ], to: "/exceptions/\(other.id)", tone: other.closedAt == nil ? .warn : nil)
        }
        let table = Table(
            texts["cases.others"], columns: ["kind", "opened", "closed_at", "outcome"].map { Table.Column(texts["cases.\($0)"]) },
            rows: rows, empty: .init(texts["cases.none"], ""))
        return Card(texts["cases.others"], table.markup(format)).markup
    }
}
