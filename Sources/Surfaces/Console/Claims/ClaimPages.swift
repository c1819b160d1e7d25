import Claims
import Flows
import Identity
import Kernel
import Views

/// Money that is claimed for what was lost or damaged: the list, and one claim with what can be done about it.
struct ClaimPages {
    static let readers: Set<AccountRole> = .network.union([.merchant])
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/claims", "claim.title", for: Self.readers, at: Place(.work, 55, "money")) { try await Self.list($0) },
            .get("/claims/{claim}", "claim.one", for: Self.readers) { visit in
                let id = try visit.id("claim", ClaimID.self), scope = visit.scope
                let (one, names) = try await visit.read { tx in
                    let one = try ClaimView.find(id, scope, in: tx)
                    return (one, try Names(merchants: [one.merchant], in: tx))
                }
                return ClaimPage(claim: one, names: names, visit: visit).answer
            },
            .post("/claims/{claim}/sending", for: .operators.union([.support])) { visit in
                let id = try visit.id("claim", ClaimID.self)
                try await visit.perform(SendClaim(id, reference: visit.form["reference"], actor: visit.actor))
                return .to("/claims/\(id)", said: "said.claim_sent")
            },
            .post("/claims/{claim}/decision", for: .operators.union([.support, .merchant])) { visit in
                let id = try visit.id("claim", ClaimID.self), scope = visit.scope
                let currency = try await visit.read { try ClaimView.find(id, scope, in: $0).claimed.currency }
                let granted = try visit.form.money("granted", currency)
                try await visit.perform(
                    DecideClaim(
                        id, merchant: visit.caller.merchant, granted: granted.minor, words: visit.form["answer"], actor: visit.actor))
                return .to("/claims/\(id)", said: granted.minor > 0 ? "said.claim_granted" : "said.claim_denied")
            },
            .post("/claims/{claim}/withdrawal", for: .operators.union([.support, .merchant])) { visit in
                let id = try visit.id("claim", ClaimID.self)
                try await visit.perform(
                    WithdrawClaim(id, merchant: visit.caller.merchant, words: visit.form["why"], actor: visit.actor))
                return .to("/claims/\(id)", said: "said.claim_withdrawn")
            },
        ]
    }

    static func badge(_ state: ClaimState, _ texts: Texts) -> Badge {
        let tone: Tone =
            switch state {
            case .open: .warn
            case .sent: .info
            case .granted: .good
            case .denied, .withdrawn: .done
            }
        return Badge(texts["claim_state.\(state.rawValue)"], tone)
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let scope = visit.scope, texts = visit.texts, after = visit.queryID("after", ClaimID.self)
        let filter = ClaimView.Filter(
            kind: visit.query["kind"].flatMap(ClaimKind.init(rawValue:)), state: visit.query["state"].flatMap(ClaimState.init(rawValue:)))
        let (found, names) = try await visit.read { tx in
            let found = try ClaimView.page(filter, scope, after: after, limit: rows + 1, in: tx)
            return (found, try Names(merchants: found.map(\.merchant), in: tx))
        }
        let (all, nextKey) = found.page(rows, key: \.id), any = Form.Option("", texts["portal.any"])
        let filters = Filters(visit, [
            .choice(
                "kind", texts["claim.who"],
                [any] + ClaimKind.allCases.map { .init($0.rawValue, texts["claim_kind.\($0.rawValue)"]) }),
            .choice(
                "state", texts["portal.state"],
                [any] + ClaimState.allCases.map { .init($0.rawValue, texts["claim_state.\($0.rawValue)"]) }),
        ])
        let table = Table(
            texts["claim.title"],
            columns: [
                .init(texts["claim.who"]), .init(texts["claim.about"]), .init(texts["portal.merchant"]), .init(texts["claim.reason"]),
                .init(texts["claim.claimed"], number: true), .init(texts["claim.granted"], number: true),
                .init(texts["claim.due"]), .init(texts["portal.state"]),
            ],
            rows: all.map { row($0, names, visit) }, empty: .init(texts["claim.none"], texts["claim.none_hint"]),
            pager: Pager(visit, nextKey: nextKey))
        return .content("\(filters.markup)<div id=\"claims\" data-live>\(table.markup(visit.format))</div>")
    }

    private static func row(_ one: ClaimView, _ names: Names, _ visit: Visit) -> Table.Row {
        let texts = visit.texts
        return Table.Row(
            [
                .text(texts["claim_kind.\(one.kind.rawValue)"]), .code(one.orderNumber ?? one.skuCode ?? one.subject),
                .text(names.merchant(one.merchant)), .text(texts["claim_reason.\(one.reason.rawValue)"]), .money(one.claimed),
                one.state == .granted ? .money(one.granted) : .empty,
                one.closedAt == nil ? .due(one.dueAt, isLate: one.dueAt < visit.format.now) : .empty,
                .badge(badge(one.state, texts)),
            ], to: "/claims/\(one.id)")
    }
}

/// One claim: what it is for, what was said to it, and what can be done.
struct ClaimPage {
    let claim: ClaimView
    let names: Names
    let visit: Visit

