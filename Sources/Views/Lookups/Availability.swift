import Inventory
import Kernel
import Store

/// What is asked of a SKU or kit: how many can be promised now, and when more.
package struct AvailabilityQuestion: Sendable {
    package var sku: SKUID
    /// Nil: all sites.
    package var site: SiteID?
    /// Nil: the pool of the channel where it has one, else `main`.
    package var pool: String?
    package var channel: String?

    package init(_ sku: SKUID, site: SiteID? = nil, pool: String? = nil, channel: String? = nil) {
        self.sku = sku
        self.site = site
        self.pool = pool
        self.channel = channel
    }
}

/// How many of a SKU or kit can be promised now, and when more.
package struct Availability: Codable, Sendable {
    /// From a moment on there are as many, with all that came before.
    package struct Step: Codable, Sendable, Equatable {
        package let from: Instant
        package let quantity: Quantity
    }

    /// What one site has now, before the channel's safety stock.
    package struct AtSite: Codable, Sendable, Equatable {
        package let site: SiteID
        package let quantity: Quantity
    }

    package let sku: SKUID
    package let code: String
    /// The pools that are taken from, in their order.
    package let pools: [String]
    package let now: Quantity
    /// Supplies that are announced: inbound deliveries, transfers, preorders.
    package let later: [Step]
    package let sites: [AtSite]

    /// - Throws: `NotFound` where the merchant has no such SKU or pool, or not for the reader.
    package static func find(_ question: AvailabilityQuestion, _ scope: Scope, in tx: Transaction) throws -> Availability {
        let sku = question.sku
        let found = try tx.first(
            "SELECT merchant, code FROM sku WHERE id = \(sku) AND \(scope.owns(merchant: "merchant"))"
        ) { try ($0.next(MerchantID.self), $0.next(String.self)) }
        guard let (merchant, code) = found else { throw NotFound("sku", sku) }
        let parts = try parts(of: sku, in: tx)
        let pools = try pools(question, of: merchant, in: tx)
        let all = try Supply.load(of: parts.map(\.sku), locked: false, in: tx).mapValues { list in
            list.filter { supply in
                pools.contains(supply.pool) && supply.kind != .unsellable && supply.available > 0
                    && (question.site ?? supply.site) == supply.site
            }
        }
        let rules = try question.channel.map {
            try ChannelStocks.load(of: [merchant], channels: [$0], skus: parts.map(\.sku), in: tx)
        } ?? []
        let shelf = Shelf(parts: parts, supplies: all, rules: rules)
        let now = shelf.quantity(by: nil)
        let moments = Set(all.values.joined().filter { !$0.isNow }.map(\.availableFrom)).sorted()
        var later: [Step] = [], last = now
        for moment in moments {
            let quantity = shelf.quantity(by: moment)
            if quantity > last { later.append(Step(from: moment, quantity: quantity)) }
            last = max(last, quantity)
        }
        let sites = Set(all.values.joined().filter(\.isNow).map(\.site)).sorted().map {
            AtSite(site: $0, quantity: shelf.kits(at: $0, by: nil))
        }
        return Availability(
            sku: sku, code: code, pools: pools, now: now, later: later, sites: sites.filter { $0.quantity > 0 })
    }

    private static func parts(of sku: SKUID, in tx: Transaction) throws -> [(sku: SKUID, units: Int64)] {
        let parts = try tx.query("SELECT sku, quantity FROM kit_component WHERE kit = \(sku) ORDER BY sku") {
            try (sku: $0.next(SKUID.self), units: $0.next(Int64.self))
        }
        return parts.isEmpty ? [(sku: sku, units: Int64(1))] : parts
    }

    private static func pools(
        _ question: AvailabilityQuestion, of merchant: MerchantID, in tx: Transaction
    ) throws -> [String] {
        if question.pool == Pool.main { return [Pool.main] }
        let open = try Pools.drawn(
            by: [merchant], channels: question.pool == nil ? [question.channel].compactMap { $0 } : [],
            codes: [question.pool].compactMap { $0 }, in: tx)
        if let code = question.pool {
            guard let pool = open.first(where: { $0.code == code }) else { throw NotFound("pool", code) }
            return [pool.code] + (pool.thenMain ? [Pool.main] : [])
        }
        return open.first?.drawn ?? [Pool.main]
    }
}

/// Kits leave together, so that each site makes its own of what it has.
private struct Shelf {
    let parts: [(sku: SKUID, units: Int64)]
    let supplies: [SKUID: [Supply]]
    let rules: [ChannelStock]

    /// - Parameter moment: nil is now.
    func kits(at site: SiteID, by moment: Instant?) -> Quantity {
        let each = parts.map { part in
            (supplies[part.sku] ?? []).filter { $0.site == site && ($0.isNow || $0.availableFrom <= moment ?? .distantPast) }
                .reduce(Int64(0)) { $0 + $1.available.rawValue } / part.units
        }
        return Quantity(each.min() ?? 0)
    }

    /// Over all sites, less what the channel is not shown of the goods on hand.
    func quantity(by moment: Instant?) -> Quantity {
        let sites = Set(supplies.values.joined().map(\.site))
        let all = sites.reduce(Quantity(0)) { $0 + kits(at: $1, by: moment) }
        let hidden = parts.map { part -> Int64 in
            let onHand = (supplies[part.sku] ?? []).filter(\.isNow).reduce(Quantity(0)) { $0 + $1.available }
            let rule = rules.first { $0.sku == part.sku } ?? rules.first { $0.sku == nil }
            let shown = rule?.promise(of: onHand) ?? onHand
            return ((onHand - shown).rawValue + part.units - 1) / part.units
        }
        return max(0, all - Quantity(hidden.max() ?? 0))
    }
}

extension Supply {
    /// There, at our sites or by a partner's report.
    fileprivate var isNow: Bool { kind == .onHand || kind == .partner }
}
