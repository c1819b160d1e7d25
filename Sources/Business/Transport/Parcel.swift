import Kernel
import Store

/// Where a parcel is in its life.
package enum ParcelState: String, SQLValue, CaseIterable, Codable {
    /// Closed on the packing table; has no label yet.
    case packed
    case labelled
    /// Between two of our own sites.
    case inTransit = "in_transit"
    /// With the carrier.
    case handedOver = "handed_over"
    case outForDelivery = "out_for_delivery"
    case attempted
    case availableForPickup = "available_for_pickup"
    case delivered
    /// On its way back to us.
    case returning
    /// Back in one of our sites.
    case returned
    case lost
    /// Taken apart before it left.
    case voided

    package static let transitions: [ParcelState: Set<ParcelState>] = [
        // What left the site where it was packed and is pulled elsewhere has come back to us.
        .packed: [.labelled, .inTransit, .voided, .returned],
        .labelled: [.packed, .inTransit, .handedOver, .voided, .returned],
        .inTransit: [.packed, .labelled, .lost],
        .handedOver: [.outForDelivery, .attempted, .availableForPickup, .delivered, .returning, .returned, .lost],
        .outForDelivery: [.attempted, .availableForPickup, .delivered, .returning, .returned, .lost],
        .attempted: [.outForDelivery, .availableForPickup, .delivered, .returning, .returned, .lost],
        .availableForPickup: [.delivered, .returning, .returned, .lost],
        .returning: [.returned, .lost, .delivered],
        // One that turns up on its way back stays lost until it is back: its goods have left the book.
        .lost: [.delivered, .returned],
    ]

    /// Under way to where it was sent, as far as anybody knows.
    package var isComing: Bool {
        switch self {
        case .inTransit, .handedOver, .outForDelivery, .attempted, .availableForPickup: true
        default: false
        }
    }

    /// With us, at a site or between two.
    package var isWithUs: Bool { self == .packed || self == .labelled || self == .inTransit }

    package var isWithCarrier: Bool {
        switch self {
        case .handedOver, .outForDelivery, .attempted, .availableForPickup, .returning: true
        default: false
        }
    }
}

package struct ParcelItem: Sendable {
    package let component: ComponentID
    package let order: OrderID
    package let owner: MerchantID
    package let sku: SKUID
    package let lot: LotID?
    package let quantity: Quantity
    package let serial: String?
    /// Of the goods: `new`, `damaged` …
    package let condition: String
    /// Units that were not in it when it was opened where it went.
    package let missing: Quantity

    package init(
        component: ComponentID, order: OrderID, owner: MerchantID, sku: SKUID, lot: LotID?, quantity: Quantity,
        serial: String? = nil, condition: String = "new", missing: Quantity = 0
    ) {
        self.component = component
        self.order = order
        self.owner = owner
        self.sku = sku
        self.lot = lot
        self.quantity = quantity
        self.serial = serial
        self.condition = condition
        self.missing = missing
    }

    /// Its serial as a list, empty where it has none.
    package var serials: [String] { serial.map { [$0] } ?? [] }
}

package struct Parcel: Sendable {
    package let id: UnitID
    package let merchant: MerchantID
    package let fulfillment: FulfillmentID
    package let order: OrderID
    package let site: SiteID
    package let service: ServiceID
    package let carton: CartonID?
    package let state: ParcelState
    /// Every next scan says *pull*: take it out.
    package let pull: Bool
    package let piece: Int
    package let pieces: Int
    package let size: Dimensions
    package let expected: Grams
    package let weighed: Grams?
    package let fillPPM: Int64
    package let shipBy: Instant
    package let deliverBy: Instant
    package let packedAt: Instant
    /// Where it stands; nil while it is under way, with a carrier, or at its end.
    package let atSite: SiteID?
    /// When it first left the site where it was packed; nil while it is there.
    package let leftAt: Instant?
    package var items: [ParcelItem]

    package init(
        id: UnitID, merchant: MerchantID, fulfillment: FulfillmentID, order: OrderID, site: SiteID, service: ServiceID,
        carton: CartonID?, state: ParcelState = .packed, pull: Bool = false, piece: Int, pieces: Int, size: Dimensions,
        expected: Grams, weighed: Grams?, fillPPM: Int64, shipBy: Instant, deliverBy: Instant, packedAt: Instant,
        atSite: SiteID? = nil, leftAt: Instant? = nil, items: [ParcelItem]
    ) {
        self.id = id
        self.merchant = merchant
        self.fulfillment = fulfillment
        self.order = order
        self.site = site
        self.service = service
        self.carton = carton
        self.state = state
        self.pull = pull
        self.piece = piece
        self.pieces = pieces
        self.size = size
        self.expected = expected
        self.weighed = weighed
        self.fillPPM = fillPPM
        self.shipBy = shipBy
        self.deliverBy = deliverBy
        self.packedAt = packedAt
        self.atSite = atSite ?? (leftAt == nil ? site : nil)
        self.leftAt = leftAt
        self.items = items
    }
}

