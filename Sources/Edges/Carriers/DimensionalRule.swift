import Kernel

/// How a carrier makes a weight of a parcel's size and its scale weight.
package enum DimensionalRule: Hashable, Sendable, Codable {
    /// Size does not count.
    case none
    /// Each side is rounded up to a whole `side`, the volume divided by so many cubic centimetres a kilogram (5000 at
    /// most express carriers), the greater of both rounded up to a whole `step`.
    case metric(divisor: Int64, side: Millimetres, step: Grams)
    /// Each side is rounded up to a whole inch, the volume divided by so many cubic inches a pound (139 at UPS and FedEx
    /// since August 2025), the greater of both rounded up to a whole pound.
    case imperial(divisor: Int64)

    /// What is paid for: never less than the scale weight.
    package func billableWeight(_ parcel: ParcelFacts) -> Grams {
        switch self {
        case .none:
            return parcel.weight
        case .metric(let divisor, let side, let step):
            let volume = volume(parcel.dimensions) { roundedUp($0, to: max(1, side.rawValue)) }
            // A cubic centimetre is 1000 mm³ and a kilogram 1000 g, so that mm³ over the divisor are grams.
            let dimensional = divided(volume, by: divisor)
            return Grams(roundedUp(max(parcel.weight.rawValue, dimensional), to: max(1, step.rawValue)))
        case .imperial(let divisor):
            let inches = volume(parcel.dimensions) { divided($0 * 10, by: 254) }
            let scale = divided(parcel.weight.rawValue * 100_000, by: Grams.poundTimes100000)
            return .pounds(max(scale, divided(inches, by: divisor)))
        }
    }

    private func volume(_ size: Dimensions, _ side: (Int64) -> Int64) -> Int64 {
        side(size.length.rawValue) * side(size.width.rawValue) * side(size.height.rawValue)
    }
}

extension Grams {
    /// A pound is 453.59237 g exactly.
    static let poundTimes100000: Int64 = 45_359_237

    /// The weight of whole pounds, to the gram below: the scale weight of a card's row "up to n lb".
    package static func pounds(_ count: Int64) -> Grams { Grams(count * poundTimes100000 / 100_000) }
}

private func divided(_ value: Int64, by divisor: Int64) -> Int64 { (value + divisor - 1) / divisor }
private func roundedUp(_ value: Int64, to step: Int64) -> Int64 { divided(value, by: step) * step }
