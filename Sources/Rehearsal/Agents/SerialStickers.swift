import Flows
import Kernel
import Orders
import Store
import Transport

/// Serials as people of the rehearsal read them off the goods.
extension Rehearsal {
    /// What packers scan: a unit that was scanned before and lies there loose, else one that nobody has scanned yet.
    func scans(_ ids: [FulfillmentID]) throws -> [SerialScan] {
        let tracked = catalog.tracked
        guard !tracked.isEmpty else { return [] }
        return try stepper.read { tx in
            var used: Set<String> = []
            return try Fulfillments.load(ids, in: tx).flatMap { head in
                try head.lines.filter { tracked.contains($0.sku) && $0.picked > 0 }.map { line in
                    let loose = try Self.loose(line.sku, at: head.site, in: tx).filter { !used.contains("\(line.sku) \($0)") }
                    let fresh = (0..<line.picked.rawValue).map { SerialStickers.fresh(line.id, $0) }
                    let serials = Array((loose + fresh).prefix(Int(line.picked.rawValue)))
                    used.formUnion(serials.map { "\(line.sku) \($0)" })
                    return SerialScan(head.id, line.sku, serials)
                }
            }
        }
    }

    /// Known units in stock, without those on the returns desk.
    private static func loose(_ sku: SKUID, at site: SiteID, in tx: Transaction) throws -> [String] {
        try tx.values(
            """
            SELECT s.serial FROM serial s WHERE s.sku = \(sku) AND s.site = \(site) AND s.state = 'in_stock'
                AND NOT EXISTS (SELECT 1 FROM returned_goods g WHERE g.sku = s.sku AND g.serial = s.serial
                    AND g.state IN ('received', 'refurbishing', 'aside'))
            ORDER BY s.serial
            """)
    }

    /// What the desk reads off units of a parcel that went out; nothing where they bear none.
    func stickers(on component: ComponentID, of parcel: UnitID, _ quantity: Quantity) throws -> [String] {
        guard !catalog.tracked.isEmpty else { return [] }
        let items = try stepper.read { try Parcels.load([parcel], in: $0).first?.items ?? [] }
        let serials = items.filter { $0.component == component }.compactMap(\.serial)
        return Int64(serials.count) < quantity.rawValue ? [] : Array(serials.prefix(Int(quantity.rawValue)))
    }
}

enum SerialStickers {
    /// The serial of the n-th unit that is sent for a line.
    static func fresh(_ line: FulfillmentLineID, _ number: Int64) -> String { "SN\(line.raw)-\(number)" }
}
