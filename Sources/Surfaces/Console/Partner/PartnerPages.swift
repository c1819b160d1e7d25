import Flows
import Identity
import Kernel
import Partners
import Store
import Views

/// What a partner's people see: what was handed to their site, and what they answer. Nothing else of the network.
struct PartnerPages {
    static let readers: Set<AccountRole> = [.partner]
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/partner", "partner.title", for: Self.readers, at: Place(.now, 1, "parcel")) { try await Self.list($0) },
            .get("/partner/orders/{handoff}", "partner.one", for: Self.readers) { visit in
                let id = try visit.id("handoff", FulfillmentID.self), scope = visit.scope, vault = visit.parts.vault
                let story = try await visit.read { try HandoffStory.read(id, scope, vault, in: $0) }
                return HandoffPage(story, visit).answer
            },
        ] + PartnerActs().pages + StockReportPages().pages
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, after = visit.queryID("after", FulfillmentID.self)
        let state = visit.query["state"].flatMap(HandoffState.init(rawValue:)), number = visit.query["q"].flatMap { $0.isEmpty ? nil : $0 }
        let (found, counts) = try await visit.read { tx in
            (
                try HandoffView.page(
                    state.map { [$0] } ?? HandoffState.open, number: number, scope, after: after, limit: rows + 1, in: tx),
                try HandoffView.openCounts(scope, in: tx)
            )
        }
        let (handoffs, nextKey) = found.page(rows, key: \.id)
        let table = Table(
            texts["partner.title"],
            columns: ["order", "state", "due", "units", "country"].map { Table.Column(texts["partner.\($0)"], number: $0 == "units") },
            rows: handoffs.map { row($0, visit) }, empty: .init(texts["partner.none"], texts["partner.none_hint"]),
            pager: Pager(visit, nextKey: nextKey))
        let states = HandoffState.allCases.map { Form.Option($0.rawValue, texts.code("handoff", $0.rawValue)) }
        let filters = Filters(visit, [
            .input("q", texts["partner.find"], type: "search"),
            .choice("state", texts["partner.state"], [Form.Option("", texts["partner.open"])] + states),
        ])
        return .content(
            """
            <div id="partner-tiles" data-live>\(tiles(counts, texts))</div>\(filters.markup)
            <div id="handoffs" data-live>\(table.markup(visit.format))</div>
            """,
            actions: .link(texts["partner.stock"], to: "/partner/stock"))
    }

    private static func row(_ one: HandoffView, _ visit: Visit) -> Table.Row {
        let due = one.state == .sent ? one.acceptBy : one.shipBy, isOpen = one.state.isOpen
        let units = one.lines.reduce(Quantity(0)) { $0 + (isOpen ? $1.open : $1.asked) }
        return Table.Row(
            [
                .code(one.orderNumber), .badge(HandoffPage.badge(one.state, visit.texts)),
                isOpen ? .due(due, isLate: due < visit.format.now) : .empty, .quantity(units.rawValue), .text(one.country),
            ], to: "/partner/orders/\(one.id)", tone: isOpen && due < visit.format.now ? .bad : nil)
    }

    private static func tiles(_ counts: [HandoffState: Int64], _ texts: Texts) -> Markup {
        let toSend = (counts[.accepted] ?? 0) + (counts[.shipping] ?? 0), asked = counts[.cancelRequested] ?? 0
        return Tile.row([
            Tile(
                texts["partner.to_answer"], (counts[.sent] ?? 0).grouped, tone: counts[.sent] == nil ? .plain : .warn,
                to: "/partner?state=sent"),
            Tile(texts["partner.to_send"], toSend.grouped, to: "/partner?state=accepted"),
            Tile(
                texts["partner.to_stop"], asked.grouped, tone: asked > 0 ? .bad : .plain, to: "/partner?state=cancel_requested"),
        ])
    }
}

/// What a partner says about one fulfillment order: the flows that its own system calls by the API.
struct PartnerActs {
    private static let base = "/partner/orders/{handoff}"

