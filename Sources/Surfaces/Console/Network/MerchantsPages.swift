import Flows
import Identity
import Kernel
import Merchants
import Returns
import Sourcing
import Views

/// Merchants: whose goods lie in the network, and what each has stated.
struct MerchantsPages {
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/merchants", "merchants.title", for: .network, at: Place(.business, 10, "shop")) { try await Self.list($0) },
            .get("/merchants/{merchant}", "merchants.one", for: .network) { visit in
                let id = try visit.id("merchant", MerchantID.self), scope = visit.scope
                return MerchantPage(try await visit.read { try MerchantStory.read(id, scope, in: $0) }, visit).answer
            },
            .post("/merchants", for: .operators) { visit in
                let text = visit.form["currency"].uppercased()
                guard let currency = Currency(text) else {
                    throw InvalidInput(field: "/currency", "'\(text)' is no currency of three letters.")
                }
                let new = NewMerchant(code: visit.form["code"], name: visit.form["name"], currency: currency)
                let made = try await visit.perform(CreateMerchant(new, actor: visit.actor))
                return .to("/merchants/\(made.id)", said: "said.merchant_made")
            },
        ]
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, after = visit.queryID("after", MerchantID.self)
        let found = try await visit.read { try MerchantView.page(scope, after: after, limit: rows + 1, in: $0) }
        let (merchants, nextKey) = found.page(rows, key: \.id)
        let table = Table(
            texts["merchants.title"], columns: ["name", "code", "currency", "since"].map { Table.Column(texts["merchants.\($0)"]) },
            rows: merchants.map { one in
                Table.Row([.text(one.name), .code(one.code), .text(one.currency.code), .time(one.createdAt)], to: "/merchants/\(one.id)")
            }, empty: .init(texts["merchants.none"], texts["merchants.none_hint"]), pager: Pager(visit, nextKey: nextKey))
        let form = Form(
            visit, to: "/merchants", [
                .input("name", texts["merchants.name"], required: true),
                .input("code", texts["merchants.code"], hint: texts["merchants.code_hint"], required: true),
                .input("currency", texts["merchants.currency"], value: "EUR", required: true),
            ], submit: texts["merchants.make"])
        let make: Markup = Set<AccountRole>.operators.contains(visit.role) ? Card(texts["merchants.new"], form.markup).markup : .blank
        return .content("<div class=\"columns\"><div>\(table.markup(visit.format))</div><div>\(make)</div></div>")
    }
}

/// The page of one merchant.
struct MerchantPage {
    let story: MerchantStory
    let visit: Visit

