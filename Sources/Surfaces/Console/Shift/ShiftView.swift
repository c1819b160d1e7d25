import Kernel
import Views

/// The page of the shift.
struct ShiftView {
    private let board: ShiftBoard
    private let troubles: [ExceptionView]
    private let site: SiteID
    private let names: [String: String]
    private let visit: Visit
    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    init(_ board: ShiftBoard, _ troubles: [ExceptionView], site: SiteID, _ names: [String: String], _ visit: Visit) {
        (self.board, self.troubles, self.site, self.names, self.visit) = (board, troubles, site, names, visit)
    }

    var markup: Markup {
        """
        \(pause)<div id="shift-tiles" data-live>\(tiles)</div>
        <div class="columns"><div>\(departures)\(waves)</div><div>\(people)\(exceptions)\(totes)\(unlabelled)</div></div>
        """
    }

    private var tiles: Markup {
        let open = board.departures.reduce(0) { $0 + $1.open }, next = board.departures.first { $0.leaves > format.now }
        let chance = next.map { ShiftChance($0, pace: board.pace, now: format.now) }
        return Tile.row([
            Tile(
                texts["shift.next"], next.map { format.relative($0.leaves) } ?? "–",
                note: next.map { texts.count("shift.waiting", $0.open) } ?? "", tone: chance?.tone ?? .plain),
            Tile(texts["shift.backlog"], format.count(open), note: texts["shift.backlog_note"]),
            Tile(texts["shift.pace"], format.count(board.pace), note: texts["shift.pace_note"]),
            Tile(
                texts["shift.stuck"], format.count(board.totes.count), tone: board.totes.isEmpty ? .plain : .warn),
            Tile(
                texts["shift.unlabelled"], format.count(board.unlabelled.count), tone: board.unlabelled.isEmpty ? .plain : .warn),
        ])
    }

    private var pause: Markup {
        guard let pause = board.pause else { return .blank }
        let form = Form(visit, to: "/shift/resumption", [.hidden("site", site.description)], submit: texts["shift.resume"])
        let who = names[pause.by] ?? pause.by
        let words: Markup = "<p>\(texts("shift.paused_by", ["who": who])) \(format.time(pause.since)): \(pause.reason)</p>"
        return Card(texts["shift.paused"], "\(words)\(form.markup)").markup
    }

    private var departures: Markup {
        let shown = board.departures
        let chart = Chart(
            .stacked, texts["shift.plot"], labels: shown.map { format.moment($0.leaves) },
            series: [
                .init(texts["shift.packed"], shown.map { Double($0.packed) }),
                .init(texts["shift.to_pack"], shown.map { Double($0.toPack) }),
                .init(texts["shift.to_pick"], shown.map { Double($0.toPick) }),
                .init(texts["shift.to_release"], shown.map { Double($0.toRelease) }),
            ], unit: texts["shift.orders"])
        let table = Table(
            texts["shift.departures"],
            columns: [
                .init(texts["shift.leaves"]), .init(texts["shift.to_release"], number: true), .init(texts["shift.to_pick"], number: true),
                .init(texts["shift.to_pack"], number: true), .init(texts["shift.packed"], number: true), .init(texts["shift.chance"]),
            ],
            rows: shown.map { one in
                let chance = ShiftChance(one, pace: board.pace, now: format.now)
                return Table.Row(
                    [
                        .time(one.leaves), .quantity(one.toRelease), .quantity(one.toPick), .quantity(one.toPack), .quantity(one.packed),
                        .badge(Badge(texts["shift.chance_\(chance.rawValue)"], chance.tone)),
                    ], to: "/shift/release?site=\(site)&until=\(one.leaves)", tone: chance == .poor ? .bad : nil)
            },
            empty: .init(texts["shift.no_departures"], texts["shift.no_departures_hint"]))
        let drawn: Markup = shown.isEmpty ? .blank : chart.markup(texts)
        return Card(texts["shift.by_cutoff"], live: "shift-departures", "\(drawn)\(table.markup(format))").markup
    }

