import Kernel
import Store
import Warehouse

/// An open task as the worker's device shows it.
package struct TaskView: Codable, Sendable {
    package let id: TaskID
    package let kind: TaskKind
    package let site: SiteID
    package let wave: WaveID?
    package let fulfillmentOrder: FulfillmentID?
    package let sku: SKUID
    package let skuCode: String
    package let name: String
    package let lot: String?
    /// The location to take from; nil where the goods are in a tote or parcel.
    package let fromLocation: LocationID?
    package let fromLocationCode: String?
    /// The tote or parcel to take from.
    package let fromUnit: UnitID?
    package let fromUnitCode: String?
    package let quantity: Quantity
    /// The place of the task in the order in which the site is walked.
    package let walk: Int64

    private enum CodingKeys: String, CodingKey {
        case id, kind, site, wave, fulfillmentOrder = "fulfillment_order", sku, skuCode = "sku_code", name, lot
        case fromLocation = "from_location", fromLocationCode = "from_location_code", fromUnit = "from_unit"
        case fromUnitCode = "from_unit_code", quantity, walk
    }

    package var cursor: TaskCursor { TaskCursor(walk: walk, id: id) }
}

/// A place in the list of a site's tasks.
package struct TaskCursor: Codable, Sendable {
    package let walk: Int64
    package let id: TaskID

    package init(walk: Int64, id: TaskID) { (self.walk, self.id) = (walk, id) }
}

extension TaskView {
    /// A page of a site's open tasks in walking order.
    package static func open(
        at site: SiteID, kind: TaskKind?, wave: WaveID? = nil, after cursor: TaskCursor?, limit: Int, in tx: Transaction
    ) throws -> [TaskView] {
        var condition: SQL = "t.site = \(site) AND t.state = 'open'"
        if let kind { condition = condition + " AND t.kind = \(kind)" }
        if let wave { condition = condition + " AND t.wave = \(wave)" }
        if let cursor { condition = condition + " AND (t.walk, t.id) > (\(cursor.walk), \(cursor.id))" }
        return try list(condition, limit: limit, in: tx)
    }

    /// An open task of a site; nil where there is none.
    package static func find(_ id: TaskID, at site: SiteID, in tx: Transaction) throws -> TaskView? {
        try list("t.id = \(id) AND t.site = \(site) AND t.state = 'open'", limit: 1, in: tx).first
    }

    private static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [TaskView] {
        try tx.query(
            """
            SELECT t.id, t.kind, t.site, NULLIF(t.wave, 0), NULLIF(t.fulfillment_order, 0), t.sku, s.code, s.name, lot.code,
                l.id, l.code, u.id, u.code, t.quantity, t.walk
            FROM task t JOIN sku s ON s.id = t.sku LEFT JOIN lot ON lot.id = t.lot
            LEFT JOIN location l ON t.from_kind = 'location' AND l.id = t.from_place
            LEFT JOIN handling_unit u ON t.from_kind = 'unit' AND u.id = t.from_place
            WHERE \(condition) ORDER BY t.walk, t.id LIMIT \(limit)
            """
        ) {
            try TaskView(
                id: $0.next(), kind: $0.next(), site: $0.next(), wave: $0.next(), fulfillmentOrder: $0.next(), sku: $0.next(),
                skuCode: $0.next(), name: $0.next(), lot: $0.next(), fromLocation: $0.next(), fromLocationCode: $0.next(),
                fromUnit: $0.next(), fromUnitCode: $0.next(), quantity: $0.next(), walk: $0.next())
        }
    }
}
