import Facilities
import Kernel
import Merchants
import Returns
import Store

/// States what a merchant, or the operator for all others, promises about returns from a day on.
package struct SetReturnPolicy: Flow {
    let policy: ReturnPolicy

    package init(_ policy: ReturnPolicy) { self.policy = policy }

    package func run(in tx: Transaction) throws {
        if let merchant = policy.merchant, try Merchant.find([merchant], in: tx).isEmpty { throw NotFound("merchant", merchant) }
        if let site = policy.terms.site, try Site.find(site, in: tx) == nil { throw NotFound("site", site) }
        let facts = try Catalog.facts(of: policy.terms.excluded, in: tx)
        for sku in policy.terms.excluded where facts[sku].map({ policy.merchant == nil || $0.merchant == policy.merchant }) != true {
            throw NotFound("SKU", sku)
        }
        try SaveReturnPolicy.run(policy, in: tx)
    }
}
