import Flows
import Kernel
import Views

/// What of a merchant's goods was lost or damaged in the network's hands, and what became of it.
struct PortalLosses {
    private static let rows = 50

    var pages: [Page] {
        [
            PortalPages.first("/portal/losses", "portal.losses", at: Place(.goods, 9, "alert", for: [.merchant])) {
                try await Self.list($0)
            }
        ]
    }

    private static func list(_ portal: PortalVisit) async throws -> PageAnswer {
        let (visit, texts, merchant) = (portal.visit, portal.texts, portal.id), scope = portal.scope
        let after = visit.queryID("after", MovementID.self)
        let (found, disputes, claims) = try await visit.read { tx in
            let found = try HarmedUnits.page(of: merchant, after: after, limit: rows + 1, in: tx)
            let disputes = try DisputeView.page(DisputeView.Filter(state: .settled), scope, after: nil, limit: rows, in: tx)
                .filter { $0.owed > 0 }
            let subjects = found.map(\.id.description) + disputes.map(\.id.description)
            return (found, disputes, try ClaimView.standing(.merchant, for: subjects, scope, in: tx))
        }
        let (all, nextKey) = found.page(rows, key: \.id)
        let table = Table(
            texts["portal.losses"],
            columns: portal.columns(["sku", "code", "what", "site"]) + portal.columns(["units"], number: true)
                + portal.columns(["at", "state", "claim"]),
            rows: all.map { one in
                let isLost = [.lostOnTheWay, .notFound, .missing].contains(one.what)
                return Table.Row(
                    [
                        .text(one.name), .code(one.code),
                        .badge(Badge(texts["portal.harm.\(one.what.rawValue)"], isLost ? .bad : .warn)), .text(one.site),
                        .quantity(one.quantity.rawValue), .time(one.at), .markup(standing(one, texts)),
                        .markup(PortalClaims.cell(one.id.description, claims[one.id.description], portal)),
                    ], to: portal.path("/portal/stock/\(one.sku)"))
            }, empty: .init(texts["portal.no_losses"], texts["portal.no_losses_hint"]), pager: Pager(visit, nextKey: nextKey))
        return .content(
            """
            <p class="note">\(texts["portal.losses_hint"])</p>\(owed(disputes, claims, portal))\(table.markup(portal.format))
            """, crumbs: [portal.crumb("portal.title", "/portal")])
    }

    private static func standing(_ one: HarmedUnits, _ texts: Texts) -> Markup {
        if one.isOpen { return Badge(texts["portal.harm_open"], .info).markup }
        guard let outcome = one.outcome else { return Badge(texts["portal.harm_booked"], .done).markup }
        return "\(Badge(texts["portal.harm_closed"], .done).markup) <span class=\"quiet\">\(outcome)</span>"
    }

    /// Units that a site admitted to have lost after a dispute.
    private static func owed(_ all: [DisputeView], _ claims: [String: ClaimView], _ portal: PortalVisit) -> Markup {
        guard !all.isEmpty else { return .blank }
        let table = Table(
            portal.texts["portal.owed"], columns: portal.columns(["number", "sku"]) + portal.columns(["owed_units"], number: true)
                + portal.columns(["answer", "claim"]),
            rows: all.map {
                .init(
                    [.text($0.asnNumber), .code($0.skuCode), .quantity($0.owed.rawValue), .text($0.answer ?? ""),
                        .markup(PortalClaims.cell($0.id.description, claims[$0.id.description], portal)),
                    ],
                    to: portal.path("/portal/inbound/\($0.asn)"))
            }, empty: .init("", ""))
        return Card(portal.texts["portal.owed"], table.markup(portal.format)).markup
    }
}
