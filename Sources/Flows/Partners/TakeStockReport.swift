import Exceptions
import Facilities
import Inventory
import Kernel
import Merchants
import Partners
import Store

/// A partner tells all that it has of one merchant's goods, and as of when. A fact: what is promised follows it.
package struct TakeStockReport: Flow {
    package struct Line: Sendable {
        /// The merchant's own number of the SKU.
        package let sku: String
        package let condition: Condition
        /// Units on hand, those promised and not yet sent among them.
        package let quantity: Quantity

        package init(sku: String, condition: Condition = .new, quantity: Quantity) {
            self.sku = sku
            self.condition = condition
            self.quantity = quantity
        }
    }

    let site: SiteID
    let merchant: MerchantID
    let asOf: Instant
    let lines: [Line]
    let network: NetworkCache
    let actor: String

    package init(
        site: SiteID, merchant: MerchantID, asOf: Instant, _ lines: [Line], network: NetworkCache, actor: String
    ) {
        self.site = site
        self.merchant = merchant
        self.asOf = asOf
        self.lines = lines
        self.network = network
        self.actor = actor
    }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case notPartner
        case notAgreed
        case future(Instant)
        case notNewer(Instant, newest: Instant)
        case unknownSKU(Int, String)
        case repeatedLine(Int, String)

        package static let samples: [any Refusal] = [
            Self.notPartner, Self.notAgreed, Self.future(.distantPast), Self.notNewer(.distantPast, newest: .distantPast),
            Self.unknownSKU(0, ""), Self.repeatedLine(0, ""),
        ]
        package var code: String {
            switch self {
            case .notPartner: "stock_report.own_site"
            case .notAgreed: "stock_report.not_agreed"
            case .future: "stock_report.future"
            case .notNewer: "stock_report.not_newer"
            case .unknownSKU: "stock_report.sku_unknown"
            case .repeatedLine: "stock_report.line_repeated"
            }
        }
        package var message: String {
            switch self {
            case .notPartner: "The operator runs this site and counts its stock; only others' sites report theirs."
            case .notAgreed: "No agreement of today covers goods of this merchant at this site."
            case .future(let asOf): "A report is about a moment that has passed, not about \(asOf)."
            case .notNewer(let asOf, let newest): "The report is of \(asOf); one of \(newest) was taken before, and only a newer one is."
            case .unknownSKU(_, let sku): "The merchant has no SKU '\(sku)', or it is a kit."
            case .repeatedLine(_, let sku): "SKU '\(sku)' is named twice in one condition."
            }
        }
        package var kind: RefusalKind {
            switch self {
            case .notPartner, .notAgreed, .notNewer: .conflict
            case .future, .unknownSKU, .repeatedLine: .invalid
            }
        }
        package var field: String? {
            switch self {
            case .notPartner: nil
            case .notAgreed: "/merchant"
            case .future, .notNewer: "/as_of"
            case .unknownSKU(let index, _), .repeatedLine(let index, _): "/lines/\(index)/sku"
            }
        }
    }

    package func run(in tx: Transaction) throws -> StockReportID {
        guard let place = try network.network(in: tx).site(site) else { throw NotFound("site", site) }
        guard place.mode != .own else { throw Refused.notPartner }
        let agreements = try Agreements.holding(at: site, of: [merchant], on: place.zone.day(of: tx.now), in: tx)
        guard let agreement = agreements[merchant] else { throw Refused.notAgreed }
        guard asOf <= tx.now else { throw Refused.future(asOf) }
        let newest = try StockReports.newest(of: merchant, at: site, in: tx)
        if let newest, asOf <= newest.asOf { throw Refused.notNewer(asOf, newest: newest.asOf) }
        let report = StockReport(id: tx.id(), site: site, merchant: merchant, asOf: asOf, lines: try named(in: tx))
        let stands = try StockReports.add(report, actor: actor, in: tx)
        let gone = try HandoffFacts.gone(stands.keys.sorted(), at: site, after: asOf, in: tx)
        try PartnerSupply.report(
            stands.sorted { $0.key < $1.key }.map { sku, quantity in
                (SellableChange.Key(sku: sku, site: site, owner: merchant), max(0, quantity - (gone[sku] ?? 0)))
            }, in: tx)
        tx.emit(.stockReported(report, actor: actor, at: asOf))
        try renewClock(report.id, after: newest?.id, agreement, in: tx)
        return report.id
    }

    private func named(in tx: Transaction) throws -> [StockReport.Line] {
        let facts = try Catalog.facts(codes: Set(lines.map { SKUCode(merchant, $0.sku) }), in: tx)
        var seen: Set<String> = []
        return try lines.enumerated().map { index, line in
            guard let sku = facts[SKUCode(merchant, line.sku)], !sku.isKit else { throw Refused.unknownSKU(index, line.sku) }
            guard seen.insert("\(sku.id) \(line.condition.rawValue)").inserted else { throw Refused.repeatedLine(index, line.sku) }
            return StockReport.Line(sku: sku.id, condition: line.condition.rawValue, quantity: line.quantity)
        }
    }

    /// The next report is due from this one's moment on.
    private func renewClock(
        _ id: StockReportID, after last: StockReportID?, _ agreement: Agreement, in tx: Transaction
    ) throws {
        if let last {
            try tx.closeClocks([PartnerClocks.reportBy], of: [last.raw], outcome: "met")
            try Exceptions.close([last.description], kind: PartnerClocks.reportOverdue, outcome: "reported", in: tx)
        }
        let due = asOf + .minutes(agreement.reportMinutes)
        try tx.schedule(PartnerClocks.reportBy, source: "agreement", due: [(id.raw, merchant, due, [:])])
    }
}
