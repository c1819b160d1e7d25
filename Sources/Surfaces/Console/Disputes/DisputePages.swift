import Flows
import Identity
import Kernel
import Views
import Warehouse

/// What merchants doubt of what a site received: the lead counts again and answers.
struct DisputePages {
    private static let roles: Set<AccountRole> = .operators.union([.lead])
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/disputes", "disputes.title", for: Self.roles, at: Place(.goods, 40, "count")) { try await Self.list($0) },
            .get("/disputes/{dispute}", "disputes.one", for: Self.roles) { visit in
                let id = try visit.id("dispute", DisputeID.self), scope = visit.scope
                let (one, names) = try await visit.read { tx in
                    let one = try DisputeView.find(id, scope, in: tx)
                    return (one, try Names(merchants: [one.merchant], in: tx))
                }
                return Self.show(one, names, visit)
            },
            .post("/disputes/{dispute}/answer", for: Self.roles) { visit in
                let id = try visit.id("dispute", DisputeID.self), scope = visit.scope, form = visit.form
                let flow = SettleDispute(
                    id, found: Quantity(try form.number("found")), owed: Quantity(try form.number("owed")), words: form["answer"],
                    actor: visit.actor)
                try await visit.perform(flow) { try Ownership.disputes([id], scope, in: $0) }
                return .to("/disputes/\(id)", said: "disputes.answered")
            },
        ]
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let scope = visit.scope, texts = visit.texts, after = visit.queryID("after", DisputeID.self)
        let filter = DisputeView.Filter(state: visit.query["state"].flatMap(DisputeState.init(rawValue:)))
        let (found, names) = try await visit.read { tx in
            let found = try DisputeView.page(filter, scope, after: after, limit: rows + 1, in: tx)
            return (found, try Names(merchants: found.map(\.merchant), in: tx))
        }
        let (all, nextKey) = found.page(rows, key: \.id)
        let states = [Form.Option("", texts["portal.any"])]
            + DisputeState.allCases.map { Form.Option($0.rawValue, texts["portal.dispute_state.\($0.rawValue)"]) }
        let filters = Filters(visit, [.choice("state", texts["portal.state"], states)])
        let table = Table(
            texts["disputes.title"],
            columns: [
                .init(texts["disputes.shipment"]), .init(texts["portal.merchant"]), .init(texts["portal.site"]), .init(texts["portal.sku"]),
                .init(texts["portal.sent"], number: true), .init(texts["portal.received"], number: true), .init(texts["disputes.since"]),
                .init(texts["portal.state"]),
            ],
            rows: all.map { one in
                Table.Row(
                    [
                        .text(one.asnNumber), .text(names.merchant(one.merchant)), .text(names.site(one.site)), .code(one.skuCode),
                        .quantity(one.claimed.rawValue), .quantity(one.received.rawValue), .time(one.openedAt),
                        .badge(Badge(texts["portal.dispute_state.\(one.state.rawValue)"], one.state == .open ? .warn : .done)),
                    ], to: "/disputes/\(one.id)")
            }, empty: .init(texts["disputes.none"], texts["disputes.none_hint"]), pager: Pager(visit, nextKey: nextKey))
        return .content("\(filters.markup)\(table.markup(visit.format))")
    }

    private static func show(_ one: DisputeView, _ names: Names, _ visit: Visit) -> PageAnswer {
        let texts = visit.texts, doors = Doors(visit)
        let facts = Definitions([
            (texts["disputes.shipment"], .markup(doors.link(one.asnNumber, to: one.asn))),
            (texts["portal.merchant"], .markup(doors.link(names.merchant(one.merchant), to: one.merchant))),
            (texts["portal.site"], .markup(doors.link(names.site(one.site), to: one.site))),
            (texts["portal.sku"], .markup(doors.link(one.skuCode, to: one.sku))),
            (texts["portal.sent"], .quantity(one.claimed.rawValue)), (texts["portal.received"], .quantity(one.received.rawValue)),
            (texts["disputes.since"], .time(one.openedAt)), (texts["portal.dispute_note"], .text(one.note)),
        ])
        return .content(
            """
            <div class="columns even"><div>\(Card(texts["disputes.one"], facts.markup(visit.format)).markup)</div>
            <div>\(answer(one, visit))</div></div>
            """, title: texts("disputes.of", ["number": one.asnNumber]), crumbs: [Crumb(texts["disputes.title"], "/disputes")])
    }

    private static func answer(_ one: DisputeView, _ visit: Visit) -> Markup {
        let texts = visit.texts, missing = visit.format.count((one.claimed - one.received).rawValue)
        if one.state == .open {
            let form = Form(
                visit, to: "/disputes/\(one.id)/answer",
                [
                    .input(
                        "found", texts["disputes.found"], type: "number", value: "0", hint: texts["disputes.found_hint"], required: true),
                    .input("owed", texts["disputes.owed"], type: "number", value: "0", hint: texts["disputes.owed_hint"], required: true),
                    .area("answer", texts["disputes.answer"], hint: texts["disputes.answer_hint"]),
                ], submit: texts["disputes.send"])
            return Card(texts("disputes.count_again", ["n": missing]), form.markup).markup
        }
        let said = Definitions([
            (texts["portal.state"], .badge(Badge(texts["portal.dispute_state.\(one.state.rawValue)"], .done))),
            (texts["disputes.found"], .quantity(one.found.rawValue)), (texts["disputes.owed"], .quantity(one.owed.rawValue)),
            (texts["disputes.answer"], .optional(one.answer, Cell.text)), (texts["disputes.ended"], .optional(one.closedAt, Cell.time)),
        ])
        return Card(texts["disputes.answer"], said.markup(visit.format)).markup
    }
}
