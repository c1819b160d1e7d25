import Facilities
import Flows
import Identity
import Kernel
import Views

/// The network's sites: what is stated of each, and the days on which it is closed.
struct SitesPages {
    static let readers: Set<AccountRole> = .network.union([.lead])

    var pages: [Page] {
        [
            .get("/sites", "sites.title", for: .network, at: Place(.network, 10, "site")) { try await Self.list($0) },
            .get("/sites/{site}", "sites.one", for: Self.readers) { visit in
                let id = try visit.id("site", SiteID.self), scope = visit.scope
                return SitePage(try await visit.read { try SiteStory.read(id, scope, in: $0) }, visit).answer
            },
            .post("/sites/{site}/closures", for: .operators) { visit in
                let id = try visit.id("site", SiteID.self), day = try Self.day(visit), scope = visit.scope
                let reason = try visit.form.text("reason", 1...200)
                try await visit.perform(CloseSite(id, on: day, reason: reason, actor: visit.actor)) {
                    try Ownership.sites([id], scope, in: $0)
                }
                return .to("/sites/\(id)", said: "said.site_closed")
            },
            .post("/sites/{site}/openings", for: .operators) { visit in
                let id = try visit.id("site", SiteID.self), day = try Self.day(visit), scope = visit.scope
                try await visit.perform(CloseSite(id, on: day, reason: nil, actor: visit.actor)) {
                    try Ownership.sites([id], scope, in: $0)
                }
                return .to("/sites/\(id)", said: "said.site_opened")
            },
        ] + SiteShifts.pages
    }

    private static func day(_ visit: Visit) throws -> CivilDate {
        guard let day = CivilDate(visit.form["day"]) else {
            throw InvalidInput(field: "/day", "'\(visit.form["day"])' is not \(CivilDate.form).")
        }
        return day
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, after = visit.queryID("after", SiteID.self)
        let found = try await visit.read { try SiteView.page(scope, after: after, limit: 101, in: $0) }
        let (sites, nextKey) = found.page(100, key: \.id)
        let table = Table(
            texts["sites.title"], columns: ["name", "code", "kind", "mode", "city", "zone"].map { Table.Column(texts["sites.\($0)"]) },
            rows: sites.map { site in
                Table.Row(
                    [
                        .text(site.name), .code(site.code), .text(texts["site_kind.\(site.kind.rawValue)"]),
                        .badge(SitePage.mode(site.mode, texts)), .text("\(site.city), \(site.country)"), .quiet(site.timeZone),
                    ], to: "/sites/\(site.id)")
            }, empty: .init(texts["sites.none"], texts["sites.none_hint"]), pager: Pager(visit, nextKey: nextKey))
        return .content(table.markup(visit.format))
    }
}

/// The page of one site.
struct SitePage {
    let story: SiteStory
    let visit: Visit
    private let doors: Doors

    init(_ story: SiteStory, _ visit: Visit) {
        (self.story, self.visit) = (story, visit)
        doors = Doors(visit)
    }

    private var site: SiteView { story.site }
    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    static func mode(_ mode: Site.Mode, _ texts: Texts) -> Badge {
        mode == .own ? Badge(texts["sites.own"], .good) : Badge(texts["mode.\(mode.rawValue)"], .info)
    }

    var answer: PageAnswer {
        let seesBins = StockPages.readers.contains(visit.role)
        return .content(
            """
            <p class="badges">\(Self.mode(site.mode, texts).markup)</p>
            <div class="columns"><div>\(lanes)\(capacities)\(cartons)\(agreements)</div><div>\(facts)\(hours)\(closures)</div></div>
            """, title: site.name,
            crumbs: Set<AccountRole>.network.contains(visit.role) ? [Crumb(texts["sites.title"], "/sites")] : [],
            actions: seesBins ? .link(texts["bins.title"], to: "/bins?site=\(site.id)") : .blank)
    }

