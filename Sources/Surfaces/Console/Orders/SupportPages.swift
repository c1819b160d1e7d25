import Identity
import Kernel
import Orders
import Views

/// The support desk: one box for whatever the caller can say, one line of answer for each order it leads to.
struct SupportPages {
    static let readers: Set<AccountRole> = [.owner, .operator, .support]
    /// So many answers at once; more is a question to narrow.
    private static let limit = 8

    var pages: [Page] {
        [.get("/support", "support.title", for: Self.readers, at: Place(.work, 12, "help")) { try await Self.desk($0) }]
    }

    private static func desk(_ visit: Visit) async throws -> PageAnswer {
        let sought = visit.query["q"]?.trimmed ?? "", texts = visit.texts, scope = visit.scope
        let finder = Finder(scope, visit.vaultForPeople)
        let stories = try await visit.read { tx in
            try (sought.isEmpty ? [] : finder.orders(sought, in: tx)).prefix(limit + 1).compactMap { id -> OrderStory? in
                do { return try OrderStory.read(id, scope, in: tx) } catch is NotFound { return nil }
            }
        }
        let box: Markup = """
            <form method="get" action="/support" class="asking" role="search"><label for="asked">\(texts["support.ask"])</label>
            <div><input id="asked" name="q" type="search" value="\(sought)" autofocus autocomplete="off" \
            placeholder="\(texts["support.hint"])">\
            <button type="submit" class="button primary">\(texts["support.find"])</button></div></form>
            """
        let answers: Markup =
            if sought.isEmpty {
                Table.Empty(texts["support.none"], texts["support.none_hint"]).markup
            } else if stories.isEmpty {
                Table.Empty(texts("orders.not_found", ["q": sought]), texts["support.not_found_hint"]).markup
            } else {
                "<div id=\"answers\" data-live class=\"answers\">\(stories.prefix(limit).map { answer($0, visit) })</div>"
            }
        let more: Markup = stories.count > limit ? "<p class=\"note\">\(texts["support.more"])</p>" : .blank
        return .content("\(box)\(answers)\(more)")
    }

    private static func answer(_ story: OrderStory, _ visit: Visit) -> Markup {
        let order = story.order, texts = visit.texts
        let what = order.lines.map { "\($0.quantity) × \($0.name)" }.joined(separator: ", ")
        let tracking = order.parcels.compactMap { parcel in parcel.labels.last { $0.state == .current }?.number }
        let about = [
            story.names.merchant(order.merchant), order.channel, visit.format.moment(order.placedAt),
            visit.format.money(order.money.total),
        ]
        return """
            <section class="card"><header class="card-head"><h2><a href="/orders/\(order.id)">\(order.number)</a></h2>\
            \(Badge(state: order.state.rawValue, texts).markup)</header>
            <p>\(what)</p><p class="note">\((about + tracking).joined(separator: " · "))</p>
            \(OrderAnswer(story, visit.format).markup)
            <div class="buttons">\(Markup.link(texts["support.open"], to: "/orders/\(order.id)", primary: true))\
            \(Markup.link(texts["recipient.show"], to: "/orders/\(order.id)/recipient"))
            \(Markup.shopperLink(to: order, visit))</div></section>
            """
    }
}