    private var waves: Markup {
        let table = Table(
            texts["shift.waves"],
            columns: [
                .init(texts["shift.wave"]), .init(texts["shift.released"]), .init(texts["shift.orders"], number: true),
                .init(texts["shift.open_tasks"], number: true), .init(""),
            ],
            rows: board.waves.map { one in
                let undo = Form(
                    visit, to: "/waves/\(one.wave.id)/undo", [.hidden("site", site.description), .hidden("to", "shift")],
                    submit: texts["shift.undo"],
                    tone: .bad, inline: true)
                return Table.Row([
                    .code(one.wave.id.description), .time(one.wave.released), .quantity(Int64(one.wave.orders)),
                    .text("\(one.openTasks) / \(one.wave.tasks)"), one.isUntouched ? .markup(undo.markup) : .quiet(texts["shift.begun"]),
                ])
            },
            empty: .init(texts["shift.no_waves"], texts["shift.no_waves_hint"]))
        let pausing = Form(
            visit, to: "/shift/pause", [.hidden("site", site.description), .input("reason", texts["shift.reason"], required: true)],
            submit: texts["shift.pause"], tone: .bad, inline: true)
        let pause: Markup = board.pause == nil ? pausing.markup : .blank
        return Card(texts["shift.waves"], "\(table.markup(format))\(pause)").markup
    }

    private var people: Markup {
        let table = Table(
            texts["shift.people"], columns: [.init(texts["shift.who"]), .init(texts["shift.does"]), .init(texts["shift.seen"])],
            rows: board.workers.map { one in
                Table.Row([
                    .text(names[one.worker] ?? one.worker), .text(texts["floor.\(one.process).title"]), .due(one.seen, isLate: false),
                ])
            },
            empty: .init(texts["shift.nobody"], texts["shift.nobody_hint"]))
        return Card(texts["shift.people"], live: "shift-people", table.markup(format)).markup
    }

    private var exceptions: Markup {
        let table = Table(
            texts["shift.exceptions"], columns: [.init(texts["shift.what"]), .init(texts["shift.due"])],
            rows: troubles.map { one in
                Table.Row([.text(texts.code("exception", one.kind)), .due(one.due, isLate: one.due < format.now)], tone: .warn)
            },
            empty: .init(texts["shift.no_exceptions"], texts["shift.no_exceptions_hint"]))
        return Card(texts["shift.exceptions"], live: "shift-exceptions", table.markup(format)).markup
    }

    private var totes: Markup {
        if board.totes.isEmpty { return .blank }
        let table = Table(
            texts["shift.stuck"],
            columns: [.init(texts["shift.tote"]), .init(texts["shift.since"]), .init(texts["shift.orders"], number: true)],
            rows: board.totes.map { Table.Row([.code($0.code), .due($0.since, isLate: true), .quantity($0.orders)], tone: .warn) },
            empty: .init("", ""))
        return Card(texts["shift.stuck"], live: "shift-totes", table.markup(format)).markup
    }

    private var unlabelled: Markup {
        if board.unlabelled.isEmpty { return .blank }
        let table = Table(
            texts["shift.unlabelled"],
            columns: [.init(texts["shift.parcel"]), .init(texts["shift.leaves"]), .init(texts["shift.why"])],
            rows: board.unlabelled.map { one in
                Table.Row([
                    .code(one.code), .due(one.shipBy, isLate: one.shipBy < format.now), .text(one.reason ?? texts["shift.asked"]),
                ])
            }, empty: .init("", ""))
        return Card(texts["shift.unlabelled"], live: "shift-unlabelled", table.markup(format)).markup
    }
}

/// Whether a departure is made at the pace of the last hour.
enum ShiftChance: String {
    case done, good, tight, poor
    /// Nobody has packed anything yet, and there is time.
    case unknown

    init(_ departure: ShiftDeparture, pace: Int64, now: Instant) {
        let reach = pace * max(0, (departure.leaves - now).micros / 1_000_000) / 3600
        let isEarly = pace == 0 && departure.leaves > now + .hours(4)
        self = departure.open == 0 ? .done : isEarly ? .unknown
            : reach * 6 >= departure.open * 7 ? .good : reach >= departure.open ? .tight : .poor
    }

    var tone: Tone {
        switch self {
        case .done, .good: .good
        case .unknown: .plain
        case .tight: .warn
        case .poor: .bad
        }
    }
}
