import Kernel
import Store

/// The demo's clock: it runs faster than the wall, so that a person sees an order from the click to the door.
package struct DemoClock: Sendable {
    private let origin: Instant
    private let wallOrigin: Instant
    private let pace: Int64

    /// - Parameters:
    ///   - start: where the demo's time goes on.
    ///   - pace: demo seconds a second; 1 is real time.
    package init(start: Instant, pace: Int) {
        origin = start
        wallOrigin = .wallClock
        self.pace = Int64(pace)
    }

    package var now: @Sendable () -> Instant {
        { Instant(micros: origin.micros + (Instant.wallClock.micros - wallOrigin.micros) * pace) }
    }
}

