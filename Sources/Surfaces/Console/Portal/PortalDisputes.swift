import Flows
import Kernel
import Views
import Warehouse

/// A merchant doubts what was received of a shipment, follows what the site says, and takes it back.
struct PortalDisputes {
    var pages: [Page] {
        [
            .post("/portal/inbound/{asn}/disputes", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("asn", ASNID.self), scope = portal.scope
                let flow = DisputeReceipt(
                    id, sku: visit.form["sku"], claimed: Quantity(try visit.form.number("claimed")), note: visit.form["note"],
                    actor: visit.actor)
                _ = try await visit.perform(flow) { try Ownership.asns([id], scope, in: $0) }
                return .to(portal.path("/portal/inbound/\(id)"), said: "portal.disputed")
            },
            .post("/portal/inbound/{asn}/disputes/{dispute}/withdrawal", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("dispute", DisputeID.self), scope = portal.scope
                let asn = try visit.id("asn", ASNID.self)
                try await visit.perform(WithdrawDispute(id, actor: visit.actor)) { try Ownership.disputes([id], scope, in: $0) }
                return .to(portal.path("/portal/inbound/\(asn)"), said: "said.saved")
            },
        ]
    }

    /// What was said of a shipment, and the forms for lines of which less came than was sent.
    static func markup(_ asn: ASNView, _ disputes: [DisputeView], _ portal: PortalVisit) -> Markup {
        let texts = portal.texts, disputed = Set(disputes.filter { $0.state != .withdrawn }.map(\.sku))
        let said = disputes.map { one(asn, $0, portal) }
        let short = asn.lines.filter { $0.received < $0.expected && !disputed.contains($0.sku) }
        let forms = asn.state == .closed ? short.map { form(asn, $0, portal) } : []
        guard !said.isEmpty || !forms.isEmpty else { return .blank }
        let hint: Markup = forms.isEmpty ? .blank : "<p class=\"quiet\">\(texts["portal.dispute_hint"])</p>"
        return Card(
            texts["portal.disputes"],
            "<ul class=\"cases\">\(said)</ul>\(hint)<div class=\"acts\">\(forms)</div>"
        ).markup
    }

    private static func form(_ asn: ASNView, _ line: ASNView.Line, _ portal: PortalVisit) -> Markup {
        let texts = portal.texts
        let form = Form(
            portal.visit, to: "/portal/inbound/\(asn.id)/disputes",
            portal.fields + [
                .hidden("sku", line.skuCode),
                .input("claimed", texts["portal.claimed"], type: "number", value: "\(line.expected)", required: true),
                .input("note", texts["portal.dispute_note"], hint: texts["portal.dispute_note_hint"], required: true),
            ], submit: texts["portal.dispute_open"])
        let gap = portal.format.count((line.expected - line.received).rawValue)
        return """
            <details><summary class="button">\(texts("portal.dispute_line", ["sku": line.skuCode, "n": gap]))</summary>\
            \(form.markup)</details>
            """
    }

    private static func one(_ asn: ASNView, _ dispute: DisputeView, _ portal: PortalVisit) -> Markup {
        let (texts, format) = (portal.texts, portal.format)
        let asked = texts(
            "portal.dispute_said",
            [
                "sku": dispute.skuCode, "claimed": format.count(dispute.claimed.rawValue),
                "received": format.count(dispute.received.rawValue),
            ])
        let answer: Markup = dispute.answer.map { words in
            let sums = texts(
                "portal.dispute_answer",
                ["found": format.count(dispute.found.rawValue), "owed": format.count(dispute.owed.rawValue)])
            return "<small>\(sums)</small><small>“\(words)”</small>"
        } ?? .blank
        let back: Markup = dispute.state == .open
            ? Form(
                portal.visit, to: "/portal/inbound/\(asn.id)/disputes/\(dispute.id)/withdrawal", portal.fields,
                submit: texts["portal.dispute_back"], tone: .bad, inline: true).markup
            : .blank
        let badge = Badge(
            texts["portal.dispute_state.\(dispute.state.rawValue)"],
            dispute.state == .open ? .info : dispute.owed > 0 ? .warn : .done)
        return """
            <li class="\(dispute.state == .open ? "warn" : "done")"><div><b>\(asked)</b> \(badge.markup)\
            <small>“\(dispute.note)” · \(format.time(dispute.openedAt))</small>\(answer)</div>\(back)</li>
            """
    }
}
