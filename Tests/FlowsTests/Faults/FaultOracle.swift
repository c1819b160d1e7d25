import Flows
import Identity
import Inventory
import Kernel
import Orders

/// An order as a client sends it, as often as it likes.
struct FaultOrder {
    let number: String
    /// SKUs by index.
    let lines: [(sku: Int, quantity: Int64)]
    let way: OrderWay
    let isPaid: Bool
    let mayWait: Bool
    let placed: Instant
}

/// What a client asks of the order desk.
enum FaultCommand {
    case place([FaultOrder])
    case pay(String)
    case cancel(String)
    case hold(sku: Int, quantity: Int64, reference: String, minutes: Int64)
    case release(String)
    /// A bin holds so many.
    case count(sku: Int, site: Int, quantity: Int64)
    /// A shipment of this number came.
    case receive(sku: Int, site: Int, quantity: Int64, number: String)
}

/// All that was acknowledged, and what follows from it for the books. Knows nothing of how the desk works.
struct FaultOracle {
    struct Known {
        let order: FaultOrder
        let id: OrderID
        var isPaid: Bool
        var isCancelled = false
    }

    private(set) var orders: [String: Known] = [:]
    /// Numbers in the order they were acknowledged.
    private(set) var numbers: [String] = []
    /// Units in the bin of each SKU at each site.
    private(set) var bins: [[Int64]]
    /// By reference.
    private(set) var holds: [String: HoldID] = [:]
    private(set) var received: Set<String> = []

    init(bins: [[Int64]]) { self.bins = bins }

    mutating func took(_ order: FaultOrder, as id: OrderID) {
        if orders[order.number] == nil { numbers.append(order.number) }
        let before = orders[order.number]
        orders[order.number] = Known(
            order: order, id: id, isPaid: before?.isPaid ?? order.isPaid, isCancelled: before?.isCancelled ?? false)
    }

    mutating func paid(_ number: String) { orders[number]?.isPaid = true }
    mutating func cancelled(_ number: String) { orders[number]?.isCancelled = true }
    mutating func held(_ reference: String, as id: HoldID) { holds[reference] = id }
    mutating func counted(_ quantity: Int64, sku: Int, site: Int) { bins[sku][site] = quantity }

    mutating func received(_ number: String, _ quantity: Int64, sku: Int, site: Int) {
        if received.insert(number).inserted { bins[sku][site] += quantity }
    }

    func onHand(_ sku: Int) -> Int64 { bins[sku].reduce(0, +) }

    /// Units of an order that were not cancelled.
    static func live(_ known: Known) -> Int64 {
        known.isCancelled ? 0 : known.order.lines.reduce(0) { $0 + $1.quantity }
    }
}
