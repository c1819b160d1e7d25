import Kernel
import Orders

/// What is to change so that an order has the lines that are wanted: what stays, what only costs another price, what goes
/// and what comes. Decided from the lines alone.
///
/// A wanted line is first the line that is the same in all, then one of the same goods, quantity and channel unit. Of
/// equal lines those that work was begun on stay before others.
package struct OrderChange: Sendable, Equatable {
    /// Of goods that were looked up. Its money is minor units of the order's currency.
    package struct Wanted: Sendable {
        package var sku: SKUID
        package var line: OrderRequest.Line

        package init(_ sku: SKUID, _ line: OrderRequest.Line) {
            self.sku = sku
            self.line = line
        }
    }

    /// The line that each wanted one is; nil where it has to be put on.
    package private(set) var kept: [LineID?]
    /// Lines with other money, as they are to be.
    package private(set) var repriced: [LineRecord] = []
    package private(set) var removed: [LineID] = []

    package var added: [Int] { kept.indices.filter { kept[$0] == nil } }
    package var isNone: Bool { repriced.isEmpty && removed.isEmpty && added.isEmpty }
    /// Lines that do not stay as they are.
    package var touched: [LineID] { (removed + repriced.map(\.id)).sorted() }

    /// - Parameter begun: lines that somebody works on.
    package init(from stands: [LineRecord], to wanted: [Wanted], begun: Set<LineID>) {
        var left = stands.filter { begun.contains($0.id) } + stands.filter { !begun.contains($0.id) }
        kept = [LineID?](repeating: nil, count: wanted.count)
        for (index, one) in wanted.enumerated() {
            guard let same = left.firstIndex(where: { $0.hasGoods(of: one) && $0.hasMoney(of: one.line) }) else { continue }
            kept[index] = left.remove(at: same).id
        }
        for (index, one) in wanted.enumerated() where kept[index] == nil {
            guard let same = left.firstIndex(where: { $0.hasGoods(of: one) && !begun.contains($0.id) }) else { continue }
            let line = left.remove(at: same)
            kept[index] = line.id
            repriced.append(line.priced(as: one.line))
        }
        removed = left.map(\.id)
    }
}

extension LineRecord {
    fileprivate func hasGoods(of other: OrderChange.Wanted) -> Bool {
        sku == other.sku && quantity == other.line.quantity && channelUnit == other.line.channelUnit
    }

    fileprivate func hasMoney(of line: OrderRequest.Line) -> Bool {
        unitPrice == line.unitPrice && discount == line.discount && shipping == line.shipping && tax == line.tax
    }

    fileprivate func priced(as line: OrderRequest.Line) -> LineRecord {
        LineRecord(
            id: id, sku: sku, quantity: quantity, unitPrice: line.unitPrice, discount: line.discount, shipping: line.shipping,
            tax: line.tax, channelUnit: channelUnit)
    }
}
