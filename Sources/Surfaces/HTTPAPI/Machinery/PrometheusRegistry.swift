import CoreMetrics
import Synchronization

/// A backend of swift-metrics that answers `GET /metrics` in the Prometheus text format, version 0.0.4.
///
/// Each name has at most `seriesPerName` combinations of labels; what comes after is added up in one series
/// whose labels all read `other`, so that no caller can make it grow without bound.
package final class PrometheusRegistry: MetricsFactory {
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"
    private static let maxNames = 1000

    private struct Family {
        var kind: MetricKind
        var series: [MetricLabels: MetricCell] = [:]
    }

    private let families = Mutex<[String: Family]>([:])
    private let seriesPerName: Int

    package init(seriesPerName: Int = 1000) { self.seriesPerName = seriesPerName }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, "_total", .counter, dimensions)
    }

    package func makeFloatingPointCounter(label: String, dimensions: [(String, String)])
        -> any FloatingPointCounterHandler
    {
        cell(label, "_total", .counter, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        cell(label, "", .gauge, dimensions)
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        cell(label, "", aggregate ? .summary : .gauge, dimensions)
    }

    /// Durations become a histogram in seconds.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        cell(label, "_seconds", .histogram, dimensions)
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// The cell of this name and these labels. A name that is used for two kinds keeps the first; the second is
    /// counted under the name with its kind behind it.
    private func cell(_ label: String, _ suffix: String, _ kind: MetricKind, _ dimensions: [(String, String)])
        -> MetricCell
    {
        let name = PrometheusText.name(label, suffix: suffix)
        let labels = MetricLabels(dimensions)
        return families.withLock { families in
            let clashes = families[name].map { $0.kind != kind } ?? false
            let own = clashes ? "\(name)_\(kind.rawValue)" : name
            guard families[own] != nil || families.count < Self.maxNames else { return MetricCell(kind) }
            var family = families[own] ?? Family(kind: kind)
            let isRoom = family.series[labels] != nil || family.series.count < seriesPerName
            let place = isRoom ? labels : labels.allOther
            if let cell = family.series[place] { return cell }
            let cell = MetricCell(kind)
            family.series[place] = cell
            families[own] = family
            return cell
        }
    }

    /// All metrics, by name and labels.
    package func text() -> String {
        let snapshot = families.withLock { $0 }
        return snapshot.sorted { $0.key < $1.key }.reduce(into: "") { text, entry in
            text += "# TYPE \(entry.key) \(entry.value.kind.rawValue)\n"
            for (labels, cell) in entry.value.series.sorted(by: { $0.key < $1.key }) {
                PrometheusText.append(cell.state, of: entry.key, labels, to: &text)
            }
        }
    }
}

enum MetricKind: String {
    case counter, gauge, summary, histogram
}

/// Names and values, in the order of their names.
struct MetricLabels: Hashable, Comparable {
    let pairs: [Pair]

    struct Pair: Hashable {
        var name: String
        var value: String
    }

    init(_ dimensions: [(String, String)]) {
        var seen: Set<String> = []
        pairs = dimensions.map { Pair(name: PrometheusText.name($0.0, suffix: ""), value: $0.1) }
            .filter { seen.insert($0.name).inserted }.sorted { $0.name < $1.name }
    }

    var allOther: MetricLabels { MetricLabels(pairs.map { ($0.name, "other") }) }

    static func < (a: Self, b: Self) -> Bool {
        a.pairs.map { [$0.name, $0.value] }.joined().lexicographicallyPrecedes(
            b.pairs.map { [$0.name, $0.value] }.joined())
    }
}
