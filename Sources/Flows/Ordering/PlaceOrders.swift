import Kernel
import Store

/// Takes many orders as one: each is answered by itself, in their order, as if they had been placed one by one.
package struct PlaceOrders: AheadFlow {
    package typealias Answer = [Outcome]

    package enum Outcome: Sendable {
        case taken(PlacedOrder)
        case refused(any Refusal)
    }

    let flows: [PlaceOrder]
    let desk: OrderDesk

    package init(_ requests: [OrderRequest], desk: OrderDesk, actor: String) {
        flows = requests.map { PlaceOrder($0, desk: desk, actor: actor) }
        self.desk = desk
    }

    package var lane: Int64 { flows.first?.lane ?? 0 }
    package var weight: Int { max(1, flows.count) }

    package static func load(_ all: [PlaceOrders], in tx: Transaction) throws -> PlaceOrder.Loaded {
        guard let desk = all.first?.desk, let loaded = try PlaceOrder.load(all.flatMap(\.flows), desk, locked: true, in: tx)
        else { preconditionFailure("a batch holds a flow") }
        return loaded
    }

    package static func look(_ all: [PlaceOrders], in tx: Transaction) throws -> PlaceOrder.Loaded? {
        try all.first.flatMap { try PlaceOrder.load(all.flatMap(\.flows), $0.desk, locked: false, in: tx) }
    }

    package static func stillHolds(_ loaded: PlaceOrder.Loaded, in tx: Transaction) throws -> Bool {
        try PlaceOrder.stillHolds(loaded, in: tx)
    }

    package func decide(_ loaded: inout PlaceOrder.Loaded, in tx: Transaction) throws -> [Outcome] {
        try flows.map { flow in
            do {
                return .taken(try flow.decide(&loaded, in: tx))
            } catch let refusal as any Refusal {
                return .refused(refusal)
            }
        }
    }

    package static func write(_ loaded: PlaceOrder.Loaded, in tx: Transaction) throws {
        try PlaceOrder.write(loaded, in: tx)
    }
}
