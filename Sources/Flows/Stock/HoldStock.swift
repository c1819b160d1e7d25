import Inventory
import Kernel
import Merchants
import Store

/// Keeps goods for a checkout or a drop for a short time.
package struct HoldStock: Flow {
    let merchant: MerchantID
    let sku: String
    /// Nil takes the site with the most to promise.
    let site: SiteID?
    let quantity: Quantity
    let purpose: String
    let reference: String
    let expires: Instant

    package init(
        merchant: MerchantID, sku: String, site: SiteID?, quantity: Quantity, purpose: String, reference: String,
        expires: Instant
    ) {
        self.merchant = merchant
        self.sku = sku
        self.site = site
        self.quantity = quantity
        self.purpose = purpose
        self.reference = reference
        self.expires = expires
    }

    package static let longest = Duration.days(30)

    package enum Refused: Refusal, Equatable {
        case unknownSKU(String)
        case badExpiry(Instant)

        package var code: String {
            switch self {
            case .unknownSKU: "hold.sku_unknown"
            case .badExpiry: "hold.expiry_invalid"
            }
        }
        package var message: String {
            switch self {
            case .unknownSKU(let sku): "The merchant has no SKU '\(sku)' that is held as goods."
            case .badExpiry(let at): "A hold ends within the next 30 days; \(at) is not."
            }
        }
        package var kind: RefusalKind { .invalid }
        package var field: String? {
            switch self {
            case .unknownSKU: "/sku"
            case .badExpiry: "/expires_at"
            }
        }
    }

    package func run(in tx: Transaction) throws -> HoldID {
        let code = SKUCode(merchant, sku)
        guard let facts = try Catalog.facts(codes: [code], in: tx)[code], !facts.isKit else { throw Refused.unknownSKU(sku) }
        guard expires > tx.now, expires <= tx.now + Self.longest else { throw Refused.badExpiry(expires) }
        let supplies = try Supply.load(of: [facts.id], locked: true, in: tx)[facts.id] ?? []
        let open = supplies.filter { $0.pool == "main" && $0.kind == .onHand && (site == nil || $0.site == site) }
        guard let best = open.max(by: { ($0.available, $1.id) < ($1.available, $0.id) }) else {
            throw Holds.Refused.short(available: 0, wanted: quantity)
        }
        return try Holds.place(
            NewHold(
                supply: best.id, owner: merchant, quantity: quantity, purpose: purpose, reference: reference, expires: expires),
            in: tx)
    }
}

/// Lets a hold go before it expires; one that has ended stays as it is.
package struct ReleaseHold: Flow {
    let hold: HoldID

    package init(_ hold: HoldID) { self.hold = hold }

    package func run(in tx: Transaction) throws { _ = try Holds.end([hold], as: "released", in: tx) }
}