    var pages: [Page] {
        [
            .post(Self.base + "/acceptance", for: PartnerPages.readers) { visit in
                let late = try visit.form.number("days_late")
                guard (0...30).contains(late) else { throw InvalidInput(field: "/days_late", "\(late) days is not between 0 and 30.") }
                return try await Self.act("accepted", visit) { one in
                    AcceptHandoff(one.id, expected: one.shipBy + .days(Int(late)), actor: visit.actor)
                }
            },
            .post(Self.base + "/rejection", for: PartnerPages.readers) { visit in
                let reason = try visit.form.choice("reason", RejectReason.self)
                return try await Self.act("rejected", visit) { one in
                    let parts = try Self.parts(one, visit.form)
                    return RejectHandoff(one.id, reason: reason, parts, desk: visit.parts.orders, actor: visit.actor)
                }
            },
            .post(Self.base + "/shortages", for: PartnerPages.readers) { visit in
                try await Self.act("short", visit) { one in
                    let parts = try Self.parts(one, visit.form), now = visit.parts.store.clock()
                    return ReportShort(one.id, parts, occurred: now, desk: visit.parts.orders, actor: visit.actor)
                }
            },
            .post(Self.base + "/cancellation", for: PartnerPages.readers) { visit in
                let reply = try visit.form.choice("answer", CancelReply.self)
                return try await Self.act("answered", visit) { AnswerCancel($0.id, reply, actor: visit.actor) }
            },
            .post(Self.base + "/shipments", for: PartnerPages.readers) { visit in
                try await Self.act("shipped", visit) { one in
                    ShipHandoff(one.id, [try Self.parcel(one, visit.form)], occurred: visit.parts.store.clock(), actor: visit.actor)
                }
            },
        ]
    }

    private static func act<F: Flow>(
        _ said: String, _ visit: Visit, _ flow: (HandoffView) throws -> F
    ) async throws -> PageAnswer {
        let id = try visit.id("handoff", FulfillmentID.self), scope = visit.scope
        let one = try await visit.read { try HandoffView.find(id, scope, in: $0) }
        _ = try await visit.perform(try flow(one)) { _ = try HandoffView.find(id, scope, in: $0) }
        return .to("/partner/orders/\(id)", said: "said.handoff_\(said)")
    }

    /// The units of each line that a form names; at least one.
    private static func parts(_ one: HandoffView, _ form: FormValues) throws -> [HandoffPart] {
        let parts = try one.lines.compactMap { line -> HandoffPart? in
            let field = "units_\(line.line)"
            guard form.optional(field) != nil else { return nil }
            let units = try form.number(field)
            guard (0...line.open.rawValue).contains(units) else {
                throw InvalidInput(field: "/\(field)", "\(units) is not between 0 and the \(line.open) that are open.")
            }
            return units == 0 ? nil : HandoffPart(line: line.line, quantity: Quantity(units))
        }
        guard !parts.isEmpty else {
            throw InvalidInput(field: "/units_\(one.lines.first?.line.description ?? "")", "At least one unit is named.")
        }
        return parts
    }

    private static func parcel(_ one: HandoffView, _ form: FormValues) throws -> PartnerParcel {
        let weight = try form.optional("weight_g").map { _ in try form.number("weight_g") }
        if let weight, !(1...10_000_000).contains(weight) {
            throw InvalidInput(field: "/weight_g", "\(weight) grams is not between 1 and 10,000,000.")
        }
        let items = try parts(one, form).map { part in
            let serials = form["serials_\(part.line)"].split(whereSeparator: \.isWhitespace).map(String.init)
            return PartnerParcel.Item(part, lotCode: form.optional("lot_\(part.line)"), serials: serials)
        }
        return PartnerParcel(
            carrier: try form.text("carrier", 1...60), number: try form.text("tracking_number", 1...64),
            weight: weight.map { Grams($0) }, items: items)
    }
}
