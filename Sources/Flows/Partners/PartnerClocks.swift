import Exceptions
import Facilities
import Inventory
import Kernel
import Partners
import Store

/// What happens when a partner does not do in time what its agreement says.
package struct PartnerClocks: ClockHandler {
    static let acceptBy = "partner.accept_by"
    static let shipBy = "partner.ship_by"
    static let cancelBy = "partner.cancel_by"
    static let reportBy = "partner.report_by"
    /// Those that stand on a fulfillment order.
    static let ofOrders = [acceptBy, shipBy, cancelBy]

    static let unanswered = "partner.unanswered"
    static let cancelUnanswered = "partner.cancel_unanswered"
    static let reportOverdue = "partner.report_overdue"
    /// Those that stand on a fulfillment order.
    static let exceptions = [unanswered, cancelUnanswered]

    package let kinds = [acceptBy, shipBy, cancelBy, reportBy]
    let network: NetworkCache

    package init(network: NetworkCache) { self.network = network }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        if clocks[0].kind == Self.reportBy { return try reportsLate(clocks, in: tx) }
        let handoffs = Dictionary(
            uniqueKeysWithValues: try Handoffs.load(clocks.map { FulfillmentID($0.subject) }, in: tx).map { ($0.id, $0) })
        return try clocks.map { clock in
            guard let one = handoffs[FulfillmentID(clock.subject)], one.state.isOpen else { return "met" }
            return try late(one, clock, in: tx)
        }
    }

    private func late(_ one: Handoff, _ clock: ClockRow, in tx: Transaction) throws -> String {
        switch clock.kind {
        case Self.acceptBy:
            guard one.state == .sent else { return "met" }
            try Penalise.run(.lateAcceptance, one, network, in: tx)
            try open(Self.unanswered, one, .site, due: one.shipBy, "\(one.open) units wait for a yes or no since \(one.sentAt).", in: tx)
        case Self.shipBy:
            try Penalise.run(.lateShipment, one, network, in: tx)
        default:
            guard one.state == .cancelRequested else { return "met" }
            try open(
                Self.cancelUnanswered, one, .operator, due: clock.due + .hours(24),
                "The partner was asked to stop \(one.open) units and has not answered.", in: tx)
        }
        return "missed"
    }

    private func open(
        _ kind: String, _ one: Handoff, _ role: OwnerRole, due: Instant, _ detail: String, in tx: Transaction
    ) throws {
        try OpenAtStake.run(
            [
                NewException(
                    kind, subject: one.id, merchant: one.merchant, site: one.site, ownerRole: role, due: due, detail: detail)
            ], in: tx)
    }

    /// What nobody has counted for too long is not promised any more.
    private func reportsLate(_ clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        for report in try StockReports.find(clocks.map { StockReportID($0.subject) }, in: tx) {
            try PartnerSupply.goStale(of: report.merchant, at: report.site, in: tx)
            guard let site = try network.network(in: tx).site(report.site) else { throw NotFound("site", report.site) }
            let agreements = try Agreements.holding(
                at: site.id, of: [report.merchant], on: site.zone.day(of: tx.now), in: tx)
            try Penalties.add(.lateReport, under: agreements[report.merchant], of: nil, occurred: tx.now, in: tx)
            try OpenAtStake.run(
                [
                    NewException(
                        Self.reportOverdue, subject: report.id, merchant: report.merchant, site: site.id, ownerRole: .site,
                        due: tx.now + .hours(24), detail: "The next stock report is overdue; nothing more is promised from here.")
                ], in: tx)
        }
        return clocks.map { _ in "missed" }
    }
}
