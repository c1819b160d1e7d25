import Facilities
import Inventory
import Kernel
import Merchants
import Store

/// Goods that are in a bin when the system begins to watch it.
package struct StockLine: Sendable {
    package let owner: MerchantID
    package let sku: SKUID
    package let location: LocationID
    package let quantity: Quantity
    /// Nil: the SKU has no lots.
    package let lotCode: String?
    package let expires: CivilDate?

    package init(
        owner: MerchantID, sku: SKUID, location: LocationID, quantity: Quantity, lotCode: String? = nil, expires: CivilDate? = nil
    ) {
        self.owner = owner
        self.sku = sku
        self.location = location
        self.quantity = quantity
        self.lotCode = lotCode
        self.expires = expires
    }
}

/// Takes stock into both books without an inbound shipment: the first count of a bin.
package struct OpenStock: Flow {
    let lines: [StockLine]
    let occurred: Instant
    let actor: String

    package init(_ lines: [StockLine], occurred: Instant, actor: String = "system") {
        self.lines = lines
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let locations = try Locations.find(lines.map(\.location), in: tx)
        let lots = try Lots.find(
            lines.compactMap { line in line.lotCode.map { (line.owner, line.sku, $0, line.expires) } }, in: tx)
        var nextLot = lots.makeIterator()
        let movements = try lines.map { line in
            guard let location = locations[line.location] else { throw NotFound("location", line.location) }
            return NewMovement(
                owner: line.owner, sku: line.sku, lot: line.lotCode == nil ? nil : nextLot.next(), quantity: line.quantity,
                site: location.site, from: .outside(.supplier), to: location.place, reason: .opening,
                reference: line.location.raw, actor: actor, occurred: occurred)
        }
        try StockBook.post(movements, in: tx)
    }
}
