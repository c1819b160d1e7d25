import Foundation
import Kernel

/// The table as it grows, and the object at its end.
struct SurgeReport {
    let isQuiet: Bool
    var bytesPerOrder = 0.0
    private var rates: [String: SurgeRate] = [:]

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        guard !isQuiet else { return }
        print("The full write an order: order, 3 lines, sealed recipient, commitments, events, clocks, stored sourcing.")
        print("Durable; followers run and are behind by so many events at the end. Server: this process; clients: another.")
        print(Self.line("engine", "what", "orders/s", "CPU µs", "p50 ms", "p99 ms", "behind"))
    }

    mutating func add(_ key: String, _ engine: String, _ what: String, _ rate: SurgeRate) {
        rates[key] = rate
        guard !isQuiet else { return }
        let hasTimes = rate.p99Micros > 0
        print(
            Self.line(
                engine, what, "\(Int(rate.perSecond))", Self.text(rate.cpuPerOrder, 1),
                hasTimes ? Self.text(Double(rate.p50Micros) / 1000, 2) : "", hasTimes ? Self.text(Double(rate.p99Micros) / 1000, 2) : "",
                "\(rate.lag)"))
    }

    private static func line(_ columns: String...) -> String {
        let widths = [9, 44, 10, 8, 8, 8, 8]
        return zip(columns, widths).enumerated().map { index, column in
            let space = String(repeating: " ", count: max(0, column.1 - column.0.count))
            return index < 2 ? column.0 + space : space + column.0
        }.joined(separator: " ")
    }

    private static func text(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

    private func share(_ one: String, of other: String) -> String {
        guard let one = rates[one], let other = rates[other], other.perSecond > 0 else { return "null" }
        return Self.text(one.perSecond / other.perSecond, 3)
    }

    private func rate(_ key: String) -> String { rates[key].map { "\(Int($0.perSecond))" } ?? "null" }

    func finish() {
        let figures = [
            ("bulkPerSecond", rate("sqliteBulk")), ("bulkShare", share("sqliteBulk", of: "sqliteBatch")),
            ("singlePerSecond", rate("single")), ("singleShare", share("single", of: "echo")),
            ("singleP99Ms", rates["half"].map { Self.text(Double($0.p99Micros) / 1000, 2) } ?? "null"),
            ("readersP99Ms", rates["read"].map { Self.text(Double($0.p99Micros) / 1000, 2) } ?? "null"),
            ("postgresBulkPerSecond", rate("postgresBulk")), ("postgresUniform", share("postgresBatch", of: "locks")),
            ("postgresHot", share("postgresHot", of: "locksHot")),
            ("cpuMicrosPerOrder", rates["sqliteBatch"].map { Self.text($0.cpuPerOrder, 1) } ?? "null"),
            ("bytesPerOrder", bytesPerOrder > 0 ? "\(Int(bytesPerOrder))" : "null"),
            ("batchPerSecond", rate("sqliteBatch")), ("hotPerSecond", rate("sqliteHot")), ("thinPerSecond", rate("thin")),
            ("echoPerSecond", rate("echo")), ("postgresBatchPerSecond", rate("postgresBatch")),
            ("postgresThinPerSecond", rate("postgresThin")),
        ]
        print("{" + figures.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}")
    }
}
