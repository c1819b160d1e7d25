import CoreMetrics
import Synchronization

/// One series: a number that grows, a number that is set, or a distribution.
final class MetricCell: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    struct State {
        /// Sum of what was added or observed, or the value set.
        var value = 0.0
        var count: Int64 = 0
        /// Observations at most each bound of `bounds`; empty unless a histogram.
        var buckets: [Int64] = []
    }

    /// Upper bounds in seconds: from half a millisecond, where a cached read is, to ten seconds, where clients give up.
    static let bounds: [Double] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let kind: MetricKind
    private let content: Mutex<State>

    init(_ kind: MetricKind) {
        self.kind = kind
        var state = State()
        if kind == .histogram { state.buckets = Array(repeating: 0, count: Self.bounds.count) }
        content = Mutex(state)
    }

    var state: State { content.withLock { $0 } }

    func increment(by amount: Int64) { content.withLock { $0.value += Double(amount) } }
    func increment(by amount: Double) { content.withLock { $0.value += amount } }
    func decrement(by amount: Double) { content.withLock { $0.value -= amount } }
    func set(_ value: Int64) { content.withLock { $0.value = Double(value) } }
    func set(_ value: Double) { content.withLock { $0.value = value } }
    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { observe(Double(duration) / 1e9) }
    func reset() { content.withLock { $0.value = 0 } }

    func record(_ value: Double) {
        if kind == .gauge { set(value) } else { observe(value) }
    }

    private func observe(_ value: Double) {
        content.withLock { state in
            state.value += value
            state.count += 1
            for index in state.buckets.indices where value <= Self.bounds[index] { state.buckets[index] += 1 }
        }
    }
}
