import Crypto
import Facilities
import Identity
import Inventory
import Kernel
import Orders

/// Goods that leave a site without being sold: a transfer, removal, disposal, sample or replacement.
package struct OutboundRequest: Sendable {
    package struct Line: Sendable {
        /// The merchant's own number of the SKU; no kit.
        package let sku: String
        package let quantity: Quantity

        package init(sku: String, quantity: Quantity) {
            self.sku = sku
            self.quantity = quantity
        }
    }

    package var merchant: MerchantID
    package var purpose: FulfillmentPurpose
    package var channel: String
    package var number: String
    /// The site they leave; a sample or replacement may leave any.
    package var from: SiteID?
    /// Of a transfer.
    package var to: SiteID?
    package var lines: [Line]
    /// Takes goods that are not for sale, in this condition: `new` for those in places not for sale. Nil takes goods for
    /// sale. Of a removal or disposal.
    package var condition: Condition?
    /// Who gets a removal or a sample.
    package var person: Person?
    package var destination: Destination?
    /// The order that a replacement stands in for; its shopper gets it.
    package var original: OrderID?
    package var reason: String?

    package init(
        merchant: MerchantID, purpose: FulfillmentPurpose, channel: String = "outbound", number: String, from: SiteID? = nil,
        to: SiteID? = nil, lines: [Line], condition: Condition? = nil, person: Person? = nil, destination: Destination? = nil,
        original: OrderID? = nil, reason: String? = nil
    ) {
        self.merchant = merchant
        self.purpose = purpose
        self.channel = channel
        self.number = number
        self.from = from
        self.to = to
        self.lines = lines
        self.condition = condition
        self.person = person
        self.destination = destination
        self.original = original
        self.reason = reason
    }

    var key: OrderKey { OrderKey(merchant: merchant, channel: channel, number: number) }

    /// SHA-256 over all that is asked for: a repeated request has the same.
    var contentHash: String {
        func id<Tag>(_ id: ID<Tag>?) -> JSON { id.map { .id($0) } ?? .null }
        let content: JSON = [
            "purpose": .string(purpose.rawValue), "from": id(from), "to": id(to), "original": id(original),
            "condition": condition.map { .string($0.rawValue) } ?? .null, "reason": reason.map(JSON.string) ?? .null,
            "person": person?.json ?? .null, "destination": destination?.json ?? .null,
            "lines": .array(lines.map { ["sku": .string($0.sku), "quantity": .int($0.quantity.rawValue)] }),
        ]
        return SHA256.hash(data: Array(content.text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Why an outbound order is not taken, in the order of the checks.
package enum OutboundRefused: Refusal, Equatable {
    case numberUsed(String)
    case notOutbound(FulfillmentPurpose)
    case noLines
    case badText(field: String, limit: Int)
    case badQuantity(line: Int, Quantity)
    case missing(field: String, FulfillmentPurpose)
    case notAllowed(field: String, FulfillmentPurpose)
    case siteNotOurs(String)
    case sameSite
    case doesNotReceive(String)
    case unknownSKU(line: Int, String)
    case unmeasured(line: Int, String)
    case stockShort(line: Int, sku: String, wanted: Quantity, available: Quantity)
    case noService(line: Int, sku: String)

    package static let codes = [
        "outbound.number_used", "outbound.purpose_invalid", "outbound.no_lines", "outbound.text_invalid",
        "outbound.quantity_invalid", "outbound.field_missing", "outbound.field_not_allowed", "outbound.site_not_ours",
        "transfer.same_site", "transfer.site_does_not_receive", "outbound.sku_unknown", "outbound.sku_unmeasured",
        "inventory.stock_short", "outbound.no_service",
    ]

    package var code: String {
        switch self {
        case .numberUsed: Self.codes[0]
        case .notOutbound: Self.codes[1]
        case .noLines: Self.codes[2]
        case .badText: Self.codes[3]
        case .badQuantity: Self.codes[4]
        case .missing: Self.codes[5]
        case .notAllowed: Self.codes[6]
        case .siteNotOurs: Self.codes[7]
        case .sameSite: Self.codes[8]
        case .doesNotReceive: Self.codes[9]
        case .unknownSKU: Self.codes[10]
        case .unmeasured: Self.codes[11]
        case .stockShort: Self.codes[12]
        case .noService: Self.codes[13]
        }
    }

    package var message: String {
        switch self {
        case .numberUsed(let number): "Order '\(number)' of this channel exists already with other content."
        case .notOutbound(let purpose): "A \(purpose.rawValue) is no outbound order: place it as an order."
        case .noLines: "An outbound order has between 1 and 200 lines, each SKU once."
        case .badText(let field, let limit): "\(field) has 1 to \(limit) characters."
        case .badQuantity(_, let quantity): "A quantity is 1 to 1,000,000, not \(quantity)."
        case .missing(let field, let purpose): "A \(purpose.rawValue) needs '\(field)'."
        case .notAllowed(let field, let purpose): "A \(purpose.rawValue) has no '\(field)'."
        case .siteNotOurs(let site):
                """
                Site '\(site)' is not run by us: nothing is disposed of there, and no goods of a condition are taken from it. Whoever \
                runs it does so, and its next stock report says it.
                """
        case .sameSite: "A transfer goes from one site to another; 'from' and 'to' are the same."
        case .doesNotReceive(let site): "Site '\(site)' does not receive goods: it is no fulfillment center of ours with a dock."
        case .unknownSKU(_, let sku): "The merchant has no SKU '\(sku)' that is held as goods."
        case .unmeasured(_, let sku): "SKU '\(sku)' has no weight and dimensions yet and cannot be packed."
        case .stockShort(_, let sku, let wanted, let available): "\(wanted) of SKU '\(sku)' wanted, \(available) available at the site."
        case .noService(_, let sku): "No carrier service takes SKU '\(sku)' to this destination."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .numberUsed, .siteNotOurs, .doesNotReceive, .unmeasured, .stockShort, .noService: .conflict
        case .notOutbound, .noLines, .badText, .badQuantity, .missing, .notAllowed, .sameSite, .unknownSKU: .invalid
        }
    }

    package var field: String? {
        switch self {
        case .numberUsed: "/number"
        case .notOutbound: "/purpose"
        case .noLines: "/lines"
        case .badText(let field, _), .missing(let field, _), .notAllowed(let field, _): "/\(field)"
        case .badQuantity(let line, _), .stockShort(let line, _, _, _): "/lines/\(line)/quantity"
        case .siteNotOurs: "/from"
        case .sameSite, .doesNotReceive: "/to"
        case .unknownSKU(let line, _), .unmeasured(let line, _), .noService(let line, _): "/lines/\(line)/sku"
        }
    }
}

extension OutboundRequest {
    /// What can be said without the database.
    func check() throws(OutboundRefused) {
        guard ![.sale, .wholesale].contains(purpose) else { throw .notOutbound(purpose) }
        guard (1...200).contains(lines.count), Set(lines.map(\.sku)).count == lines.count else { throw .noLines }
        for (field, text) in [("number", number), ("channel", channel)] where !(1...100).contains(text.count) {
            throw .badText(field: field, limit: 100)
        }
        if let reason, !(1...200).contains(reason.count) { throw .badText(field: "reason", limit: 200) }
        for (index, line) in lines.enumerated() {
            guard (1...1_000_000).contains(line.quantity.rawValue) else { throw .badQuantity(line: index, line.quantity) }
        }
        let given = [
            "from": from != nil, "to": to != nil, "recipient": destination != nil, "original": original != nil,
            "reason": reason != nil, "condition": condition != nil,
        ]
        for field in purpose.needs where given[field] == false { throw .missing(field: field, purpose) }
        for (field, isGiven) in given.sorted(by: { $0.key < $1.key })
        where isGiven && !purpose.needs.contains(field) && !purpose.mayHave.contains(field) {
            throw .notAllowed(field: field, purpose)
        }
    }
}

extension FulfillmentPurpose {
    fileprivate var needs: [String] {
        switch self {
        case .transfer: ["from", "to"]
        case .removal: ["from", "recipient"]
        case .disposal: ["from", "reason"]
        case .sample: ["recipient"]
        case .replacement: ["original", "reason"]
        case .sale, .wholesale: []
        }
    }

    fileprivate var mayHave: [String] {
        switch self {
        case .transfer: ["reason"]
        case .removal: ["reason", "condition"]
        case .disposal: ["condition"]
        case .sample: ["from", "reason"]
        case .replacement: ["from"]
        case .sale, .wholesale: []
        }
    }
}
