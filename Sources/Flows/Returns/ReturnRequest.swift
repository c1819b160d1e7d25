import Crypto
import Kernel
import Orders
import Returns

/// A return as a shopper, a channel or a merchant asks for it.
package struct ReturnRequest: Sendable {
    /// The order, by its id or by the name its channel gave it.
    package enum Reference: Hashable, Sendable {
        case id(OrderID)
        case key(OrderKey)
    }

    package struct Item: Hashable, Sendable {
        /// What comes back: a whole line with all its parts, or one component.
        package enum What: Hashable, Sendable {
            case line(LineID)
            case component(ComponentID)
        }

        package var what: What
        package var quantity: Quantity
        package var reason: ReturnReason
        /// For an exchange: what the shopper wants instead.
        package var wanted: SKUID?

        package init(_ what: What, quantity: Quantity, reason: ReturnReason, wanted: SKUID? = nil) {
            self.what = what
            self.quantity = quantity
            self.reason = reason
            self.wanted = wanted
        }
    }

    package var order: Reference
    /// The only merchant whose order it may be; nil for the operator.
    package var merchant: MerchantID?
    /// The caller's own number: the same number is the same return.
    package var number: String
    package var items: [Item]
    package var resolution: Resolution
    package var method: ReturnMethod

    package init(
        order: Reference, merchant: MerchantID?, number: String, items: [Item], resolution: Resolution = .refund,
        method: ReturnMethod = .dropOff
    ) {
        self.order = order
        self.merchant = merchant
        self.number = number
        self.items = items
        self.resolution = resolution
        self.method = method
    }

    /// SHA-256 over all that was asked for of this order.
    func contentHash(_ order: OrderID) -> String {
        let items = items.map { item -> JSON in
            let what: JSON = switch item.what {
            case .line(let id): .id(id)
            case .component(let id): .id(id)
            }
            return [
                "what": what, "quantity": .int(item.quantity.rawValue), "reason": .string(item.reason.rawValue),
                "wanted": item.wanted.map { .id($0) } ?? .null,
            ]
        }
        let content: JSON = [
            "order": .id(order), "items": .array(items), "resolution": .string(resolution.rawValue),
            "method": .string(method.rawValue),
        ]
        return SHA256.hash(data: Array(content.text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Why a return is not taken, in the order of the checks.
package enum ReturnRefused: Refusal, Equatable {
    case numberUsed(String)
    case badNumber
    case noItems
    case badQuantity(item: Int, Quantity)
    case noMethod
    case unknownItem(item: Int)
    case nothingPaid(PaymentState)
    case notReturnable(item: Int, SKUID)
    case notDelivered(item: Int)
    case windowOver(item: Int, days: Int)
    case tooMany(item: Int, wanted: Quantity, left: Quantity)
    case unknownWanted(item: Int)
    case noSite

    package static let codes = [
        "return.number_used", "return.number_invalid", "return.no_items", "return.quantity_invalid", "return.method_invalid",
        "return.item_unknown", "return.nothing_paid", "return.not_returnable", "return.not_delivered", "return.window_over",
        "return.too_many", "return.wanted_unknown", "return.no_site",
    ]

    package var code: String { Self.codes[place] }

    private var place: Int {
        switch self {
        case .numberUsed: 0
        case .badNumber: 1
        case .noItems: 2
        case .badQuantity: 3
        case .noMethod: 4
        case .unknownItem: 5
        case .nothingPaid: 6
        case .notReturnable: 7
        case .notDelivered: 8
        case .windowOver: 9
        case .tooMany: 10
        case .unknownWanted: 11
        case .noSite: 12
        }
    }

    package var message: String {
        switch self {
        case .numberUsed(let number): "Return '\(number)' of this merchant exists already with other content."
        case .badNumber: "number has 1 to 100 characters."
        case .noItems: "A return has between 1 and 200 items."
        case .badQuantity(_, let quantity): "A quantity is 1 to 1,000,000, not \(quantity)."
        case .noMethod: "A return is handed in by 'label' or 'drop_off'."
        case .unknownItem: "The order has no such line or component."
        case .nothingPaid(let state): "The payment is \(state.rawValue): there is nothing to refund."
        case .notReturnable(_, let sku): "\(sku) is not taken back."
        case .notDelivered: "Nothing of it has arrived."
        case .windowOver(_, let days): "A return may be asked for within \(days) days from delivery; that time is over."
        case .tooMany(_, let wanted, let left): "\(wanted) units wanted back, \(left) arrived and are in no other return."
        case .unknownWanted: "An exchange names a SKU of the merchant for each item, and only an exchange does."
        case .noSite: "No site of the network takes returns."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .badNumber, .noItems, .badQuantity, .noMethod, .unknownItem, .unknownWanted: .invalid
        default: .conflict
        }
    }

    package var field: String? {
        switch self {
        case .numberUsed, .badNumber: "/number"
        case .noItems: "/items"
        case .badQuantity(let item, _), .tooMany(let item, _, _): "/items/\(item)/quantity"
        case .noMethod: "/method"
        case .unknownItem(let item), .notReturnable(let item, _), .notDelivered(let item), .windowOver(let item, _):
            "/items/\(item)"
        case .unknownWanted(let item): "/items/\(item)/wanted"
        case .nothingPaid, .noSite: nil
        }
    }
}
