import Facilities
import Inventory
import Kernel
import Merchants
import Store

/// Keeps goods for a checkout for a short time: all that is asked for, or nothing. An order that names the hold takes them
/// over (see `PlaceOrder`).
package struct HoldStock: Flow {
    package struct Line: Sendable {
        /// The merchant's own number of the SKU or kit.
        package let sku: String
        package let quantity: Quantity

        package init(sku: String, quantity: Quantity) {
            self.sku = sku
            self.quantity = quantity
        }
    }

    let merchant: MerchantID
    let lines: [Line]
    /// Nil: any, as few as possible.
    let site: SiteID?
    let pool: String
    let purpose: String
    let reference: String
    let expires: Instant

    package init(
        merchant: MerchantID, lines: [Line], site: SiteID? = nil, pool: String = Pool.main, purpose: String = "checkout",
        reference: String = "", expires: Instant
    ) {
        self.merchant = merchant
        self.lines = lines
        self.site = site
        self.pool = pool
        self.purpose = purpose
        self.reference = reference
        self.expires = expires
    }

    package static let longest = Duration.days(30)

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case badExpiry(Instant)
        case badLine(line: Int)
        case unknownSKU(line: Int, String)
        case unknownPool(String)
        case short(line: Int, sku: String, wanted: Quantity, available: Quantity)

        package static let samples: [Refused] = [
            .badExpiry(.distantPast), .badLine(line: 0), .unknownSKU(line: 0, ""), .unknownPool(""),
            .short(line: 0, sku: "", wanted: 0, available: 0),
        ]
        package var code: String {
            switch self {
            case .badExpiry: "hold.expiry_invalid"
            case .badLine: "hold.line_invalid"
            case .unknownSKU: "hold.sku_unknown"
            case .unknownPool: "hold.pool_unknown"
            case .short: "inventory.stock_short"
            }
        }
        package var message: String {
            switch self {
            case .badExpiry(let at): "A hold ends within the next 30 days; \(at) is not."
            case .badLine: "A hold has 1 to 200 lines of 1 to 1,000,000 pieces."
            case .unknownSKU(_, let sku): "The merchant has no SKU '\(sku)'."
            case .unknownPool(let pool): "The merchant has no open pool '\(pool)' that is taken from without standing in line."
            case .short(_, let sku, let wanted, let available):
                "\(wanted) of SKU '\(sku)' wanted, \(available) available to promise."
            }
        }
        package var kind: RefusalKind { if case .short = self { .conflict } else { .invalid } }
        package var field: String? {
            switch self {
            case .badExpiry: "/expires_at"
            case .badLine(let line): "/lines/\(line)"
            case .unknownSKU(let line, _): "/lines/\(line)/sku"
            case .unknownPool: "/pool"
            case .short(let line, _, _, _): "/lines/\(line)/quantity"
            }
        }
    }

    package func run(in tx: Transaction) throws -> HoldID {
        guard expires > tx.now, expires <= tx.now + Self.longest else { throw Refused.badExpiry(expires) }
        guard (1...200).contains(lines.count) else { throw Refused.badLine(line: 0) }
        if let bad = lines.firstIndex(where: { !(1...1_000_000).contains($0.quantity.rawValue) }) {
            throw Refused.badLine(line: bad)
        }
        let parts = try KitParts.load(lines.map { SKUCode(merchant, $0.sku) }, in: tx)
        var wanted: [(line: Int, sku: SKUID, quantity: Quantity)] = []
        for (index, line) in lines.enumerated() {
            guard let own = parts[SKUCode(merchant, line.sku)] else { throw Refused.unknownSKU(line: index, line.sku) }
            wanted += own.map { (index, $0.sku, line.quantity * $0.quantity) }
        }
        if pool != Pool.main {
            let open = try Pools.drawn(by: [merchant], channels: [], codes: [pool], in: tx)
            guard open.contains(where: { !$0.heldOnly }) else { throw Refused.unknownPool(pool) }
        }
        var shelf = try HoldShelf(wanted.map(\.sku), pool: pool, site: site, in: tx)
        var claims: [HoldClaim] = []
        for (line, sku, quantity) in wanted {
            let available = shelf.available(sku)
            guard available >= quantity else {
                throw Refused.short(line: line, sku: lines[line].sku, wanted: quantity, available: available)
            }
            claims += shelf.take(quantity, of: sku)
        }
        let hold = NewHold(
            owner: merchant, pool: pool, claims: HoldShelf.summed(claims), purpose: purpose, reference: reference, expires: expires)
        return try Holds.place([hold], in: tx)[0]
    }
}

