import Inventory
import Kernel
import Merchants
import Returns
import Store
import Transport

/// What the serials of returned goods tell: whether these units were sold by us, and with which order.
struct ReturnedSerials {
    private let known: [SerialKey: SerialRecord]
    /// By the parcel that a serial was last in.
    private let orders: [UnitID: OrderID]

    init(_ receipts: [ReturnReceipt], _ facts: [SKUID: SKUFacts], in tx: Transaction) throws {
        let keys = receipts.flatMap { receipt in
            receipt.found.flatMap { one in
                facts[one.sku].map { sku in
                    one.serials.map { SerialKey(owner: sku.merchant, sku: one.sku, serial: $0) }
                } ?? []
            }
        }
        known = try Serials.find(keys, in: tx)
        let parcels = known.isEmpty ? [] : try Parcels.load(Set(known.values.compactMap(\.parcel)).sorted(), in: tx)
        orders = Dictionary(uniqueKeysWithValues: parcels.map { ($0.id, $0.order) })
    }

    /// - Throws: `ReceiptRefused.badSerials`.
    static func check(_ one: ReturnMatch.Found, _ sku: SKUFacts, item: Int) throws {
        guard !one.serials.isEmpty else { return }
        let isRight = sku.serialTracked && Int64(one.serials.count) == one.quantity.rawValue
        guard isRight, Set(one.serials).count == one.serials.count, one.serials.allSatisfy(Serials.isValid) else {
            throw ReceiptRefused.badSerials(item: item)
        }
    }

    /// Unit by unit where serials were read. One that we never sold only looks like the SKU; one that was sold with another
    /// order is another unit.
    /// - Parameter order: of which the goods are, where it is known.
    func units(_ one: ReturnMatch.Found, owner: MerchantID?, of order: OrderID?) -> [ReturnMatch.Found] {
        guard !one.serials.isEmpty, let owner else { return [one] }
        return one.serials.map { serial in
            let record = known[SerialKey(owner: owner, sku: one.sku, serial: serial)]
            let sold = record?.parcel.flatMap { orders[$0] }
            let isFalse = one.isCounterfeit || sold == nil || record?.state == .inStock
            return ReturnMatch.Found(
                sku: one.sku, quantity: 1, isCounterfeit: isFalse, serials: [serial],
                isOther: !isFalse && order.map { sold != $0 } ?? false)
        }
    }
}
