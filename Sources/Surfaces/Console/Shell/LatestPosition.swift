import Kernel
import Store
import Synchronization

/// How far the log has come, read once for all screens that wait for news.
final class LatestPosition: Sendable {
    private let kept = Mutex<(text: String, read: ContinuousClock.Instant)?>(nil)
    private let store: Store
    private let freshness: Duration

    /// - Parameter freshness: how old what it answers may be.
    init(_ store: Store, freshness: Duration) { (self.store, self.freshness) = (store, freshness) }

    /// Changes whenever something happened.
    func current() async throws -> String {
        if let last = kept.withLock({ $0 }), .now - last.read < freshness { return last.text }
        let text = try await store.read { try EventLog.end(in: $0).text }
        kept.withLock { $0 = (text, .now) }
        return text
    }
}
