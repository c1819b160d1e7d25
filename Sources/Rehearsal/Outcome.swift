import Crypto
import Inventory
import Kernel
import Orders
import Store
import Views

/// What the agents counted on the way.
struct RunningResults {
    var splits = 0
    var waves = 0
    var reports = 0
    var wrongWeights = 0
    var cancelledForStock = 0
    var cancelAnswers: [String: Int] = [:]
    var moves: [String: Int] = [:]
    var unpackable: [String: Int] = [:]
    var announced: [Int: ASNID] = [:]
    var lateDeliveries: Set<Int> = []
    var returnsRefused: [String: Int] = [:]
    /// By how they were understood.
    var receipts: [String: Int] = [:]
    /// Day, index of the site, fulfillment orders not yet shipped.
    var backlog: [(day: CivilDate, site: Int, open: Int)] = []
}

/// A finished rehearsal: its report, and what an audit of its database found.
package struct RehearsalOutcome: Sendable {
    package var report: RehearsalReport
    package let audit: AuditReport
}

extension Rehearsal {
    func outcome() throws -> RehearsalOutcome {
        let audit = try AuditRun.run(read: { [stepper] body in try stepper.read(body) })
        let (digest, events) = try digest()
        let world = plan.world
        let span = try stepper.read { tx in
            try tx.first("SELECT MIN(recorded_at), MAX(recorded_at) FROM event") { try ($0.next(Instant?.self), $0.next(Instant?.self)) }
        }
        var report = RehearsalReport(
            seed: plan.seed, digest: digest, engine: stepper.engine.name, from: span?.0 ?? stepper.now,
            until: span?.1 ?? stepper.now, orders: Int64(world.orders.count), finalStates: try finalStates(),
            unfinished: try unfinished(), daysToDoor: DaysToDoor(try daysToDoor()),
            promises: PromiseRecord(try promises(world.zone)), parcels: ParcelRecord(parcelsByOrder: try parcelsByOrder()),
            shipping: try shipping(world.currency), cartonFill: CartonFill(try fills()), backlog: try backlogs(),
            inputCorners: world.corners.sorted { $0.key < $1.key }.map { NamedCount($0.key, Int64($0.value)) },
            exceptions: try exceptions(), partners: try partnerCounts(), returns: try returnRecord(world.currency),
            auditFindings: Int64(audit.broken.count),
            pace: Pace(events: events, orders: Int64(world.orders.count), wall: .zero))
        report.outbound = try outbound()
        report.wishes = wishes()
        return RehearsalOutcome(report: report, audit: audit)
    }

    /// SHA-256 over (virtual time, type, version, payload) of the whole log in commit order.
    private func digest() throws -> (String, Int64) {
        var hash = SHA256(), position = LogPosition.start, count: Int64 = 0
        while true {
            let from = position
            let lines = try stepper.read { tx in
                try tx.query(
                    """
                    SELECT tx, seq, recorded_at, type, version, payload FROM event
                    WHERE \(after: from) AND \(.belowHorizon) ORDER BY tx, seq LIMIT 5000
                    """
                ) {
                    (
                        try LogPosition(tx: $0.next(), seq: $0.next()),
                        "\(try $0.next(Int64.self))\u{1F}\(try $0.next(String.self))\u{1F}\(try $0.next(Int64.self))\u{1F}"
                            + "\(try $0.next(String.self))\u{1E}"
                    )
                }
            }
            guard let last = lines.last else { break }
            for (_, line) in lines { hash.update(data: Array(line.utf8)) }
            count += Int64(lines.count)
            position = last.0
        }
        return (hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(), count)
    }

    private func finalStates() throws -> [NamedCount] {
        let counts = try stepper.read { tx in
            try tx.query(
                """
                SELECT state, COUNT(*) FROM orders WHERE purpose = 'sale' AND channel <> 'waybill' GROUP BY state ORDER BY state
                """
            ) {
                try ($0.next(OrderState.self), $0.next(Int64.self))
            }
        }
        let byState = Dictionary(uniqueKeysWithValues: counts)
        return OrderState.allCases.compactMap { state in byState[state].map { NamedCount(state.rawValue, $0) } }
            + orders.refused.sorted { $0.key < $1.key }.map { NamedCount("refused: \($0.key)", Int64($0.value)) }
    }

