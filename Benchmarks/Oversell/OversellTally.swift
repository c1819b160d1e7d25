import Kernel

/// What a shop confirmed, beside what it had.
struct OversellTally {
    enum Verdict: String {
        /// Confirmed more than there was.
        case oversells
        /// Refused somebody though units were left at the end.
        case undersells
        /// Sold all there was and not one more.
        case exact = "sells exactly"
        /// So many requests failed that it cannot be told.
        case inconclusive
    }

    private(set) var units: Int64 = 0
    private(set) var sold: Int64 = 0
    private(set) var oversold: Int64 = 0
    private(set) var unsold: Int64 = 0
    private(set) var orders: Int64 = 0
    private(set) var refused: Int64 = 0
    private(set) var failed: Int64 = 0
    private(set) var micros: [Int64] = []
    private var seconds: Double = 0
    private var failure: String?
    /// What the shop itself says is left.
    var remaining: String?

    init() {}

    init(units: Int, _ answers: [(OversellRound.Outcome, Duration)], in time: Duration) {
        self.units = Int64(units)
        var known: Set<String> = []
        for (outcome, duration) in answers {
            micros.append(duration.micros)
            switch outcome {
            case .confirmed(let order, let count) where known.insert(order).inserted: sold += Int64(count)
            case .confirmed: break
            case .refused: refused += 1
            case .failed(let why):
                failed += 1
                failure = failure ?? why
            }
        }
        orders = Int64(known.count)
        oversold = max(0, sold - self.units)
        unsold = max(0, self.units - sold)
        seconds = Double(time.micros) / 1e6
    }

    mutating func add(_ other: OversellTally) {
        units += other.units
        sold += other.sold
        oversold += other.oversold
        unsold += other.unsold
        orders += other.orders
        refused += other.refused
        failed += other.failed
        micros += other.micros
        seconds += other.seconds
        failure = failure ?? other.failure
        remaining = other.remaining
    }

    var verdict: Verdict {
        if oversold > 0 { return .oversells }
        if failed * 100 > Int64(micros.count) { return .inconclusive }
        return unsold > 0 && refused > 0 ? .undersells : .exact
    }

    func line(_ head: [String: JSON]) -> JSON {
        let sorted = micros.sorted()
        var members: [String: JSON] = [
            "subject": "oversell", "units": .int(units), "sold": .int(sold), "oversold": .int(oversold), "unsold": .int(unsold),
            "orders": .int(orders), "requests": .int(Int64(micros.count)), "refused": .int(refused), "failed": .int(failed),
            "requestsPerSecond": .int(seconds > 0 ? Int64(Double(micros.count) / seconds) : 0),
            "p50Micros": .int(sorted.isEmpty ? 0 : sorted[sorted.count / 2]),
            "p99Micros": .int(sorted.isEmpty ? 0 : sorted[sorted.count * 99 / 100]),
        ]
        if let failure { members["failure"] = .string(failure) }
        if let remaining { members["remaining"] = .string(remaining) }
        return .object(members.merging(head) { _, new in new })
    }
}
