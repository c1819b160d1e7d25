import Flows
import Kernel
import Orders
import Store
import Testing
import Views

/// What orders should be after each step, kept in memory by plain rules.
struct LifeOracle {
    struct Line: Equatable {
        let sku: String
        var quantity: Int64
        var price: Int64
        /// The floor has it.
        var isBegun = false

        func isSame(_ other: Line) -> Bool { sku == other.sku && quantity == other.quantity && price == other.price }
    }

    struct Order {
        let id: OrderID
        let shopper: String
        var lines: [Line]
        var version: Int64 = 1
        var holds: Set<String> = []
        var isOpen = true
    }

    let stock: [String: Int64]
    var orders: [Order] = []
    private var nextPrice: Int64 = 100

    init(stock: [String: Int64]) { self.stock = stock }

    mutating func price() -> Int64 {
        nextPrice += 1
        return nextPrice
    }

    /// A kit is two of `A` and one of `B`.
    static func units(_ lines: [Line]) -> [String: Int64] {
        lines.reduce(into: [:]) { sum, line in
            if line.sku == "KIT" {
                sum["A", default: 0] += 2 * line.quantity
                sum["B", default: 0] += line.quantity
            } else {
                sum[line.sku, default: 0] += line.quantity
            }
        }
    }

    /// What all open orders but one have of a SKU.
    func reserved(_ sku: String, but index: Int? = nil) -> Int64 {
        orders.indices.filter { $0 != index && orders[$0].isOpen }.reduce(0) { $0 + (Self.units(orders[$1].lines)[sku] ?? 0) }
    }

    /// Whether there is as much, with what an order has given back.
    func fits(_ lines: [Line], for index: Int? = nil) -> Bool {
        let wanted = Self.units(lines)
        return wanted.allSatisfy { reserved($0.key, but: index) + $0.value <= stock[$0.key] ?? 0 }
    }

    /// What editing an order to these lines is answered with.
    func answer(_ index: Int, _ lines: [Line], stale: Bool) -> String {
        let order = orders[index]
        if stale { return "order.version_stale" }
        if !order.isOpen { return "order.ended" }
        var left = lines
        for begun in order.lines where begun.isBegun {
            guard let same = left.firstIndex(where: begun.isSame) else { return "order.line_in_work" }
            left.remove(at: same)
        }
        return fits(lines, for: index) ? "ok" : "inventory.stock_short"
    }
}