    init(_ story: MerchantStory, _ visit: Visit) { (self.story, self.visit) = (story, visit) }

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }
    private var id: MerchantID { story.merchant.id }

    var answer: PageAnswer {
        let lists = [
            ("orders.title", "/orders"), ("stock.title", "/stock"), ("inbound.title", "/inbound"), ("returns.title", "/returns"),
        ]
        let links = lists.map { Markup.link(texts[$0], to: "\($1)?merchant=\(id)") }.joined(" ")
        return .content(
            "<div class=\"columns\"><div>\(skus)\(rules)\(channels)</div><div>\(facts)\(terms)\(pools)\(keys)</div></div>",
            title: story.merchant.name, crumbs: [Crumb(texts["merchants.title"], "/merchants")], actions: links)
    }

    private var facts: Markup {
        let sites = story.sites.map { "<a href=\"/sites/\($0)\">\(story.names.site($0))</a>" as Markup }.joined(", ")
        let items: [(String, Cell)] = [
            (texts["merchants.code"], .code(story.merchant.code)), (texts["merchants.currency"], .text(story.merchant.currency.code)),
            (texts["merchants.since"], .time(story.merchant.createdAt)),
            (texts["merchants.sites"], story.sites.isEmpty ? .empty : .markup(sites)), (texts["orders.id"], .code(id.description)),
        ]
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private var skus: Markup {
        let rows = story.skus.map { line in
            let standing = StandingWords(line, texts)
            return Table.Row(
                [
                    .code(line.code), .text(line.name), .quantity(line.sums.available.rawValue),
                    .optional(line.daysOfCover) { .text(StandingWords.cover($0, texts)) }, .badge(standing.badge),
                ], to: "/skus/\(line.sku)")
        }
        let table = Table(
            texts["merchants.skus"],
            columns: ["sku", "name", "available", "cover", "state"].map {
                Table.Column(texts["stock.\($0)"], number: $0 == "available" || $0 == "cover")
            }, rows: rows, empty: .init(texts["stock.none"], texts["stock.none_hint"]))
        return Card(
            texts["merchants.skus"], actions: .link(texts["merchants.all_skus"], to: "/stock?merchant=\(id)"), live: "skus",
            table.markup(format)
        ).markup
    }

    private var rules: Markup {
        let names = { (sites: [SiteID]) in sites.map(story.names.site).joined(separator: ", ") }
        let rows = story.rules.map { rule in
            Table.Row([
                .text(ValidityWords.text(rule.validity, format)), rule.onlySites.isEmpty ? .empty : .text(names(rule.onlySites)),
                rule.priority.isEmpty ? .empty : .text(names(rule.priority)),
                .text([rule.neverSplits ? texts["rules.whole"] : nil, rule.shipsComplete ? texts["rules.complete"] : nil]
                    .compactMap(\.self).joined(separator: ", ")),
            ])
        }
        let table = Table(
            texts["rules.title"], columns: ["holds", "only", "order", "how"].map { Table.Column(texts["rules.\($0)"]) }, rows: rows,
            empty: .init(texts["rules.none"], texts["rules.none_hint"]))
        return Card(texts["rules.title"], table.markup(format)).markup
    }

    private var channels: Markup {
        let rows = story.channels.map { one in
            Table.Row([
                .text(one.channel), .optional(one.sku, Cell.code), .optional(one.safety) { .quantity($0.rawValue) },
                .optional(one.threshold) { .quantity($0.rawValue) }, .quantity(one.learned.rawValue),
            ])
        }
        let table = Table(
            texts["channels.title"],
            columns: ["channel", "sku", "safety", "threshold", "learned"].enumerated().map {
                Table.Column(texts["channels.\($1)"], number: $0 > 1)
            },
            rows: rows, empty: .init(texts["channels.none"], texts["channels.none_hint"]))
        return Card(texts["channels.title"], table.markup(format)).markup
    }

    private var terms: Markup {
        let parts = story.policies.map { policy -> Markup in
            let terms = policy.terms
            let pays = terms.shopperPays.map { texts["return_reason.\($0.rawValue)"] }.joined(separator: ", ")
            let items: [(String, Cell)] = [
                (texts["rules.holds"], .text(ValidityWords.text(policy.validity, format))),
                (texts["terms.window"], .text(texts.count("terms.days", Int64(terms.windowDays)))),
                (texts["terms.refund_on"], .text(texts["refund_on.\(terms.refundOn.rawValue)"])),
                (texts["terms.restocking"], .text("\(terms.restockingPPM / 10_000) %")),
                (texts["terms.shopper_pays"], pays.isEmpty ? .empty : .text(pays)),
            ]
            return Definitions(items).markup(format)
        }
        let body: Markup = parts.isEmpty ? "<p class=\"quiet\">\(texts["terms.usual"])</p>" : parts.joined()
        let isOwn = story.policies.contains { $0.merchant != nil }
        return Card(texts[isOwn ? "terms.own" : "terms.of_all"], body).markup
    }

    private var pools: Markup {
        if story.pools.isEmpty { return .blank }
        let rows = story.pools.map { Table.Row([.code($0.code), .text($0.channel ?? $0.kind), .badge(Badge(state: $0.state, texts))]) }
        let table = Table(
            texts["pools.title"], columns: ["code", "for", "state"].map { Table.Column(texts["pools.\($0)"]) }, rows: rows,
            empty: .init("", ""))
        return Card(texts["pools.title"], table.markup(format)).markup
    }

    private var keys: Markup {
        let rows = story.keys.map { key in
            Table.Row([
                .text(key.name), .time(key.created),
                .badge(key.isValid(at: format.now) ? Badge(texts["merchants.key_valid"], .good) : Badge(texts["merchants.key_over"], .done))
            ])
        }
        let table = Table(
            texts["merchants.keys"], columns: ["key", "since", "key_state"].map { Table.Column(texts["merchants.\($0)"]) }, rows: rows,
            empty: .init(texts["merchants.no_keys"], texts["merchants.no_keys_hint"]))
        return Card(texts["merchants.keys"], table.markup(format)).markup
    }
}

/// From when until when something holds.
enum ValidityWords {
    static func text(_ validity: Validity, _ format: Format) -> String {
        let texts = format.texts
        switch (validity.from, validity.until) {
        case (nil, nil): return texts["validity.always"]
        case (let from?, nil): return texts("validity.from", ["from": format.day(from)])
        case (nil, let until?): return texts("validity.until", ["until": format.day(until + -1)])
        case (let from?, let until?): return texts("validity.between", ["from": format.day(from), "until": format.day(until + -1)])
        }
    }
}
