import Claims
import Flows
import Kernel
import Views

/// A merchant asks the operator for what was lost or damaged.
struct PortalClaims {
    var pages: [Page] {
        [
            .get("/portal/losses/{subject}/claim", "claim.ask", for: PortalPages.roles) { visit in
                Self.form(try await PortalVisit(visit))
            },
            .post("/portal/losses/{subject}/claim", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), form = visit.form
                let amount = try form.money("amount", portal.merchant.currency)
                let id = try await visit.perform(
                    OpenClaim(
                        .merchant, for: visit.path["subject"] ?? "", merchant: portal.id, reason: try form.choice("reason"),
                        amount: amount, note: form["note"], actor: visit.actor))
                return .to("/claims/\(id)", said: "said.claimed")
            },
        ]
    }

    /// How far it is, or the way to ask.
    static func cell(_ subject: String, _ claim: ClaimView?, _ portal: PortalVisit) -> Markup {
        guard let claim else { return .link(portal.texts["claim.ask_short"], to: portal.path("/portal/losses/\(subject)/claim")) }
        let money = portal.format.money(claim.state == .granted ? claim.granted : claim.claimed)
        return "<a href=\"/claims/\(claim.id)\">\(money)</a> \(ClaimPages.badge(claim.state, portal.texts).markup)"
    }

    private static func form(_ portal: PortalVisit) -> PageAnswer {
        let texts = portal.texts, path = "/portal/losses/\(portal.visit.path["subject"] ?? "")/claim"
        let reasons = ClaimReason.of(.merchant).map { Form.Option($0.rawValue, texts["claim_reason.\($0.rawValue)"]) }
        let form = Form(
            portal.visit, to: path,
            portal.fields + [
                .input(
                    "amount", texts("goodwill.amount", ["currency": portal.merchant.currency.code]), hint: texts["claim.value_hint"],
                    required: true),
                .choice("reason", texts["claim.reason"], reasons),
                .input("note", texts["goodwill.note"], hint: texts["orders.nothing_personal"], required: true),
            ], submit: texts["claim.ask"])
        return .content(
            Card(texts["claim.ask"], "<p class=\"quiet\">\(texts["claim.ask_hint"])</p>\(form.markup)").markup,
            crumbs: [portal.crumb("portal.title", "/portal"), portal.crumb("portal.losses", "/portal/losses")])
    }
}
