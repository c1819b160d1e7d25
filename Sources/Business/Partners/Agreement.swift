import Kernel
import Store

/// What a partner has promised for one merchant's goods at one site, while it holds. Money is minor units of `currency`.
package struct Agreement: Hashable, Sendable {
    package var id: AgreementID
    package var site: SiteID
    package var merchant: MerchantID
    /// To say yes or no to a fulfillment order.
    package var acceptMinutes: Int
    /// To answer a wish to cancel.
    package var cancelMinutes: Int
    /// From one stock report's moment to the next report.
    package var reportMinutes: Int
    package var currency: Currency
    package var lateAcceptance: Int64
    package var lateShipment: Int64
    package var lateReport: Int64
    package var rejectedUnit: Int64
    package var shortUnit: Int64
    package var validity: Validity

    package init(
        id: AgreementID, site: SiteID, merchant: MerchantID, acceptMinutes: Int, cancelMinutes: Int, reportMinutes: Int,
        currency: Currency, lateAcceptance: Int64 = 0, lateShipment: Int64 = 0, lateReport: Int64 = 0, rejectedUnit: Int64 = 0,
        shortUnit: Int64 = 0, validity: Validity = .always
    ) {
        self.id = id
        self.site = site
        self.merchant = merchant
        self.acceptMinutes = acceptMinutes
        self.cancelMinutes = cancelMinutes
        self.reportMinutes = reportMinutes
        self.currency = currency
        self.lateAcceptance = lateAcceptance
        self.lateShipment = lateShipment
        self.lateReport = lateReport
        self.rejectedUnit = rejectedUnit
        self.shortUnit = shortUnit
        self.validity = validity
    }

    /// What one unit, order or report of this kind costs the partner.
    package func price(_ kind: PenaltyKind) -> Int64 {
        switch kind {
        case .lateAcceptance: lateAcceptance
        case .lateShipment: lateShipment
        case .lateReport: lateReport
        case .rejected: rejectedUnit
        case .short: shortUnit
        }
    }
}

package enum Agreements {
    private static let columns: SQL = """
        id, site, merchant, accept_minutes, cancel_minutes, report_minutes, currency, late_acceptance, late_shipment, late_report,
        rejected_unit, short_unit, from_day, until_day
        """
    /// Days that stand for "always" and "until further notice".
    private static let first = CivilDate(dayNumber: -1_000_000)
    private static let last = CivilDate(dayNumber: 9_000_000)

    package static func add(_ one: Agreement, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO partner_agreement (\(columns), created_at)
            VALUES (\(one.id), \(one.site), \(one.merchant), \(one.acceptMinutes), \(one.cancelMinutes), \(one.reportMinutes),
                \(one.currency), \(one.lateAcceptance), \(one.lateShipment), \(one.lateReport), \(one.rejectedUnit),
                \(one.shortUnit), \(one.validity.from ?? first), \(one.validity.until ?? last), \(tx.now))
            """)
    }

    /// All there are for a site, by first day; of these merchants where some are named.
    package static func at(_ site: SiteID, of merchants: [MerchantID]? = nil, in tx: Transaction) throws -> [Agreement] {
        var sql: SQL = "SELECT \(columns) FROM partner_agreement WHERE site = \(site)"
        if let merchants { sql = sql + " AND merchant IN \(list: Set(merchants).sorted())" }
        return try tx.query(sql + " ORDER BY from_day, id", decode)
    }

    /// What holds between a site and these merchants on a day.
    package static func holding(
        at site: SiteID, of merchants: [MerchantID], on day: CivilDate, in tx: Transaction
    ) throws -> [MerchantID: Agreement] {
        let all = try at(site, of: merchants, in: tx).filter { $0.validity.holds(on: day) }
        return Dictionary(all.map { ($0.merchant, $0) }, uniquingKeysWith: { _, newer in newer })
    }

    private static func decode(_ row: inout RowReader) throws -> Agreement {
        var one = try Agreement(
            id: row.next(), site: row.next(), merchant: row.next(), acceptMinutes: row.next(), cancelMinutes: row.next(),
            reportMinutes: row.next(), currency: row.next(), lateAcceptance: row.next(), lateShipment: row.next(),
            lateReport: row.next(), rejectedUnit: row.next(), shortUnit: row.next())
        let (from, until): (CivilDate, CivilDate) = try (row.next(), row.next())
        one.validity = Validity(from: from == first ? nil : from, until: until == last ? nil : until)
        return one
    }
}
