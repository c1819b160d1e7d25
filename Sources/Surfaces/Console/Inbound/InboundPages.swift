import Flows
import Identity
import Kernel
import Views
import Warehouse

/// What comes to the sites: announced against received, and what is due by day.
struct InboundPages {
    static let readers: Set<AccountRole> = .network.union([.lead])
    /// Who says that a shipment comes later, or brings less.
    static let changers: Set<AccountRole> = [.owner, .operator]
    /// Who says that nothing more will come.
    static let closers: Set<AccountRole> = [.owner, .operator, .lead]
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/inbound", "inbound.title", for: Self.readers, at: Place(.goods, 14, "inbound")) { try await Self.list($0) },
            .get("/inbound/calendar", "inbound.calendar", for: Self.readers) { visit in
                let scope = visit.scope, now = visit.format.now
                let (days, names) = try await visit.read { tx in
                    (try InboundDay.calendar(until: now + .days(InboundCalendar.days + 1), scope, in: tx), try Names(in: tx))
                }
                return InboundCalendar(days, names, visit).answer
            },
            .get("/inbound/{asn}", "inbound.one", for: Self.readers) { visit in
                let id = try visit.id("asn", ASNID.self), scope = visit.scope
                return InboundPage(try await visit.read { try InboundStory.read(id, scope, in: $0) }, visit).answer
            },
            .post("/inbound/{asn}/arrival", for: Self.changers) { try await Self.change($0) },
            .post("/inbound/{asn}/closing", for: Self.closers) { visit in
                let id = try visit.id("asn", ASNID.self), scope = visit.scope
                try await visit.perform(CloseASN(id, actor: visit.actor)) { try Ownership.asns([id], scope, in: $0) }
                return .to("/inbound/\(id)", said: "said.inbound_closed")
            },
        ]
    }

    private static func change(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("asn", ASNID.self), scope = visit.scope, form = visit.form
        guard let day = CivilDate(form["day"]) else {
            throw InvalidInput(field: "/day", "'\(form["day"])' is not \(CivilDate.form).")
        }
        guard let time = LocalTime(form["time"]) else {
            throw InvalidInput(field: "/time", "'\(form["time"])' is not \(LocalTime.form).")
        }
        let at = visit.format.zone.instant(day, time)
        guard abs((at - visit.format.now).micros) < Duration.days(3660).micros else {
            throw InvalidInput(field: "/day", "\(day) is more than ten years away.")
        }
        let asn = try await visit.read { try ASNView.find(id, scope, in: $0) }
        let lines = try asn.lines.compactMap { line -> ChangeASN.Line? in
            let field = "units_\(line.sku)"
            guard form.optional(field) != nil else { return nil }
            let units = try form.number(field)
            guard (0...100_000_000).contains(units) else {
                throw InvalidInput(field: "/\(field)", "\(units) is not between 0 and 100,000,000.")
            }
            return units == line.expected.rawValue ? nil : ChangeASN.Line(sku: line.skuCode, expected: Quantity(units))
        }
        try await visit.perform(ChangeASN(id, expectedAt: at, lines: lines, actor: visit.actor)) {
            try Ownership.asns([id], scope, in: $0)
        }
        return .to("/inbound/\(id)", said: "said.inbound_changed")
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, after = visit.query["after"].flatMap { InboundCursor($0) }
        var filter = InboundFilter()
        filter.merchant = visit.queryID("merchant", MerchantID.self)
        filter.site = visit.queryID("site", SiteID.self)
        filter.state = visit.query["state"].flatMap(ASNState.init(rawValue:))
        filter.number = visit.query["q"].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
        let day = visit.query["day"].flatMap { CivilDate($0) }
        let (asked, site) = (filter, filter.site ?? scope.site)
        let (window, names, merchants) = try await visit.read { tx in
            var wanted = asked
            if let day {
                let zone = try site.flatMap { TimeZoneRule.named(try SiteView.find($0, .network, in: tx).timeZone) } ?? visit.format.zone
                (wanted.from, wanted.until) = (zone.instant(day, .midnight), zone.instant(day, .endOfDay))
            }
            let window = try InboundLine.window(wanted, scope, after: after, limit: rows, in: tx)
            let names = try Names(merchants: window.lines.map(\.merchant), in: tx)
            return (window, names, try MerchantView.page(.network, after: nil, limit: 200, in: tx))
        }
        let any = Form.Option("", texts["orders.any"])
        var fields: [Form.Field] = [
            .input("q", texts["orders.number"], type: "search", placeholder: texts["inbound.q_hint"]),
            .choice(
                "state", texts["orders.state"],
                [Form.Option("", texts["inbound.open"])]
                    + ASNState.allCases.map { Form.Option($0.rawValue, texts["asn_state.\($0.rawValue)"]) }),
            .choice("merchant", texts["orders.merchant"], [any] + merchants.map { Form.Option($0.id.description, $0.name) }),
        ]
        if scope == .network { fields.append(StockPages.siteChoice(names, visit)) }
        fields.append(.input("day", texts["inbound.day"], type: "date"))
        return .content(
            "\(Filters(visit, fields).markup)<div id=\"inbound\" data-live>\(table(window, names, visit))</div>",
            actions: .link(texts["inbound.calendar"], to: "/inbound/calendar"))
    }

    private static func table(_ window: InboundWindow, _ names: Names, _ visit: Visit) -> Markup {
        let texts = visit.texts
        return Table(
            texts["inbound.title"],
            columns: ["number", "state", "due", "merchant", "site", "lines", "announced", "received", "came"].map {
                Table.Column(texts["inbound.\($0)"], number: ["lines", "announced", "received"].contains($0))
            },
            rows: window.lines.map { one in
                let isLate = one.state == .announced && one.expectedAt < visit.format.now
                let isOpen = one.state == .announced || one.state == .receiving
                return Table.Row(
                    [
                        .code(one.number), .badge(InboundWords.badge(one.state, texts)),
                        isOpen ? .due(one.expectedAt, isLate: isLate) : .time(one.expectedAt), .text(names.merchant(one.merchant)),
                        .text(names.site(one.site)), .quantity(one.lines), .quantity(one.announced.rawValue),
                        .quantity(one.received.rawValue), .markup(InboundWords.bar(one.received, of: one.announced, texts)),
                    ], to: "/inbound/\(one.id)", tone: one.wrong > 0 ? .bad : isLate ? .warn : nil)
            },
            empty: window.next == nil
                ? .init(texts["inbound.none"], texts["inbound.none_hint"])
                : .init(texts["orders.further"], texts["inbound.further_hint"]),
            pager: Pager(visit, nextKey: window.next?.description)
        ).markup(visit.format)
    }
}

/// How a shipment stands.
enum InboundWords {
    static func badge(_ state: ASNState, _ texts: Texts) -> Badge {
        let tones: [ASNState: Tone] = [.announced: .info, .receiving: .warn, .closed: .good, .cancelled: .done]
        return Badge(texts["asn_state.\(state.rawValue)"], tones[state] ?? .plain)
    }

    /// How much of it came, as a bar with its words.
    static func bar(_ received: Quantity, of announced: Quantity, _ texts: Texts) -> Markup {
        let share = announced.rawValue > 0 ? min(100, received.rawValue * 100 / announced.rawValue) : 0
        return """
            <svg class="share-bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="\(share) %">\
            <rect width="\(share)" height="6"/></svg>
            """
    }
}
