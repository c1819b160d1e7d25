import Flows
import Foundation
import Kernel
import Store
import Synchronization

/// What everybody else does: a transaction an order that locks its supplies (SELECT … FOR UPDATE, in the order of ids), decides,
/// writes and commits, on sixteen connections at once. The rows are the same as the batch's, written by the same code.
struct SurgeLocks {
    static let connections = 16
    /// Of the id generators; no node of the bench has these numbers.
    private static let firstNode = 900

    let ground: SurgeGround

    func measure(seconds: Double, run: String, isHot: Bool) throws -> SurgeRate {
        let engine = ground.store.engine, placed = Mutex(0), failure = Mutex<(any Error)?>(nil)
        let usage = SurgeUsage()
        SurgeInProcess.onThreads(Self.connections) { number in
            do {
                let connection = try engine.connect(readOnly: false)
                defer { connection.close() }
                let batch = Batch(connection: connection, ids: IDGenerator(node: Self.firstNode + number))
                var orders = SurgeOrders(run: "\(run)\(number)", seed: UInt64(number), isHot: isHot)
                while usage.seconds < seconds {
                    let now = ground.store.clock()
                    let request = orders.request(of: ground.merchant, ground.currency, ground.country, at: now)
                    let flow = PlaceOrder(request, desk: ground.network.assembly.orders, actor: "bench")
                    batch.run([FlowJob(flow) { answer in
                        switch answer {
                        case .success: placed.withLock { $0 += 1 }
                        case .failure(let error): failure.withLock { $0 = error }
                        }
                    }], now: now)
                }
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        return SurgeRate(orders: placed.withLock { $0 }, seconds: usage.seconds, cpuMicros: usage.cpuMicros)
    }
}
