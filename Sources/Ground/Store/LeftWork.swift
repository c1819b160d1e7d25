import Kernel

/// What transactions leave for followers, the outbox and the timer to do, for a stepper that would look in vain otherwise.
///
/// What was rolled back may stand here as well; what was committed always does.
package final class LeftWork {
    private(set) var emitted = 0
    private var last: [String: Int] = [:]
    private var rested: [String: Int] = [:]
    private var hasParked = false
    /// No open call is due before.
    var nextCall = Instant.distantPast
    /// No open clock runs before.
    var nextClock = Instant.distantPast

    func emit(_ events: [NewEvent]) {
        for event in events {
            emitted += 1
            last[event.type] = emitted
        }
    }

    func call(at due: Instant) { nextCall = min(nextCall, due) }
    func clock(at due: Instant) { nextClock = min(nextClock, due) }

    /// A parked event is tried again at its own time: nobody rests from then on.
    func park() { hasParked = true }

    /// How many events were written since the follower was at the end of the log.
    func unread(by follower: any Follower) -> Int {
        guard let seen = rested[follower.name], !hasParked else { return .max }
        return emitted - seen
    }

    /// Whether one of those that it has not read concerns it.
    func concerns(_ follower: any Follower) -> Bool {
        guard let seen = rested[follower.name], !hasParked else { return true }
        return last.contains { $0.value > seen && follower.takes($0.key) }
    }

    /// The follower is at the end of the log.
    func rest(_ follower: any Follower) { rested[follower.name] = emitted }
}
