import Inventory
import Kernel
import Sourcing
import Store

/// What sourcing goes by beside stock, network and prices: merchants' rules, and what units are worth where they lie.
struct SourcingGrounds: Sendable {
    /// How old a valuation may be before a SKU that is asked for is valued anew.
    static let valuedFor = Duration.hours(1)
    /// How many SKUs one batch puts down to be valued.
    private static let asked = 32

    private(set) var rules: [MerchantID: SourcingRule] = [:]
    var values: [SKUID: StockValue] = [:]
    /// SKUs that lie at several sites.
    private var choosable: [SKUID] = []

    init() {}

    /// - Parameter supplies: all that may be sourced from.
    init(of merchants: some Sequence<MerchantID>, _ supplies: [SKUID: [Supply]], in tx: Transaction) throws {
        rules = try SourcingRules.holding(of: merchants, on: TimeZoneRule.utc.day(of: tx.now), in: tx)
        // Where there is one site to take it from, it is worth nothing to know what it is worth there.
        choosable = supplies.filter { Self.isChoosable($1) }.keys.sorted()
        if !choosable.isEmpty { values = try StockValues.load(of: choosable, in: tx) }
    }

    private static func isChoosable(_ supplies: [Supply]) -> Bool {
        var first: SiteID?
        for one in supplies where one.kind != .unsellable && one.available > 0 {
            if let first, first != one.site { return true }
            first = one.site
        }
        return false
    }

    func value(_ sku: SKUID, at site: SiteID) -> Int64 { values[sku]?.bySite[site] ?? 0 }

    /// Puts SKUs down to be valued that were asked for and whose values are old.
    func ask(in tx: Transaction) throws {
        let old = choosable.filter { (values[$0]?.askedAt ?? .distantPast) + Self.valuedFor <= tx.now }.prefix(Self.asked)
        guard !old.isEmpty else { return }
        try StockValues.ask(Array(old), in: tx)
        guard try !tx.isScheduled(ValueStock.clock, of: 0) else { return }
        try tx.schedule(ValueStock.clock, source: "sourcing", due: [(0, nil, tx.now, [:])])
    }
}
