import Flows
import Kernel
import Returns
import Views

/// What a merchant promises shoppers about returns, and how that changes from a day on.
struct PortalPolicy {
    var pages: [Page] {
        [
            PortalPages.first("/portal/policy", "policy.title", at: Place(.settings, 43, "return", for: [.merchant])) {
                try await Self.show($0)
            },
            .post("/portal/policy", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = portal.id, form = visit.form
                guard let from = CivilDate(form["from"]) else {
                    throw InvalidInput(field: "/from", "'\(form["from"])' is not \(CivilDate.form).")
                }
                var terms = try await visit.read { try ReturnPolicies.load(of: [id], in: $0).terms(id, on: from) }
                try Self.read(form, portal.merchant.currency, into: &terms)
                try await visit.perform(ChangeReturnTerms(id, terms, from: from))
                return .to(portal.path("/portal/policy"), said: "said.saved")
            },
        ]
    }

    private static func read(_ form: FormValues, _ currency: Currency, into terms: inout ReturnTerms) throws {
        terms.windowDays = Int(clamping: try form.number("window_days"))
        terms.refundOn = try form.choice("refund_on")
        let share = try form.number("restocking")
        guard (0...100).contains(share) else { throw InvalidInput(field: "/restocking", "\(share) is not 0 to 100 percent.") }
        terms.restockingPPM = share * 10_000
        terms.labelFee = try form.money("label_fee", currency).minor
        terms.shopperPays = ReturnReason.allCases.filter { form.isOn("pays_\($0.rawValue)") }
        terms.keepUnder = try form.money("keep_under", currency).minor
        terms.reviewOver = try form.optional("review_over") == nil ? nil : form.money("review_over", currency).minor
        terms.currency = currency
    }

    private static func show(_ portal: PortalVisit) async throws -> PageAnswer {
        let id = portal.id, (texts, format) = (portal.texts, portal.format), today = format.zone.day(of: format.now)
        let (all, now) = try await portal.visit.read { tx in
            (try ReturnPolicies.all(of: id, in: tx), try ReturnPolicies.load(of: [id], in: tx).terms(id, on: today))
        }
        let rows = all.reversed().map { policy in
            Table.Row([
                .text(ValidityWords.text(policy.validity, format)), .text(texts.count("terms.days", Int64(policy.terms.windowDays))),
                .text(texts["refund_on.\(policy.terms.refundOn.rawValue)"]), .text("\(policy.terms.restockingPPM / 10_000) %"),
                policy.validity.holds(on: today) ? .badge(Badge(texts["policy.holds_now"], .good)) : .empty,
            ])
        }
        let table = Table(
            texts["policy.title"],
            columns: [
                .init(texts["rules.holds"]), .init(texts["terms.window"]), .init(texts["terms.refund_on"]),
                .init(texts["terms.restocking"], number: true), .init(texts["portal.state"]),
            ], rows: rows, empty: .init(texts["policy.none"], texts["policy.none_hint"]))
        return .content(
            """
            <p class="note">\(texts["policy.hint"])</p>\(table.markup(format))
            \(Card(texts["policy.change"], form(now, today + 1, portal)).markup)
            """, crumbs: [portal.crumb("portal.title", "/portal")])
    }

    private static func form(_ terms: ReturnTerms, _ from: CivilDate, _ portal: PortalVisit) -> Markup {
        let texts = portal.texts, currency = portal.merchant.currency
        func amount(_ minor: Int64) -> String { String(Money(minor, currency).description.split(separator: " ")[0]) }
        func money(_ name: String, _ value: String, _ hint: String? = nil) -> Form.Field {
            .input(name, texts("policy.\(name)", ["currency": currency.code]), value: value, hint: hint, required: name != "review_over")
        }
        let restocking = "\(terms.restockingPPM / 10_000)"
        let triggers = RefundTrigger.allCases.map { Form.Option($0.rawValue, texts["refund_on.\($0.rawValue)"]) }
        let reasons = ReturnReason.allCases.map { reason in
            Form.Field.check(
                "pays_\(reason.rawValue)", texts("policy.pays", ["reason": texts["return_reason.\(reason.rawValue)"]]),
                isOn: terms.shopperPays.contains(reason))
        }
        return Form(
            portal.visit, to: "/portal/policy",
            portal.fields + [
                .input(
                    "from", texts["policy.from"], type: "date", value: from.description, hint: texts["policy.from_hint"], required: true),
                .input("window_days", texts["policy.window"], type: "number", value: "\(terms.windowDays)", required: true),
                .choice("refund_on", texts["terms.refund_on"], triggers, value: terms.refundOn.rawValue),
                .input("restocking", texts["policy.restocking"], type: "number", value: restocking, required: true),
                money("keep_under", amount(terms.keepUnder), texts["policy.keep_hint"]),
                money("review_over", terms.reviewOver.map(amount) ?? "", texts["policy.review_hint"]),
                money("label_fee", amount(terms.labelFee)),
            ] + reasons, submit: texts["policy.save"]
        ).markup
    }
}
