import Flows
import Kernel
import Returns
import Views

/// What a merchant lets others give away of their money for one order, and what of their goods channels are not shown.
struct PortalLimits {
    var pages: [Page] {
        [
            PortalPages.first("/portal/limits", "limits.title", at: Place(.settings, 42, "money", for: [.merchant])) {
                try await Self.list($0)
            },
            .post("/portal/limits", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), form = visit.form
                let giver = try form.choice("giver", GoodwillGiver.self), share = try form.number("share_\(giver.rawValue)")
                let most = try form.money("most_\(giver.rawValue)", portal.merchant.currency)
                guard (0...100).contains(share) else {
                    throw InvalidInput(field: "/share_\(giver.rawValue)", portal.texts["limits.share_wrong"])
                }
                try await visit.perform(
                    SetGoodwillLimit(portal.id, giver, mostMinor: most.minor, sharePPM: share * 10_000, actor: visit.actor))
                return .to(portal.path("/portal/limits"), said: "said.saved")
            },
            .post("/portal/limits/channels", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), form = visit.form
                let flow = SetChannelStock(
                    merchant: portal.id, channel: try form.text("channel", 1...50), sku: form.optional("sku"),
                    safety: Quantity(try form.number("safety")), threshold: Quantity(try form.number("threshold")))
                try await visit.perform(flow)
                return .to(portal.path("/portal/limits"), said: "said.saved")
            },
        ]
    }

    private static func list(_ portal: PortalVisit) async throws -> PageAnswer {
        let id = portal.id, (texts, format) = (portal.texts, portal.format)
        let (all, channels) = try await portal.visit.read { tx in
            (try GoodwillLimits.all(of: id, in: tx), try MerchantStory.channels(of: id, in: tx))
        }
        let cards = GoodwillGiver.limited.map { giver -> Markup in
            let holding = all.first { $0.giver == giver && $0.from <= format.now }
            return Card(texts["limits.of.\(giver.rawValue)"], "\(standing(holding, portal))\(form(giver, holding, portal))").markup
        }
        let rows = all.map { one in
            Table.Row([
                .text(texts["goodwill.by.\(one.giver.rawValue)"]), .time(one.from), .money(one.most),
                .text("\(one.sharePPM / 10_000) %"),
            ])
        }
        let table = Table(
            texts["limits.history"],
            columns: [
                .init(texts["limits.who"]), .init(texts["limits.from"]), .init(texts["limits.most"], number: true),
                .init(texts["limits.share"], number: true),
            ], rows: rows, empty: .init(texts["limits.none"], texts["limits.none_hint"]))
        return .content(
            """
            <p class="note">\(texts["limits.hint"])</p><div class="columns even">\(cards.map { "<div>\($0)</div>" as Markup })</div>
            \(Card(texts["limits.history"], table.markup(format)).markup)\(kept(channels, portal))
            """, crumbs: [portal.crumb("portal.title", "/portal")])
    }

    /// What channels are not shown, and the form that says so.
    private static func kept(_ channels: [MerchantStory.Channel], _ portal: PortalVisit) -> Markup {
        let texts = portal.texts
        let rows = channels.map { one in
            Table.Row([
                .text(one.channel), .optional(one.sku, Cell.code), .optional(one.safety) { .quantity($0.rawValue) },
                .optional(one.threshold) { .quantity($0.rawValue) }, .quantity(one.learned.rawValue),
            ])
        }
        let table = Table(
            texts["channels.title"],
            columns: ["channel", "sku", "safety", "threshold", "learned"].enumerated().map {
                Table.Column(texts["channels.\($1)"], number: $0 > 1)
            }, rows: rows, empty: .init(texts["channels.none"], texts["channels.none_hint"]))
        let form = Form(
            portal.visit, to: "/portal/limits/channels",
            portal.fields + [
                .input("channel", texts["channels.channel"], required: true),
                .input("sku", texts["channels.sku"], hint: texts["channels.all_skus"]),
                .input("safety", texts["channels.safety"], type: "number", value: "0", required: true),
                .input("threshold", texts["channels.threshold"], type: "number", value: "0", hint: texts["channels.hint"], required: true),
            ], submit: texts["channels.save"])
        let fold: Markup = "<details><summary class=\"button\">\(texts["channels.change"])</summary>\(form.markup)</details>"
        return Card(texts["channels.title"], "\(table.markup(portal.format))\(fold)").markup
    }

    private static func standing(_ limit: GoodwillLimit?, _ portal: PortalVisit) -> Markup {
        guard let limit, limit.most.minor > 0, limit.sharePPM > 0 else { return "<p>\(portal.texts["limits.nothing"])</p>" }
        let said = portal.texts(
            "limits.holds", ["money": portal.format.money(limit.most), "share": "\(limit.sharePPM / 10_000) %"])
        return "<p><b>\(said)</b></p>"
    }

    private static func form(_ giver: GoodwillGiver, _ limit: GoodwillLimit?, _ portal: PortalVisit) -> Markup {
        let texts = portal.texts, code = portal.merchant.currency.code
        let most = limit.map { $0.most.description.split(separator: " ")[0] } ?? "0"
        return Form(
            portal.visit, to: "/portal/limits",
            portal.fields + [
                .hidden("giver", giver.rawValue),
                .input("most_\(giver.rawValue)", texts("limits.most_in", ["currency": code]), value: String(most), required: true),
                .input(
                    "share_\(giver.rawValue)", texts["limits.share_of"], type: "number", value: "\((limit?.sharePPM ?? 0) / 10_000)",
                    required: true),
            ], submit: texts["limits.save"]
        ).markup
    }
}
