import Exceptions
import Kernel
import Orders
import Store

/// Opens exceptions about orders: at stake is what the order costs its buyer.
enum OpenForOrders {
    static func run(
        _ all: [(exception: NewException, order: OrderID?)], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws {
        guard !all.isEmpty else { return }
        let values = try OrderValues.of(all.compactMap(\.order), in: tx)
        let valued = all.map { exception, order in
            var valued = exception
            valued.stake = exception.stake ?? order.flatMap { values[$0] }
            return valued
        }
        try Exceptions.open(valued, occurred: occurred, actor: actor, in: tx)
    }
}

/// What nobody dealt with in time is the operator's as well.
package struct EscalateExceptions: ClockHandler {
    package let kinds = [Exceptions.clock]

    package init() {}

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        try Exceptions.escalate(clocks.map { ExceptionID($0.subject) }, in: tx)
        return clocks.map { _ in "missed" }
    }
}
