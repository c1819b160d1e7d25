import Kernel
import Store
import Transport

/// One trip with what is on it, and what was expected against what was found.
package struct TripStory: Sendable {
    /// A unit that the count names.
    package struct Counted: Sendable {
        package let unit: UnitID
        package let code: String
        package let kind: UnitKind
        package let result: CountResult
        package let at: Instant
    }

    package let trip: TripView
    /// What lies directly on its trailer; the first 500.
    package let load: [UnitView.Part]
    /// Nil where the contents are more than are shown.
    package let parcels: Int?
    /// What is not as it should be first.
    package let counted: [Counted]
    package let trailer: String?
    package let names: Names

    /// - Throws: `NotFound` where there is no such trip for the reader.
    package static func read(_ id: TripID, _ scope: Scope, in tx: Transaction) throws -> TripStory {
        let trip = try TripView.find(id, scope, in: tx)
        let trailer = try trip.trailer.flatMap { try UnitView.look($0.description, .network, in: tx) }
        let load = trailer?.contents ?? []
        let inside = try trip.trailer.map { try load.count < 500 ? UnitTree.parcels(inside: [$0], in: tx).count : nil }
        return TripStory(
            trip: trip, load: load, parcels: inside ?? nil,
            counted: try counted(id, in: tx), trailer: trailer?.code, names: try Names(in: tx))
    }

    private static func counted(_ id: TripID, in tx: Transaction) throws -> [Counted] {
        try tx.query(
            """
            SELECT n.unit, u.code, u.kind, n.result, n.counted_at FROM trip_count n JOIN handling_unit u ON u.id = n.unit
            WHERE n.trip = \(id) ORDER BY CASE WHEN n.result = 'found' THEN 1 ELSE 0 END, n.unit, n.result LIMIT 500
            """
        ) { try Counted(unit: $0.next(), code: $0.next(), kind: $0.next(), result: $0.next(), at: $0.next()) }
    }
}

/// Which trips a list is asked for; nil asks for all.
package struct TripFilter: Sendable {
    package var site: SiteID?
    package var state: TripState?

    package init(site: SiteID? = nil, state: TripState? = nil) { (self.site, self.state) = (site, state) }
}

extension TripView {
    /// A page, those planned last first.
    package static func latest(
        _ filter: TripFilter, _ scope: Scope, after id: TripID?, limit: Int, in tx: Transaction
    ) throws -> [TripView] {
        var condition: SQL = "t.id < \(id?.raw ?? Int64.max) AND \(owns(scope))"
        if let site = filter.site { condition = condition + " AND (t.origin = \(site) OR t.destination = \(site))" }
        if let state = filter.state { condition = condition + " AND t.state = \(state)" }
        return try list(condition, newestFirst: true, limit: limit, in: tx)
    }
}

/// A bag in a list.
package struct BagSummary: Sendable {
    package let unit: UnitID
    package let code: String
    package let kind: UnitKind
    package let site: SiteID
    package let destination: SiteID
    package let state: BagState
    package let weighedGrams: Grams?
    package let seal: String?
    package let openedAt: Instant
    package let closedAt: Instant?
    /// Directly in it.
    package let contents: Int

    /// A page, the newest first. A site sees those it filled.
    package static func page(
        at site: SiteID?, state: BagState?, _ scope: Scope, after id: UnitID?, limit: Int, in tx: Transaction
    ) throws -> [BagSummary] {
        var condition: SQL = "b.unit < \(id?.raw ?? Int64.max) AND \(scope.owns(site: "b.site"))"
        if let site { condition = condition + " AND b.site = \(site)" }
        if let state { condition = condition + " AND b.state = \(state)" }
        return try tx.query(
            """
            SELECT b.unit, u.code, u.kind, b.site, b.destination, b.state, b.weighed_g, b.seal, b.opened_at, b.closed_at,
                (SELECT COUNT(*) FROM containment c WHERE c.parent = b.unit AND c.until_at IS NULL)
            FROM bag b JOIN handling_unit u ON u.id = b.unit WHERE \(condition) ORDER BY b.unit DESC LIMIT \(limit)
            """
        ) {
            try BagSummary(
                unit: $0.next(), code: $0.next(), kind: $0.next(), site: $0.next(), destination: $0.next(), state: $0.next(),
                weighedGrams: $0.next(), seal: $0.next(), openedAt: $0.next(), closedAt: $0.next(), contents: $0.next())
        }
    }
}
