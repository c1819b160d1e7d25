import Edges
import Kernel
import Merchants

/// The second pass over the Olist files, from what the first has kept.
struct OlistStaging {
    let scratch: Scratch
    let ground: OlistGround
    /// Where sellers and SKUs were seen first.
    let items: String

    static func merchantCode(_ seller: String) -> String { "s-" + seller }

    func merchants(_ body: ([StagedRow]) throws -> Void) throws {
        try scratch.each("merchant") { marks in
            try body(
                marks.map { mark in
                    let name = "Seller \(mark.key.prefix(8))"
                    return try StagedRow(
                        .merchants, items, mark.row,
                        StagedMerchant(code: Self.merchantCode(mark.key), name: name, currency: ground.currency))
                })
        }
    }

    func skus(_ body: ([StagedRow]) throws -> Void) throws {
        try scratch.each("sku") { marks in
            let products = try scratch.find(marks.map { RowKey.split($0.key)[1] }, in: "product")
            try body(
                marks.map { mark in
                    let parts = RowKey.split(mark.key)
                    let product = try products[parts[1]].map { try StagedText.read($0.value, as: OlistProduct.self) }
                    let category = product?.category ?? ""
                    return try StagedRow(
                        .skus, items, mark.row,
                        StagedSKU(
                            merchant: Self.merchantCode(parts[0]), code: parts[1], name: category.isEmpty ? "product" : category,
                            levels: [.init(kind: .each, units: 1, size: product?.size, weight: product?.weight)]))
                })
        }
    }

    func orders(_ rows: [CSVRow]) throws -> [StagedRow] {
        let items = try scratch.children(of: rows.map(\.number), in: "item")
        let customers = try scratch.find(rows.map { $0["customer_id"] }, in: "customer")
        return try rows.flatMap { row -> [StagedRow] in
            let order = try row.good { OlistOrder.parse(&$0, ground) }
            guard let text = customers[order.customer]?.value else { throw ImportRefused.filesChanged }
            let bought = try (items[row.number] ?? []).map { try StagedText.read($0.content, as: OlistItem.self) }
            return try made(order, try StagedText.read(text), bought).map { try StagedRow(.orders, row.file, row.number, $0) }
        }
    }

    /// One order for each seller, in the order of their first items.
    private func made(_ order: OlistOrder, _ customer: OlistCustomer, _ bought: [OlistItem]) throws -> [StagedOrder] {
        var sellers: [String] = []
        for item in bought where !sellers.contains(item.seller) { sellers.append(item.seller) }
        return sellers.enumerated().map { index, seller in
            StagedOrder(
                merchant: Self.merchantCode(seller),
                number: sellers.count == 1 ? order.number : "\(order.number)-\(index + 1)", channel: OlistForms.channel,
                placedAt: order.placed, currency: ground.currency, payment: order.isApproved ? .paid : .pending,
                deliverBy: order.estimated,
                destination: StagedDestination(
                    country: ground.country, region: customer.state, city: customer.city, postalArea: customer.postalArea,
                    place: customer.place),
                cancelled: order.status.isCancelled, lines: lines(bought.filter { $0.seller == seller }))
        }
    }

    /// Units of one product at one price are one line.
    private func lines(_ bought: [OlistItem]) -> [StagedLine] {
        var lines: [StagedLine] = []
        for item in bought {
            if let at = lines.firstIndex(where: { $0.sku == item.product && $0.unitPrice == item.price }) {
                lines[at].quantity += 1
                lines[at].shipping += item.freight
            } else {
                lines.append(StagedLine(sku: item.product, quantity: 1, unitPrice: item.price, shipping: item.freight))
            }
        }
        return lines
    }
}
