import Kernel
import Synchronization

/// The picture as it was a moment ago, so that a hundred screens cost little more than one.
final class LatestPicture: Sendable {
    private struct Kept {
        var picture: TowerPicture
        var read: ContinuousClock.Instant
    }

    private let kept = Mutex<Kept?>(nil)
    private let read: @Sendable () async throws -> TowerPicture
    private let freshness: Duration

    /// - Parameter freshness: how old what it answers may be.
    init(freshness: Duration, _ read: @escaping @Sendable () async throws -> TowerPicture) {
        self.freshness = freshness
        self.read = read
    }

    func current() async throws -> TowerPicture {
        let last = kept.withLock { $0 }
        if let last, .now - last.read < freshness { return last.picture }
        let picture = try await read()
        kept.withLock { $0 = Kept(picture: picture, read: .now) }
        return picture
    }
}
