import Claims
import Flows
import Identity
import Kernel
import Transport
import Views

/// A shopper tells the shop that something is wrong with a parcel, and reads what it says to that.
struct ShopperClaim {
    let parcel: ShopperOrder.Parcel
    let claim: ClaimView?
    let order: ShopperOrder
    let link: ShopperLink
    let visit: Visit

    init(_ parcel: ShopperOrder.Parcel, _ claim: ClaimView?, _ order: ShopperOrder, _ link: ShopperLink, _ visit: Visit) {
        (self.parcel, self.claim, self.order, self.link, self.visit) = (parcel, claim, order, link, visit)
    }

    private var texts: Texts { visit.texts }

    /// Nothing before something can be wrong with it.
    var markup: Markup {
        if let claim { return "<p class=\"note\">\(said(claim))</p>" }
        guard Self.canClaim(parcel, order, at: visit.format.now) else { return .blank }
        let reasons = Self.reasons(parcel).map { Form.Option($0.rawValue, texts["shopper.claim_reason.\($0.rawValue)"]) }
        let form = Form(
            visit, to: "\(link.path)/parcels/\(parcel.id)/claim", [.choice("reason", texts["claim.reason"], reasons)],
            submit: texts["shopper.claim_send"])
        return """
            <details><summary>\(texts["shopper.claim"])</summary><p class="quiet">\(texts["shopper.claim_hint"])</p>\
            \(form.markup)</details>
            """
    }

    private func said(_ claim: ClaimView) -> String {
        switch claim.state {
        case .granted: texts("shopper.claim_granted", ["money": visit.format.money(claim.granted)])
        case .denied, .withdrawn: texts("shopper.claim_denied", ["words": claim.answer ?? ""])
        case .open, .sent:
            texts(
                "shopper.claim_open",
                ["what": texts["shopper.claim_reason.\(claim.reason.rawValue)"], "date": visit.format.longDay(claim.dueAt)])
        }
    }

    /// It arrived, it is lost, or it should have come by now; and something was paid for it.
    private static func canClaim(_ parcel: ShopperOrder.Parcel, _ order: ShopperOrder, at now: Instant) -> Bool {
        guard order.payment != .pending, order.payment != .refunded else { return false }
        return parcel.state == .delivered || parcel.state == .lost || parcel.state.isComing && parcel.deliverBy < now
    }

    private static func reasons(_ parcel: ShopperOrder.Parcel) -> [ClaimReason] {
        parcel.state == .delivered ? [.damaged, .missing, .wrongItem, .lost] : [.lost]
    }

    /// The page that the form is posted to.
    static var pages: [Page] {
        [
            .post("/t/{token}/parcels/{parcel}/claim", for: nil) { visit in
                let (link, order) = try await ShopperPages.order(visit)
                let id = try visit.id("parcel", UnitID.self), reason = try visit.form.choice("reason", ClaimReason.self)
                guard let parcel = order.parcels.first(where: { $0.id == id }), canClaim(parcel, order, at: visit.format.now),
                    reasons(parcel).contains(reason)
                else { throw NotFound("parcel", id) }
                _ = try await visit.perform(
                    OpenClaim(
                        .shopper, for: id.description, merchant: nil, reason: reason, amount: nil, note: "by the shopper's page",
                        actor: "shopper"))
                return .to(link.path, said: "shopper.claim_said")
            }
        ]
    }
}
