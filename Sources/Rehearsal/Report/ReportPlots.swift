import Kernel

/// The drawings of a report.
struct ReportPlots {
    let report: RehearsalReport

    var finalStates: String { RankPlot(rows: report.finalStates).drawn(label: "Orders by final state") }

    /// Beyond this many days there is one bar for the rest.
    private static let longestDay = 40

    var daysToDoor: String {
        let days = report.daysToDoor
        var counts = Array(days.byDay.prefix(Self.longestDay))
        if days.byDay.count > Self.longestDay { counts.append(days.byDay.dropFirst(Self.longestDay).reduce(0, +)) }
        let bars = counts.enumerated().map { day, count in
            BarPlot.Bar(
                label: day == Self.longestDay ? "\(day)+" : "\(day)", value: Double(count),
                tip: "\(day) to \(day + 1) days: \(count.grouped) orders")
        }
        let markers = [("median", days.median), ("90 %", days.p90), ("99 %", days.p99)].compactMap { name, at in
            at.map { BarPlot.Marker(at: $0, name: "\(name) \($0.short) d") }
        }
        return BarPlot(
            bars: bars, markers: markers, xTitle: "days from order to door", yTitle: "orders", labelsAreBounds: true,
            lastBound: counts.count <= min(14, Self.longestDay) ? "\(counts.count)" : nil
        ).drawn(label: "Orders by days from order to door")
    }

    var promises: String {
        let bars = report.promises.weeks.map { week in
            let all = week.kept + week.missed
            return BarPlot.Bar(
                label: week.monday.label(of: 7 * report.promises.weeks.count),
                value: Double(perMillion(week.kept, of: all) ?? 0) / 10_000,
                tip: "week of \(week.monday): \(week.kept.grouped) of \(all.grouped) kept")
        }
        return BarPlot(bars: bars, xTitle: "week of the promised day", yTitle: "promises kept", percent: true)
            .drawn(label: "Promises kept by week")
    }

    var cartonFill: String {
        let bars = report.cartonFill.byTenth.enumerated().map { tenth, count in
            BarPlot.Bar(
                label: "\(tenth * 10)", value: Double(count),
                tip: "\(tenth * 10) to \(tenth * 10 + 10) %: \(count.grouped) parcels")
        }
        let mean = report.cartonFill.meanPerMillion.map {
            BarPlot.Marker(at: Double($0) / 100_000, name: "mean \(Percent(ppm: $0))")
        }
        return BarPlot(
            bars: bars, markers: [mean].compactMap(\.self), xTitle: "per cent of the carton that is goods",
            yTitle: "parcels", labelsAreBounds: true, lastBound: "100"
        ).drawn(label: "Parcels by how full their cartons are")
    }

    var backlog: String {
        let days = Set(report.backlog.flatMap { $0.days.map(\.day) }).sorted()
        guard let first = days.first, let last = days.last else { return "" }
        let labels = (0...(last - first)).map { (first + $0).label(of: last - first) }
        let series = report.backlog.map { site in
            LinePlot.Series(name: site.site, points: site.days.map { ($0.day - first, Double($0.orders)) })
        }
        return LinePlot(series: series, labels: labels, xTitle: "day", yTitle: "open orders")
            .drawn(label: "Open orders at the end of each day, by site")
    }
}

extension CivilDate {
    /// `21 Nov`, or `Nov 2026` on an axis of more than ten months.
    func label(of days: Int) -> String {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (year, month, day) = parts
        return days > 300 ? "\(names[month - 1]) \(year)" : "\(day) \(names[month - 1])"
    }
}

extension Double {
    /// Two decimals at most.
    var short: String {
        let hundredths = Int64((self * 100).rounded())
        let (whole, rest) = (hundredths / 100, hundredths % 100)
        if rest == 0 { return "\(whole)" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
