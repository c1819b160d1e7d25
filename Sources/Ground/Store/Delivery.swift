import Foundation
import Kernel
import Synchronization

extension OutboxWorker {
    /// Makes a claimed call: an unknown one is asked for before it is sent again.
    package func make(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome {
        if item.isUnknown, let known = ask(item, request) { return known }
        return send(item, request)
    }
}

extension Store {
    /// Claims, makes and settles the calls of one kind that are due now; answers how many it made.
    ///
    /// Calls go out during the first half of the lease only, so that none is on its way when another node takes it over;
    /// one call must not take longer than the other half. Those whose turn did not come are given back.
    package func deliver(_ worker: any OutboxWorker, limit: Int = 50, leaseSeconds: Int = 60) throws -> Int {
        let deadline = DispatchTime.now() + Double(leaseSeconds) / 2
        let claimed = try performBlocking(ClaimOutbox(worker, node: node, limit: limit, lease: .seconds(leaseSeconds)))
        guard !claimed.isEmpty else { return 0 }
        let made = Lanes(claimed, worker).make(until: deadline)
        let settled = made.sorted { $0.key < $1.key }.map { (claimed[$0.key].0, $0.value) }
        let unmade = claimed.indices.filter { made[$0] == nil }.map { claimed[$0].0 }
        try performBlocking(SettleOutbox(worker, settled, unmade: unmade))
        return settled.count
    }
}

/// Claimed calls on their way out: those of a lane in their order, each lane on a thread of its own where there are several.
private final class Lanes: Sendable {
    private let calls: [(OutboxItem, JSON)]
    private let worker: any OutboxWorker
    private let outcomes = Mutex<[Int: OutboxOutcome]>([:])

    init(_ calls: [(OutboxItem, JSON)], _ worker: any OutboxWorker) {
        self.calls = calls
        self.worker = worker
    }

    /// What came of the calls that were begun in time, by their place.
    func make(until deadline: DispatchTime) -> [Int: OutboxOutcome] {
        let lanes = Dictionary(grouping: calls.indices) { worker.lane(of: calls[$0].0) }.sorted { $0.key < $1.key }.map(\.value)
        let others = DispatchGroup()
        for lane in lanes.dropFirst() {
            others.enter()
            Thread.detachNewThread { [self] in
                run(lane, deadline)
                others.leave()
            }
        }
        run(lanes[0], deadline)
        others.wait()
        return outcomes.withLock { $0 }
    }

    private func run(_ lane: [Int], _ deadline: DispatchTime) {
        for index in lane where DispatchTime.now() < deadline {
            let outcome = worker.make(calls[index].0, calls[index].1)
            outcomes.withLock { $0[index] = outcome }
        }
    }
}
