import Kernel
import Rehearsal

/// A rehearsal's report as a page of plain text.
enum ReportText {
    static func text(_ report: RehearsalReport) -> String {
        var lines = ["\(report.orders) orders, \(report.from) to \(report.until)", ""]
        lines += section("Orders by final state", report.finalStates)
        lines += section("Neither delivered nor cancelled, by reason", report.unfinished)
        lines += section("Corners of the input", report.inputCorners)
        lines += section("Outbound without a sale", report.outbound)
        lines += section("Wanted otherwise, by answer", report.wishes)
        lines += section("Exceptions", report.exceptions)
        lines += section("Partners", report.partners)
        if let returns = report.returns {
            lines += section("Returns, by end", returns.ends) + section("Returned items, by reason", returns.reasons)
            lines += section("Boxes on the returns desks", returns.receipts)
            lines += ["Refunds               \(returns.refunds), \(returns.restockedUnits) units sold again"]
        }
        lines += figures(report)
        return lines.joined(separator: "\n")
    }

    private static func figures(_ report: RehearsalReport) -> [String] {
        let days = report.daysToDoor, parcels = report.parcels, pace = report.pace
        let promised = report.promises.kept + report.promises.missed
        let shipping = report.shipping.perOrder.map(\.description) ?? "–"
        let audit = report.auditFindings == 0 ? "nothing to report" : "\(report.auditFindings) findings"
        return [
            "Days to the door      median \(figure(days.median)), p90 \(figure(days.p90)), p99 \(figure(days.p99))",
            "Promises kept         \(report.promises.kept) of \(promised) (\(percent(report.promises.keptPerMillion)))",
            "Parcels               \(parcels.parcels) for \(parcels.shippedOrders) orders, \(parcels.splitOrders) orders split",
            "Shipping              \(shipping) an order",
            "Carton fill           \(percent(report.cartonFill.meanPerMillion)) on average",
            "Pace                  \(pace.ordersPerSecond) orders and \(pace.eventsPerSecond) events a second",
            "Time                  \(pace.wallSeconds) s",
            "Audit                 \(audit)",
            "Digest                \(report.digest)",
        ]
    }

    private static func section(_ title: String, _ counts: [NamedCount]) -> [String] {
        guard !counts.isEmpty else { return [] }
        let width = String(counts.map(\.count).max() ?? 0).count
        return [title] + counts.map { "  \(String($0.count).leftPadded(width))  \($0.name)" } + [""]
    }

    private static func figure(_ value: Double?) -> String { value.map { String($0) } ?? "–" }

    private static func percent(_ ppm: Int64?) -> String {
        ppm.map { "\($0 / 10_000).\($0 / 1000 % 10) %" } ?? "–"
    }
}
