import Flows
import Foundation
import Kernel
import Store
import Synchronization

/// Orders placed without HTTP: the same flow as the bulk route's, from a few threads.
struct SurgeInProcess {
    static let ordersAtOnce = 250
    private static let threads = 4

    let ground: SurgeGround

    func measure(seconds: Double, run: String, isHot: Bool) throws -> SurgeRate {
        let placed = Mutex(0), failure = Mutex<(any Error)?>(nil)
        let usage = SurgeUsage()
        Self.onThreads(Self.threads) { number in
            var orders = SurgeOrders(run: "\(run)\(number)", seed: UInt64(number), isHot: isHot)
            do {
                while usage.seconds < seconds {
                    let taken = try place(&orders)
                    placed.withLock { $0 += taken }
                }
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        return SurgeRate(
            orders: placed.withLock { $0 }, seconds: usage.seconds, cpuMicros: usage.cpuMicros, lag: try ground.lag())
    }

    private func place(_ orders: inout SurgeOrders) throws -> Int {
        let now = ground.store.clock()
        let requests = (0..<Self.ordersAtOnce).map { _ in
            orders.request(of: ground.merchant, ground.currency, ground.country, at: now)
        }
        let answers = try ground.store.performBlocking(PlaceOrders(requests, desk: ground.network.assembly.orders, actor: "bench"))
        for case .refused(let refusal) in answers { throw refusal }
        return answers.count
    }

    /// Runs `body` on so many threads and waits for all of them.
    static func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let group = DispatchGroup()
        for number in 0..<count {
            group.enter()
            let thread = Thread {
                body(number)
                group.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
    }
}

