import Kernel
import Orders
import Store
import Transport
import Warehouse

/// What has to leave a site by one departure, and how far it is.
package struct ShiftDeparture: Sendable, Equatable {
    package let leaves: Instant
    package var toRelease: Int64 = 0
    package var toPick: Int64 = 0
    package var toPack: Int64 = 0
    package var packed: Int64 = 0

    package var open: Int64 { toRelease + toPick + toPack }
    package var all: Int64 { open + packed }
}

/// A wave with tasks that are still open.
package struct ShiftWave: Sendable, Equatable {
    package let wave: Wave
    package let openTasks: Int64
    /// It is done before the rest of the site.
    package let isFirst: Bool

    /// Nothing of it was picked or called off.
    package var isUntouched: Bool { openTasks == Int64(wave.tasks) }
}

/// A tote with picked goods that nobody has packed for long.
package struct StuckTote: Sendable, Equatable {
    package let code: String
    package let since: Instant
    package let orders: Int64
    package let pieces: Int64
}

/// A parcel that stands packed without a label.
package struct UnlabelledParcel: Sendable, Equatable {
    package let id: UnitID
    package let code: String
    package let order: OrderID
    package let packedAt: Instant
    package let shipBy: Instant
    /// Why the last label was not to be had; nil where the carrier was asked and has not answered.
    package let reason: String?
}

/// The shift of one site at a glance. Reads what is open, not the history.
package struct ShiftBoard: Sendable {
    package let departures: [ShiftDeparture]
    /// Parcels packed in the last hour.
    package let pace: Int64
    package let waves: [ShiftWave]
    package let totes: [StuckTote]
    package let unlabelled: [UnlabelledParcel]
    package let pause: ReleasePause?
    package let workers: [FloorWorker]

    /// Goods stand in a tote so long before somebody should look.
    package static let patience = Duration.hours(2)

    package static func read(_ site: SiteID, in tx: Transaction) throws -> ShiftBoard {
        ShiftBoard(
            departures: try departures(site, in: tx), pace: try pace(site, in: tx),
            waves: try ShiftWave.page(at: site, onlyOpen: true, after: nil, limit: 50, in: tx),
            totes: try totes(site, in: tx), unlabelled: try unlabelled(site, in: tx), pause: try ReleasePauses.find(site, in: tx),
            workers: try FloorWorkers.present(at: site, since: tx.now - .hours(12), in: tx))
    }

    private static func departures(_ site: SiteID, in tx: Transaction) throws -> [ShiftDeparture] {
        let states: [FulfillmentState] = [.open, .released, .picked, .packed]
        let rows = try tx.query(
            """
            SELECT ship_by, state, COUNT(*) FROM fulfillment_order WHERE site = \(site) AND state IN \(list: states)
            GROUP BY ship_by, state ORDER BY ship_by, state
            """
        ) { (try $0.next(Instant.self), try $0.next(FulfillmentState.self), try $0.next(Int64.self)) }
        var found: [ShiftDeparture] = []
        for (leaves, state, count) in rows {
            if found.last?.leaves != leaves { found.append(ShiftDeparture(leaves: leaves)) }
            let last = found.count - 1
            switch state {
            case .open: found[last].toRelease = count
            case .released: found[last].toPick = count
            case .picked: found[last].toPack = count
            default: found[last].packed = count
            }
        }
        return Array(found.filter { $0.open > 0 || $0.leaves > tx.now }.prefix(8))
    }

    /// Ids begin with their time, which is exact enough for a pace; all parcels of the hour are fewer than all of the site.
    private static func pace(_ site: SiteID, in tx: Transaction) throws -> Int64 {
        let first: UnitID = IDGenerator(node: 0).next(at: tx.now - .hours(1))
        return try tx.value("SELECT COUNT(*) FROM parcel WHERE id >= \(first) AND +site = \(site)") ?? 0
    }

    private static func totes(_ site: SiteID, in tx: Transaction) throws -> [StuckTote] {
        let states: [FulfillmentState] = [.released, .picked]
        return try tx.query(
            """
            SELECT u.code, MIN(t.closed_at), COUNT(DISTINCT f.id), SUM(t.done) FROM fulfillment_order f
            JOIN task t ON t.fulfillment_order = f.id AND t.kind = 'pick' AND t.done > 0
            JOIN handling_unit u ON u.id = t.to_place
            WHERE f.site = \(site) AND f.state IN \(list: states) GROUP BY u.code
            HAVING MAX(t.closed_at) < \(tx.now - patience) ORDER BY MIN(t.closed_at), u.code LIMIT 20
            """
        ) { try StuckTote(code: $0.next(), since: $0.next(), orders: $0.next(), pieces: $0.next()) }
    }

    private static func unlabelled(_ site: SiteID, in tx: Transaction) throws -> [UnlabelledParcel] {
        try tx.query(
            """
            SELECT p.id, u.code, p.order_id, p.packed_at, p.ship_by,
                (SELECT l.reason FROM label l WHERE l.parcel = p.id ORDER BY l.id DESC LIMIT 1)
            FROM parcel p JOIN handling_unit u ON u.id = p.id
            WHERE p.at_site = \(site) AND p.state = 'packed' ORDER BY p.ship_by, p.id LIMIT 50
            """
        ) {
            try UnlabelledParcel(
                id: $0.next(), code: $0.next(), order: $0.next(), packedAt: $0.next(), shipBy: $0.next(), reason: $0.next())
        }
    }
}

extension ShiftWave {
    /// A page of a site's waves, the newest first.
    ///
    /// - Parameter onlyOpen: those with tasks that are still open.
    package static func page(
        at site: SiteID, onlyOpen: Bool, after id: WaveID?, limit: Int, in tx: Transaction
    ) throws -> [ShiftWave] {
        try tx.query(
            """
            SELECT w.id, w.site, w.ship_by, w.orders, w.tasks, w.released_at, w.undone_at, COALESCE(v.open, 0), COALESCE(v.walk, 0)
            FROM wave w \(verbatim: onlyOpen ? "JOIN" : "LEFT JOIN") (SELECT wave, COUNT(*) AS open, MIN(walk) AS walk FROM task
                WHERE site = \(site) AND state = 'open' AND kind = 'pick' GROUP BY wave) AS v ON v.wave = w.id
            WHERE w.site = \(site) AND w.id < \(id?.raw ?? Int64.max) ORDER BY w.id DESC LIMIT \(limit)
            """
        ) {
            let wave = try Wave(
                id: $0.next(), site: $0.next(), shipBy: $0.next(), orders: $0.next(), tasks: $0.next(), released: $0.next(),
                undone: $0.next())
            return ShiftWave(wave: wave, openTasks: try $0.next(), isFirst: try $0.next(Int64.self) < 0)
        }
    }
}
