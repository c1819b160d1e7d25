import Kernel
import Store

/// What makes a SKU dangerous to carry, in the terms of the UN Model Regulations.
package struct DangerousGoods: Hashable, Sendable {
    package enum PackingGroup: String, CaseIterable, Sendable, Codable, SQLValue {
        case great = "I"
        case medium = "II"
        case minor = "III"
    }

    /// Four digits: `3481`.
    package let unNumber: String
    /// Class or division: `3`, `2.1`, `1.4S`.
    package let hazardClass: String
    /// Nil where the entry has none (gases, batteries …).
    package let packingGroup: PackingGroup?
    /// Packed within the limits of chapter 3.4.
    package let limitedQuantity: Bool
    package let battery: Battery?

    package init(
        unNumber: String, hazardClass: String, packingGroup: PackingGroup? = nil, limitedQuantity: Bool = false,
        battery: Battery? = nil
    ) {
        self.unNumber = unNumber
        self.hazardClass = hazardClass
        self.packingGroup = packingGroup
        self.limitedQuantity = limitedQuantity
        self.battery = battery
    }
}

/// The lithium cells in or with a unit.
package struct Battery: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable, Codable, SQLValue {
        case lithiumIon = "lithium_ion"
        case lithiumIonPackedWith = "lithium_ion_packed_with"
        case lithiumIonContainedIn = "lithium_ion_contained_in"
        case lithiumMetal = "lithium_metal"
        case lithiumMetalPackedWith = "lithium_metal_packed_with"
        case lithiumMetalContainedIn = "lithium_metal_contained_in"

        /// The UN number of the dangerous goods list that this kind is carried under.
        package var unNumber: String {
            switch self {
            case .lithiumIon: "3480"
            case .lithiumIonPackedWith, .lithiumIonContainedIn: "3481"
            case .lithiumMetal: "3090"
            case .lithiumMetalPackedWith, .lithiumMetalContainedIn: "3091"
            }
        }
    }

    package let kind: Kind
    /// Energy of one unit; nil where unknown, and for metal cells, whose measure is their lithium.
    package let milliwattHours: Int64?

    package init(_ kind: Kind, milliwattHours: Int64? = nil) {
        self.kind = kind
        self.milliwattHours = milliwattHours
    }
}

extension DangerousGoods {
    /// What is wrong with it: the member at fault and the rule. Nil where nothing is.
    package var fault: (member: String, rule: String)? {
        if unNumber.utf8.count != 4 || !unNumber.utf8.allSatisfy({ (48...57).contains($0) }) {
            return ("un_number", "A UN number has four digits; '\(unNumber)' has not.")
        }
        if !Self.isClass(hazardClass) {
            return ("class", "'\(hazardClass)' is no class or division of dangerous goods.")
        }
        guard let battery else { return nil }
        if battery.kind.unNumber != unNumber {
            return (
                "battery/kind", "A battery \(battery.kind.rawValue) is UN \(battery.kind.unNumber), not UN \(unNumber)."
            )
        }
        if let energy = battery.milliwattHours, energy <= 0 {
            return ("battery/milliwatt_hours", "A battery holds more than \(energy) mWh.")
        }
        return nil
    }

    private static let divisions: Set = [
        "1", "2.1", "2.2", "2.3", "3", "4.1", "4.2", "4.3", "5.1", "5.2", "6.1", "6.2", "7", "8", "9",
    ]

    /// Class 1 has divisions 1.1 to 1.6, each with or without its compatibility group (2.1.2 of the regulations).
    private static func isClass(_ text: String) -> Bool {
        if divisions.contains(text) { return true }
        let bytes = Array(text.utf8)
        guard (3...4).contains(bytes.count), bytes[0] == 49, bytes[1] == 46, (49...54).contains(bytes[2]) else { return false }
        return bytes.count == 3 || "ABCDEFGHJKLNS".utf8.contains(bytes[3])
    }
}
