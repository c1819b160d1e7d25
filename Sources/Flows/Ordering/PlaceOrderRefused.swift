import Inventory
import Kernel

/// Why an order is not taken, in the order of the checks.
package enum PlaceOrderRefused: Refusal, Equatable {
    case numberUsed(String)
    case noLines
    case badText(field: String, limit: Int)
    case badQuantity(line: Int, Quantity)
    case badMoney(line: Int, field: String, Int64)
    case unknownMerchant
    case unknownPool(String)
    case unknownHold(HoldID)
    case holdGone(HoldID, HoldState)
    case unknownSKU(line: Int, String)
    case unmeasured(line: Int, String)
    case stockShort(line: Int, sku: String, wanted: Quantity, available: Quantity)
    case noCapacity(line: Int, sku: String)
    case noService(line: Int, sku: String)
    case backorderFull(line: Int, sku: String, cap: Quantity, waiting: Quantity)

    package var code: String {
        switch self {
        case .numberUsed: "order.number_used"
        case .noLines: "order.no_lines"
        case .badText: "order.text_invalid"
        case .badQuantity: "order.quantity_invalid"
        case .badMoney: "order.money_invalid"
        case .unknownMerchant: "order.merchant_unknown"
        case .unknownPool: "order.pool_unknown"
        case .unknownHold: "order.hold_unknown"
        case .holdGone: "order.hold_gone"
        case .unknownSKU: "order.sku_unknown"
        case .unmeasured: "order.sku_unmeasured"
        case .stockShort: "inventory.stock_short"
        case .noCapacity: "order.no_capacity"
        case .noService: "order.no_service"
        case .backorderFull: "order.backorder_full"
        }
    }

    package static let codes = [
        "order.number_used", "order.no_lines", "order.text_invalid", "order.quantity_invalid", "order.money_invalid",
        "order.merchant_unknown", "order.pool_unknown", "order.hold_unknown", "order.hold_gone", "order.sku_unknown",
        "order.sku_unmeasured", "inventory.stock_short", "order.no_capacity", "order.no_service", "order.backorder_full",
    ]

    package var message: String {
        switch self {
        case .numberUsed(let number):
            "Order '\(number)' of this channel exists already with other content."
        case .noLines: "An order has between 1 and 200 lines."
        case .badText(let field, let limit): "\(field) has 1 to \(limit) characters."
        case .badQuantity(_, let quantity): "A quantity is 1 to 1,000,000, not \(quantity)."
        case .badMoney(_, let field, let value):
            "\(field) is \(value); it is 0 to 1,000,000,000,000 minor units, a discount no more than the items."
        case .unknownMerchant: "There is no such merchant."
        case .unknownPool(let pool): "The merchant has no open pool '\(pool)'."
        case .unknownHold(let hold): "The merchant has no hold '\(hold)'."
        case .holdGone(let hold, let state): "Hold \(hold) is \(state.rawValue); its goods are no longer kept for this order."
        case .unknownSKU(_, let sku): "The merchant has no SKU '\(sku)'."
        case .unmeasured(_, let sku):
            "SKU '\(sku)' has no weight and dimensions yet; it can be sold once they are stated or measured at receipt."
        case .stockShort(_, let sku, let wanted, let available): "\(wanted) of SKU '\(sku)' wanted, \(available) available to promise."
        case .noCapacity(_, let sku):
            "Every shift or departure that could send SKU '\(sku)' is full for \(SiteCalendar.searchDays) days."
        case .noService(_, let sku): "No carrier service takes SKU '\(sku)' to this destination."
        case .backorderFull(_, let sku, let cap, let waiting):
            "\(waiting) of SKU '\(sku)' are sold already that are not there; no more than \(cap) may be."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .numberUsed, .stockShort, .noCapacity, .noService, .unmeasured, .holdGone, .backorderFull: .conflict
        case .noLines, .badText, .badQuantity, .badMoney, .unknownMerchant, .unknownSKU, .unknownPool,
            .unknownHold: .invalid
        }
    }

    package var field: String? {
        switch self {
        case .numberUsed: "/number"
        case .noLines: "/lines"
        case .badText(let field, _): "/\(field)"
        case .badQuantity(let line, _), .stockShort(let line, _, _, _), .backorderFull(let line, _, _, _):
            "/lines/\(line)/quantity"
        case .badMoney(let line, let field, _): "/lines/\(line)/\(field)"
        case .unknownMerchant: "/merchant"
        case .unknownPool: "/pool"
        case .unknownHold, .holdGone: "/holds"
        case .unknownSKU(let line, _), .unmeasured(let line, _), .noCapacity(let line, _),
            .noService(let line, _): "/lines/\(line)/sku"
        }
    }
}
