import Facilities
import Inventory
import Kernel
import Merchants
import Store

/// Says how many of a SKU may be sold at a site before any are announced, and from when they will be there. Later dates put
/// off what was promised of it, as a shipment's do; the date first shown to a shopper stays.
package struct SetPreorder: Flow {
    let sku: SKUID
    let site: SiteID
    let cap: Quantity
    let from: Instant

    package init(_ sku: SKUID, at site: SiteID, cap: Quantity, from: Instant) {
        self.sku = sku
        self.site = site
        self.cap = cap
        self.from = from
    }

    package func run(in tx: Transaction) throws {
        guard let facts = try Catalog.facts(of: [sku], in: tx)[sku], !facts.isKit else { throw NotFound("sku", sku) }
        guard try Site.find(site, in: tx) != nil else { throw NotFound("site", site) }
        guard (0...1_000_000_000).contains(cap.rawValue) else {
            throw InvalidInput(field: "/cap", "A cap is 0 to 1,000,000,000 pieces, not \(cap).")
        }
        let key = SellableChange.Key(sku: sku, site: site, owner: facts.merchant)
        try PutOff.run(Preorders.set(key, cap: cap, from: from, in: tx), in: tx)
    }
}