extension Parcel {
    /// Left, and still to come: with a carrier, between our sites or at one of them.
    package var isUnderWay: Bool { state.isComing || leftAt != nil && state.isWithUs }
}

package enum Parcels {
    package static func add(_ parcels: [Parcel], in tx: Transaction) throws {
        var heads = Rows([
            "id": .int, "merchant": .int, "ful": .int, "ord": .int, "site": .int, "service": .int, "carton": .int,
            "state": .text, "piece": .int, "pieces": .int, "length": .int, "width": .int, "height": .int, "expected": .int,
            "weighed": .int, "fill": .int, "ship_by": .int, "deliver_by": .int, "packed_at": .int,
        ])
        var items = Rows([
            "id": .int, "parcel": .int, "ord": .int, "component": .int, "owner": .int, "sku": .int, "lot": .int,
            "quantity": .int, "serial": .text, "condition": .text,
        ])
        for one in parcels {
            heads.add(
                one.id, one.merchant, one.fulfillment, one.order, one.site, one.service, one.carton, one.state, one.piece,
                one.pieces, one.size.length, one.size.width, one.size.height, one.expected, one.weighed, one.fillPPM,
                one.shipBy, one.deliverBy, one.packedAt)
            for item in one.items {
                items.add(
                    tx.id(UnitID.self), one.id, item.order, item.component, item.owner, item.sku, item.lot?.raw ?? 0,
                    item.quantity, item.serial, item.condition)
            }
            tx.emit(.parcel(one, NewEvent.parcelPackedType, at: one.packedAt))
        }
        try tx.run(
            """
            INSERT INTO parcel (id, merchant, fulfillment_order, order_id, site, service, carton, state, piece, pieces,
                length_mm, width_mm, height_mm, expected_g, weighed_g, fill_ppm, ship_by, deliver_by, packed_at, at_site)
            SELECT v.id, v.merchant, v.ful, v.ord, v.site, v.service, v.carton, v.state, v.piece, v.pieces,
                v.length, v.width, v.height, v.expected, v.weighed, v.fill, v.ship_by, v.deliver_by, v.packed_at, v.site
            FROM (\(rows: heads)) AS v
            """)
        try tx.run(
            """
            INSERT INTO parcel_item (id, parcel, order_id, component, owner, sku, lot, quantity, serial, condition)
            SELECT v.id, v.parcel, v.ord, v.component, v.owner, v.sku, v.lot, v.quantity, v.serial, v.condition
            FROM (\(rows: items)) AS v
            """)
    }

    /// Parcels that match with their items, in the order of ids, locked.
    package static func load(where condition: SQL, limit: Int = 10_000, in tx: Transaction) throws -> [Parcel] {
        var found = try tx.query(
            """
            SELECT id, merchant, fulfillment_order, order_id, site, service, carton, state, pull, piece, pieces, length_mm,
                width_mm, height_mm, expected_g, weighed_g, fill_ppm, ship_by, deliver_by, packed_at, at_site, left_at
            FROM parcel WHERE \(condition) ORDER BY id LIMIT \(limit) \(.forUpdate)
            """
        ) {
            try Parcel(
                id: $0.next(), merchant: $0.next(), fulfillment: $0.next(), order: $0.next(), site: $0.next(),
                service: $0.next(), carton: $0.next(), state: $0.next(), pull: $0.next(), piece: $0.next(),
                pieces: $0.next(), size: Dimensions(length: $0.next(), width: $0.next(), height: $0.next()),
                expected: $0.next(), weighed: $0.next(), fillPPM: $0.next(), shipBy: $0.next(), deliverBy: $0.next(),
                packedAt: $0.next(), atSite: $0.next(), leftAt: $0.next(), items: [])
        }
        let items = try tx.query(
            """
            SELECT parcel, component, order_id, owner, sku, lot, quantity, serial, condition, missing FROM parcel_item
            WHERE parcel IN \(list: found.map(\.id)) ORDER BY parcel, id
            """
        ) {
            let parcel = try $0.next(UnitID.self)
            let (component, order, owner, sku, lot): (ComponentID, OrderID, MerchantID, SKUID, Int64) =
                try ($0.next(), $0.next(), $0.next(), $0.next(), $0.next())
            let item = try ParcelItem(
                component: component, order: order, owner: owner, sku: sku, lot: lot == 0 ? nil : LotID(lot),
                quantity: $0.next(), serial: $0.next(), condition: $0.next(), missing: $0.next())
            return (parcel, item)
        }
        let byParcel = Dictionary(grouping: items, by: \.0)
        for index in found.indices { found[index].items = (byParcel[found[index].id] ?? []).map(\.1) }
        return found
    }

    package static func load(_ ids: [UnitID], in tx: Transaction) throws -> [Parcel] {
        try load(where: "id IN \(list: Set(ids).sorted())", in: tx)
    }

    /// How many a fulfillment order has, voided ones among them.
    package static func count(of fulfillment: FulfillmentID, in tx: Transaction) throws -> Int {
        try tx.value("SELECT COUNT(*) FROM parcel WHERE fulfillment_order = \(fulfillment)") ?? 0
    }

    package static func of(_ order: OrderID, in tx: Transaction) throws -> [Parcel] {
        try load(where: "order_id = \(order)", in: tx)
    }

    /// Parcels ready to be taken by their courier at the site where they stand, whose departure is due: loose, and with no
    /// leg to another site planned from here.
    package static func ready(
        at site: SiteID, service: ServiceID, until shipBy: Instant, limit: Int, in tx: Transaction
    ) throws -> [Parcel] {
        try load(
            where: """
                at_site = \(site) AND service = \(service) AND state = 'labelled' AND pull = 0 AND weighed_g IS NOT NULL
                    AND ship_by <= \(shipBy)
                    AND NOT EXISTS (SELECT 1 FROM parcel_leg l
                        WHERE l.parcel = parcel.id AND l.origin = parcel.at_site AND l.state = 'planned')
                    AND NOT EXISTS (SELECT 1 FROM containment c WHERE c.child = parcel.id AND c.until_at IS NULL)
                """, limit: limit, in: tx)
    }

    /// Guarded by the table of transitions; answers how many changed. What a carrier brings back stands at the site from
    /// which it left.
    @discardableResult
    package static func change(_ ids: [UnitID], to state: ParcelState, occurred: Instant, in tx: Transaction) throws -> Int {
        try change(ids.map { ($0, occurred) }, to: state, in: tx)
    }

    /// Parcels, each once and at its own time; guarded by the table of transitions, answers how many changed.
    @discardableResult
    package static func change(_ parcels: [(UnitID, occurred: Instant)], to state: ParcelState, in tx: Transaction) throws -> Int {
        var rows = Rows(["id": .int, "at": .int])
        for (id, occurred) in parcels { rows.add(id, occurred) }
        let from = ParcelState.transitions.filter { $0.value.contains(state) }.map(\.key.rawValue).sorted()
        return try tx.run(
            """
            UPDATE parcel SET state = \(state),
                at_site = CASE WHEN \(state) IN ('packed', 'labelled', 'voided') THEN at_site
                    WHEN \(state) = 'returned' THEN COALESCE(at_site, site) ELSE NULL END,
                left_at = CASE WHEN \(state) IN ('in_transit', 'handed_over') THEN COALESCE(left_at, v.at) ELSE left_at END,
                handed_over_at = CASE WHEN \(state) = 'handed_over' THEN v.at ELSE handed_over_at END,
                delivered_at = CASE WHEN \(state) = 'delivered' THEN v.at ELSE delivered_at END
            FROM (\(rows: rows)) AS v WHERE parcel.id = v.id AND parcel.state IN \(list: from)
            """)
    }

    /// The site that a parcel was sent to opens it: with a carrier, between our sites or at one of them.
    package static func receive(_ parcel: UnitID, occurred: Instant, in tx: Transaction) throws {
        try tx.run(
            """
            UPDATE parcel SET state = 'delivered', at_site = NULL, delivered_at = \(occurred)
            WHERE id = \(parcel) AND left_at IS NOT NULL AND state NOT IN ('delivered', 'returned', 'voided')
            """, expecting: 1)
    }

    /// Parcels that were between two sites stand at one again, labelled if they bear a label; answers how many.
    @discardableResult
    package static func stand(_ ids: [UnitID], at site: SiteID, in tx: Transaction) throws -> Int {
        guard !ids.isEmpty else { return 0 }
        return try tx.run(
            """
            UPDATE parcel SET at_site = \(site), state = CASE WHEN EXISTS (SELECT 1 FROM label l
                WHERE l.parcel = parcel.id AND l.state = 'current' AND l.leg = 'last_mile') THEN 'labelled' ELSE 'packed' END
            WHERE id IN \(list: ids) AND state = 'in_transit'
            """)
    }

    /// Parcels that had left are back in our hands, taken out at a site.
    package static func giveBack(_ ids: [UnitID], at site: SiteID, in tx: Transaction) throws {
        try tx.run(
            """
            UPDATE parcel SET state = 'returned', at_site = \(site)
            WHERE id IN \(list: ids) AND state IN ('packed', 'labelled', 'lost')
            """, expecting: ids.count)
    }

    /// Parcels standing at a trip's origin whose planned leg this departure, or an earlier one of the lane, was.
    package static func left(behind trip: Trip, limit: Int, in tx: Transaction) throws -> [UnitID] {
        try tx.values(
            """
            SELECT l.parcel FROM parcel_leg l JOIN parcel p ON p.id = l.parcel
            WHERE l.state = 'planned' AND l.departs_at <= \(trip.departs) AND l.lane = \(trip.lane)
                AND p.at_site = \(trip.origin) AND p.pull = 0 AND p.state IN ('packed', 'labelled')
            ORDER BY l.parcel LIMIT \(limit)
            """)
    }

    /// Parcels of cancelled orders that stand at a site and have to be taken out.
    package static func toPull(at site: SiteID, limit: Int, in tx: Transaction) throws -> [UnitID] {
        try tx.values(
            """
            SELECT id FROM parcel WHERE at_site = \(site) AND state IN ('packed', 'labelled') AND pull = 1
            ORDER BY id LIMIT \(limit)
            """)
    }

    /// Whether any parcel stands at a site of ours or is between two, and is to go on.
    package static func anyWithUs(in tx: Transaction) throws -> Bool {
        try tx.value(
            "SELECT 1 FROM parcel WHERE state IN ('packed', 'labelled', 'in_transit') AND pull = 0 LIMIT 1", as: Int.self) != nil
    }

    /// Parcels of a site that have not been on the scale.
    package static func unweighed(at site: SiteID, limit: Int, in tx: Transaction) throws -> [Parcel] {
        try load(where: "at_site = \(site) AND state IN ('packed', 'labelled') AND pull = 0 AND weighed_g IS NULL", limit: limit, in: tx)
    }

    /// Notes units that were not found in parcels when they were opened; one row a parcel, component and lot.
    package static func miss(
        _ units: [(parcel: UnitID, component: ComponentID, lot: LotID?, quantity: Quantity)], in tx: Transaction
    ) throws {
        for one in units where one.quantity > 0 {
            try tx.run(
                """
                UPDATE parcel_item SET missing = missing + \(one.quantity) WHERE id = (SELECT MIN(id) FROM parcel_item
                    WHERE parcel = \(one.parcel) AND component = \(one.component) AND lot = \(one.lot?.raw ?? 0)
                        AND quantity - missing >= \(one.quantity))
                """, expecting: 1)
        }
    }

    package static func weigh(_ parcel: UnitID, _ grams: Grams, in tx: Transaction) throws {
        try tx.run("UPDATE parcel SET weighed_g = \(grams) WHERE id = \(parcel)", expecting: 1)
    }

    /// Marks parcels so that every next scan says *pull*.
    package static func pull(_ ids: [UnitID], in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.run("UPDATE parcel SET pull = 1 WHERE id IN \(list: ids)", expecting: ids.count)
    }

    package static func setManifest(_ ids: [UnitID], _ manifest: ManifestID, in tx: Transaction) throws {
        try tx.run("UPDATE parcel SET manifest = \(manifest) WHERE id IN \(list: ids)", expecting: ids.count)
    }

    /// Of these fulfillment orders, those whose parcels have all reached one of `states`.
    package static func complete(
        _ fulfillments: [FulfillmentID], in states: [ParcelState], tx: Transaction
    ) throws -> [FulfillmentID] {
        try tx.values(
            """
            SELECT fulfillment_order FROM parcel WHERE fulfillment_order IN \(list: Set(fulfillments).sorted())
            GROUP BY fulfillment_order HAVING SUM(CASE WHEN state IN \(list: states) THEN 0 ELSE 1 END) = 0
            ORDER BY fulfillment_order
            """)
    }

    /// Of these fulfillment orders, those of which every parcel has left the site or was taken apart.
    package static func allLeft(_ fulfillments: [FulfillmentID], in tx: Transaction) throws -> [FulfillmentID] {
        try tx.values(
            """
            SELECT fulfillment_order FROM parcel WHERE fulfillment_order IN \(list: Set(fulfillments).sorted())
            GROUP BY fulfillment_order
            HAVING SUM(CASE WHEN left_at IS NOT NULL OR state = 'voided' THEN 0 ELSE 1 END) = 0
            ORDER BY fulfillment_order
            """)
    }
}
