import Kernel
import Mustache

extension RehearsalReport {
    /// The report as one HTML page that needs nothing else: plots are drawn in it, and it has no script.
    package func html() throws -> String {
        let library = MustacheLibrary(templates: [
            "report": try MustacheTemplate(string: ReportTemplates.page),
            "style": try MustacheTemplate(string: ReportTemplates.style),
        ])
        guard let text = library.render(ReportContext(self), withTemplate: "report") else {
            preconditionFailure("there is no template of the report")
        }
        return text
    }
}

/// What the template reads: its members by name, of which it sees only the stored ones.
private struct ReportContext {
    struct Tile {
        var name: String
        var value: String
        var note: String
        var isAlarming = false
    }

    struct Figure {
        var title: String
        var drawing: String
        var legend: [LegendItem] = []
    }

    struct LegendItem {
        var name: String
        var style: String
    }

    struct Table {
        let title: String
        let rows: [Row]
        /// Said where there are no rows.
        let nothing: String?
    }

    struct Row {
        var name: String
        var count: String
    }

    let title: String
    let from: String
    let until: String
    let engine: String
    let seed: String
    let digest: String
    let tiles: [Tile]
    let figures: [Figure]
    private(set) var tables: [Table]

    init(_ report: RehearsalReport) {
        title = "Rehearsal of \(report.orders.grouped) orders"
        from = report.from.dayText
        until = report.until.dayText
        engine = report.engine
        seed = String(report.seed)
        digest = report.digest
        tiles = Self.tiles(report)
        figures = Self.figures(report)
        tables = [
            Self.table("Neither delivered nor cancelled", report.unfinished, "Every order came to its end."),
            Self.table("Outbound without a sale", report.outbound, "Nothing left but what was sold."),
            Self.table("Wanted otherwise", report.wishes, "Every order was wanted as it was placed."),
            Self.table("Exceptions", report.exceptions, "Nothing needed a person."),
            Self.table("Corners of the input", report.inputCorners, "The input was as it should be."),
        ] + (report.partners.isEmpty ? [] : [Self.table("Partners", report.partners, "")])
        tables += report.returns.map { Self.tables($0) } ?? []
    }

    private static func table(_ title: String, _ counts: [NamedCount], _ nothing: String) -> Table {
        Table(
            title: title, rows: counts.map { Row(name: $0.name, count: $0.count.grouped) },
            nothing: counts.isEmpty ? nothing : nil)
    }

    private static func tables(_ returns: ReturnRecord) -> [Table] {
        let sums = [NamedCount("units sold again", returns.restockedUnits)]
        return [
            table("Returns, with \(returns.refunds) refunded", returns.ends + sums, "Nothing came back."),
            table("Why shoppers sent things back", returns.reasons, "Nobody did."),
            table("Boxes on the returns desks", returns.receipts, "None came."),
        ]
    }

    private static func figures(_ report: RehearsalReport) -> [Figure] {
        let plots = ReportPlots(report: report)
        let legend = report.backlog.enumerated().map { LegendItem(name: $0.element.site, style: LinePlot.style($0.offset)) }
        return [
            Figure(title: "What became of the orders", drawing: plots.finalStates),
            Figure(title: "How long they took", drawing: plots.daysToDoor),
            Figure(title: "Promises kept, week by week", drawing: plots.promises),
            Figure(title: "Backlog by site", drawing: plots.backlog, legend: legend),
            Figure(title: "How full the cartons are", drawing: plots.cartonFill),
        ].filter { !$0.drawing.isEmpty }
    }

    private static func tiles(_ report: RehearsalReport) -> [Tile] {
        let (days, promises, parcels) = (report.daysToDoor, report.promises, report.parcels)
        return [
            Tile(
                name: "Days to the door", value: days.median?.short ?? "–",
                note: "median; 90 % within \(days.p90?.short ?? "–"), 99 % within \(days.p99?.short ?? "–")"),
            Tile(
                name: "Promises kept", value: Percent(ppm: promises.keptPerMillion).description,
                note: "\(promises.missed.grouped) of \((promises.kept + promises.missed).grouped) missed"),
            Tile(
                name: "Parcels per order", value: parcels.perOrder?.short ?? "–",
                note: "\(parcels.parcels.grouped) parcels; \(parcels.splitOrders.grouped) orders split"),
            Tile(
                name: "Shipping per order", value: report.shipping.perOrder?.description ?? "–",
                note: "\(report.shipping.total) in all"),
            Tile(
                name: "Carton fill", value: Percent(ppm: report.cartonFill.meanPerMillion).description,
                note: "mean of \(report.cartonFill.parcels.grouped) parcels"),
            Tile(
                name: "Orders a second", value: report.pace.ordersPerSecond.grouped,
                note: "\(report.pace.eventsPerSecond.grouped) events a second, \(report.pace.wallSeconds.short) s in all"),
            Tile(
                name: "Audit", value: report.auditFindings == 0 ? "clean" : report.auditFindings.grouped,
                note: report.auditFindings == 0 ? "books and orders agree" : "rows disagree",
                isAlarming: report.auditFindings > 0),
        ]
    }
}

extension Instant {
    /// The day in UTC.
    fileprivate var dayText: String { TimeZoneRule.utc.day(of: self).description }
}
