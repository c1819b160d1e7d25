import Kernel
import Orders
import Store

/// Keeps how many units and parcels stand in each stage at each site, and what passes by the minute.
///
/// Its effects are sums, so that partitions and nodes never wait for each other's order.
package struct StageCounts: Follower {
    package let name = StageCounts.cursorName
    package let types = StageCounts.counted
    package let leadsOn = false

    static let cursorName = "views.stages"
    static let counted = StageMoves.types.union([NewEvent.orderStateType])

    package init() {}

    package func handle(_ events: [Event], in tx: Transaction) throws {
        var tally = StageTally(), flows = FlowCounts()
        for event in events { try Self.count(event, into: &tally, &flows) }
        try flows.addPromises(of: events, in: tx)
        try tally.add(in: tx)
        try flows.add(in: tx)
    }

    static func count(_ event: Event, into tally: inout StageTally, _ flows: inout FlowCounts) throws {
        guard let move = try StageMoves.of(event.type, site: event.site, quantity: event.quantity, payload: event.payload)
        else { return }
        tally.apply(move)
        if let kind = FlowKind(event.type, payload: event.payload) { flows.add(kind, at: event.occurred) }
    }
}
