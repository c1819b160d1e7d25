import Kernel
import Views

/// What is due at each site on each of the next days, as a table and a drawing.
struct InboundCalendar {
    static let days = 14

    let due: [InboundDay]
    let names: Names
    let visit: Visit

    init(_ due: [InboundDay], _ names: Names, _ visit: Visit) { (self.due, self.names, self.visit) = (due, names, visit) }

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }
    private var today: CivilDate { format.zone.day(of: format.now) }
    private var shown: [CivilDate] { (0..<Self.days).map { today + $0 } }

    var answer: PageAnswer {
        let content: Markup
        if due.isEmpty {
            content = Table(
                texts["inbound.calendar"], columns: [], rows: [], empty: .init(texts["inbound.nothing_due"], texts["inbound.none_hint"])
            ).markup(format)
        } else {
            content = """
                <div id="totals" data-live>\(overdue)</div><div id="drawing" data-live>\(chart)</div><div id="days" data-live>\(table)</div>
                """
        }
        return .content(
            content, title: texts["inbound.calendar"], crumbs: [Crumb(texts["inbound.title"], "/inbound")],
            actions: .link(texts["inbound.list"], to: "/inbound"))
    }

    private var sites: [SiteID] { Set(due.map(\.site)).sorted { (names.site($0), $0) < (names.site($1), $1) } }

    private var overdue: Markup {
        let late = due.filter { $0.day < today }
        let units = late.reduce(Quantity(0)) { $0 + $1.units }
        return Tile.row([
            Tile(
                texts["inbound.today"], format.count(due.filter { $0.day == today }.reduce(Quantity(0)) { $0 + $1.units }.rawValue),
                note: texts["inbound.units_due"]),
            Tile(
                texts["inbound.week"],
                format.count(due.filter { $0.day >= today && $0.day < today + 7 }.reduce(Quantity(0)) { $0 + $1.units }.rawValue),
                note: texts["inbound.units_due"]),
            Tile(
                texts["inbound.overdue"], format.count(units.rawValue),
                note: texts.count("inbound.shipments", late.reduce(0) { $0 + $1.shipments }), tone: late.isEmpty ? .good : .warn,
                to: "/inbound"),
        ])
    }

    private var chart: Markup {
        let all = sites, apart = Set(all.count > 6 ? Array(all.prefix(5)) : all)
        var series = all.filter(apart.contains).map { site in
            Chart.Series(names.site(site), shown.map { day in Double(units(day) { $0 == site }) })
        }
        if apart.count < all.count {
            series.append(Chart.Series(texts["inbound.others"], shown.map { day in Double(units(day) { !apart.contains($0) }) }))
        }
        return Chart(.stacked, texts["inbound.by_day"], labels: shown.map(format.day), series: series, unit: texts["inbound.units"])
            .markup(texts)
    }

    private func units(_ day: CivilDate, _ holds: (SiteID) -> Bool) -> Int64 {
        due.filter { $0.day == day && holds($0.site) }.reduce(Quantity(0)) { $0 + $1.units }.rawValue
    }

    private var table: Markup {
        let byPlace = Dictionary(grouping: due) { $0.site }
        let most = max(1, due.map(\.units.rawValue).max() ?? 1)
        let rows = sites.map { site -> Table.Row in
            let days = Dictionary((byPlace[site] ?? []).map { ($0.day, $0) }, uniquingKeysWith: { $1 })
            return Table.Row([.text(names.site(site))] + shown.map { day in
                guard let one = days[day] else { return .empty }
                let heat = Heat.level(one.units.rawValue, of: most)
                return .markup(
                    """
                    <a class="heat h\(heat)" href="/inbound?site=\(site)&amp;day=\(day)" \
                    title="\(texts.count("inbound.shipments", one.shipments))">\
                    \(format.count(one.units.rawValue))</a>
                    """)
            })
        }
        return Table(
            texts["inbound.calendar"],
            columns: [.init(texts["stock.site"])] + shown.map { Table.Column(format.day($0), number: true) }, rows: rows,
            empty: .init(texts["inbound.nothing_due"], "")
        ).markup(format)
    }
}

/// How strongly a cell of a table is coloured.
enum Heat {
    /// 0 to 4; 0 for nothing.
    static func level(_ value: Int64, of most: Int64) -> Int {
        value <= 0 || most <= 0 ? 0 : min(4, 1 + Int(value * 4 / (most + 1)))
    }
}
