import Kernel
import Orders
import Store
import Transport

/// A full trailer, written straight into the books: orders of one unit each, packed, labelled and in bags.
struct Freight {
    let parcels: Int
    let bags: [UnitID]
    let ground: NetworkGround

    init(parcels: Int, bags: Int, ground: NetworkGround) {
        self.parcels = parcels
        self.bags = (1...bags).map { UnitID(1_000_000 + Int64($0)) }
        self.ground = ground
    }

    func trailer(_ trip: Trip) throws -> UnitID {
        try ground.stepper.read { try Trips.find(trip.id, in: $0).trailer } ?? UnitID(0)
    }

    func load(_ trip: Trip) throws {
        for start in stride(from: 0, to: parcels, by: 1000) { try pack(start..<min(start + 1000, parcels), trip) }
        let (bags, fc, now) = (bags, ground.fc, ground.now)
        let each = parcels / bags.count
        for (number, bag) in bags.enumerated() {
            try ground.stepper.perform(
                InPlace { tx in
                    try HandlingUnits.add([(bag, "BAG\(number)")], kind: .bag, site: fc, occurred: now, in: tx)
                    try Bags.add(
                        Bag(unit: bag, site: fc, lane: trip.lane, destination: trip.destination, state: .closed), occurred: now,
                        in: tx)
                    let ids = (number * each..<(number + 1) * each).map { UnitID(2_000_000 + Int64($0)) }
                    try Containment.put(ids, into: bag, occurred: now, in: tx)
                })
        }
        try ground.load(trip, bags)
    }

    private func pack(_ range: Range<Int>, _ trip: Trip) throws {
        let (merchant, sku, fc, service, now) = (ground.merchant, ground.sku, ground.fc, ground.service, ground.now)
        let parcels = range.map { parcel(Int64($0), now) }
        try ground.stepper.perform(
            InPlace { tx in
                var units = Rows(["id": .int, "n": .int])
                for number in range { units.add(UnitID(2_000_000 + Int64(number)), Int64(number)) }
                try HandlingUnits.add(
                    range.map { (UnitID(2_000_000 + Int64($0)), "P\($0)") }, kind: .parcel, site: fc, occurred: now, in: tx)
                try tx.run(
                    """
                    INSERT INTO orders (id, merchant, channel, number, content_hash, way, state, payment, currency,
                        destination_kind, country, region, district, city, postal_area, items_minor, discount_minor,
                        shipping_minor, tax_minor, total_minor, placed_at, recorded_at, sourcing)
                    SELECT 3000000 + v.n, \(merchant), 'bulk', CAST(v.n AS TEXT), 'h', 'place', 'open', 'paid', 'EUR', 'address', 'DE',
                        'x', 'x', 'x', 'x', 100, 0, 0, 0, 100, 0, 0, '{}' FROM (\(rows: units)) AS v
                    """)
                try tx.run(
                    """
                    INSERT INTO order_component (id, order_id, line, merchant, sku, per_line, ordered, price_minor, tax_minor,
                        packed)
                    SELECT 4000000 + v.n, 3000000 + v.n, 1, \(merchant), \(sku), 1, 1, 100, 0, 1 FROM (\(rows: units)) AS v
                    """)
                try tx.run(
                    """
                    INSERT INTO fulfillment_order (id, merchant, order_id, site, purpose, state, service, available_from,
                        release_by, ship_by, deliver_by, shipping_minor, handling_minor, created_at)
                    SELECT 5000000 + v.n, \(merchant), 3000000 + v.n, \(fc), 'sale', 'packed', \(service), 0, 0, \(now), \(now),
                        0, 0, 0 FROM (\(rows: units)) AS v
                    """)
                try Parcels.add(parcels, in: tx)
                try tx.run(
                    """
                    INSERT INTO label (id, parcel, issuer, leg, service, number, state)
                    SELECT 6000000 + v.n, v.id, 'courier', 'last_mile', \(service), 'N' || CAST(v.n AS TEXT), 'current'
                    FROM (\(rows: units)) AS v
                    """)
                try tx.run("UPDATE parcel SET state = 'labelled' WHERE id IN \(list: range.map { UnitID(2_000_000 + Int64($0)) })")
                try Routes.add(
                    range.map {
                        RouteLeg(
                            parcel: UnitID(2_000_000 + Int64($0)), sequence: 0, lane: trip.lane, origin: trip.origin,
                            destination: trip.destination, cutOff: trip.cutOff, departs: trip.departs, arrives: trip.arrives)
                    }, in: tx)
            })
    }

    private func parcel(_ number: Int64, _ now: Instant) -> Parcel {
        let item = ParcelItem(
            component: ComponentID(4_000_000 + number), order: OrderID(3_000_000 + number), owner: ground.merchant,
            sku: ground.sku, lot: nil, quantity: 1)
        return Parcel(
            id: UnitID(2_000_000 + number), merchant: ground.merchant, fulfillment: FulfillmentID(5_000_000 + number),
            order: OrderID(3_000_000 + number), site: ground.fc, service: ground.service, carton: nil, piece: 1, pieces: 1,
            size: Dimensions(length: 100, width: 100, height: 100), expected: 500, weighed: 500, fillPPM: 0, shipBy: now,
            deliverBy: now, packedAt: now, items: [item])
    }
}
