import Kernel
import Store
import Warehouse

/// A shipment in a list: what was announced against what came.
package struct InboundLine: Sendable {
    package let id: ASNID
    package let merchant: MerchantID
    package let site: SiteID
    package let number: String
    package let state: ASNState
    package let expectedAt: Instant
    package let lines: Int64
    package let announced: Quantity
    package let received: Quantity
    /// Lines that brought more or less; of open ones, those that brought more.
    package let wrong: Int64

    package var cursor: InboundCursor { InboundCursor(expectedAt: expectedAt, id: id) }
}

/// A place in the list of shipments. Written `1700000000000000.asn_…`.
package struct InboundCursor: Hashable, Sendable, CustomStringConvertible {
    package let expectedAt: Instant
    package let id: ASNID

    package var description: String { "\(expectedAt.micros).\(id)" }
}

extension InboundCursor {
    /// Nil where the text is no such place.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let micros = Int64(parts[0]), let id = ASNID(String(parts[1])) else { return nil }
        self.init(expectedAt: Instant(micros: micros), id: id)
    }
}

/// Which shipments are asked for; nil asks for all.
package struct InboundFilter: Sendable {
    package var merchant: MerchantID?
    package var site: SiteID?
    /// Nil: those that are still to come, or coming in.
    package var state: ASNState?
    package var from: Instant?
    package var until: Instant?
    /// The merchant's own number, whole.
    package var number: String?

    package init() {}
}

/// A page of shipments, and where to go on.
package struct InboundWindow: Sendable {
    package let lines: [InboundLine]
    /// Ask for what comes after it; nil where nothing does. There may be more although no row is here.
    package let next: InboundCursor?
}

extension InboundLine {
    /// A page: what is to come, the first first; what is over, the last first.
    ///
    /// - Parameter reach: how many of a state one page is picked out of.
    package static func window(
        _ filter: InboundFilter, _ scope: Scope, after cursor: InboundCursor?, limit: Int, reach: Int = 3000, in tx: Transaction
    ) throws -> InboundWindow {
        if let number = filter.number {
            let owners: SQL = """
                a.merchant IN (SELECT id FROM merchant) AND a.number = \(number)
                    AND \(scope.owns(merchant: "a.merchant", site: "a.site"))
                """
            return InboundWindow(lines: try list(owners, isBackward: false, limit: limit, in: tx), next: nil)
        }
        let states: [ASNState] = filter.state.map { [$0] } ?? [.announced, .receiving]
        let isBackward = states.allSatisfy { $0 == .closed || $0 == .cancelled }
        var ids: [(id: ASNID, at: Instant, isWanted: Bool)] = []
        for state in states {
            var along: SQL = "state = \(state)"
            if let cursor { along = along + (isBackward ? before(cursor) : after(cursor)) }
            if let from = filter.from { along = along + " AND expected_at >= \(from)" }
            if let until = filter.until { along = along + " AND expected_at < \(until)" }
            let order: SQL = isBackward ? "expected_at DESC, id DESC" : "expected_at, id"
            ids += try tx.query(
                """
                SELECT id, expected_at, CASE WHEN \(wanted(filter, scope)) THEN 1 ELSE 0 END FROM asn WHERE \(along)
                ORDER BY \(order) LIMIT \(reach)
                """
            ) { (id: try $0.next(), at: try $0.next(), isWanted: try $0.next()) }
        }
        // What one state has beyond its reach may come before what another has within.
        let sorted = ids.sorted { isBackward ? ($0.at, $0.id) > ($1.at, $1.id) : ($0.at, $0.id) < ($1.at, $1.id) }.prefix(reach)
        let found = sorted.filter(\.isWanted)
        let lines = try list("a.id IN \(list: found.prefix(limit).map(\.id))", isBackward: isBackward, limit: limit, in: tx)
        let last = found.count > limit ? found.prefix(limit).last : sorted.count == reach ? sorted.last : nil
        return InboundWindow(lines: lines, next: last.map { InboundCursor(expectedAt: $0.at, id: $0.id) })
    }

    private static func mine(_ scope: Scope) -> SQL { scope.owns(merchant: "merchant", site: "site") }
    private static func after(_ at: InboundCursor) -> SQL { " AND (expected_at, id) > (\(at.expectedAt), \(at.id))" }
    private static func before(_ at: InboundCursor) -> SQL { " AND (expected_at, id) < (\(at.expectedAt), \(at.id))" }

    private static func wanted(_ filter: InboundFilter, _ scope: Scope) -> SQL {
        var condition = mine(scope)
        if let merchant = filter.merchant { condition = condition + " AND merchant = \(merchant)" }
        if let site = filter.site { condition = condition + " AND site = \(site)" }
        return condition
    }

    /// - Parameter condition: on `a`, the shipment.
    private static func list(_ condition: SQL, isBackward: Bool, limit: Int, in tx: Transaction) throws -> [InboundLine] {
        let order: SQL = isBackward ? "a.expected_at DESC, a.id DESC" : "a.expected_at, a.id"
        return try tx.query(
            """
            SELECT a.id, a.merchant, a.site, a.number, a.state, a.expected_at, COUNT(l.id), COALESCE(SUM(l.expected), 0),
                COALESCE(SUM(l.received), 0),
                SUM(CASE WHEN l.received > l.expected OR a.state = 'closed' AND l.received < l.expected THEN 1 ELSE 0 END)
            FROM asn a LEFT JOIN asn_line l ON l.asn = a.id WHERE \(condition)
            GROUP BY a.id, a.merchant, a.site, a.number, a.state, a.expected_at ORDER BY \(order) LIMIT \(limit)
            """
        ) {
            try InboundLine(
                id: $0.next(), merchant: $0.next(), site: $0.next(), number: $0.next(), state: $0.next(), expectedAt: $0.next(),
                lines: $0.next(), announced: $0.next(), received: $0.next(), wrong: $0.next())
        }
    }
}

/// What is due at a site on one of its days.
package struct InboundDay: Sendable {
    package let site: SiteID
    /// On the site's own calendar.
    package let day: CivilDate
    package var shipments: Int64 = 0
    /// Announced and not here yet.
    package var units = Quantity(0)
}

extension InboundDay {
    /// By site and day: what is open and due before `until`, what is overdue included.
    package static func calendar(until: Instant, _ scope: Scope, in tx: Transaction) throws -> [InboundDay] {
        let zones = Dictionary(
            uniqueKeysWithValues: try tx.query("SELECT id, zone FROM site ORDER BY id") {
                (try $0.next(SiteID.self), TimeZoneRule.named(try $0.next(String.self)) ?? .utc)
            })
        let due = try tx.query(
            """
            SELECT a.site, a.expected_at,
                (SELECT COALESCE(SUM(CASE WHEN l.expected > l.received THEN l.expected - l.received ELSE 0 END), 0)
                    FROM asn_line l WHERE l.asn = a.id)
            FROM asn a WHERE a.state IN ('announced', 'receiving') AND a.expected_at < \(until)
                AND \(scope.owns(merchant: "a.merchant", site: "a.site"))
            ORDER BY a.expected_at, a.id LIMIT 5000
            """
        ) { (site: try $0.next(SiteID.self), at: try $0.next(Instant.self), units: try $0.next(Quantity.self)) }
        var days: [SiteID: [CivilDate: InboundDay]] = [:]
        for one in due {
            let day = (zones[one.site] ?? .utc).day(of: one.at)
            days[one.site, default: [:]][day, default: InboundDay(site: one.site, day: day)].shipments += 1
            days[one.site]?[day]?.units += one.units
        }
        return days.sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.key < $1.key }.map(\.value) }
    }
}
