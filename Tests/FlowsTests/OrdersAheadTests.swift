import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing
import Views

@testable import Flows

/// Orders decided before their transaction, on rows without locks.
@Suite("Orders decided ahead")
struct OrdersAheadTests {
    private typealias Told = [Result<PlacedOrder, any Error>]

    private static func decide(
        _ flows: [PlaceOrder], _ loaded: inout PlaceOrder.Loaded, in tx: Transaction
    ) throws -> Told {
        try flows.map { flow in
            do { return .success(try flow.decide(&loaded, in: tx)) } catch let refusal as any Refusal { return .failure(refusal) }
        }
    }

    /// As the writer does it; what comes in between happens after the decisions. Answers also whether these held.
    private static func place(
        _ flows: [PlaceOrder], _ network: SmallNetwork, between: @escaping @Sendable (Transaction) throws -> Void = { _ in }
    ) throws -> (told: Told, held: Bool) {
        try network.stepper.perform(InPlace { tx in
            guard var ahead = try PlaceOrder.look(flows, in: tx) else { return ([], false) }
            let told = try decide(flows, &ahead, in: tx)
            try between(tx)
            if try PlaceOrder.stillHolds(ahead, in: tx) {
                try PlaceOrder.write(ahead, in: tx)
                return (told, true)
            }
            var loaded = try PlaceOrder.load(flows, in: tx)
            let again = try decide(flows, &loaded, in: tx)
            try PlaceOrder.write(loaded, in: tx)
            return (again, false)
        })
    }

    private static func flows(_ network: SmallNetwork, _ numbers: Range<Int>, backorder: Bool = false) -> [PlaceOrder] {
        numbers.map { network.place($0, backorder: backorder) }
    }

    @Test("what was decided ahead is written where its goods are still there", arguments: EngineKind.all)
    func holds(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [3, 2])
            let (told, held) = try Self.place(Self.flows(network, 0..<8), network)
            #expect(held)
            #expect(told.map { (try? $0.get()) != nil } == [true, true, true, true, true, false, false, false])
            #expect(try network.reserved() == [3, 2])
            #expect(try network.findings() == [])
        }
    }

    @Test("what others took in between is decided anew", arguments: EngineKind.all)
    func taken(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [4, 0])
            let before = Self.flows(network, 100..<103)
            let (told, held) = try Self.place(Self.flows(network, 0..<2), network) { tx in
                var loaded = try PlaceOrder.load(before, in: tx)
                _ = try Self.decide(before, &loaded, in: tx)
                try PlaceOrder.write(loaded, in: tx)
            }
            #expect(!held)
            #expect(told.map { (try? $0.get()) != nil } == [true, false])
            #expect(try network.reserved() == [4, 0])
            #expect(try network.findings() == [])
        }
    }

    @Test("what comes at another time, or is known no longer, is decided anew", arguments: EngineKind.all)
    func changed(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [9, 0])
            for (at, change) in [
                "UPDATE supply SET available_from = available_from + 1", "UPDATE supply SET stale = 1",
                "UPDATE merchant SET catalog = catalog + 1",
            ].enumerated() {
                let (_, held) = try Self.place(Self.flows(network, 10 * at..<10 * at + 1), network) {
                    try $0.run(SQL(verbatim: change))
                }
                #expect(!held, "\(change)")
                _ = try network.stepper.perform(InPlace { try $0.run("UPDATE supply SET stale = 0") })
            }
        }
    }

    @Test("what waits for goods is decided where none can come in between", arguments: EngineKind.all)
    func waiting(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [1, 0])
            let (told, held) = try Self.place(Self.flows(network, 0..<3, backorder: true), network)
            #expect(!held)
            #expect(try told.map { try $0.get().waiting } == [0, 1, 1])
            #expect(try network.findings() == [])
        }
    }
}
