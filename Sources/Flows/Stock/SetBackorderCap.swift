import Inventory
import Kernel
import Merchants
import Store

/// Limits how many pieces of a SKU may be sold before there are any.
package struct SetBackorderCap: Flow {
    let sku: SKUID
    /// Nil: no limit.
    let cap: Quantity?

    package init(_ sku: SKUID, _ cap: Quantity?) {
        self.sku = sku
        self.cap = cap
    }

    package func run(in tx: Transaction) throws {
        guard let facts = try Catalog.facts(of: [sku], in: tx)[sku], !facts.isKit else { throw NotFound("sku", sku) }
        if let cap, !(0...1_000_000_000).contains(cap.rawValue) {
            throw InvalidInput(field: "/cap", "A cap is 0 to 1,000,000,000 pieces, not \(cap).")
        }
        try BackorderCaps.set(sku, of: facts.merchant, cap, in: tx)
    }
}
