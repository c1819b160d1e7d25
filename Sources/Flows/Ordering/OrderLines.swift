import Inventory
import Kernel
import Merchants
import Orders
import Store

extension OrderRequest {
    private static let moneyLimit: Int64 = 1_000_000_000_000

    /// What can be said without the database but for whether the merchant exists; in the order of `PlaceOrderRefused`.
    func check(_ merchants: [MerchantID: Int64]) throws(PlaceOrderRefused) {
        guard (1...200).contains(lines.count) else { throw .noLines }
        for (field, text) in [("number", number), ("channel", channel)] where !(1...100).contains(text.count) {
            throw .badText(field: field, limit: 100)
        }
        for (index, line) in lines.enumerated() {
            guard (1...1_000_000).contains(line.quantity.rawValue) else { throw .badQuantity(line: index, line.quantity) }
        }
        for (index, line) in lines.enumerated() { try check(line, index) }
        guard merchants[merchant] != nil else { throw .unknownMerchant }
    }

    private func check(_ line: Line, _ index: Int) throws(PlaceOrderRefused) {
        let limit = Self.moneyLimit
        let fields = [
            ("unit_price_minor", line.unitPrice), ("discount_minor", line.discount), ("shipping_minor", line.shipping),
            ("tax_minor", line.tax),
        ]
        for (field, value) in fields where !(0...limit).contains(value) { throw .badMoney(line: index, field: field, value) }
        let (items, overflow) = line.unitPrice.multipliedReportingOverflow(by: line.quantity.rawValue)
        guard !overflow, items <= limit else { throw .badMoney(line: index, field: "unit_price_minor", line.unitPrice) }
        guard line.discount <= items else { throw .badMoney(line: index, field: "discount_minor", line.discount) }
    }
}

/// The lines of a request with their SKUs looked up and their kits taken apart.
struct OrderLines {
    private(set) var lines: [NewLine] = []
    private(set) var demands: [Demand] = []
    private var lineOf: [ComponentID: Int] = [:]

    init(_ request: OrderRequest, _ loaded: PlaceOrder.Loaded, in tx: Transaction) throws(PlaceOrderRefused) {
        try self.init(request, goods: loaded.goods, in: tx)
    }

    init(_ request: OrderRequest, goods: GoodsFacts, in tx: Transaction) throws(PlaceOrderRefused) {
        for (index, line) in request.lines.enumerated() {
            guard let entry = goods[SKUCode(request.merchant, line.sku)] else {
                throw .unknownSKU(line: index, line.sku)
            }
            let facts = entry.facts
            let parts = facts.isKit ? entry.kit : [KitComponent(sku: facts.id, quantity: 1, priceWeight: 1)]
            try add(line, index, entry, parts, request, in: tx)
        }
    }

    private mutating func add(
        _ line: OrderRequest.Line, _ index: Int, _ entry: GoodsFacts.Entry, _ parts: [KitComponent],
        _ request: OrderRequest, in tx: Transaction
    ) throws(PlaceOrderRefused) {
        let facts = entry.facts
        let weights = parts.map { $0.priceWeight * $0.quantity }
        let prices = Money.split(line.unitPrice * line.quantity.rawValue - line.discount, by: weights)
        let taxes = Money.split(line.tax, by: weights)
        var components: [NewComponent] = []
        for (at, part) in parts.enumerated() {
            guard let own = facts.isKit ? entry.parts[part.sku] : facts, request.mayWait || own.isMeasured else {
                throw .unmeasured(line: index, line.sku)
            }
            let one = NewComponent(
                id: tx.id(), sku: part.sku, perLine: Quantity(part.quantity), ordered: line.quantity * part.quantity,
                price: prices[at], tax: taxes[at])
            components.append(one)
            lineOf[one.id] = index
            demands.append(Demand(component: one.id, facts: own, quantity: one.ordered, kit: facts.isKit && !facts.maySplit ? index : nil))
        }
        lines.append(
            NewLine(
                id: tx.id(), sku: facts.id, quantity: line.quantity, unitPrice: line.unitPrice, discount: line.discount,
                shipping: line.shipping, tax: line.tax, channelUnit: line.channelUnit, components: components))
    }

    /// How much of each SKU all lines want together.
    var wanted: [SKUID: Quantity] {
        var sums: [SKUID: Quantity] = [:]
        for demand in demands { sums[demand.facts.id, default: 0] += demand.quantity }
        return sums
    }

    /// Refuses by the first line of a SKU of which no more may wait.
    func refuseWaiting(_ sourced: Sourced, _ request: OrderRequest, _ claims: inout OrderClaims) throws(PlaceOrderRefused) {
        guard !sourced.unfilled.isEmpty else { return }
        let waiting = demands.compactMap { one in sourced.unfilled[one.component].map { (sku: one.facts.id, quantity: $0) } }
        guard let full = claims.wait(waiting, for: request), let short = demands.first(where: { $0.facts.id == full.sku }),
            let index = lineOf[short.component]
        else { return }
        throw .backorderFull(line: index, sku: request.lines[index].sku, cap: full.cap, waiting: full.waiting)
    }

    /// Refuses by the first line that is short.
    func refuseShort(_ sourced: Sourced, _ request: OrderRequest) throws(PlaceOrderRefused) {
        guard !sourced.unfilled.isEmpty else { return }
        let short = demands.first { sourced.unfilled[$0.component] != nil }
        guard let short, let index = lineOf[short.component], let missing = sourced.unfilled[short.component] else { return }
        if sourced.refusedByCapacity { throw .noCapacity(line: index, sku: request.lines[index].sku) }
        if sourced.refusedByServices { throw .noService(line: index, sku: request.lines[index].sku) }
        throw .stockShort(
            line: index, sku: request.lines[index].sku, wanted: short.quantity, available: short.quantity - missing)
    }
}
