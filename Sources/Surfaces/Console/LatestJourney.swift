import Kernel
import Synchronization
import Views

/// The journey as it was at most a second ago, so that a hundred screens cost one reading a second.
final class LatestJourney: Sendable {
    private struct Kept {
        var journey: Journey
        var read: ContinuousClock.Instant
    }

    private let kept = Mutex<Kept?>(nil)
    private let read: @Sendable () async throws -> Journey
    private static let fresh = Duration.seconds(1)

    init(_ read: @escaping @Sendable () async throws -> Journey) { self.read = read }

    func current() async throws -> Journey {
        let last = kept.withLock { $0 }
        if let last, .now - last.read < Self.fresh { return last.journey }
        let journey = try await read()
        kept.withLock { $0 = Kept(journey: journey, read: .now) }
        return journey
    }
}
