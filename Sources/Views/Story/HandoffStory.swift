import Identity
import Kernel
import Merchants
import Partners
import Store

/// One fulfillment order as the people of its partner see it.
package struct HandoffStory: Sendable {
    package let handoff: HandoffView
    /// Who it goes to; nil once nothing is left to send.
    package let person: Person?
    package let merchant: String
    /// Of its SKUs, those of which a parcel names the lot.
    package let byLot: Set<SKUID>
    /// Of its SKUs, those of which a parcel names each serial.
    package let bySerial: Set<SKUID>
    /// The carrier that the site sent something with last.
    package let lastCarrier: String?

    /// - Throws: `NotFound` where it was not handed to the reader.
    package static func read(_ id: FulfillmentID, _ scope: Scope, _ vault: Vault, in tx: Transaction) throws -> HandoffStory {
        let one = try HandoffView.find(id, scope, in: tx)
        let facts = try Catalog.facts(of: Set(one.lines.map(\.sku)).sorted(), in: tx)
        return HandoffStory(
            handoff: one, person: try RecipientLookup.find(for: one, vault, in: tx),
            merchant: try Names(merchants: [one.merchant], in: tx).merchant(one.merchant),
            byLot: Set(facts.values.filter(\.lotTracked).map(\.id)), bySerial: Set(facts.values.filter(\.serialTracked).map(\.id)),
            lastCarrier: try carrier(of: one.site, in: tx))
    }

    private static func carrier(of site: SiteID, in tx: Transaction) throws -> String? {
        let last = [HandoffState.shipped, .closed].map { state -> SQL in
            """
            (SELECT fulfillment_order FROM handoff WHERE site = \(site) AND state = \(state) ORDER BY fulfillment_order DESC LIMIT 1)
            """
        }
        return try tx.value(
            """
            SELECT carrier FROM partner_parcel WHERE fulfillment_order = COALESCE(\(last[0]), \(last[1])) ORDER BY parcel DESC LIMIT 1
            """)
    }
}

extension HandoffView {
    /// A page of those in some states at the reader's site, by id.
    ///
    /// - Parameter number: of the order; nil for all.
    package static func page(
        _ states: [HandoffState], number: String?, _ scope: Scope, after id: FulfillmentID?, limit: Int, in tx: Transaction
    ) throws -> [HandoffView] {
        var condition: SQL = """
            h.fulfillment_order > \(id?.raw ?? -1) AND h.state IN \(list: states) AND \(scope.owns(site: "h.site"))
            """
        if let number { condition = condition + " AND o.number = \(number)" }
        return try list(condition, limit: limit, in: tx)
    }

    /// How many wait for the reader's word, by state.
    package static func openCounts(_ scope: Scope, in tx: Transaction) throws -> [HandoffState: Int64] {
        let rows = try tx.query(
            """
            SELECT h.state, COUNT(*) FROM handoff h WHERE h.state IN \(list: HandoffState.open) AND \(scope.owns(site: "h.site"))
            GROUP BY h.state ORDER BY h.state
            """
        ) { (try $0.next(HandoffState.self), try $0.next(Int64.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}

/// What a partner has of one merchant's goods by its newest report, less what it has sent since.
package struct PartnerStock: Sendable {
    package struct Line: Sendable {
        package let sku: SKUID
        package let code: String
        package let name: String
        package let quantity: Quantity
    }

    /// The merchants whose goods are kept there under an agreement that holds.
    package let merchants: [(id: MerchantID, name: String)]
    /// Whose goods these are; nil where there is no agreement.
    package let merchant: MerchantID?
    package let asOf: Instant?
    /// When the next report is due; nil where there was none.
    package let due: Instant?
    package let lines: [Line]

    /// - Parameter merchant: the first of the site's unless said.
    package static func read(
        at site: SiteID, of merchant: MerchantID?, on day: CivilDate, limit: Int, in tx: Transaction
    ) throws -> PartnerStock {
        let holding = try Agreements.at(site, in: tx).filter { $0.validity.holds(on: day) }
        let ids = Set(holding.map(\.merchant)).sorted(), names = try Names(merchants: ids, in: tx)
        let all = ids.map { (id: $0, name: names.merchant($0)) }
        guard let chosen = merchant.flatMap({ ids.contains($0) ? $0 : nil }) ?? ids.first,
            let agreement = holding.last(where: { $0.merchant == chosen })
        else { return PartnerStock(merchants: all, merchant: nil, asOf: nil, due: nil, lines: []) }
        let newest = try StockReports.newest(of: chosen, at: site, in: tx)
        return PartnerStock(
            merchants: all, merchant: chosen, asOf: newest?.asOf, due: newest.map { $0.asOf + .minutes(agreement.reportMinutes) },
            lines: try lines(of: chosen, at: site, limit: limit, in: tx))
    }

    private static func lines(of merchant: MerchantID, at site: SiteID, limit: Int, in tx: Transaction) throws -> [Line] {
        let rows = try tx.query(
            """
            SELECT s.id, s.code, s.name, p.reported, p.as_of FROM partner_stock p JOIN sku s ON s.id = p.sku
            WHERE p.site = \(site) AND p.owner = \(merchant) ORDER BY s.code, s.id LIMIT \(limit)
            """
        ) {
            try (
                sku: $0.next(SKUID.self), code: $0.next(String.self), name: $0.next(String.self), reported: $0.next(Quantity.self),
                asOf: $0.next(Instant.self)
            )
        }
        let moment = rows.map(\.asOf).max() ?? .distantPast
        let gone = try HandoffFacts.gone(rows.map(\.sku), at: site, after: moment, in: tx)
        return rows.map { Line(sku: $0.sku, code: $0.code, name: $0.name, quantity: max(0, $0.reported - (gone[$0.sku] ?? 0))) }
    }
}
