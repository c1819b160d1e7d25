import Kernel
import Store

/// What one site does for one demand.
package enum FulfillmentState: String, SQLValue, CaseIterable, Codable {
    /// Goods are claimed; the site has not begun.
    case open
    /// Bins are chosen and pick tasks stand on the floor.
    case released
    /// All that was found is in totes.
    case picked
    /// All picked goods are in parcels.
    case packed
    /// Every parcel is with a carrier.
    case shipped
    /// Nothing more happens here: every parcel reached its end.
    case closed
    case cancelled

    package static let transitions: [FulfillmentState: Set<FulfillmentState>] = [
        .open: [.released, .cancelled],
        .released: [.open, .picked, .cancelled],
        // A disposal ends where it was picked.
        .picked: [.packed, .closed, .cancelled],
        .packed: [.shipped, .cancelled],
        .shipped: [.closed],
    ]
}

/// Why a fulfillment order exists.
package enum FulfillmentPurpose: String, SQLValue, Codable, CaseIterable {
    case sale
    case transfer
    case removal
    case replacement
    case sample
    case wholesale
    /// Destroyed at the site, with a proof; leaves in no parcel.
    case disposal

    /// Whether somebody was told a date at which it arrives.
    package var hasPromise: Bool { self == .sale || self == .sample || self == .replacement || self == .wholesale }
}

package struct FulfillmentLine: Sendable {
    package let id: FulfillmentLineID
    package let component: ComponentID
    package let sku: SKUID
    package var quantity: Quantity
    package var picked: Quantity = 0
    package var packed: Quantity = 0

    package init(id: FulfillmentLineID, component: ComponentID, sku: SKUID, quantity: Quantity) {
        self.id = id
        self.component = component
        self.sku = sku
        self.quantity = quantity
    }
}

package struct FulfillmentOrder: Sendable {
    package let id: FulfillmentID
    package let merchant: MerchantID
    package let order: OrderID
    package let site: SiteID
    package let purpose: FulfillmentPurpose
    package var state: FulfillmentState
    /// `noService` where nothing is sent.
    package let service: ServiceID
    /// When the last of its goods can be allocated.
    package let availableFrom: Instant
    package var releaseBy: Instant
    package var shipBy: Instant
    package var deliverBy: Instant
    package let shipping: Int64
    package let handling: Int64
    package var lines: [FulfillmentLine]

    /// Of a disposal: no carrier comes for it.
    package static let noService = ServiceID(0)

    package init(
        id: FulfillmentID, merchant: MerchantID, order: OrderID, site: SiteID, purpose: FulfillmentPurpose = .sale,
        state: FulfillmentState = .open, service: ServiceID, availableFrom: Instant, releaseBy: Instant, shipBy: Instant,
        deliverBy: Instant, shipping: Int64, handling: Int64, lines: [FulfillmentLine]
    ) {
        self.id = id
        self.merchant = merchant
        self.order = order
        self.site = site
        self.purpose = purpose
        self.state = state
        self.service = service
        self.availableFrom = availableFrom
        self.releaseBy = releaseBy
        self.shipBy = shipBy
        self.deliverBy = deliverBy
        self.shipping = shipping
        self.handling = handling
        self.lines = lines
    }
}

