import Flows
import Identity
import Kernel
import Orders
import Views

/// A shopper sends their order to another address, a pickup point or a locker, with the postal code as a second proof.
struct ShopperAddressPages {
    private static let kinds: [DestinationKind] = [.address, .pickupPoint, .locker]

    var pages: [Page] {
        [
            .get("/t/{token}/address", "shopper.address", for: nil) { visit in
                let (link, order) = try await ShopperPages.order(visit)
                return ShopperPages.plain(Self.markup(order, link, visit))
            },
            .post("/t/{token}/address", for: nil) { try await Self.sendElsewhere($0) },
        ]
    }

    private static func markup(_ order: ShopperOrder, _ link: ShopperLink, _ visit: Visit) -> Markup {
        let texts = visit.texts
        let body: Markup = order.change.map { change in
            let hint = texts[change == .atOnce ? "shopper.address_hint" : "shopper.address_asks"]
            return "<p class=\"quiet\">\(hint)</p>\(form(order, link, visit).markup)"
        } ?? "<p>\(texts["refusal.parcel.handed_over"])</p>"
        return """
            <div class="shop">\(ShopperPages.head(order, link, visit))<h1>\(texts["shopper.address"])</h1>
            <section class="card">\(body)</section></div>
            """
    }

    private static func form(_ order: ShopperOrder, _ link: ShopperLink, _ visit: Visit) -> Form {
        let texts = visit.texts, kinds = kinds.map { Form.Option($0.rawValue, texts["shopper.kind.\($0.rawValue)"]) }
        return Form(
            visit, to: link.path + "/address",
            [
                .input("proof", texts["shopper.proof"], hint: texts["shopper.proof_hint"], required: true, autocomplete: "off"),
                .choice("kind", texts["shopper.kind_title"], kinds, value: order.destination.kind.rawValue),
                .input("code", texts["shopper.point_code"], hint: texts["shopper.point_code_hint"], autocomplete: "off"),
                .input("street", texts["shopper.street"], required: true, autocomplete: "street-address"),
                .input("postal_code", texts["shopper.postal_code"], required: true, autocomplete: "postal-code"),
                .input("city", texts["shopper.city"], required: true, autocomplete: "address-level2"),
                .input("region", texts["shopper.region"], autocomplete: "address-level1"),
            ], submit: texts["shopper.address_change"])
    }

    /// A wrong postal code is counted against the order, so that nobody tries them all.
    private static func sendElsewhere(_ visit: Visit) async throws -> PageAnswer {
        let link = try await ShopperPages.link(visit), form = visit.form, now = visit.parts.clock()
        let subject = SignInGuard.Subject.proof(of: link.order)
        try await visit.read { try SignInGuard.check([subject], at: now, in: $0) }
        let kind: DestinationKind = try form.choice("kind")
        guard kinds.contains(kind) else { throw InvalidInput(field: "/kind", "'\(kind.rawValue)' is not where a shopper gets an order.") }
        let address = ChangeShopperAddress.NewAddress(
            kind, code: form["code"], street: form["street"], city: form["city"], postalCode: form["postal_code"],
            region: form["region"])
        do {
            let changed = try await visit.perform(
                ChangeShopperAddress(link.order, proof: form["proof"], to: address, desk: visit.parts.orders))
            return .to(link.path, said: changed.asked.isEmpty ? "shopper.address_changed" : "shopper.address_asked")
        } catch ChangeShopperAddress.Refused.wrongProof {
            try await visit.perform(CountWrongTry([subject], at: now))
            throw ChangeShopperAddress.Refused.wrongProof
        }
    }
}
