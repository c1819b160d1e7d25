import Inventory
import Kernel
import Merchants
import Orders
import Store

/// The serials that a packer scanned of one SKU for one fulfillment order.
package struct SerialScan: Sendable {
    package let fulfillment: FulfillmentID
    package let sku: SKUID
    package let serials: [String]

    package init(_ fulfillment: FulfillmentID, _ sku: SKUID, _ serials: [String]) {
        self.fulfillment = fulfillment
        self.sku = sku
        self.serials = serials
    }
}

/// Why goods with serials are not packed, in the order of the checks.
package enum SerialRefused: Refusal, Equatable {
    case notTracked(FulfillmentID, SKUID)
    case missing(FulfillmentID, sku: String, wanted: Quantity, scanned: Int)
    case invalid(String)
    case notHere(String, sku: String, SerialState)
    case unknown(String, sku: String)

    package static let codes = [
        "packing.serial_not_tracked", "packing.serial_missing", "packing.serial_invalid", "packing.serial_not_here",
        "packing.serial_unknown",
    ]

    package var code: String {
        switch self {
        case .notTracked: Self.codes[0]
        case .missing: Self.codes[1]
        case .invalid: Self.codes[2]
        case .notHere: Self.codes[3]
        case .unknown: Self.codes[4]
        }
    }

    package var message: String {
        switch self {
        case .notTracked(let id, let sku): "\(id) has nothing of \(sku) that is tracked by serial."
        case .missing(let id, let sku, let wanted, let scanned):
            "SKU '\(sku)' is tracked by serial: \(id) needs \(wanted) different ones, \(scanned) are scanned."
        case .invalid(let serial): "'\(serial)' is no serial: it has 1 to 64 characters, no blank at its ends."
        case .notHere(let serial, let sku, let state): "Serial '\(serial)' of SKU '\(sku)' is not in stock here but \(state.rawValue)."
        case .unknown(let serial, let sku): "SKU '\(sku)' has no serial '\(serial)' here: all that lie here are known."
        }
    }

    package var kind: RefusalKind { if case .invalid = self { .invalid } else { .conflict } }
}

/// Checks what was scanned at a packing table.
struct SerialCheck {
    private let scans: [FulfillmentID: [SKUID: [String]]]

    /// A serial that was never scanned is taken where goods lie at the site that nobody scanned yet.
    init(_ scans: [SerialScan], _ heads: [FulfillmentOrder], _ facts: [SKUID: SKUFacts], in tx: Transaction) throws {
        var all: [FulfillmentID: [SKUID: [String]]] = [:]
        for scan in scans { all[scan.fulfillment, default: [:]][scan.sku, default: []] += scan.serials }
        self.scans = all
        var keys: [(key: SerialKey, site: SiteID)] = []
        for head in heads {
            let wanted = Self.wanted(head, facts), given = all[head.id] ?? [:]
            for sku in given.keys.sorted() where wanted[sku] == nil { throw SerialRefused.notTracked(head.id, sku) }
            for (sku, quantity) in wanted.sorted(by: { $0.key < $1.key }) {
                let serials = given[sku] ?? []
                guard Int64(serials.count) == quantity.rawValue, Set(serials).count == serials.count else {
                    throw SerialRefused.missing(
                        head.id, sku: facts[sku]?.code ?? "", wanted: quantity, scanned: Set(serials).count)
                }
                if let wrong = serials.first(where: { !Serials.isValid($0) }) { throw SerialRefused.invalid(wrong) }
                keys += serials.map { (SerialKey(owner: head.merchant, sku: sku, serial: $0), head.site) }
            }
        }
        guard !keys.isEmpty else { return }
        try Self.check(keys, facts, in: tx)
    }

    func serials(of head: FulfillmentID) -> [SKUID: [String]] { scans[head] ?? [:] }

    /// What of a fulfillment order is to be scanned.
    private static func wanted(_ head: FulfillmentOrder, _ facts: [SKUID: SKUFacts]) -> [SKUID: Quantity] {
        var wanted: [SKUID: Quantity] = [:]
        for line in head.lines where line.picked > 0 && facts[line.sku]?.serialTracked ?? false {
            wanted[line.sku, default: 0] += line.picked
        }
        return wanted
    }

    private static func check(
        _ keys: [(key: SerialKey, site: SiteID)], _ facts: [SKUID: SKUFacts], in tx: Transaction
    ) throws {
        struct Shelf: Hashable {
            let owner: MerchantID
            let sku: SKUID
            let site: SiteID
        }
        let known = try Serials.find(keys.map(\.key), in: tx)
        var seen: Set<SerialKey> = [], room: [Shelf: Int64] = [:]
        for (key, site) in keys {
            let sku = facts[key.sku]?.code ?? ""
            guard seen.insert(key).inserted else { throw SerialRefused.notHere(key.serial, sku: sku, .inParcel) }
            guard let record = known[key] else {
                let shelf = Shelf(owner: key.owner, sku: key.sku, site: site)
                let left = try room[shelf] ?? Serials.unscanned(key.sku, of: key.owner, at: site, in: tx)
                guard left > 0 else { throw SerialRefused.unknown(key.serial, sku: sku) }
                room[shelf] = left - 1
                continue
            }
            guard record.state == .inStock, record.site == site else {
                throw SerialRefused.notHere(key.serial, sku: sku, record.state)
            }
        }
    }
}
