import Kernel
import Store

/// What a carrier took away together.
package enum Manifests {
    package static func add(
        _ id: ManifestID, site: SiteID, carrier: CarrierID, service: ServiceID, parcels: Int, occurred: Instant,
        in tx: Transaction
    ) throws {
        try tx.run(
            """
            INSERT INTO manifest (id, site, carrier, service, parcels, closed_at)
            VALUES (\(id), \(site), \(carrier), \(service), \(parcels), \(occurred))
            """)
    }

    package static func number(_ id: ManifestID, _ number: String, in tx: Transaction) throws {
        try tx.run("UPDATE manifest SET number = \(number) WHERE id = \(id)", expecting: 1)
    }
}

/// Carriers' reports, each taken once.
package enum TrackingLog {
    /// Those of these parcels that their carrier reports as delivered.
    package static func delivered(_ parcels: [UnitID], in tx: Transaction) throws -> Set<UnitID> {
        Set(try tx.values(
            "SELECT DISTINCT parcel FROM tracking WHERE parcel IN \(list: parcels) AND code = 'delivered' ORDER BY parcel"))
    }

    /// Keeps reports; answers the indices of those not known before.
    package static func add(
        _ reports: [(parcel: UnitID, vendorEvent: String, code: String, reason: String?, occurred: Instant, proof: String?)],
        in tx: Transaction
    ) throws -> [Int] {
        var keys = Rows(["parcel": .int, "event": .text])
        for one in reports { keys.add(one.parcel, one.vendorEvent) }
        let known = Set(try tx.query(
            """
            SELECT t.parcel, t.vendor_event FROM (\(rows: keys)) AS v
            JOIN tracking t ON t.parcel = v.parcel AND t.vendor_event = v.event
            """
        ) { "\(try $0.next(Int64.self)) \(try $0.next(String.self))" })
        var seen = known, fresh: [Int] = []
        var rows = Rows(["parcel": .int, "event": .text, "code": .text, "reason": .text, "occurred": .int, "proof": .text])
        for (index, one) in reports.enumerated() where seen.insert("\(one.parcel.raw) \(one.vendorEvent)").inserted {
            rows.add(one.parcel, one.vendorEvent, one.code, one.reason, one.occurred, one.proof)
            fresh.append(index)
        }
        try tx.run(
            """
            INSERT INTO tracking (parcel, vendor_event, code, reason, occurred_at, recorded_at, proof)
            SELECT v.parcel, v.event, v.code, v.reason, v.occurred, \(tx.now), v.proof FROM (\(rows: rows)) AS v
            """)
        return fresh
    }
}
