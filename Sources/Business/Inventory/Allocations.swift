import Kernel
import Store

/// A bin and lot chosen for a reservation.
package struct Allocation: Sendable {
    package let id: AllocationID
    package let reservation: ReservationID
    package let line: FulfillmentLineID
    package let stock: StockID
    package let quantity: Quantity
    package let location: LocationID
    package let lot: LotID?
    package let owner: MerchantID
    package let sku: SKUID
    package let condition: Condition

    func on(_ reservation: ReservationID) -> Allocation {
        Allocation(
            id: id, reservation: reservation, line: line, stock: stock, quantity: quantity, location: location, lot: lot,
            owner: owner, sku: sku, condition: condition)
    }
}

/// Where a claim is picked from: pickable bins, or where goods of a condition are kept that are not for sale.
package struct PickSource: Hashable, Sendable {
    package let sku: SKUID
    /// Nil: goods for sale.
    package let unsellable: Condition?

    package init(sku: SKUID, unsellable: Condition? = nil) {
        self.sku = sku
        self.unsellable = unsellable
    }
}

package enum Allocations {
    private struct Bin {
        let stock: StockID
        let location: LocationID
        let lot: Int64
        var free: Int64
    }

    /// Chooses bins for reservations in the order given: lots that expire first, first; then the bin with the least,
    /// so that bins empty out; then by id. A reservation that finds too little is allocated in part.
    ///
    /// A reservation found in several bins is split so that each allocation has a reservation of its own, of the same
    /// quantity, which becomes `allocated`; what found no goods stays `active`, as does a claim on goods that have not come:
    /// what lies in bins then is promised to others.
    package static func allocate(
        _ reservations: [Reservation], at site: SiteID, in tx: Transaction
    ) throws -> [Allocation] {
        let sources = try sources(of: reservations, in: tx)
        var bins = try bins(of: sources.values, at: site, in: tx)
        var made: [Allocation] = [], done: [ReservationID] = []
        for one in reservations where one.state == .active {
            guard let source = sources[one.id] else { continue }
            var left = one.quantity
            for part in take(one, from: &bins[source, default: []], source.unsellable ?? .new, in: tx) {
                let claim = part.quantity < left ? try Reservations.split(one.id, off: part.quantity, in: tx) : one.id
                left -= part.quantity
                done.append(claim)
                made.append(part.on(claim))
            }
        }
        try Reservations.mark(done, .allocated, in: tx)
        try write(made, in: tx)
        return made
    }

    /// Where each reservation is picked from; absent where its goods have not come.
    package static func sources(
        of reservations: [Reservation], in tx: Transaction
    ) throws -> [ReservationID: PickSource] {
        let rows = try tx.query(
            """
            SELECT id, kind, pool FROM supply WHERE id IN \(list: Set(reservations.map(\.supply)).sorted())
                AND kind IN ('on_hand', 'unsellable') ORDER BY id
            """
        ) { try ($0.next(SupplyID.self), (kind: $0.next(SupplyKind.self), pool: $0.next(String.self))) }
        let here = Dictionary(uniqueKeysWithValues: rows)
        return Dictionary(
            uniqueKeysWithValues: reservations.compactMap { one in
                here[one.supply].map { supply in
                    (one.id, PickSource(sku: one.sku, unsellable: supply.kind == .unsellable ? Condition(rawValue: supply.pool) : nil))
                }
            })
    }

    /// How much lies free in each of these sources at a site.
    package static func pickable(
        _ sources: some Sequence<PickSource>, at site: SiteID, in tx: Transaction
    ) throws -> [PickSource: Int64] {
        try bins(of: sources, at: site, in: tx).mapValues { $0.reduce(0) { $0 + $1.free } }
    }

    private static func bins(
        of sources: some Sequence<PickSource>, at site: SiteID, in tx: Transaction
    ) throws -> [PickSource: [Bin]] {
        var found: [PickSource: [Bin]] = [:]
        for (condition, group) in Dictionary(grouping: Set(sources), by: \.unsellable) {
            let skus = group.map(\.sku).sorted()
            let bins = try condition.map { try unsellable(skus, $0, at: site, in: tx) } ?? sellable(skus, at: site, in: tx)
            for (sku, bins) in bins { found[PickSource(sku: sku, unsellable: condition)] = bins }
        }
        return found
    }

    private static func unsellable(
        _ skus: [SKUID], _ condition: Condition, at site: SiteID, in tx: Transaction
    ) throws -> [SKUID: [Bin]] {
        let rows = try tx.query(
            """
            SELECT sku, id, place, lot, on_hand - allocated FROM stock WHERE sku IN \(list: skus) AND site = \(site)
                AND \(Unsellable.cell(condition)) AND on_hand > allocated ORDER BY sku, on_hand - allocated, id
            """
        ) { try ($0.next(SKUID.self), Bin(stock: $0.next(), location: $0.next(), lot: $0.next(), free: $0.next())) }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    private static func sellable(_ skus: [SKUID], at site: SiteID, in tx: Transaction) throws -> [SKUID: [Bin]] {
        let rows = try tx.query(
            """
            SELECT s.sku, s.id, s.place, s.lot, s.on_hand - s.allocated FROM stock s
            LEFT JOIN lot ON lot.id = s.lot
            WHERE s.sku IN \(list: skus) AND s.site = \(site) AND s.place_kind = 'location' AND s.pickable = 1
                AND s.on_hand > s.allocated AND COALESCE(lot.state, 'ok') = 'ok'
            ORDER BY s.sku, COALESCE(lot.expires_on, 9000000), s.on_hand - s.allocated, s.id
            """
        ) { try ($0.next(SKUID.self), Bin(stock: $0.next(), location: $0.next(), lot: $0.next(), free: $0.next())) }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    private static func take(
        _ one: Reservation, from bins: inout [Bin], _ condition: Condition, in tx: Transaction
    ) -> [Allocation] {
        var left = one.quantity.rawValue, parts: [Allocation] = []
        for index in bins.indices where left > 0 && bins[index].free > 0 {
            let part = min(left, bins[index].free)
            bins[index].free -= part
            left -= part
            parts.append(
                Allocation(
                    id: tx.id(), reservation: one.id, line: one.line, stock: bins[index].stock, quantity: Quantity(part),
                    location: bins[index].location, lot: bins[index].lot == 0 ? nil : LotID(bins[index].lot),
                    owner: one.owner, sku: one.sku, condition: condition))
        }
        return parts
    }

    private static func write(_ allocations: [Allocation], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "reservation": .int, "line": .int, "stock": .int, "quantity": .int])
        var sums: [StockID: Int64] = [:]
        for one in allocations {
            rows.add(one.id, one.reservation, one.line, one.stock, one.quantity)
            sums[one.stock, default: 0] += one.quantity.rawValue
        }
        try tx.run(
            """
            INSERT INTO allocation (id, reservation, fulfillment_line, stock, quantity, state)
            SELECT v.id, v.reservation, v.line, v.stock, v.quantity, 'open' FROM (\(rows: rows)) AS v
            """)
        try changeAllocated(sums, sign: 1, in: tx)
    }

    /// Guarded both ways: never more allocated than on hand, never less than nothing.
    private static func changeAllocated(_ sums: [StockID: Int64], sign: Int64, in tx: Transaction) throws {
        var rows = Rows(["id": .int, "q": .int])
        for (stock, quantity) in sums.sorted(by: { $0.key < $1.key }) { rows.add(stock, sign * quantity) }
        try tx.run(
            """
            UPDATE stock SET allocated = allocated + v.q FROM (\(rows: rows)) AS v
            WHERE stock.id = v.id AND allocated + v.q <= on_hand AND allocated + v.q >= 0
            """, expecting: rows.count)
    }

    /// Ends open allocations as `picked`, `short` or `released`; the bins' counters follow. Answers those that were open.
    @discardableResult
    package static func end(_ ids: [AllocationID], as state: String, in tx: Transaction) throws -> [AllocationID] {
        let open = try tx.query(
            "SELECT id, stock, quantity FROM allocation WHERE id IN \(list: ids) AND state = 'open' ORDER BY id \(.forUpdate)"
        ) { try ($0.next(AllocationID.self), $0.next(StockID.self), $0.next(Int64.self)) }
        var sums: [StockID: Int64] = [:]
        for (_, stock, quantity) in open { sums[stock, default: 0] += quantity }
        try changeAllocated(sums, sign: -1, in: tx)
        try tx.run("UPDATE allocation SET state = \(state) WHERE id IN \(list: open.map(\.0))")
        return open.map(\.0)
    }

    /// The reservations that these allocations serve, and the allocations of these reservations.
    package static func reservations(of ids: [AllocationID], in tx: Transaction) throws -> [AllocationID: ReservationID] {
        let rows = try tx.query("SELECT id, reservation FROM allocation WHERE id IN \(list: ids) ORDER BY id") {
            try ($0.next(AllocationID.self), $0.next(ReservationID.self))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    package static func open(of reservations: [ReservationID], in tx: Transaction) throws -> [AllocationID] {
        try tx.values(
            """
            SELECT a.id FROM reservation r JOIN allocation a ON a.fulfillment_line = r.fulfillment_line AND a.reservation = r.id
            WHERE r.id IN \(list: reservations) AND a.state = 'open' ORDER BY a.id
            """)
    }

    /// The open allocations on a balance, youngest first: those to give up when there is less.
    package static func open(on stock: StockID, in tx: Transaction) throws -> [(id: AllocationID, quantity: Quantity)] {
        try tx.query(
            "SELECT id, quantity FROM allocation WHERE stock = \(stock) AND state = 'open' ORDER BY id DESC"
        ) { try ($0.next(), $0.next()) }
    }
}
