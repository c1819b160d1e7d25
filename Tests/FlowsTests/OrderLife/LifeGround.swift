import Flows
import Inventory
import Kernel
import Orders
import Rehearsal
import Store
import TestGround
import Views

extension CommitmentGround {
    typealias Line = OrderRequest.Line

    static func line(
        _ sku: String, _ quantity: Int64, price: Int64 = 1000, discount: Int64 = 0, tax: Int64 = 0, unit: String? = nil
    ) -> Line {
        Line(sku: sku, quantity: Quantity(quantity), unitPrice: price, discount: discount, tax: tax, channelUnit: unit)
    }

    func placed(_ number: String, _ lines: [(String, Int64)] = [("A", 1)], backorder: Bool = false) throws -> OrderID {
        try stepper.perform(order(number, lines, backorder: backorder)).order
    }

    func edit(
        _ order: OrderID, _ lines: [Line]?, to destination: Destination? = nil, seen: Int64? = nil, backorder: Bool = false,
        acceptLater: Bool = false
    ) -> EditOrder {
        EditOrder(
            order, merchant: merchant, .init(lines: lines, destination: destination), seen: seen, backorder: backorder,
            acceptLater: acceptLater, desk: network.desk, actor: "test")
    }

    func edited(
        _ order: OrderID, _ lines: [Line]?, to destination: Destination? = nil, seen: Int64? = nil, backorder: Bool = false,
        acceptLater: Bool = false
    ) throws -> EditOrder.Answer {
        try stepper.perform(edit(order, lines, to: destination, seen: seen, backorder: backorder, acceptLater: acceptLater))
    }

    func details(_ order: OrderID) throws -> OrderDetails {
        try stepper.read { try OrderDetails.find(order, .network, in: $0) }
    }

    /// `sku waiting/reserved` of the lines that stand.
    func units(_ order: OrderID) throws -> [String] {
        try details(order).lines.map { line in
            "\(line.skuCode) " + line.components.map { "\($0.waiting)/\($0.reserved)" }.joined(separator: " ")
        }
    }

    func release(_ site: Int = 0) throws -> Int {
        try stepper.perform(ReleaseWave(site: network.sites[site], until: .distantFuture)).fulfillments
    }

    /// What the audit and the counts of the journey find.
    func wrong() throws -> [String] {
        try findings() + stepper.read { try StageCounts.compare(in: $0).map(\.description) }
    }

    /// All rows of what an order is made of.
    func rows() throws -> [String: Int64] {
        try stepper.read { tx in
            let tables = [
                "orders", "order_line", "order_component", "order_edit", "reservation", "fulfillment_order", "shortage", "event",
                "clock",
            ]
            var all = try tables.reduce(into: [String: Int64]()) { all, table in
                all[table] = try tx.value(SQL(verbatim: "SELECT COUNT(*) FROM \(table)"), as: Int64.self)
            }
            all["reserved"] = try tx.value("SELECT COALESCE(SUM(reserved), 0) FROM supply", as: Int64.self)
            all["versions"] = try tx.value("SELECT COALESCE(SUM(version), 0) FROM orders", as: Int64.self)
            all["open"] = try tx.value("SELECT COUNT(*) FROM clock WHERE closed_at IS NULL", as: Int64.self)
            return all
        }
    }
}
