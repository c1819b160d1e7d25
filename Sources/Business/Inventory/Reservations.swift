import Kernel
import Store

/// `active` (promised), `allocated` (bins chosen), `consumed` (picked), `released` (given up), `breaking` (its
/// goods are gone, to be re-sourced), `broken` (re-sourced elsewhere).
package enum ReservationState: String, SQLValue, CaseIterable {
    case active
    case allocated
    case consumed
    case released
    case breaking
    case broken

    /// Whether it still counts in its supply's `reserved`.
    package var isCounted: Bool { self == .active || self == .allocated || self == .breaking }

    package static let transitions: [ReservationState: Set<ReservationState>] = [
        // Goods at a partner have no bin to be allocated: its shipment consumes the claim at once.
        .active: [.allocated, .consumed, .released, .breaking],
        .allocated: [.active, .consumed, .released, .breaking],
        .breaking: [.broken, .consumed, .released],
    ]
}

/// An order component's claim on a supply.
package struct Reservation: Sendable {
    package let id: ReservationID
    package let supply: SupplyID
    package let owner: MerchantID
    package let sku: SKUID
    package let site: SiteID
    package let order: OrderID
    package let component: ComponentID
    package let line: FulfillmentLineID
    package let quantity: Quantity
    package let due: Instant
    package let state: ReservationState

    package init(
        id: ReservationID, supply: SupplyID, owner: MerchantID, sku: SKUID, site: SiteID, order: OrderID,
        component: ComponentID, line: FulfillmentLineID, quantity: Quantity, due: Instant, state: ReservationState = .active
    ) {
        self.id = id
        self.supply = supply
        self.owner = owner
        self.sku = sku
        self.site = site
        self.order = order
        self.component = component
        self.line = line
        self.quantity = quantity
        self.due = due
        self.state = state
    }
}

package enum Reservations {
    /// That a claim is on a supply, in words that its index answers.
    static func isOn(_ supply: SupplyID) -> SQL { "block IN \(.blocks(of: "reservation")) AND supply = \(supply)" }

    private static let columns: SQL =
        "id, supply, owner, sku, site, order_id, component, fulfillment_line, quantity, due, state"

    private static func decode(_ row: inout RowReader) throws -> Reservation {
        try Reservation(
            id: row.next(), supply: row.next(), owner: row.next(), sku: row.next(), site: row.next(), order: row.next(),
            component: row.next(), line: row.next(), quantity: row.next(), due: row.next(), state: row.next())
    }

    /// Adds reservations and their claims; the guard of the supply is the guard of the promise.
    package static func add(_ reservations: [Reservation], in tx: Transaction) throws {
        try SupplyBook.reserve(reservations.map { Claim(supply: $0.supply, quantity: $0.quantity) }, in: tx)
        try insert(reservations, in: tx)
    }

    private static func insert(_ reservations: [Reservation], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "supply": .int, "owner": .int, "sku": .int, "site": .int, "ord": .int, "component": .int,
            "line": .int, "quantity": .int, "due": .int, "state": .text,
        ])
        for one in reservations {
            rows.add(
                one.id, one.supply, one.owner, one.sku, one.site, one.order, one.component, one.line, one.quantity,
                one.due, one.state)
        }
        try tx.run(
            """
            INSERT INTO reservation (\(columns), created_at, block)
            SELECT v.id, v.supply, v.owner, v.sku, v.site, v.ord, v.component, v.line, v.quantity, v.due, v.state, \(tx.now),
                \(tx.block)
            FROM (\(rows: rows)) AS v
            """)
    }

    package static func load(_ ids: [ReservationID], in tx: Transaction) throws -> [Reservation] {
        try tx.query("SELECT \(columns) FROM reservation WHERE id IN \(list: ids) ORDER BY id \(.forUpdate)", decode)
    }

    /// The counted reservations of these fulfillment lines, by id, locked.
    package static func open(of lines: [FulfillmentLineID], in tx: Transaction) throws -> [Reservation] {
        try tx.query(
            """
            SELECT \(columns) FROM reservation WHERE fulfillment_line IN \(list: lines)
                AND state IN ('active', 'allocated', 'breaking') ORDER BY id \(.forUpdate)
            """, decode)
    }

    /// Claims whose goods are gone and that nobody has sourced again yet.
    package static func breaking(_ sku: SKUID, at site: SiteID, in tx: Transaction) throws -> [Reservation] {
        try tx.query(
            """
            SELECT \(columns) FROM reservation
            WHERE block IN \(.blocks(of: "reservation"))
                AND supply IN (SELECT id FROM supply WHERE sku = \(sku) AND site = \(site)) AND state = 'breaking'
            ORDER BY id \(.forUpdate)
            """, decode)
    }

    package static func mark(_ ids: [ReservationID], _ state: ReservationState, in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.run("UPDATE reservation SET state = \(state) WHERE id IN \(list: ids)", expecting: ids.count)
    }

    /// Gives reservations up and frees their claims.
    package static func release(
        _ reservations: [Reservation], as state: ReservationState = .released, in tx: Transaction
    ) throws {
        let counted = reservations.filter(\.state.isCounted)
        try SupplyBook.release(counted.map { Claim(supply: $0.supply, quantity: $0.quantity) }, in: tx)
        try mark(counted.map(\.id), state, in: tx)
    }

    /// Splits `part` off a reservation into one of its own in the same state; answers the new one.
    package static func split(_ id: ReservationID, off part: Quantity, in tx: Transaction) throws -> ReservationID {
        let new = tx.id(ReservationID.self)
        try tx.run(
            "UPDATE reservation SET quantity = quantity - \(part) WHERE id = \(id) AND quantity > \(part)", expecting: 1)
        try tx.run(
            """
            INSERT INTO reservation (\(columns), created_at, block)
            SELECT \(new), supply, owner, sku, site, order_id, component, fulfillment_line, \(part), due, state, \(tx.now), block
            FROM reservation WHERE id = \(id)
            """, expecting: 1)
        return new
    }
}