/// The goods that holds are taken from: those that are there, of one pool. Locked.
struct HoldShelf {
    private var supplies: [SKUID: [Supply]] = [:]

    init(_ skus: [SKUID], pool: String, site: SiteID? = nil, in tx: Transaction) throws {
        let all = try Supply.load(of: skus, locked: true, in: tx)
        for (sku, list) in all {
            supplies[sku] = list.filter {
                $0.pool == pool && ($0.kind == .onHand || $0.kind == .partner) && (site == nil || $0.site == site) && $0.available > 0
            }
        }
        sortBySite()
    }

    /// Sites that have most of what is asked for first: a hold is on as few sites as the goods allow.
    private mutating func sortBySite() {
        var kinds: [SiteID: Int] = [:], units: [SiteID: Int64] = [:]
        for supply in supplies.values.joined() {
            kinds[supply.site, default: 0] += 1
            units[supply.site, default: 0] += supply.available.rawValue
        }
        for sku in supplies.keys.sorted() {
            supplies[sku]?.sort { rank($0) < rank($1) }
        }
        func rank(_ supply: Supply) -> (Int, Int64, SupplyID) {
            (-kinds[supply.site, default: 0], -units[supply.site, default: 0], supply.id)
        }
    }

    func available(_ sku: SKUID) -> Quantity { (supplies[sku] ?? []).reduce(0) { $0 + $1.available } }

    /// - Precondition: there is as much.
    mutating func take(_ quantity: Quantity, of sku: SKUID) -> [HoldClaim] {
        var left = quantity, claims: [HoldClaim] = []
        for index in (supplies[sku] ?? []).indices where left > 0 {
            guard let supply = supplies[sku]?[index] else { continue }
            let part = min(left, supply.available)
            guard part > 0 else { continue }
            supplies[sku]?[index].held += part
            claims.append(HoldClaim(supply: supply.id, sku: sku, quantity: part))
            left -= part
        }
        precondition(left == 0, "the caller has looked at what is available")
        return claims
    }

    /// Two lines or two kits that share a supply hold it once, for both.
    static func summed(_ claims: [HoldClaim]) -> [HoldClaim] {
        Dictionary(grouping: claims, by: \.supply).map { supply, group in
            HoldClaim(supply: supply, sku: group[0].sku, quantity: group.reduce(0) { $0 + $1.quantity })
        }.sorted { $0.supply < $1.supply }
    }
}

/// What SKUs and kits are made of, piece by piece; a plain SKU of itself.
enum KitParts {
    static func load(_ codes: [SKUCode], in tx: Transaction) throws -> [SKUCode: [KitComponent]] {
        let facts = try Catalog.facts(codes: codes, in: tx)
        let kits = try Catalog.kits(of: facts.values.filter(\.isKit).map(\.id).sorted(), in: tx)
        return facts.mapValues { one in
            one.isKit ? kits[one.id] ?? [] : [KitComponent(sku: one.id, quantity: 1, priceWeight: 1)]
        }
    }
}

/// Lets a hold go before it expires; one that has ended stays as it is, and nothing is freed twice.
package struct ReleaseHold: Flow {
    let hold: HoldID

    package init(_ hold: HoldID) { self.hold = hold }

    package func run(in tx: Transaction) throws { _ = try Holds.end([hold], as: .voided, in: tx) }
}
