import Edges
import Kernel

/// Counts what is odd in the Olist files and taken all the same.
struct OlistCorners {
    let pass: CheckPass
    let ground: OlistGround
    let hasPayments: Bool

    /// Never finds a problem; a `read` of the orders with their customers, items and payments at hand.
    func orders(_ rows: [CSVRow]) throws -> [ImportProblem] {
        let items = try pass.scratch.children(of: rows.map(\.number), in: "item")
        let payments = try pass.scratch.children(of: rows.map(\.number), in: "payment")
        let customers = try pass.scratch.find(rows.map { $0["customer_id"] }, in: "customer")
        for row in rows {
            let bought = items[row.number] ?? []
            guard !bought.isEmpty else {
                pass.tallies.count("orders without items (\(row["order_status"])), not taken")
                continue
            }
            if hasPayments, bought.reduce(0, { $0 + $1.amount }) != (payments[row.number] ?? []).reduce(0, { $0 + $1.amount }) {
                pass.tallies.count("orders paid otherwise than items and freight add up to")
            }
            let sellers = Set(try bought.map { try StagedText.read($0.content, as: OlistItem.self).seller })
            pass.expected += Int64(sellers.count)
            if sellers.count > 1 { pass.tallies.count("orders of several sellers, one made of each") }
            if row["order_approved_at"].isEmpty { pass.tallies.count("orders whose payment was not approved") }
            if OlistStatus(rawValue: row["order_status"])?.isCancelled ?? false {
                pass.tallies.count("orders cancelled as soon as recorded (\(row["order_status"]))")
            }
            let customer = try customers[row["customer_id"]].map { try StagedText.read($0.value, as: OlistCustomer.self) }
            if customer?.place == nil { pass.tallies.count("orders to a city without coordinates") }
        }
        return []
    }

    func merchants() throws {
        try pass.scratch.each("merchant") { pass.expected += Int64($0.count) }
    }

    func skus() throws {
        try pass.scratch.each("sku") { marks in
            pass.expected += Int64(marks.count)
            let products = try pass.scratch.find(marks.map { RowKey.split($0.key)[1] }, in: "product")
            for mark in marks {
                guard let text = products[RowKey.split(mark.key)[1]]?.value else { continue }
                let product: OlistProduct = try StagedText.read(text)
                if product.size == nil || product.weight == nil { pass.tallies.count("SKUs without dimensions or weight") }
                if product.category.isEmpty { pass.tallies.count("SKUs without a category") }
            }
        }
    }
}

extension StagedText {
    static func read<T: Decodable>(_ text: String, as _: T.Type) throws -> T { try read(text) }
}
