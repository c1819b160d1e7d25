import Kernel
import Store

/// What the book says of one lot and condition of a SKU in a location.
package struct CountedCell: Sendable {
    package let stock: StockID
    package let lot: LotID?
    package let condition: Condition
    package let onHand: Quantity
    package let allocated: Quantity
}

package enum Counting {
    /// What the book says of one SKU in one location, by lot and condition, locked.
    package static func onHand(at location: LocationID, sku: SKUID, in tx: Transaction) throws -> [CountedCell] {
        try tx.query(
            """
            SELECT id, lot, condition, on_hand, allocated FROM stock
            WHERE place = \(location) AND place_kind = 'location' AND sku = \(sku) AND on_hand > 0 ORDER BY id \(.forUpdate)
            """
        ) {
            let (id, lot): (StockID, Int64) = try ($0.next(), $0.next())
            return try CountedCell(
                stock: id, lot: lot == 0 ? nil : LotID(lot), condition: $0.next(), onHand: $0.next(), allocated: $0.next())
        }
    }

    /// What stands in a unit, by SKU and lot.
    package static func inside(
        _ units: [UnitID], in tx: Transaction
    ) throws -> [(unit: UnitID, owner: MerchantID, sku: SKUID, lot: LotID?, condition: Condition, quantity: Quantity)] {
        try tx.query(
            """
            SELECT place, owner, sku, lot, condition, on_hand FROM stock
            WHERE place IN \(list: units) AND place_kind = 'unit' AND on_hand > 0 ORDER BY place, id
            """
        ) {
            let (unit, owner, sku, lot): (UnitID, MerchantID, SKUID, Int64) =
                try ($0.next(), $0.next(), $0.next(), $0.next())
            return (unit, owner, sku, lot == 0 ? nil : LotID(lot), try $0.next(), try $0.next())
        }
    }
}
