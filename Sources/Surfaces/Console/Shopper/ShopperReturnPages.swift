import Flows
import Identity
import Kernel
import Returns
import Views

/// A shopper sends something back: chooses it, sees the refund and who pays, and follows it to the refund.
struct ShopperReturnPages {
    var pages: [Page] {
        [
            .get("/t/{token}/return", "shopper.return_title", for: nil) { visit in
                let (link, order) = try await ShopperPages.order(visit)
                return ShopperPages.plain(ReturnChoice(order, link, visit).markup())
            },
            .get("/t/{token}/return/summary", "shopper.summary", for: nil) { try await Self.summary($0) },
            .post("/t/{token}/returns", for: nil) { try await Self.ask($0) },
            .get("/t/{token}/returns/{return}", "shopper.return_title", for: nil) { visit in
                let (link, order) = try await ShopperPages.order(visit)
                let one = try await Self.found(order, visit)
                return ShopperPages.plain(try await Self.page(one, order, link, visit))
            },
            .post("/t/{token}/returns/{return}/withdrawal", for: nil) { visit in
                let (link, order) = try await ShopperPages.order(visit)
                let one = try await Self.found(order, visit)
                try await visit.perform(
                    DecideReturn(one.id, merchant: nil, decision: .cancelled, reason: "withdrawn by the shopper", actor: "shopper"))
                return .to("\(link.path)/returns/\(one.id)", said: "shopper.withdrawn")
            },
        ]
    }

    /// What would be given; refusals are said above the choice, which keeps what was chosen.
    private static func summary(_ visit: Visit) async throws -> PageAnswer {
        let (link, order) = try await ShopperPages.order(visit), choice = ReturnChoice(order, link, visit)
        let number = APIToken.make(Vault.systemRandom).hash.prefix(16)
        do {
            let request = try choice.request(visit.query, number: "web-\(number)")
            let quote = try await visit.perform(QuoteReturn(request, network: visit.parts.orders.network))
            return ShopperPages.plain(ReturnSummary(request, quote, choice).markup)
        } catch let refusal as any Refusal {
            return ShopperPages.plain(choice.markup(refused: RefusedPage(refusal, visit.texts).reason))
        }
    }

    private static func ask(_ visit: Visit) async throws -> PageAnswer {
        let (link, order) = try await ShopperPages.order(visit)
        let request = try ReturnChoice(order, link, visit).request(visit.form.all, number: visit.form["number"])
        let answers = try await visit.perform(RequestReturns([request], network: visit.parts.orders.network, actor: "shopper"))
        switch answers.first {
        case .taken(let id, _): return .to("\(link.path)/returns/\(id)")
        case .refused(let refusal): throw refusal
        case nil: throw NotFound("order", link.order)
        }
    }

    /// A return of this very order.
    private static func found(_ order: ShopperOrder, _ visit: Visit) async throws -> ReturnView {
        let id = try visit.id("return", RMAID.self)
        guard let one = order.returns.first(where: { $0.id == id }) else { throw NotFound("return", id) }
        return one
    }

    private static func page(
        _ one: ReturnView, _ order: ShopperOrder, _ link: ShopperLink, _ visit: Visit
    ) async throws -> Markup {
        let site = try await visit.read { try SiteView.find(one.site, .network, in: $0) }
        return try ShopperReturn(one, visit).markup(of: order, link, to: site)
    }
}
