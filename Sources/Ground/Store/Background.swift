import Foundation
import Kernel
import Logging
import Synchronization

/// The threads of a serving node that go on without a caller: followers, timer, outbox, leases.
///
/// Each loop rests briefly when it found nothing to do. `stop` lets the step under way finish.
package final class Background: Sendable {
    private let store: Store
    private let logger: Logger
    private let stopping = Mutex(false)
    private let threads = DispatchGroup()

    package init(
        store: Store, followers: [any Follower], clocks: [any ClockHandler], workers: [any OutboxWorker], logger: Logger
    ) {
        self.store = store
        self.logger = logger
        // The timer's steps keep the writer's heartbeat going where nobody else writes.
        loop("timer", rest: 0.25) { try $0.performBlocking(TimerStep(clocks)) }
        let tail = LogTail()
        if !followers.isEmpty {
            loop("log", rest: 0.05, enough: LogTail.step / 2) { try $0.readBlocking { try tail.extend(in: $0) } }
        }
        for follower in followers {
            loop("lease \(follower.name)", rest: 5) { store in
                let nodes = try store.readBlocking { try $0.liveNodes() }
                _ = try store.performBlocking(LeasePartitions(follower.name, node: store.node, nodes: nodes))
                return 0
            }
            // One that has caught up rests, so that it does not ride along with every batch for a few events each.
            loop("follower \(follower.name)", rest: 0.1, enough: Self.stepLimit / 2) {
                try $0.performBlocking(FollowerStep(follower, node: $0.node, limit: Self.stepLimit, tail: tail))
            }
        }
        for worker in workers { loop("outbox \(worker.kind)", rest: 0.2) { try $0.deliver(worker) } }
    }

    private static let stepLimit = 2000

    /// - Parameter enough: a step that did so much is followed by the next at once.
    private func loop(_ name: String, rest: Double, enough: Int = 1, _ step: @escaping @Sendable (Store) throws -> Int) {
        threads.enter()
        let thread = Thread { [self] in
            while !isStopping {
                var found = 0
                do {
                    found = try step(store)
                } catch StoreError.closed {
                    break
                } catch {
                    logger.error("\(name) failed", metadata: ["error": "\(error)"])
                }
                if found < enough { pause(rest) }
            }
            threads.leave()
        }
        thread.name = "waybill \(name)"
        thread.start()
    }

    private var isStopping: Bool { stopping.withLock { $0 } }

    private func pause(_ seconds: Double) {
        let end = DispatchTime.now() + seconds
        while !isStopping, DispatchTime.now() < end { Thread.sleep(forTimeInterval: min(0.1, seconds)) }
    }

    /// Returns when every loop has ended.
    package func stop() {
        stopping.withLock { $0 = true }
        threads.wait()
    }
}
