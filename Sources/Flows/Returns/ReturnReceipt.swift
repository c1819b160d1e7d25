import Kernel
import Orders
import Returns

/// What somebody at a returns desk has in the hand.
package struct ReturnReceipt: Sendable {
    package var site: SiteID
    /// What was scanned: the code of a return or a parcel, a tracking number, the id of a return or an order.
    package var code: String?
    /// The number of an order, where the slip inside bears one.
    package var order: OrderKey?
    package var found: [ReturnMatch.Found]
    /// A location of the kind hold; nil: the first of the site.
    package var location: LocationID?

    package init(
        site: SiteID, code: String?, order: OrderKey? = nil, found: [ReturnMatch.Found], location: LocationID? = nil
    ) {
        self.site = site
        self.code = code
        self.order = order
        self.found = found
        self.location = location
    }
}

/// How a receipt was understood.
package enum ReceiptKind: String, Codable, CaseIterable, Sendable {
    /// It was announced.
    case known
    /// Its order is known, and no return that waits for it.
    case blind
    case returnToOrigin = "rto"
    /// Nobody knows of which order it is: it stands in quarantine.
    case unknown
}

/// What became of a receipt.
package struct ReceivedReturn: Sendable {
    package let kind: ReceiptKind
    package let rma: RMAID?
    package let goods: [ReturnedGoods]
    /// Announced units that were not in it.
    package let missing: Quantity
}

/// Why nothing is received, in the order of the checks.
package enum ReceiptRefused: Refusal, Equatable {
    case badQuantity(item: Int, Quantity)
    case badSerials(item: Int)
    case noLocation(SiteID)
    case neverLeft(UnitID)

    package static let codes = [
        "return_receipt.quantity_invalid", "return_receipt.serials_wrong", "return_receipt.no_location",
        "return_receipt.never_left",
    ]

    package var code: String {
        switch self {
        case .badQuantity: Self.codes[0]
        case .badSerials: Self.codes[1]
        case .noLocation: Self.codes[2]
        case .neverLeft: Self.codes[3]
        }
    }

    package var message: String {
        switch self {
        case .badQuantity(_, let quantity): "A quantity is 1 to 1,000,000, not \(quantity)."
        case .badSerials: "Serials are of a SKU that is tracked by serial: one of 1 to 64 characters for each unit, each once."
        case .noLocation(let site): "\(site) has no location of the kind 'hold' to put returned goods in."
        case .neverLeft(let parcel): "\(parcel) was never handed over to a carrier: it is pulled and unpacked, not received as a return."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .badQuantity, .badSerials: .invalid
        case .noLocation, .neverLeft: .conflict
        }
    }

    package var field: String? {
        switch self {
        case .badQuantity(let item, _): "/items/\(item)/quantity"
        case .badSerials(let item): "/items/\(item)/serials"
        case .noLocation: "/site"
        case .neverLeft: "/code"
        }
    }
}
