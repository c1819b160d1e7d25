import Kernel
import Orders
import Store
import Transport

/// What a driver has before them. A driver's carrier is known by its account; trips are the carrier's, a round is the driver's own.
package enum DriverWork {
    /// Trips of a carrier that are to leave or under way, the next departure first.
    package static func trips(of carrier: CarrierID, in tx: Transaction) throws -> [DockTrip] {
        let states: [TripState] = [.planned, .loading, .departed]
        return try tx.query(
            """
            SELECT t.id, t.state, o.name || ' → ' || d.name, t.departs_at, t.arrives_at
            FROM trip t JOIN site o ON o.id = t.origin JOIN site d ON d.id = t.destination
            WHERE t.carrier = \(carrier) AND t.state IN \(list: states) ORDER BY t.departs_at, t.id LIMIT 8
            """
        ) {
            try DockTrip(id: $0.next(), state: $0.next(), place: $0.next(), departs: $0.next(), arrives: $0.next())
        }
    }

    /// A trip by its id or by the plate of its trailer; nil where it is neither.
    package static func trip(_ code: String, in tx: Transaction) throws -> TripID? {
        if let id = TripID(code) { return id }
        return try tx.value(
            """
            SELECT t.id FROM trip t JOIN handling_unit u ON u.id = t.trailer WHERE u.code = \(code) AND u.kind = 'trailer'
            ORDER BY t.id LIMIT 1
            """)
    }

    /// What a driver took and has not handed over, by postal area.
    package static func round(of driver: String, limit: Int, in tx: Transaction) throws -> [DriverStop] {
        try tx.query(
            """
            SELECT u.code, o.postal_area, o.city, p.deliver_by FROM driver_round r JOIN parcel p ON p.id = r.parcel
            JOIN handling_unit u ON u.id = p.id JOIN orders o ON o.id = p.order_id
            WHERE r.driver = \(driver) AND p.state = 'out_for_delivery' ORDER BY o.postal_area, p.id LIMIT \(limit)
            """
        ) { try DriverStop(code: $0.next(), postalArea: $0.next(), city: $0.next(), deliverBy: $0.next()) }
    }

    /// How many parcels that is.
    package static func count(of driver: String, in tx: Transaction) throws -> Int64 {
        try tx.value(
            """
            SELECT COUNT(*) FROM driver_round r JOIN parcel p ON p.id = r.parcel
            WHERE r.driver = \(driver) AND p.state = 'out_for_delivery'
            """) ?? 0
    }
}

/// A parcel in the van. Nothing personal: the address stands on its label.
package struct DriverStop: Sendable, Equatable {
    package let code: String
    package let postalArea: String
    package let city: String
    package let deliverBy: Instant
}

/// A parcel as its driver knows it.
package struct DriverParcel: Sendable, Equatable {
    package let id: UnitID
    package let number: String
    package let state: ParcelState
    package let deliverBy: Instant
    package let postalArea: String
    package let city: String
    /// What the shopper pays at the door for the whole order; nil where nothing is owed.
    package let owed: Money?
    /// It must not be handed over: it was cancelled, and is to come back.
    package let isStopped: Bool

    /// What a person compares with the label.
    package var tail: String { String(number.suffix(6)) }

    /// By the code or the tracking number on it; nil where the carrier has no such parcel.
    package static func find(_ code: String, of carrier: CarrierID, in tx: Transaction) throws -> DriverParcel? {
        let scope = Scope.carrier(carrier)
        let scanned: ScanView
        do { scanned = try ScanView.find(code, scope, in: tx) } catch is NotFound { return nil }
        guard scanned.kind == .parcel, let id = scanned.parcel else { return nil }
        return try tx.first(
            """
            SELECT p.id, l.number, p.state, p.deliver_by, o.postal_area, o.city, CASE WHEN o.payment = 'on_delivery' THEN o.total_minor END,
                o.currency, CASE WHEN p.pull = 1 OR EXISTS (SELECT 1 FROM interception i
                    WHERE i.order_id = p.order_id AND i.parcel = p.id AND i.state IN ('asked', 'accepted')) THEN 1 ELSE 0 END
            FROM parcel p JOIN orders o ON o.id = p.order_id
            JOIN label l ON l.parcel = p.id AND l.state = 'current' AND l.number IS NOT NULL
            WHERE p.id = \(id) AND \(scope.ownsParcel("p")) ORDER BY l.id DESC LIMIT 1
            """
        ) {
            try DriverParcel(
                id: $0.next(), number: $0.next(), state: $0.next(), deliverBy: $0.next(), postalArea: $0.next(), city: $0.next(),
                owed: $0.nextMoneyIfAny(), isStopped: $0.next())
        }
    }
}
