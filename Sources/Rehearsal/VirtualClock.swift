import Identity
import Kernel
import Synchronization

/// The clock of a rehearsal, read by what is called from outside a transaction.
package final class VirtualClock: Sendable {
    private let moment: Mutex<Instant>

    init(_ start: Instant) { moment = Mutex(start) }

    func set(_ now: Instant) { moment.withLock { $0 = now } }

    package var now: @Sendable () -> Instant { { self.moment.withLock { $0 } } }
}

/// Random bytes that a seed repeats, for the vault of a rehearsal.
final class SeededBytes: Sendable {
    private let random: Mutex<SeededRandom>

    init(seed: UInt64) { random = Mutex(SeededRandom(seed: seed).fork("vault")) }

    var next: @Sendable (Int) -> [UInt8] {
        { count in
            self.random.withLock { random in (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 17) } }
        }
    }
}
