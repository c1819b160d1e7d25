import Foundation
import Kernel

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
        var settled: [(OutboxItem, OutboxOutcome)] = []
        for (item, request) in claimed where DispatchTime.now() < deadline {
            settled.append((item, worker.make(item, request)))
        }
        guard !claimed.isEmpty else { return 0 }
        try performBlocking(SettleOutbox(worker, settled, unmade: claimed.dropFirst(settled.count).map(\.0)))
        return settled.count
    }
}
