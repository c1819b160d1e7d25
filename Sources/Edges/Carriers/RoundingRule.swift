/// How a card rounds a charge to whole minor units, once.
package enum RoundingRule: String, Hashable, Sendable, CaseIterable, Codable {
    case halfUp = "half_up"
    /// Any fraction counts as one more.
    case up
    case halfEven = "half_even"

    /// - Parameters:
    ///   - amount: not negative.
    ///   - unit: what one whole is, above zero.
    package func round(_ amount: Int128, per unit: Int128) -> Int128 {
        let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
        let carries =
            switch self {
            case .halfUp: rest * 2 >= unit
            case .up: rest > 0
            case .halfEven: rest * 2 > unit || (rest * 2 == unit && !whole.isMultiple(of: 2))
            }
        return carries ? whole + 1 : whole
    }
}