    /// Each order that is neither delivered nor cancelled, by the reason that is known of it.
    private func unfinished() throws -> [NamedCount] {
        let counts = try stepper.read { tx in
            try tx.query(
                """
                SELECT CASE
                        WHEN state = 'returned' AND delivered_at IS NOT NULL THEN 'sent back by the shopper'
                        WHEN state = 'returned' THEN 'returned to the site by the carrier'
                        WHEN state = 'lost' THEN 'lost by the carrier'
                        WHEN payment = 'pending' THEN 'never paid'
                        WHEN EXISTS (SELECT 1 FROM shortage s WHERE s.order_id = o.id AND s.closed_at IS NULL) THEN 'waits for goods'
                        WHEN EXISTS (SELECT 1 FROM fulfillment_order f WHERE f.order_id = o.id AND f.state = 'picked')
                            THEN 'cannot be packed'
                        ELSE 'no reason known' END AS reason, COUNT(*)
                FROM orders o WHERE purpose = 'sale' AND state NOT IN ('delivered', 'cancelled') GROUP BY reason ORDER BY reason
                """
            ) { try NamedCount($0.next(), $0.next()) }
        }
        return counts + results.unpackable.sorted { $0.key < $1.key }.map { NamedCount($0.key, Int64($0.value)) }
    }

    private func wishes() -> [NamedCount] {
        let cancels = results.cancelAnswers.sorted { $0.key < $1.key }.map { NamedCount("cancelled: \($0.key)", Int64($0.value)) }
        return cancels + results.moves.sorted { $0.key < $1.key }.map { NamedCount("another address: \($0.key)", Int64($0.value)) }
    }

    /// The outbound orders by purpose and state, and what was refused.
    private func outbound() throws -> [NamedCount] {
        let counts = try stepper.read { tx in
            try tx.query(
                "SELECT purpose, state, COUNT(*) FROM orders WHERE purpose <> 'sale' GROUP BY purpose, state ORDER BY purpose, state"
            ) { try NamedCount("\($0.next(String.self)) (\($0.next(String.self)))", $0.next()) }
        }
        let refused = planner.made.filter { $0.key.contains("refused") }.sorted { $0.key < $1.key }
        return counts + refused.map { NamedCount($0.key, Int64($0.value)) }
    }

    private func daysToDoor() throws -> [Duration] {
        try stepper.read { tx in
            try tx.query(
                """
                SELECT placed_at, delivered_at FROM orders
                WHERE purpose = 'sale' AND state IN ('delivered', 'returned') AND delivered_at IS NOT NULL ORDER BY id
                """
            ) {
                let placed = try $0.next(Instant.self)
                return try $0.next(Instant.self) - placed
            }
        }
    }

    private func promises(_ zone: TimeZoneRule) throws -> [(day: CivilDate, isKept: Bool)] {
        try stepper.read { tx in
            try tx.query(
                """
                SELECT promised_by, delivered_at FROM orders
                WHERE promised_by IS NOT NULL AND state IN ('delivered', 'returned', 'lost') ORDER BY id
                """
            ) {
                let promised = try $0.next(Instant.self), delivered = try $0.next(Instant?.self)
                return (zone.day(of: promised), delivered.map { $0 <= promised } ?? false)
            }
        }
    }

    private func parcelsByOrder() throws -> [Int] {
        try stepper.read { tx in
            try tx.values("SELECT COUNT(*) FROM parcel WHERE handed_over_at IS NOT NULL GROUP BY order_id ORDER BY order_id")
        }
    }

    private func shipping(_ currency: Currency) throws -> ShippingRecord {
        let (total, shipped) = try stepper.read { tx in
            (
                try tx.value(
                    """
                    SELECT COALESCE(SUM(l.price), 0) FROM label l JOIN parcel p ON p.id = l.parcel
                    WHERE l.state = 'current' AND p.handed_over_at IS NOT NULL
                    """, as: Int64.self) ?? 0,
                try tx.value("SELECT COUNT(DISTINCT order_id) FROM parcel WHERE handed_over_at IS NOT NULL", as: Int64.self) ?? 0
            )
        }
        return ShippingRecord(total: Money(total, currency), shippedOrders: shipped)
    }

