import Kernel
import Store

/// Serials against the movements and parcels they are written under.
enum SerialChecks {
    static let all = [movement, parcel, stock]

    private static let keys = AuditKeys.values(of: "sku", in: ["serial"], limit: 100)

    static let movement = AuditCheck(
        "serial.movement", "A serial stands under its last movement, and is where that took it.", table: "serial", keys: keys
    ) {
        """
        SELECT sku, serial, state, went FROM (
            SELECT s.sku, s.serial, s.state,
                CASE WHEN x.movement IS NULL THEN 'under no movement' WHEN m.to_kind = 'location' THEN 'in_stock'
                    WHEN m.to_kind = 'unit' THEN 'in_parcel' ELSE 'gone' END AS went
            FROM serial s LEFT JOIN movement m ON m.id = s.movement AND m.owner = s.owner AND m.sku = s.sku
            LEFT JOIN movement_serial x ON x.movement = m.id AND x.serial = s.serial
            WHERE \($0.covers("s.sku"))) AS scanned
        WHERE state <> went ORDER BY sku, serial
        """
    } decode: {
        let (sku, serial): (SKUID, String) = try ($0.next(), $0.next())
        let (state, went): (String, String) = try ($0.next(), $0.next())
        return Disagreement("\(sku) \(serial)", expected: went, found: state)
    }

    static let parcel = AuditCheck(
        "serial.parcel", "A serial that is in a parcel is one of its items.", table: "serial", keys: keys
    ) {
        """
        SELECT s.sku, s.serial, s.parcel FROM serial s
        WHERE \($0.covers("s.sku")) AND s.state = 'in_parcel' AND NOT EXISTS (
            SELECT 1 FROM parcel_item i WHERE i.parcel = s.parcel AND i.sku = s.sku AND i.serial = s.serial)
        ORDER BY s.sku, s.serial
        """
    } decode: {
        let (sku, serial, parcel): (SKUID, String, UnitID) = try ($0.next(), $0.next(), $0.next())
        return Disagreement("\(sku) \(serial)", expected: "an item of \(parcel)", found: "no such item")
    }

    /// A count does not say which unit is missing: somebody has to look.
    static let stock = AuditCheck(
        "serial.stock", "A site has a unit for each serial that is there.", severity: .attention, table: "serial", keys: keys
    ) {
        """
        SELECT sku, owner, site, serials, units FROM (
            SELECT s.sku, s.owner, s.site, COUNT(*) AS serials,
                COALESCE((SELECT SUM(t.on_hand) FROM stock t
                    WHERE t.sku = s.sku AND t.site = s.site AND t.owner = s.owner), 0) AS units
            FROM serial s WHERE \($0.covers("s.sku")) AND s.state <> 'gone' GROUP BY s.sku, s.owner, s.site) AS counted
        WHERE serials > units ORDER BY sku, owner, site
        """
    } decode: {
        let (sku, owner, site): (SKUID, MerchantID, SiteID) = try ($0.next(), $0.next(), $0.next())
        let (serials, units): (Int64, Int64) = try ($0.next(), $0.next())
        return Disagreement("\(sku) of \(owner) at \(site)", expected: "\(serials) units", found: "\(units) units")
    }
}