    private var facts: Markup {
        let places = story.locations.map { "\(format.count($0.count)) \(texts["location_kind.\($0.kind.rawValue)"])" }
        let items: [(String, Cell)] = [
            (texts["sites.kind"], .text(texts["site_kind.\(site.kind.rawValue)"])), (texts["sites.code"], .code(site.code)),
            (texts["sites.operator"], .text(site.operatedBy)),
            (texts["sites.address"], .text("\(site.street), \(site.postalCode) \(site.city), \(site.country)")),
            (texts["sites.zone"], .text(site.timeZone)),
            (texts["sites.handling"], .text(format.span(.minutes(site.handlingMinutes)))),
            (texts["sites.places"], places.isEmpty ? .empty : .text(places.joined(separator: ", "))),
            (texts["orders.id"], .code(site.id.description)),
        ]
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private func weekday(_ number: Int) -> String { texts["week_day.\(number)"] }

    /// `Mon–Sat`, or `Mon Wed`.
    private func days(_ numbers: [Int]) -> String {
        guard let first = numbers.first, let last = numbers.last, numbers.count > 2, last - first == numbers.count - 1 else {
            return numbers.map(weekday).joined(separator: " ")
        }
        return "\(weekday(first))–\(weekday(last))"
    }

    private var hours: Markup {
        let days = Dictionary(grouping: story.hours, by: \.weekday)
        let items = (1...7).map { day -> (String, Cell) in
            let open = (days[day] ?? []).map { "\($0.opens)–\($0.closes)" }.joined(separator: ", ")
            return (weekday(day), open.isEmpty ? .quiet(texts["sites.closed"]) : .text(open))
        }
        return Card(texts["sites.hours"], Definitions(items).markup(format)).markup
    }

    private var closures: Markup {
        let canEdit = Set<AccountRole>.operators.contains(visit.role)
        let items = story.closures.map { one -> Markup in
            let reopen: Markup = canEdit
                ? Form(
                    visit, to: "/sites/\(site.id)/openings?\(one.day)", [.hidden("day", one.day.description)],
                    submit: texts["sites.reopen"], inline: true
                ).markup : .blank
            return "<li><div><b>\(format.day(one.day))</b><small>\(one.reason)</small></div>\(reopen)</li>"
        }
        let list: Markup = items.isEmpty
            ? "<p class=\"quiet\">\(texts["sites.no_closures"])</p>" : "<ul class=\"cases\">\(items)</ul>"
        let form: Markup = canEdit
            ? Form(
                visit, to: "/sites/\(site.id)/closures", [
                    .input("day", texts["inbound.day"], type: "date", required: true),
                    .input("reason", texts["orders.reason"], placeholder: texts["sites.reason_hint"]),
                ], submit: texts["sites.close_day"]
            ).markup : .blank
        return Card(texts["sites.closures"], "\(list)\(form)").markup
    }

    private var lanes: Markup {
        let rows = story.lanes.map { lane -> Table.Row in
            let to = lane.destination.map(story.names.site) ?? texts["sites.last_mile"]
            let way = lane.origin == site.id ? "→ \(to)" : "← \(story.names.site(lane.origin))"
            let leaves = Dictionary(grouping: lane.departures, by: \.leaves).sorted { $0.key < $1.key }
            let times = leaves.prefix(4).map { time, all in "\(days(Set(all.map(\.weekday)).sorted())) \(time)" }
                .joined(separator: "; ")
            let cutOff = lane.departures.map(\.cutOffMinutes).max()
            return Table.Row([
                .text(way), .text(times + (leaves.count > 4 ? " …" : "")),
                .optional(cutOff) { .text(format.span(.minutes($0))) },
                lane.transitMinutes == 0 ? .empty : .text(format.span(.minutes(lane.transitMinutes))),
                .text(story.names.service(lane.service)), .text(texts.code("mode", lane.mode.rawValue)),
            ])
        }
        let table = Table(
            texts["sites.lanes"],
            columns: ["way", "leaves", "cut_off", "takes", "service", "by"].map { Table.Column(texts["sites.\($0)"]) }, rows: rows,
            empty: .init(texts["sites.no_lanes"], texts["sites.no_lanes_hint"]))
        return Card(texts["sites.lanes"], table.markup(format)).markup
    }

    private var capacities: Markup {
        let canEdit = Set<AccountRole>.operators.contains(visit.role)
        let rows = SiteShifts.lines(story.capacities).map { one, weekdays in
            Table.Row([
                .text(texts["process.\(one.process.rawValue)"]), .optional(one.service) { .text(story.names.service($0)) },
                .text(days(weekdays)), .text(one.process == .departure ? "\(one.opens)" : "\(one.opens)–\(one.closes)"),
                .quantity(one.units), .text(ValidityWords.text(one.validity, format)),
            ] + (canEdit ? [.markup(SiteShifts.removal(of: one, at: site.id, visit))] : []))
        }
        let table = Table(
            texts["sites.capacities"],
            columns: ["process", "service", "weekday", "time", "units", "holds"].map {
                Table.Column(texts["sites.\($0)"], number: $0 == "units")
            } + (canEdit ? [Table.Column("")] : []),
            rows: rows, empty: .init(texts["sites.no_limits"], texts["sites.no_limits_hint"]))
        let plan = Markup.link(texts["plan.title"], to: "/planner?site=\(site.id)")
        let form: Markup = canEdit ? SiteShifts.form(at: site.id, visit) : .blank
        return Card(texts["sites.capacities"], actions: plan, "\(table.markup(format))\(form)").markup
    }

    private var cartons: Markup {
        if story.cartons.isEmpty { return .blank }
        let rows = story.cartons.map { box -> Table.Row in
            let left = story.cartonsLeft[box.id] ?? 0
            return Table.Row(
                [.code(box.code), .text(format.size(box.inner)), .weight(box.maxLoad), .weight(box.tare), .quantity(left)],
                tone: left < 50 ? .warn : nil)
        }
        let table = Table(
            texts["sites.cartons"],
            columns: ["code", "inner", "load", "tare", "left"].enumerated().map { Table.Column(texts["sites.\($1)"], number: $0 > 1) },
            rows: rows, empty: .init("", ""))
        return Card(texts["sites.cartons"], live: "cartons", table.markup(format)).markup
    }

    private var agreements: Markup {
        if site.mode == .own { return .blank }
        let rows = story.agreements.map { one in
            Table.Row([
                .markup(doors.link(story.names.merchant(one.merchant), to: one.merchant)), .text(format.span(.minutes(one.acceptMinutes))),
                .text(format.span(.minutes(one.cancelMinutes))), .text(format.span(.minutes(one.reportMinutes))),
                .text(ValidityWords.text(one.validity, format)),
            ])
        }
        let table = Table(
            texts["sites.agreements"],
            columns: ["merchant", "accept", "cancel", "report", "holds"].map { Table.Column(texts["sites.\($0)"]) }, rows: rows,
            empty: .init(texts["sites.no_agreement"], texts["sites.no_agreement_hint"]))
        return Card(texts["sites.agreements"], table.markup(format)).markup
    }
}
