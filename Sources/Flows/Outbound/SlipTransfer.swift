import Exceptions
import Facilities
import Inventory
import Kernel
import Orders
import Store
import Transport

/// The goods of a transfer come later than was said. What was promised of them moves along: dates by whole days, so that
/// departures stay at their time of day. The date first shown to a shopper stays.
package struct SlipTransfer: Flow {
    let order: OrderID
    let arrival: Instant

    package init(_ order: OrderID, to arrival: Instant) {
        self.order = order
        self.arrival = arrival
    }

    package enum Refused: Refusal, Equatable {
        case notUnderWay(OrderID)

        package var code: String { "transfer.not_under_way" }
        package var message: String {
            switch self {
            case .notUnderWay(let order): "\(order) is no transfer with parcels under way."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package func run(in tx: Transaction) throws {
        guard let to = try OutboundOrders.transfers([order], in: tx)[order] else { throw Refused.notUnderWay(order) }
        let coming = try Parcels.of(order, in: tx).filter(\.isUnderWay)
        guard let owner = coming.first?.merchant else { throw Refused.notUnderWay(order) }
        let skus = Set(coming.flatMap { $0.items.map(\.sku) }).sorted()
        let delays = try Inbound.slip(skus, at: to, source: order.raw, to: arrival, in: tx)
        try PutOff.run(delays, in: tx)
        try tx.closeClocks([TransferSupply.clock], of: [order.raw], outcome: "slipped")
        try tx.schedule(
            TransferSupply.clock, source: "slip", due: [(order.raw, owner, arrival + TransferSupply.patience, [:])])
    }
}

/// A transfer is not there a day after it should be: it slips by a day, and somebody looks for it.
package struct LateTransfers: ClockHandler {
    package let kinds = [TransferSupply.clock]

    package init() {}

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        try clocks.map { clock in
            let order = OrderID(clock.subject)
            guard try Parcels.of(order, in: tx).contains(where: \.isUnderWay) else { return "arrived" }
            try SlipTransfer(order, to: clock.due).run(in: tx)
            try OpenAtStake.run(
                [
                    NewException(
                        TransferSupply.late, subject: order, merchant: clock.owner, ownerRole: .operator,
                        due: clock.due + .hours(24), detail: "Not received at the far site a day after its promised arrival.")
                ], in: tx)
            return "slipped"
        }
    }
}
