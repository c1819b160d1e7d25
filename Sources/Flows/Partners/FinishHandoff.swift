import Exceptions
import Kernel
import Orders
import Partners
import Store
import Transport

/// Moves handoffs on of which nothing is open any more, and their fulfillment orders with them.
enum FinishHandoff {
    private static let ended: [ParcelState] = [.delivered, .returned, .lost, .voided]

    /// - Parameter ending: what it comes to where nothing was sent.
    static func run(_ ids: [FulfillmentID], ending: HandoffState, in tx: Transaction) throws {
        let done = try Handoffs.load(ids, in: tx).filter { $0.state.isOpen && $0.open == 0 }
        guard !done.isEmpty else { return }
        for one in done {
            let state = one.shipped > 0 ? .shipped : one.state == .cancelRequested ? .cancelled : ending
            try Handoffs.change(one, to: state, in: tx)
        }
        let sent = done.filter { $0.shipped > 0 }, none = done.filter { $0.shipped == 0 }
        try Fulfillments.change(none.map(\.id), to: .cancelled, in: tx)
        try OrderClocks.dropped(none.map(\.id), in: tx)
        try FreeCapacity.run(none.map(\.id), in: tx)
        try tx.closeClocks(PartnerClocks.ofOrders, of: none.map(\.id.raw), outcome: "ended")
        try settle(none, "ended", in: tx)
        try ship(sent, in: tx)
    }

    private static func ship(_ sent: [Handoff], in tx: Transaction) throws {
        let ids = sent.map(\.id)
        for state in [FulfillmentState.picked, .packed, .shipped] { try Fulfillments.change(ids, to: state, in: tx) }
        try tx.closeClocks(PartnerClocks.ofOrders + [OrderClocks.shipBy], of: ids.map(\.raw), outcome: "met")
        try settle(sent, "shipped", in: tx)
        // All that came may have arrived before the rest was given up.
        let over = try Parcels.complete(ids, in: ended, tx: tx)
        try Fulfillments.change(over, to: .closed, in: tx)
        try Handoffs.close(over, in: tx)
    }

    private static func settle(_ done: [Handoff], _ outcome: String, in tx: Transaction) throws {
        for kind in PartnerClocks.exceptions + [DueClocks.lateShipping] {
            try Exceptions.close(done.map(\.id.description), kind: kind, outcome: outcome, in: tx)
        }
    }
}