    private func fills() throws -> [Int64] {
        try stepper.read { try $0.values("SELECT fill_ppm FROM parcel WHERE carton IS NOT NULL ORDER BY id") }
    }

    private func backlogs() throws -> [SiteBacklog] {
        made.sites.enumerated().map { index, id in
            SiteBacklog(
                network.site(id)?.code ?? "", results.backlog.filter { $0.site == index }.map { .init($0.day, Int64($0.open)) })
        }
    }

    private func exceptions() throws -> [NamedCount] {
        try stepper.read { tx in
            try tx.query(
                """
                SELECT kind, CASE WHEN closed_at IS NULL THEN 'open' ELSE 'closed' END AS standing, COUNT(*) FROM exception
                GROUP BY kind, standing ORDER BY kind, standing
                """
            ) { try NamedCount("\($0.next(String.self)) (\($0.next(String.self)))", $0.next()) }
        }
    }
}

extension Rehearsal {
    /// Fulfillment orders, units and failures of partners.
    private func partnerCounts() throws -> [NamedCount] {
        guard !partners.isEmpty else { return [] }
        let told = partners.values.map(\.refusals).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        let counts = try stepper.read { tx in
            try tx.query(
                """
                SELECT 1 AS place, 'sent' AS name, COUNT(*) FROM handoff
                UNION ALL SELECT 2, 'accepted', COUNT(*) FROM handoff WHERE state IN
                    ('accepted', 'shipping', 'cancel_requested', 'shipped', 'closed', 'short')
                UNION ALL SELECT 3, 'units ' || kind, SUM(quantity) FROM handoff_fact GROUP BY kind
                UNION ALL SELECT 4, 'penalties for ' || kind, COUNT(*) FROM partner_penalty GROUP BY kind
                UNION ALL SELECT 5, 'penalties in minor units', COALESCE(SUM(amount), 0) FROM partner_penalty
                ORDER BY place, name
                """
            ) {
                _ = try $0.next(Int.self)
                return try NamedCount($0.next(), $0.next())
            }
        }
        return counts + told.sorted { $0.key < $1.key }.map { NamedCount("refused: \($0.key)", Int64($0.value)) }
    }

    fileprivate func returnRecord(_ currency: Currency) throws -> ReturnRecord {
        let (ends, reasons, sums) = try stepper.read { tx in
            (
                try tx.query(
                    """
                    SELECT kind, state, resolution, keep, COUNT(*) FROM rma GROUP BY kind, state, resolution, keep
                    ORDER BY kind, state, resolution, keep
                    """
                ) {
                    let (kind, state, resolution): (String, String, String) = try ($0.next(), $0.next(), $0.next())
                    let isKept = try $0.next(Bool.self)
                    return NamedCount("\(kind): \(resolution), \(isKept ? "kept, " : "")\(state)", try $0.next())
                },
                try tx.query(
                    """
                    SELECT i.reason, COUNT(*) FROM rma_item i JOIN rma r ON r.id = i.rma WHERE r.kind = 'request'
                    GROUP BY i.reason ORDER BY i.reason
                    """
                ) { try NamedCount($0.next(), $0.next()) },
                try tx.first(
                    """
                    SELECT (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE state = 'sent'),
                        (SELECT COALESCE(SUM(quantity), 0) FROM returned_goods WHERE state = 'restocked')
                    """
                ) { try ($0.next(Int64.self), $0.next(Int64.self)) }
            )
        }
        let refused = results.returnsRefused.sorted { $0.key < $1.key }.map { NamedCount("refused: \($0.key)", Int64($0.value)) }
        return ReturnRecord(
            ends: ends + refused, reasons: reasons,
            receipts: results.receipts.sorted { $0.key < $1.key }.map { NamedCount($0.key, Int64($0.value)) },
            refunds: Money(sums?.0 ?? 0, currency), restockedUnits: sums?.1 ?? 0)
    }
}

extension RehearsalOutcome {
    /// The report with the time it took; everything else does not depend on the machine.
    package func timed(_ wall: Duration) -> RehearsalOutcome {
        var timed = self
        timed.report.pace = Pace(events: report.pace.events, orders: report.orders, wall: wall)
        return timed
    }
}
