import Foundation
import Kernel
import Synchronization

/// Jobs on their way to worker threads, with a bound. Within a lane they keep the order of their arrival; lanes take turns.
final class WorkQueue: Sendable {
    private struct State {
        var lanes: [Int64: Lane] = [:]
        /// The lanes with work, the next to be served first.
        var turns: [Int64] = []
        var weight = 0
        var isClosed = false
    }

    private struct Lane {
        var jobs: [any Job] = []
        /// How many of `jobs` are gone.
        var gone = 0
        var weight = 0
        /// Work it may still be given in its turn; what it got beyond that is taken off its next one.
        var credit = 0

        var isEmpty: Bool { gone == jobs.count }

        mutating func pop() -> any Job {
            let job = jobs[gone]
            gone += 1
            weight -= job.weight
            credit -= job.weight
            if gone > 256, gone * 2 > jobs.count {
                jobs.removeFirst(gone)
                gone = 0
            }
            return job
        }
    }

    /// Work that a lane is given in one turn.
    private static let quantum = 32
    private let limit: Int
    private let state = Mutex(State())
    private let signal = Signal()
    /// For those who wait until much waits.
    private let muchSignal = Signal()
    /// Work that is worth a second thread.
    static let much = 64
    private let threads = DispatchGroup()

    /// - Parameter limit: the weight that may wait in all; half of it in one lane, but for lane 0, which is everybody's.
    init(limit: Int) { self.limit = limit }

    /// A full queue fails the job with `StoreBusy`, a closed one with `StoreError.closed`.
    func put(_ job: some Job) {
        let lane = job.lane, weight = job.weight
        var isMuch = false
        let refusal: (any Error)? = state.withLock { state in
            if state.isClosed { return StoreError.closed }
            let room = lane == 0 ? limit : limit / 2
            guard state.weight + weight <= limit, (state.lanes[lane]?.weight ?? 0) + weight <= room else { return StoreBusy() }
            if state.lanes[lane]?.isEmpty ?? true { state.turns.append(lane) }
            state.lanes[lane, default: Lane()].jobs.append(job)
            state.lanes[lane]?.weight += weight
            state.weight += weight
            isMuch = state.weight >= Self.much
            return nil
        }
        if let refusal { return job.fail(refusal) }
        signal.wake()
        if isMuch { muchSignal.wake() }
    }

    /// Waits for work; nil once the queue is closed and empty.
    /// - Parameter onlyMuch: whether little is left to others.
    func take(upTo weight: Int, onlyMuch: Bool = false) -> [any Job]? {
        let least = onlyMuch ? Self.much : 1
        while true {
            let (jobs, isClosed) = state.withLock { state in
                (state.weight >= least ? Self.serve(&state, upTo: weight) : [], state.isClosed)
            }
            if !jobs.isEmpty { return jobs }
            if isClosed { return nil }
            (onlyMuch ? muchSignal : signal).wait { self.state.withLock { $0.weight < least && !$0.isClosed } }
        }
    }

    /// Deficit round robin (Shreedhar and Varghese, 1995): each lane in its turn gets a share of work and no more.
    private static func serve(_ state: inout State, upTo limit: Int) -> [any Job] {
        var jobs: [any Job] = [], taken = 0
        var served = 0
        while taken < limit, served < state.turns.count {
            let name = state.turns[served]
            guard var lane = state.lanes.removeValue(forKey: name) else { preconditionFailure("a turn is a lane's") }
            if lane.credit <= 0 { lane.credit += quantum }
            while !lane.isEmpty, lane.credit > 0, taken < limit {
                let job = lane.pop()
                taken += job.weight
                jobs.append(job)
            }
            served += 1
            if !lane.isEmpty {
                state.turns.append(name)
                state.lanes[name] = lane
            }
        }
        state.turns.removeFirst(served)
        state.weight -= taken
        return jobs
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
        muchSignal.wakeAll()
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
