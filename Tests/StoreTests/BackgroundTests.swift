import Foundation
import Kernel
import Logging
import Store
import Synchronization
import TestGround
import Testing

struct BackgroundTests {
    static let migrations = Tally.migrations + Purchase.migrations + ClockTests.migrations

    static func leave(_ tx: Transaction) throws {
        try Tally.append(1...500, keys: 40, in: tx)
        try Purchase.enqueue(1...40, in: tx)
        try tx.schedule("ship.by", source: "test", due: (1...60).map { (Int64($0), nil, tx.now, [:]) })
    }

    static func isDone(_ tx: Transaction) throws -> Bool {
        let calls = try tx.value("SELECT COUNT(*) FROM purchase", as: Int.self)
        let bells = try tx.value("SELECT COUNT(*) FROM bell", as: Int.self)
        return try Tally.count(tx) == 1000 && calls == 40 && bells == 60
    }

    static func serve(_ store: Store, _ vendor: Vendor) -> Background {
        Background(
            store: store, followers: [Tally("first"), Tally("second")], clocks: [ClockTests.Bell()],
            workers: [Purchase(vendor: vendor)], logger: Logger(label: "background"))
    }

    @Test("the loops of a node, or of two, do all that is left to be done, once, and stop when told", arguments: EngineKind.shared)
    func loops(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let stores = try (kind == .postgres ? 0..<2 : 0..<1).map { _ in try database.store(migrations: Self.migrations) }
            let vendor = Vendor()
            let loops = stores.map { Self.serve($0, vendor) }
            try stores[0].performBlocking(InPlace(Self.leave))
            let deadline = DispatchTime.now() + 60
            while try !stores[0].readBlocking(Self.isDone), DispatchTime.now() < deadline { Thread.sleep(forTimeInterval: 0.05) }
            try #expect(stores[0].readBlocking(Self.isDone))
            try #expect(stores[0].readBlocking(Tally.parked) == [])
            #expect(vendor.calls == Array(repeating: 1, count: 40))
            for loop in loops { loop.stop() }
            for store in stores { store.close() }
        }
    }

    @Test("a follower takes what trickles in together, and is never far behind", arguments: EngineKind.shared)
    func rest(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let store = try database.store(migrations: [])
            let counting = Counting()
            let loops = Background(store: store, followers: [counting], clocks: [], workers: [], logger: Logger(label: "background"))
            var farthest = 0
            let begun = DispatchTime.now()
            for number in 1...300 {
                try store.performBlocking(InPlace { $0.emit(NewEvent("counted", key: "\(number)", occurred: $0.now)) })
                Thread.sleep(forTimeInterval: 0.002)
                farthest = max(farthest, number - counting.seen)
            }
            let seconds = Double(DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds) / 1e9
            let deadline = DispatchTime.now() + 60
            while counting.seen < 300, DispatchTime.now() < deadline { Thread.sleep(forTimeInterval: 0.01) }
            #expect(counting.seen == 300)
            #expect(farthest < 300)
            // It rests a tenth of a second between two steps.
            #expect(counting.steps <= Int(seconds * 10) + 3)
            loops.stop()
            store.close()
        }
    }

    /// Counts events, and the steps in which they came.
    final class Counting: Follower {
        let name = "counting"
        let types: Set<String> = ["counted"]
        private let counts = Mutex((steps: 0, events: 0))

        var steps: Int { counts.withLock { $0.steps } }
        var seen: Int { counts.withLock { $0.events } }

        func handle(_ events: [Event], in tx: Transaction) throws {
            counts.withLock { $0 = ($0.steps + 1, $0.events + events.count) }
        }
    }
}