    private var texts: Texts { visit.texts }
    private var path: String { "/claims/\(claim.id)" }
    private var isMerchant: Bool { visit.role == .merchant }

    var answer: PageAnswer {
        let title = texts("claim.of", ["about": claim.orderNumber ?? claim.skuCode ?? claim.subject])
        return .content(
            """
            <div class="columns even"><div>\(facts)</div><div>\(acts)\(said)</div></div>
            """, title: title, crumbs: [Crumb(texts["claim.title"], "/claims")])
    }

    private var facts: Markup {
        let doors = Doors(visit), format = visit.format
        var items: [(String, Cell)] = [
            (texts["portal.state"], .badge(ClaimPages.badge(claim.state, texts))),
            (texts["claim.who"], .text(texts["claim_kind.\(claim.kind.rawValue)"])),
            (texts["portal.merchant"], .markup(doors.link(names.merchant(claim.merchant), to: claim.merchant))),
        ]
        if let carrier = claim.carrier {
            items.append((texts["claim.carrier"], .markup(doors.link(names.carriers[carrier] ?? "", to: carrier))))
        }
        if let order = claim.order {
            items.append((texts["claim.order"], .markup(doors.link(claim.orderNumber ?? "", to: order))))
            items.append((texts["claim.parcel"], .markup(doors.link(claim.subject, to: claim.subject))))
        }
        if let sku = claim.sku, let quantity = claim.quantity {
            items.append((texts["portal.sku"], .markup(doors.link(claim.skuCode ?? "", to: sku))))
            items.append((texts["portal.units"], .quantity(quantity.rawValue)))
        }
        items += [
            (texts["claim.reason"], .text(texts["claim_reason.\(claim.reason.rawValue)"])),
            (texts["claim.claimed"], .money(claim.claimed)),
            (texts["goodwill.note"], .text(claim.note)), (texts["claim.opened"], .time(claim.openedAt)),
        ]
        if claim.closedAt == nil { items.append((texts["claim.due"], .due(claim.dueAt, isLate: claim.dueAt < format.now))) }
        return Card(texts["claim.one"], Definitions(items).markup(format)).markup
    }

    private var said: Markup {
        var items: [(String, Cell)] = []
        if let reference = claim.reference { items.append((texts["claim.reference"], .code(reference))) }
        if let sent = claim.sentAt { items.append((texts["claim.sent_at"], .time(sent))) }
        if claim.state == .granted { items.append((texts["claim.granted"], .money(claim.granted))) }
        if let answer = claim.answer { items.append((texts["claim.answer"], .text(answer))) }
        if let closed = claim.closedAt { items.append((texts["claim.closed"], .time(closed))) }
        let paid: Markup = claim.refund == nil ? .blank : "<p class=\"note\">\(texts["claim.is_refund"])</p>"
        return items.isEmpty ? .blank : Card(texts["claim.answer"], "\(Definitions(items).markup(visit.format))\(paid)").markup
    }

    private var acts: Markup {
        let canAct = Set<AccountRole>.operators.union([.support, .merchant]).contains(visit.role)
        guard claim.closedAt == nil, canAct else { return .blank }
        let all = [sending, decision, withdrawal].flatMap(\.self)
        return all.isEmpty ? .blank : Card(texts["orders.actions"], "<div class=\"acts\">\(all)</div>").markup
    }

    private func fold(_ title: String, _ form: Form, open: Bool = false) -> Markup {
        "<details\("open", if: open)><summary class=\"button\">\(title)</summary>\(form.markup)</details>"
    }

    private var sending: [Markup] {
        guard claim.kind == .carrier, claim.state == .open, !isMerchant else { return [] }
        let form = Form(
            visit, to: path + "/sending",
            [.input("reference", texts["claim.reference"], hint: texts["claim.reference_hint"], required: true)],
            submit: texts["claim.send"])
        return [fold(texts["claim.send"], form, open: true)]
    }

    private var decision: [Markup] {
        guard claim.kind == .carrier ? claim.state == .sent && !isMerchant : claim.kind == .shopper || !isMerchant else { return [] }
        let amount = claim.claimed.description.split(separator: " ")[0]
        let form = Form(
            visit, to: path + "/decision", [
                .input(
                    "granted", texts("claim.grant", ["currency": claim.claimed.currency.code]), value: String(amount),
                    hint: texts["claim.grant_hint"], required: true),
                .area("answer", texts["claim.answer"], hint: texts["orders.nothing_personal"]),
            ], submit: texts["claim.decide"])
        return [fold(texts[claim.kind == .carrier ? "claim.carrier_said" : "claim.decide"], form, open: true)]
    }

    private var withdrawal: [Markup] {
        guard claim.kind == .merchant || !isMerchant else { return [] }
        let form = Form(
            visit, to: path + "/withdrawal", [.input("why", texts["orders.reason"], required: true)], submit: texts["claim.withdraw"],
            tone: .bad)
        return [fold(texts["claim.withdraw"], form)]
    }
}
