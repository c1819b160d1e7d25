import Kernel
import Orders
import Returns

/// What a shopper gets back for units, by the terms of the order's day.
struct ReturnMoney {
    let terms: ReturnTerms
    let currency: Currency
    /// Whether the shopper's way of sending cost us a label.
    let usesLabel: Bool
    /// The order's components, as far as they are refunded already.
    var basis: [ComponentID: RefundBasis]

    private var hasAmounts: Bool { terms.currency == currency }

    /// Counts the units as refunded, so that the next ones begin behind them.
    mutating func parts(_ units: [(component: ComponentID, quantity: Quantity, reason: ReturnReason)]) -> RefundParts {
        var parts = RefundParts()
        for unit in units where unit.quantity > 0 {
            guard let share = basis[unit.component]?.share(unit.quantity) else { continue }
            parts.items += share.price
            parts.tax += share.tax
            if unit.reason.isMerchantsFault {
                parts.shipping += share.shipping
            } else {
                parts.fee += partsPerMillion(of: share.price)
            }
            basis[unit.component]?.refunded += unit.quantity
        }
        let shopperPays = units.allSatisfy { terms.shopperPays.contains($0.reason) }
        if usesLabel, hasAmounts, shopperPays { parts.label = min(terms.labelFee, parts.amount) }
        return parts
    }

    private func partsPerMillion(of price: Int64) -> Int64 {
        let product = price.multipliedFullWidth(by: terms.restockingPPM)
        return Int64(1_000_000).dividingFullWidth(product).quotient
    }

    /// So little that the goods need not come back.
    func isKept(_ parts: RefundParts) -> Bool { hasAmounts && parts.amount < terms.keepUnder }

    /// So much that a person decides.
    func needsReview(_ parts: RefundParts) -> Bool { hasAmounts && terms.reviewOver.map { parts.amount > $0 } ?? false }
}
