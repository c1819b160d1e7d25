import Kernel
import Orders
import Returns

/// Units that come back, with what the desk made of them where that lowers what is given.
struct GradedUnits {
    let component: ComponentID
    let quantity: Quantity
    let reason: ReturnReason
    let grade: Grade?
}

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
        parts(graded: units.map { GradedUnits(component: $0.component, quantity: $0.quantity, reason: $0.reason, grade: nil) })
    }

    /// - Parameter units: with their grade, where it lowers what is given.
    mutating func parts(graded units: [GradedUnits]) -> RefundParts {
        var parts = RefundParts()
        for unit in units where unit.quantity > 0 {
            guard let share = basis[unit.component]?.share(unit.quantity) else { continue }
            parts.items += share.price
            parts.tax += share.tax
            if unit.reason.isMerchantsFault {
                parts.shipping += share.shipping
            } else {
                let worth = unit.grade.map(terms.refundPPM) ?? 1_000_000
                parts.fee += min(
                    share.price,
                    partsPerMillion(terms.restockingPPM, of: share.price) + partsPerMillion(1_000_000 - worth, of: share.price))
            }
            basis[unit.component]?.refunded += unit.quantity
        }
        let shopperPays = units.allSatisfy { terms.shopperPays.contains($0.reason) }
        if usesLabel, hasAmounts, shopperPays { parts.label = min(terms.labelFee, parts.amount) }
        return parts
    }

    private func partsPerMillion(_ parts: Int64, of price: Int64) -> Int64 {
        let product = price.multipliedFullWidth(by: parts)
        return Int64(1_000_000).dividingFullWidth(product).quotient
    }

    /// So little that the goods need not come back.
    func isKept(_ parts: RefundParts) -> Bool { hasAmounts && parts.amount < terms.keepUnder }

    /// So much that a person decides.
    func needsReview(_ parts: RefundParts) -> Bool { hasAmounts && terms.reviewOver.map { parts.amount > $0 } ?? false }
}
