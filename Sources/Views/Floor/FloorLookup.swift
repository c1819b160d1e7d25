import Kernel
import Merchants
import Orders
import Store
import Transport
import Warehouse

/// A SKU as somebody on the floor knows it.
package struct FloorSKU: Sendable, Equatable {
    package let id: SKUID
    package let merchant: MerchantID
    package let code: String
    package let name: String
    package let lotTracked: Bool
    /// Whether size and weight of one are known.
    package let isMeasured: Bool
}

/// What is scanned on the floor of a site, and what it stands beside.
package enum FloorLookup {
    /// By id; those that exist.
    package static func skus(_ ids: [SKUID], in tx: Transaction) throws -> [SKUID: FloorSKU] {
        let found = try Catalog.facts(of: Set(ids).sorted(), in: tx)
        return found.mapValues { one in
            FloorSKU(
                id: one.id, merchant: one.merchant, code: one.code, name: one.name, lotTracked: one.lotTracked,
                isMeasured: one.each != nil && one.weight != nil)
        }
    }

    /// Which of these SKUs a barcode or a code means, and how many eaches are in what was scanned; nil where it is none.
    package static func sku(_ code: String, among ids: [SKUID], in tx: Transaction) throws -> (sku: SKUID, units: Int64)? {
        if let barcode = Barcode.canonical(code) {
            let found = try tx.first(
                """
                SELECT b.sku, p.units FROM barcode b JOIN packaging_level p ON p.sku = b.sku AND p.level = b.level
                WHERE b.code = \(barcode) AND b.sku IN \(list: ids) ORDER BY b.merchant, b.sku LIMIT 1
                """
            ) { (try $0.next(SKUID.self), try $0.next(Int64.self)) }
            if let found { return (found.0, found.1) }
        }
        let named: SKUID? = try tx.value("SELECT id FROM sku WHERE id IN \(list: ids) AND code = \(code) ORDER BY id LIMIT 1")
        return named.map { ($0, 1) }
    }

    /// As `sku(_:among:in:)`, among all of one merchant.
    package static func sku(_ code: String, of merchant: MerchantID, in tx: Transaction) throws -> (sku: SKUID, units: Int64)? {
        let barcode = Barcode.canonical(code) ?? code
        let ids: [SKUID] = try tx.values(
            """
            SELECT sku FROM barcode WHERE merchant = \(merchant) AND code = \(barcode)
            UNION SELECT id FROM sku WHERE merchant = \(merchant) AND code = \(code) ORDER BY 1
            """)
        return try sku(code, among: ids, in: tx)
    }

    /// A tote that stands at a site.
    package static func tote(_ code: String, at site: SiteID, in tx: Transaction) throws -> UnitID? {
        try tx.value("SELECT id FROM handling_unit WHERE code = \(code) AND kind = 'tote' AND site = \(site)")
    }

    /// The merchant of the return that comes in a box; nil where nobody announced it.
    package static func returning(in code: String, in tx: Transaction) throws -> MerchantID? {
        try tx.value(
            """
            SELECT r.merchant FROM handling_unit u JOIN return_parcel p ON p.unit = u.id JOIN rma r ON r.id = p.rma
            WHERE u.code = \(code) ORDER BY r.id DESC LIMIT 1
            """)
    }

    /// The code on a unit.
    package static func code(of unit: UnitID, in tx: Transaction) throws -> String? {
        try tx.value("SELECT code FROM handling_unit WHERE id = \(unit)")
    }

    /// The codes of locations at a site where a SKU lies already, the fullest first; else of its first empty bins.
    package static func bins(for sku: SKUID, at site: SiteID, in tx: Transaction) throws -> [String] {
        let known: [String] = try tx.values(
            """
            SELECT l.code FROM stock s JOIN location l ON l.id = s.place
            WHERE s.sku = \(sku) AND s.site = \(site) AND s.place_kind = 'location' AND s.pickable = 1 AND s.on_hand > 0
            ORDER BY s.on_hand DESC, s.id LIMIT 3
            """)
        if !known.isEmpty { return known }
        return try tx.values(
            """
            SELECT l.code FROM location l WHERE l.site = \(site) AND l.kind = 'bin' AND NOT EXISTS
                (SELECT 1 FROM stock s WHERE s.place = l.id AND s.place_kind = 'location' AND s.on_hand > 0)
            ORDER BY l.walk, l.id LIMIT 1
            """)
    }

    /// What a bin holds of goods as new.
    package static func held(in location: LocationID, in tx: Transaction) throws -> [SKUID] {
        try tx.values(
            """
            SELECT DISTINCT sku FROM stock WHERE place = \(location) AND place_kind = 'location' AND on_hand > 0 ORDER BY sku
            """)
    }

    /// Fulfillment orders with goods in a tote that wait to be packed, the earliest departure first.
    package static func toPack(from tote: UnitID, at site: SiteID, in tx: Transaction) throws -> [FulfillmentID] {
        try tx.values(
            """
            SELECT f.id FROM fulfillment_order f WHERE f.site = \(site) AND f.state = 'picked' AND f.purpose <> 'disposal'
                AND EXISTS (SELECT 1 FROM task t WHERE t.fulfillment_order = f.id AND t.kind = 'pick' AND t.done > 0
                    AND t.to_place = \(tote))
            ORDER BY f.ship_by, f.id LIMIT 500
            """)
    }

    /// The carton a parcel was packed into; nil for one that leaves in its maker's box.
    package static func carton(of parcel: UnitID, in tx: Transaction) throws -> (code: String, size: Dimensions)? {
        try tx.first(
            """
            SELECT c.code, c.length_mm, c.width_mm, c.height_mm FROM parcel p JOIN carton c ON c.id = p.carton
            WHERE p.id = \(parcel)
            """
        ) {
            try (code: $0.next(), size: Dimensions(length: $0.next(), width: $0.next(), height: $0.next()))
        }
    }

    /// An announced or receiving ASN of a site by its id or its merchant's number.
    package static func asn(_ text: String, at site: SiteID, in tx: Transaction) throws -> ASNID? {
        try tx.value(
            """
            SELECT id FROM asn WHERE site = \(site) AND state IN ('announced', 'receiving')
                AND (id = \(ASNID(text)?.raw ?? 0) OR number = \(text)) ORDER BY expected_at, id LIMIT 1
            """)
    }

    /// Open bags of a site for a lane, the newest first.
    package static func openBags(of lane: LaneID, at site: SiteID, in tx: Transaction) throws -> [String] {
        try tx.values(
            """
            SELECT u.code FROM bag b JOIN handling_unit u ON u.id = b.unit
            WHERE b.site = \(site) AND b.state = 'open' AND b.lane = \(lane) ORDER BY b.unit DESC LIMIT 5
            """)
    }
}

/// How much waits at a site for each kind of work.
package struct FloorWork: Sendable, Equatable {
    package let picks: Int64
    package let putaways: Int64
    package let toPack: Int64
    package let inbound: Int64

    package static func read(at site: SiteID, in tx: Transaction) throws -> FloorWork {
        FloorWork(
            picks: try count("SELECT COUNT(*) FROM task WHERE site = \(site) AND state = 'open' AND kind = 'pick'", in: tx),
            putaways: try count(
                "SELECT COUNT(*) FROM task WHERE site = \(site) AND state = 'open' AND kind IN ('unpick', 'putaway')", in: tx),
            toPack: try count("SELECT COUNT(*) FROM fulfillment_order WHERE site = \(site) AND state = 'picked'", in: tx),
            inbound: try count("SELECT COUNT(*) FROM asn WHERE site = \(site) AND state IN ('announced', 'receiving')", in: tx))
    }

    private static func count(_ sql: SQL, in tx: Transaction) throws -> Int64 { try tx.value(sql) ?? 0 }
}
