import Kernel
import Store
import Transport

/// A trip as the people at a dock see it.
package struct DockTrip: Sendable, Equatable {
    package let id: TripID
    package let state: TripState
    /// The name of the site at the other end.
    package let place: String
    package let departs: Instant
    package let arrives: Instant
}

extension DockTrip {
    /// Trips that are filled or may be, the next departure first.
    package static func leaving(_ site: SiteID, in tx: Transaction) throws -> [DockTrip] {
        try list("t.origin = \(site) AND t.state IN ('planned', 'loading')", other: "t.destination", by: "t.departs_at", in: tx)
    }

    /// Trips on their way here or standing at the dock, the first to arrive first.
    package static func coming(to site: SiteID, in tx: Transaction) throws -> [DockTrip] {
        try list("t.destination = \(site) AND t.state IN ('departed', 'arrived')", other: "t.origin", by: "t.arrives_at", in: tx)
    }

    private static func list(_ condition: SQL, other: String, by moment: String, in tx: Transaction) throws -> [DockTrip] {
        try tx.query(
            """
            SELECT t.id, t.state, s.name, t.departs_at, t.arrives_at FROM trip t JOIN site s ON s.id = \(verbatim: other)
            WHERE \(condition) ORDER BY \(verbatim: moment), t.id LIMIT 6
            """
        ) {
            try DockTrip(id: $0.next(), state: $0.next(), place: $0.next(), departs: $0.next(), arrives: $0.next())
        }
    }
}
