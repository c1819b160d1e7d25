import Identity
import Kernel
import Views

/// Rehearse and compare: the same orders with other choices, through the production flows under a virtual clock.
struct RehearsalPages {
    private static let readers: Set<AccountRole> = [.owner, .operator, .planner]

    /// Nil where the program rehearses nothing.
    let desk: RehearsalDesk?

    var pages: [Page] {
        guard let desk else { return [] }
        return [
            .get("/planner/rehearsals", "rehearse.title", for: Self.readers, at: Place(.now, 32, "chart")) { visit in
                RehearsalPage(desk.runs, visit).answer
            },
            .post("/planner/rehearsals", for: Self.readers) { visit in
                try desk.start(try Self.choice(visit.form), at: visit.format.now)
                return .to("/planner/rehearsals", said: "said.rehearsal_started")
            },
        ]
    }

    private static func choice(_ form: FormValues) throws -> RehearsalChoice {
        func number(_ name: String, _ range: ClosedRange<Int64>) throws -> Int64 {
            let number = try form.number(name)
            guard range.contains(number) else {
                throw InvalidInput(field: "/\(name)", "\(number) is not between \(range.lowerBound) and \(range.upperBound).")
            }
            return number
        }
        let sites = try number("sites", 1...6)
        return RehearsalChoice(
            orders: Int(try number("orders", 50...2000)), sites: Int(sites), partners: Int(try number("partners", 0...(sites - 1))),
            faults: form.isOn("faults"), seed: UInt64(try number("seed", 1...1_000_000)))
    }
}

/// The latest rehearsals side by side.
struct RehearsalPage {
    let runs: [RehearsalDesk.Run]
    let visit: Visit

    init(_ runs: [RehearsalDesk.Run], _ visit: Visit) { (self.runs, self.visit) = (runs, visit) }

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    var answer: PageAnswer {
        .content(
            """
            <p class="brief-note">\(texts["rehearse.about"])</p>
            <div class="columns"><div id="runs" data-live>\(table)\(chart)</div><div>\(form)</div></div>
            """, crumbs: [Crumb(texts["plan.title"], "/planner")])
    }

    private var form: Markup {
        let last = runs.last?.choice
        let fields: [Form.Field] = [
            .input(
                "orders", texts["rehearse.orders"], type: "number", value: "\(last?.orders ?? 300)", hint: "50 – 2,000", required: true),
            .input("sites", texts["rehearse.sites"], type: "number", value: "\(last?.sites ?? 3)", hint: "1 – 6", required: true),
            .input(
                "partners", texts["rehearse.partners"], type: "number", value: "\(last?.partners ?? 1)",
                hint: texts["rehearse.partners_hint"], required: true),
            .check("faults", texts["rehearse.faults"], isOn: last?.faults ?? false),
            .input(
                "seed", texts["rehearse.seed"], type: "number", value: "\(last?.seed ?? 1)", hint: texts["rehearse.seed_hint"],
                required: true),
        ]
        return Card(
            texts["rehearse.choose"], Form(visit, to: "/planner/rehearsals", fields, submit: texts["rehearse.start"]).markup
        ).markup
    }

    private func name(_ run: RehearsalDesk.Run) -> String { texts("rehearse.run", ["n": "\(run.id)"]) }

    private func done(_ run: RehearsalDesk.Run) -> RehearsalSummary? { if case .done(let summary) = run.outcome { summary } else { nil } }

    /// A row a measure, a column a rehearsal.
    private var table: Markup {
        let percent = { (ppm: Int64) in "\(ppm / 10_000).\(ppm / 1000 % 10) %" }, decimal = { (value: Double) in "\(value)" }
        let measures: [(String, (RehearsalDesk.Run) -> String?)] = [
            ("state", { state($0) }), ("orders", { format.count($0.choice.orders) }), ("sites", { "\($0.choice.sites)" }),
            ("partners", { "\($0.choice.partners)" }), ("faults", { texts[$0.choice.faults ? "rehearse.yes" : "rehearse.no"] }),
            ("seed", { "\($0.choice.seed)" }), ("delivered", { done($0).map { format.count($0.delivered) } }),
            ("kept", { done($0)?.kept.map(percent) }), ("median", { done($0)?.medianDays.map(decimal) }),
            ("p90", { done($0)?.p90Days.map(decimal) }), ("parcels", { done($0)?.parcelsPerOrder.map(decimal) }),
            ("shipping", { done($0)?.shippingPerOrder.map(format.money) }), ("fill", { done($0)?.cartonFill.map(percent) }),
            ("exceptions", { done($0).map { format.count($0.exceptions) } }),
            ("audit", { done($0).map { format.count($0.auditFindings) } }),
            ("seconds", { done($0).map { decimal(($0.seconds * 10).rounded() / 10) } }),
        ]
        return Table(
            texts["rehearse.compared"], columns: [.init(texts["rehearse.measure"])] + runs.map { .init(name($0), number: true) },
            rows: runs.isEmpty ? [] : measures.map { key, value in
                Table.Row([.text(texts["rehearse.\(key)"])] + runs.map { Cell.optional(value($0), Cell.text) })
            },
            empty: .init(texts["rehearse.none"], texts["rehearse.none_hint"])
        ).markup(format)
    }

    private func state(_ run: RehearsalDesk.Run) -> String {
        switch run.outcome {
        case .running: texts["rehearse.running"]
        case .done: texts["rehearse.ended"]
        case .failed: texts["rehearse.failed"]
        }
    }

    /// Days to the door, of each in per cent of its orders.
    private var chart: Markup {
        let ended = runs.compactMap { run in done(run).map { (run, $0) } }.filter { $0.1.delivered > 0 }
        let days = min(21, ended.map(\.1.byDay.count).max() ?? 0)
        guard days > 1 else { return .blank }
        return Chart(
            .line, texts["rehearse.days"], labels: (0..<days).map { "\($0 + 1)" },
            series: ended.map { run, summary in
                let shares = summary.byDay.map { Double($0) * 100 / Double(summary.delivered) }
                return Chart.Series(name(run), (0..<days).map { $0 < shares.count ? shares[$0] : 0 })
            }, unit: "%"
        ).markup(texts)
    }
}
