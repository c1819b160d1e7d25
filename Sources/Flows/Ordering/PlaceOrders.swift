import Kernel
import Store

/// Takes many orders as one: each is answered by itself, in their order, as if they had been placed one by one.
package struct PlaceOrders: Flow {
    package enum Outcome: Sendable {
        case taken(PlacedOrder)
        case refused(any Refusal)
    }

    let flows: [PlaceOrder]

    package init(_ requests: [OrderRequest], desk: OrderDesk, actor: String) {
        flows = requests.map { PlaceOrder($0, desk: desk, actor: actor) }
    }

    package func run(in tx: Transaction) throws -> [Outcome] {
        guard !flows.isEmpty else { return [] }
        var loaded = try PlaceOrder.load(flows, in: tx)
        let answers = try flows.map { flow -> Outcome in
            do {
                return .taken(try flow.decide(&loaded, in: tx))
            } catch let refusal as any Refusal {
                return .refused(refusal)
            }
        }
        try PlaceOrder.write(loaded, in: tx)
        return answers
    }
}
