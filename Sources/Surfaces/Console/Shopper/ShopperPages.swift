import Flows
import Identity
import Kernel
import Views

/// What shoppers see of their order, without an account, by a link that nobody guesses.
struct ShopperPages {
    var pages: [Page] {
        [
            .get("/t/{token}", "shopper.title", for: nil) { visit in
                let (link, order) = try await Self.order(visit)
                let page = TrackingPage(order, link, visit)
                return Self.plain(page.markup, title: page.headline.title)
            },
        ] + ShopperAddressPages().pages + ShopperReturnPages().pages + ShopperClaim.pages
    }

    /// - Throws: `ShopperLink.Unknown`, and a wait where somebody tries many links.
    static func link(_ visit: Visit) async throws -> ShopperLink {
        let subject = SignInGuard.Subject.shopper(visit.address), now = visit.parts.clock()
        try await visit.read { try SignInGuard.check([subject], at: now, in: $0) }
        do {
            return try ShopperLink(visit.path["token"] ?? "", visit.parts.vault)
        } catch {
            try await visit.perform(CountWrongTry([subject], at: now))
            throw error
        }
    }

    static func order(_ visit: Visit) async throws -> (ShopperLink, ShopperOrder) {
        let link = try await link(visit)
        return (link, try await visit.read { try ShopperOrder.find(link.order, in: $0) })
    }

    static func plain(_ content: Markup, title: String? = nil) -> PageAnswer {
        .view("content", ["content": content], title: title, frame: .plain)
    }

    /// The head of every page: whose goods, which order, and the way back.
    static func head(_ order: ShopperOrder, _ link: ShopperLink, _ visit: Visit, isFirst: Bool = false) -> Markup {
        let number = visit.texts("shopper.order", ["number": order.number])
        let back: Markup = isFirst ? "<span>\(number)</span>" : "<a href=\"\(link.path)\">‹ \(number)</a>"
        return "<header class=\"shop-head\"><b>\(order.merchant)</b>\(back)</header>"
    }
}

extension Markup {
    /// The shopper's page of an order: to open, and to copy into an answer. Nothing where no shopper gets it, or the viewer may
    /// not hand it on.
    static func shopperLink(to order: OrderDetails, _ visit: Visit) -> Markup {
        guard OrdersPages.actors.contains(visit.role), [.sale, .replacement, .sample].contains(order.purpose) else { return .blank }
        let path = ShopperLink(order.id, visit.parts.vault).path
        return """
            \(Markup.link(visit.texts["orders.shopper_page"], to: path)) \
            <button type="button" class="button" data-copy="\(path)">\(visit.texts["orders.shopper_copy"])</button>
            """
    }
}