package enum Fulfillments {
    package static func add(_ all: [FulfillmentOrder], in tx: Transaction) throws {
        var heads = Rows([
            "id": .int, "merchant": .int, "ord": .int, "site": .int, "purpose": .text, "state": .text, "service": .int,
            "available": .int, "release_by": .int, "ship_by": .int, "deliver_by": .int, "shipping": .int, "handling": .int,
        ])
        var lines = Rows(["id": .int, "ful": .int, "ord": .int, "component": .int, "sku": .int, "quantity": .int])
        for one in all {
            heads.add(
                one.id, one.merchant, one.order, one.site, one.purpose, one.state, one.service, one.availableFrom,
                one.releaseBy, one.shipBy, one.deliverBy, one.shipping, one.handling)
            for line in one.lines { lines.add(line.id, one.id, one.order, line.component, line.sku, line.quantity) }
            tx.emit(.fulfillment(one, at: tx.now))
        }
        try tx.run(
            """
            INSERT INTO fulfillment_order (id, merchant, order_id, site, purpose, state, service, available_from, release_by,
                ship_by, deliver_by, shipping_minor, handling_minor, created_at)
            SELECT v.id, v.merchant, v.ord, v.site, v.purpose, v.state, v.service, v.available, v.release_by, v.ship_by,
                v.deliver_by, v.shipping, v.handling, \(tx.now) FROM (\(rows: heads)) AS v
            """)
        try tx.run(
            """
            INSERT INTO fulfillment_line (id, fulfillment_order, order_id, component, sku, quantity)
            SELECT v.id, v.ful, v.ord, v.component, v.sku, v.quantity FROM (\(rows: lines)) AS v
            """)
    }

    /// Those that match, with their lines, in the order of ids, locked.
    package static func load(where condition: SQL, limit: Int = 10_000, in tx: Transaction) throws -> [FulfillmentOrder] {
        var found = try tx.query(
            """
            SELECT id, merchant, order_id, site, purpose, state, service, available_from, release_by, ship_by, deliver_by,
                shipping_minor, handling_minor
            FROM fulfillment_order WHERE \(condition) ORDER BY id LIMIT \(limit) \(.forUpdate)
            """
        ) {
            try FulfillmentOrder(
                id: $0.next(), merchant: $0.next(), order: $0.next(), site: $0.next(), purpose: $0.next(), state: $0.next(),
                service: $0.next(), availableFrom: $0.next(), releaseBy: $0.next(), shipBy: $0.next(), deliverBy: $0.next(),
                shipping: $0.next(), handling: $0.next(), lines: [])
        }
        let lines = try tx.query(
            """
            SELECT fulfillment_order, id, component, sku, quantity, picked, packed FROM fulfillment_line
            WHERE fulfillment_order IN \(list: found.map(\.id)) ORDER BY fulfillment_order, id
            """
        ) {
            let head = try $0.next(FulfillmentID.self)
            var line = try FulfillmentLine(id: $0.next(), component: $0.next(), sku: $0.next(), quantity: $0.next())
            line.picked = try $0.next()
            line.packed = try $0.next()
            return (head, line)
        }
        let byHead = Dictionary(grouping: lines, by: \.0)
        for index in found.indices { found[index].lines = (byHead[found[index].id] ?? []).map(\.1) }
        return found
    }

    package static func load(_ ids: [FulfillmentID], in tx: Transaction) throws -> [FulfillmentOrder] {
        try load(where: "id IN \(list: ids)", in: tx)
    }

    package static func of(_ orders: [OrderID], in tx: Transaction) throws -> [FulfillmentOrder] {
        try load(where: "order_id IN \(list: orders)", in: tx)
    }

    /// What a site has not begun, in the order of ids.
    package static func open(
        at site: SiteID, after: FulfillmentID, limit: Int, in tx: Transaction
    ) throws -> [FulfillmentOrder] {
        try load(where: "site = \(site) AND state = 'open' AND id > \(after)", limit: limit, in: tx)
    }

    /// Those of a site that wait to be packed, earliest departure first.
    package static func picked(at site: SiteID, limit: Int, in tx: Transaction) throws -> [FulfillmentID] {
        try tx.values(
            """
            SELECT id FROM fulfillment_order WHERE site = \(site) AND state = 'picked' AND purpose <> 'disposal'
            ORDER BY ship_by, id LIMIT \(limit)
            """)
    }

    /// How many each of these sites has taken on and not shipped.
    package static func open(at sites: [SiteID], in tx: Transaction) throws -> [SiteID: Int] {
        let rows = try tx.query(
            """
            SELECT site, COUNT(*) FROM fulfillment_order
            WHERE site IN \(list: sites) AND state IN ('open', 'released', 'picked', 'packed')
            GROUP BY site ORDER BY site
            """
        ) { try ($0.next(SiteID.self), $0.next(Int.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Open ones of a site that leave by a time, whose goods have come and whose orders are paid and not held.
    package static func due(at site: SiteID, until: Instant, limit: Int, in tx: Transaction) throws -> [FulfillmentOrder] {
        let ids: [FulfillmentID] = try tx.values(
            """
            SELECT f.id FROM fulfillment_order f JOIN orders o ON o.id = f.order_id
            WHERE f.site = \(site) AND f.state = 'open' AND f.ship_by <= \(until) AND f.available_from <= \(tx.now)
                AND o.payment NOT IN ('pending', 'refunded')
                AND NOT EXISTS (SELECT 1 FROM order_hold h WHERE h.order_id = f.order_id AND h.released_at IS NULL)
            ORDER BY f.ship_by, f.id LIMIT \(limit)
            """)
        return try load(ids, in: tx).filter { $0.state == .open }
    }

    /// Open ones of these orders at these sites, where the order is paid and not held.
    package static func ready(of orders: [OrderID], at sites: [SiteID], in tx: Transaction) throws -> [FulfillmentOrder] {
        let ids: [FulfillmentID] = try tx.values(
            """
            SELECT f.id FROM fulfillment_order f JOIN orders o ON o.id = f.order_id
            WHERE f.order_id IN \(list: orders) AND f.site IN \(list: sites) AND f.state = 'open'
                AND o.payment NOT IN ('pending', 'refunded')
                AND NOT EXISTS (SELECT 1 FROM order_hold h WHERE h.order_id = f.order_id AND h.released_at IS NULL)
            ORDER BY f.id
            """)
        return try load(ids, in: tx).filter { $0.state == .open }
    }

    /// The fulfillment orders that these lines belong to.
    package static func heads(of lines: [FulfillmentLineID], in tx: Transaction) throws -> [FulfillmentLineID: FulfillmentID] {
        let rows = try tx.query(
            "SELECT id, fulfillment_order FROM fulfillment_line WHERE id IN \(list: Set(lines).sorted()) ORDER BY id"
        ) { try ($0.next(FulfillmentLineID.self), $0.next(FulfillmentID.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Guarded by the table of transitions; answers how many changed. One in another state is left alone.
    @discardableResult
    package static func change(_ ids: [FulfillmentID], to state: FulfillmentState, in tx: Transaction) throws -> Int {
        guard !ids.isEmpty else { return 0 }
        let from = FulfillmentState.transitions.filter { $0.value.contains(state) }.map(\.key.rawValue).sorted()
        return try tx.run(
            "UPDATE fulfillment_order SET state = \(state) WHERE id IN \(list: ids) AND state IN \(list: from)")
    }

    /// New dates for what has not begun: when to release, to ship, and when it arrives.
    package static func redate(
        _ dates: [(id: FulfillmentID, releaseBy: Instant, shipBy: Instant, deliverBy: Instant)], in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "release_by": .int, "ship_by": .int, "deliver_by": .int])
        for one in dates.sorted(by: { $0.id < $1.id }) { rows.add(one.id, one.releaseBy, one.shipBy, one.deliverBy) }
        try tx.run(
            """
            UPDATE fulfillment_order SET release_by = v.release_by, ship_by = v.ship_by, deliver_by = v.deliver_by
            FROM (\(rows: rows)) AS v WHERE fulfillment_order.id = v.id
            """, expecting: rows.count)
    }

    package static func release(_ ids: [FulfillmentID], wave: WaveID, in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.run(
            """
            UPDATE fulfillment_order SET state = 'released', wave = \(wave) WHERE id IN \(list: ids) AND state = 'open'
            """, expecting: ids.count)
    }

    /// Back to what has not begun, where nothing was picked.
    package static func unrelease(_ ids: [FulfillmentID], in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.run(
            """
            UPDATE fulfillment_order SET state = 'open', wave = NULL WHERE id IN \(list: ids) AND state = 'released'
            """, expecting: ids.count)
    }

    /// Adds to what lines have picked or packed, or takes units off a line that will not be done here.
    package static func add(
        picked: [(FulfillmentLineID, Quantity)] = [], packed: [(FulfillmentLineID, Quantity)] = [],
        dropped: [(FulfillmentLineID, Quantity)] = [], in tx: Transaction
    ) throws {
        var sums: [FulfillmentLineID: (Int64, Int64, Int64)] = [:]
        for (id, q) in picked { sums[id, default: (0, 0, 0)].0 += q.rawValue }
        for (id, q) in packed { sums[id, default: (0, 0, 0)].1 += q.rawValue }
        for (id, q) in dropped { sums[id, default: (0, 0, 0)].2 += q.rawValue }
        var rows = Rows(["id": .int, "picked": .int, "packed": .int, "dropped": .int])
        for (id, sum) in sums.sorted(by: { $0.key < $1.key }) { rows.add(id, sum.0, sum.1, sum.2) }
        try tx.run(
            """
            UPDATE fulfillment_line SET picked = fulfillment_line.picked + v.picked,
                packed = fulfillment_line.packed + v.packed, quantity = fulfillment_line.quantity - v.dropped
            FROM (\(rows: rows)) AS v WHERE fulfillment_line.id = v.id
            """, expecting: rows.count)
    }
}
