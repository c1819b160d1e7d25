import Foundation
import Kernel
import Synchronization

/// Jobs on their way to worker threads, in the order of arrival, with a bound.
final class WorkQueue: Sendable {
    private struct State {
        var waiting: [any Job] = []
        var isClosed = false
    }

    private let limit: Int
    private let state = Mutex(State())
    private let signal = Signal()
    private let threads = DispatchGroup()

    init(limit: Int) { self.limit = limit }

    /// A full queue fails the job with `StoreBusy`, a closed one with `StoreError.closed`.
    func put(_ job: some Job) {
        let refusal: (any Error)? = state.withLock { state in
            if state.isClosed { return StoreError.closed }
            if state.waiting.count >= limit { return StoreBusy() }
            state.waiting.append(job)
            return nil
        }
        if let refusal { job.fail(refusal) } else { signal.wake() }
    }

    /// Waits for work; nil once the queue is closed and empty.
    func take(upTo count: Int) -> [any Job]? {
        while true {
            let (jobs, isClosed) = state.withLock { state in
                let jobs = Array(state.waiting.prefix(count))
                state.waiting.removeFirst(jobs.count)
                return (jobs, state.isClosed)
            }
            if !jobs.isEmpty { return jobs }
            if isClosed { return nil }
            signal.wait { self.state.withLock { $0.waiting.isEmpty && !$0.isClosed } }
        }
    }

    /// Runs `body` on a thread of its own; `close` waits for its end.
    func spawn(_ name: String, _ body: @escaping @Sendable () -> Void) {
        threads.enter()
        let thread = Thread { [threads] in
            body()
            threads.leave()
        }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Lets the threads finish what waits, and returns when they have.
    func close() {
        state.withLock { $0.isClosed = true }
        signal.wakeAll()
        threads.wait()
    }
}

/// A condition variable whose predicate lives elsewhere.
private final class Signal: Sendable {
    private let condition = NSCondition()

    func wake() {
        condition.lock()
        condition.signal()
        condition.unlock()
    }

    func wakeAll() {
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    func wait(while idle: () -> Bool) {
        condition.lock()
        while idle() { condition.wait() }
        condition.unlock()
    }
}
