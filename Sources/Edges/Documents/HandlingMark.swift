/// How a parcel wants to be handled, printed on its label for the people who touch it.
///
/// The printed marks of dangerous goods are reminders at label size. They do not replace the marks the rules of
/// transport ask for on the package itself (100 mm, at least 50 mm a side for limited quantities).
package enum HandlingMark: Hashable, Sendable {
    case fragile
    case liquid
    case thisSideUp
    /// Dangerous goods packed in limited quantities (ADR 3.4, IATA 2.7).
    case limitedQuantity
    /// Lithium cells or batteries under section II, by their UN number: UN3480, UN3481, UN3090 or UN3091.
    case lithiumBattery(unNumber: String)

    /// The words on the label, one or two lines.
    var caption: [String] {
        switch self {
        case .fragile: ["FRAGILE"]
        case .liquid: ["LIQUID"]
        case .thisSideUp: ["THIS SIDE", "UP"]
        case .limitedQuantity: ["LTD", "QTY"]
        case .lithiumBattery(let unNumber): ["LITHIUM BATTERY", unNumber]
        }
    }

    var isValid: Bool {
        guard case .lithiumBattery(let unNumber) = self else { return true }
        let bytes = Array(unNumber.utf8)
        return bytes.count == 6 && unNumber.hasPrefix("UN") && bytes[2...].allSatisfy { (48...57).contains($0) }
    }
}
