import Kernel

/// Compares what is in the hand with what was announced.
package enum ReturnMatch {
    package struct Found: Sendable {
        package let sku: SKUID
        package let quantity: Quantity
        package let isCounterfeit: Bool
        /// One for each unit where they can be read, or none.
        package let serials: [String]
        /// Another unit than the one that was sold with this order.
        package let isOther: Bool

        package init(
            sku: SKUID, quantity: Quantity, isCounterfeit: Bool = false, serials: [String] = [], isOther: Bool = false
        ) {
            self.sku = sku
            self.quantity = quantity
            self.isCounterfeit = isCounterfeit
            self.serials = serials
            self.isOther = isOther
        }
    }

    package struct Line: Hashable, Sendable {
        /// Index into what was found.
        package let found: Int
        package let quantity: Quantity
        package let finding: GoodsFinding
        /// For what was announced.
        package let item: RMAItemID?
    }

    /// Genuine goods of an announced SKU are taken for announced ones as long as some are open, in the order of the items.
    /// Of the rest, another SKU stands in the place of what is missing, and what is left is extra.
    package static func lines(_ found: [Found], of items: [RMAItem]) -> [Line] {
        var open = items.map(\.open), lines: [Line] = [], rest: [(index: Int, quantity: Quantity)] = []
        for (index, one) in found.enumerated() {
            if one.isCounterfeit {
                lines.append(Line(found: index, quantity: one.quantity, finding: .counterfeit, item: nil))
                continue
            }
            if one.isOther {
                lines.append(Line(found: index, quantity: one.quantity, finding: .wrong, item: nil))
                continue
            }
            var left = one.quantity
            for at in items.indices where items[at].sku == one.sku && left > 0 && open[at] > 0 {
                let part = min(left, open[at])
                open[at] -= part
                left -= part
                lines.append(Line(found: index, quantity: part, finding: .asAnnounced, item: items[at].id))
            }
            if left > 0 { rest.append((index, left)) }
        }
        var missing = open.reduce(0, +)
        for (index, quantity) in rest {
            let isAnnounced = items.contains { $0.sku == found[index].sku }
            let wrong = isAnnounced ? 0 : min(quantity, missing)
            missing -= wrong
            if wrong > 0 { lines.append(Line(found: index, quantity: wrong, finding: .wrong, item: nil)) }
            if quantity > wrong { lines.append(Line(found: index, quantity: quantity - wrong, finding: .extra, item: nil)) }
        }
        return lines
    }
}
