import Kernel
import Synchronization
import Views

/// The journey as it was a moment ago, so that a hundred screens cost little more than one.
final class LatestJourney: Sendable {
    private struct Kept {
        var journey: Journey
        var read: ContinuousClock.Instant
    }

    private let kept = Mutex<Kept?>(nil)
    private let read: @Sendable () async throws -> Journey
    private let freshness: Duration

    /// - Parameter freshness: how old what it answers may be.
    init(freshness: Duration, _ read: @escaping @Sendable () async throws -> Journey) {
        self.freshness = freshness
        self.read = read
    }

    func current() async throws -> Journey {
        let last = kept.withLock { $0 }
        if let last, .now - last.read < freshness { return last.journey }
        let journey = try await read()
        kept.withLock { $0 = Kept(journey: journey, read: .now) }
        return journey
    }
}
