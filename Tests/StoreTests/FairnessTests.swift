import Kernel
import Synchronization
import Testing

@testable import Store

/// The queue in front of the writer, by itself.
struct FairnessTests {
    private struct Piece: Flow {
        let lane: Int64
        var weight = 1
        func run(in tx: Transaction) throws {}
    }

    private static func lanes(_ jobs: [any Job]) -> [Int64] { jobs.map(\.lane) }

    @Test("one's many keep no other's few waiting") func turns() throws {
        let queue = WorkQueue(limit: 20_000)
        for _ in 0..<90 { queue.put(FlowJob(Piece(lane: 1, weight: 100)) { _ in }) }
        for _ in 0..<5 { queue.put(FlowJob(Piece(lane: 2)) { _ in }) }
        queue.put(FlowJob(Piece(lane: 3)) { _ in })
        let first = try #require(queue.take(upTo: 500))
        #expect(Self.lanes(first).filter { $0 == 2 }.count == 5)
        #expect(Self.lanes(first).filter { $0 == 3 }.count == 1)
        #expect(Self.lanes(first).filter { $0 == 1 }.count == 5)
    }

    @Test("lanes with much work share it, whatever the size of their pieces") func shares() throws {
        let queue = WorkQueue(limit: 20_000)
        for _ in 0..<80 { queue.put(FlowJob(Piece(lane: 1, weight: 100)) { _ in }) }
        for _ in 0..<8000 { queue.put(FlowJob(Piece(lane: 2)) { _ in }) }
        var taken: [Int64: Int] = [:]
        for _ in 0..<8 {
            for job in try #require(queue.take(upTo: 1000)) { taken[job.lane, default: 0] += job.weight }
        }
        let one = taken[1] ?? 0, two = taken[2] ?? 0
        #expect(one > 3000 && two > 3000, "\(one) and \(two) of 8000")
    }

    @Test("a lane keeps the order of its jobs") func order() throws {
        let queue = WorkQueue(limit: 20_000), seen = Mutex<[Int]>([])
        for number in 0..<900 {
            queue.put(FlowJob(Piece(lane: Int64(number % 3))) { _ in seen.withLock { $0.append(number) } })
        }
        var rest = 900
        while rest > 0 {
            let jobs = try #require(queue.take(upTo: 37))
            rest -= jobs.count
            for job in jobs { job.fail(StoreError.closed) }
        }
        let numbers = seen.withLock { $0 }
        for lane in 0..<3 {
            let own = numbers.filter { $0 % 3 == lane }
            #expect(own == own.sorted() && own.count == 300)
        }
    }

    @Test("half of the queue is for one lane, and what is beyond is refused at once as busy") func bound() {
        let queue = WorkQueue(limit: 100), refused = Mutex<[Int64]>([])
        func put(_ lane: Int64, _ count: Int) {
            for _ in 0..<count {
                queue.put(FlowJob(Piece(lane: lane)) { answer in
                    if case .failure(let error) = answer, error is StoreBusy { refused.withLock { $0.append(lane) } }
                })
            }
        }
        put(1, 60)
        put(2, 40)
        put(3, 20)
        #expect(refused.withLock { $0 } == Array(repeating: 1, count: 10) + Array(repeating: 3, count: 10))
        queue.close()
    }
}
