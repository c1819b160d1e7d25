import Facilities
import Identity
import Kernel
import Views

/// What lies ahead of the sites: how much of their capacity is booked by day, and what comes in.
struct PlannerPages {
    static let readers: Set<AccountRole> = [.owner, .operator, .planner, .reader, .lead]
    static let days = 14

    var pages: [Page] {
        [
            .get("/planner", "plan.title", for: Self.readers, at: Place(.now, 30, "plan")) { visit in
                let scope = visit.scope, now = visit.format.now
                let (ahead, due, names) = try await visit.read { tx in
                    (
                        try CapacityDay.ahead(days: Self.days, scope, in: tx),
                        try InboundDay.calendar(until: now + .days(Self.days + 1), scope, in: tx), try Names(in: tx)
                    )
                }
                return PlannerPage(ahead, due, names, visit).answer
            }
        ]
    }
}

/// The page of what lies ahead.
struct PlannerPage {
    let ahead: [CapacityDay]
    let due: [InboundDay]
    let names: Names
    let visit: Visit

    init(_ ahead: [CapacityDay], _ due: [InboundDay], _ names: Names, _ visit: Visit) {
        let site = visit.queryID("site", SiteID.self)
        self.ahead = ahead.filter { site == nil || $0.site == site }
        self.due = due.filter { site == nil || $0.site == site }
        (self.names, self.visit) = (names, visit)
    }

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }
    private var today: CivilDate { format.zone.day(of: format.now) }
    private var shown: [CivilDate] { (0..<PlannerPages.days).map { today + $0 } }

    var answer: PageAnswer {
        let filters = visit.scope == .network ? Filters(visit, [StockPages.siteChoice(names, visit)]).markup : .blank
        let content: Markup = """
            \(filters)<div id="plan" data-live>\(tiles)</div>\
            \(ahead.isEmpty ? nothing : "<div id=\"drawing\" data-live>\(chart)</div><div id=\"booked\" data-live>\(heat)</div>")\(inbound)
            """
        return .content(
            content, actions: visit.scope == .network ? .link(texts["inbound.calendar"], to: "/inbound/calendar") : .blank)
    }

    private var nothing: Markup {
        Table(texts["plan.booked"], columns: [], rows: [], empty: .init(texts["plan.none"], texts["plan.none_hint"])).markup(format)
    }

    private func name(_ one: CapacityDay) -> String {
        let process = texts["process.\(one.process.rawValue)"]
        return one.service.map { "\(process) · \(names.services[$0]?.name ?? $0.description)" } ?? process
    }

    private var tiles: Markup {
        let over = ahead.filter { $0.over > 0 }
        let fullest = ahead.filter { $0.capacity ?? 0 > 0 }.max { ($0.percent ?? 0, $1.day) < ($1.percent ?? 0, $0.day) }
        let week = due.filter { $0.day < today + 7 }.reduce(Quantity(0)) { $0 + $1.units }
        var tiles = [
            Tile(
                texts["plan.over"], format.count(over.reduce(0) { $0 + $1.over }),
                note: texts.count("plan.over_days", Int64(over.count)), tone: over.isEmpty ? .good : .bad),
            Tile(texts["plan.inbound_week"], format.count(week.rawValue), note: texts["inbound.units_due"], to: "/inbound/calendar"),
        ]
        if let fullest, let percent = fullest.percent {
            tiles.insert(
                Tile(
                    texts["plan.fullest"], "\(percent) %",
                    note: "\(names.site(fullest.site)), \(name(fullest)), \(format.day(fullest.day))",
                    tone: percent > 100 ? .bad : percent >= 85 ? .warn : .good), at: 0)
        }
        return Tile.row(tiles)
    }

    /// What is booked against what is done, of the process that is the fullest.
    private var chart: Markup {
        let byProcess = Dictionary(grouping: ahead) { $0.process }
        let process = WorkProcess.allCases.max { a, b in share(byProcess[a] ?? []) < share(byProcess[b] ?? []) } ?? .pick
        let days = Dictionary(grouping: byProcess[process] ?? []) { $0.day }
        let capacity = shown.map { day in Double((days[day] ?? []).reduce(0) { $0 + ($1.capacity ?? 0) }) }
        let booked = shown.map { day in Double((days[day] ?? []).reduce(0) { $0 + $1.booked }) }
        return Chart(
            .bars, texts("plan.chart", ["process": texts["process.\(process.rawValue)"]]), labels: shown.map(format.day),
            series: [.init(texts["plan.booked"], booked), .init(texts["plan.capacity"], capacity)], unit: texts["inbound.units"]
        ).markup(texts)
    }

    private func share(_ days: [CapacityDay]) -> Double {
        let capacity = days.reduce(0) { $0 + ($1.capacity ?? 0) }
        return capacity > 0 ? Double(days.reduce(0) { $0 + $1.booked }) / Double(capacity) : -1
    }

    private var heat: Markup {
        let rows = Dictionary(grouping: ahead) { "\(names.site($0.site))\u{0}\($0.site)\u{0}\(name($0))" }.sorted { $0.key < $1.key }
        let table = Table(
            texts["plan.booked"],
            columns: [.init(texts["stock.site"]), .init(texts["sites.process"])] + shown.map { Table.Column(format.day($0), number: true) },
            rows: rows.compactMap { _, days -> Table.Row? in
                guard let first = days.first else { return nil }
                let byDay = Dictionary(days.map { ($0.day, $0) }, uniquingKeysWith: { $1 })
                return Table.Row(
                    [.link(names.site(first.site), to: "/sites/\(first.site)"), .text(name(first))] + shown.map { cell(byDay[$0]) },
                    tone: days.contains { $0.over > 0 } ? .bad : nil)
            }, empty: .init(texts["plan.none"], ""))
        return Card(texts["plan.heat"], "<p class=\"hint\">\(texts["plan.heat_hint"])</p>\(table.markup(format))").markup
    }

    private func cell(_ one: CapacityDay?) -> Cell {
        guard let one else { return .empty }
        guard let capacity = one.capacity, let percent = one.percent else { return .quantity(one.booked) }
        if capacity == 0, one.booked == 0 { return .empty }
        if one.booked == 0 { return .quiet("0 %") }
        let level = one.over > 0 || percent > 100 ? "over" : "h\(Heat.level(one.booked, of: capacity))"
        let said = texts("plan.cell", ["booked": format.count(one.booked), "capacity": format.count(capacity)])
        return .markup("<span class=\"heat \(level)\" title=\"\(said)\">\(percent) %<small>\(format.count(one.booked))</small></span>")
    }

    private var inbound: Markup {
        let open = due.filter { $0.day >= today && $0.day < today + PlannerPages.days }
        if open.isEmpty { return .blank }
        let rows = open.sorted { ($0.day, $0.site) < ($1.day, $1.site) }.prefix(30).map { one in
            Table.Row(
                [.text(format.day(one.day)), .text(names.site(one.site)), .quantity(one.shipments), .quantity(one.units.rawValue)],
                to: "/inbound?site=\(one.site)&day=\(one.day)")
        }
        let table = Table(
            texts["plan.inbound"],
            columns: [
                .init(texts["inbound.day"]), .init(texts["stock.site"]), .init(texts["plan.shipments"], number: true),
                .init(texts["inbound.to_come"], number: true),
            ], rows: rows, empty: .init(texts["inbound.nothing_due"], ""))
        return Card(texts["plan.inbound"], live: "due", table.markup(format)).markup
    }
}
