import Kernel
import Store

/// Where a unit with a serial is, as far as scans tell. Moves within a site are not scanned by serial.
package enum SerialState: String, SQLValue, CaseIterable, Codable {
    /// In stock at its site.
    case inStock = "in_stock"
    case inParcel = "in_parcel"
    /// With a shopper, or otherwise out of the book.
    case gone

    package static let transitions: [SerialState: Set<SerialState>] = [
        .inStock: [.inStock, .inParcel, .gone],
        .inParcel: [.inStock, .inParcel, .gone],
        .gone: [.inStock, .inParcel],
    ]

    init(at place: PlaceKind) {
        switch place {
        case .location: self = .inStock
        case .unit: self = .inParcel
        default: self = .gone
        }
    }
}

/// A serial of a merchant's SKU: unique with both.
package struct SerialKey: Hashable, Sendable, Comparable {
    package let owner: MerchantID
    package let sku: SKUID
    package let serial: String

    package init(owner: MerchantID, sku: SKUID, serial: String) {
        self.owner = owner
        self.sku = sku
        self.serial = serial
    }

    package static func < (a: Self, b: Self) -> Bool { (a.owner, a.sku, a.serial) < (b.owner, b.sku, b.serial) }
}

/// What is known of a serial.
package struct SerialRecord: Sendable {
    package let key: SerialKey
    package let state: SerialState
    /// Of its last movement.
    package let site: SiteID
    /// The parcel it is in, or was last in.
    package let parcel: UnitID?
}

/// The serials of SKUs that are tracked by serial: a row under each movement in which one was scanned, and where it is now.
package enum Serials {
    /// As scanners give them: 1 to 64 characters, none of them a blank at an end.
    package static func isValid(_ serial: String) -> Bool {
        (1...64).contains(serial.count) && serial.first?.isWhitespace == false && serial.last?.isWhitespace == false
    }

    package static func find(_ keys: some Sequence<SerialKey>, in tx: Transaction) throws -> [SerialKey: SerialRecord] {
        var rows = Rows(["owner": .int, "sku": .int, "serial": .text])
        for key in Set(keys).sorted() { rows.add(key.owner, key.sku, key.serial) }
        guard rows.count > 0 else { return [:] }
        let found = try tx.query(
            """
            SELECT s.owner, s.sku, s.serial, s.state, s.site, s.parcel FROM (\(rows: rows)) AS v
            JOIN serial s ON s.owner = v.owner AND s.sku = v.sku AND s.serial = v.serial ORDER BY s.owner, s.sku, s.serial
            """
        ) { row in
            SerialRecord(
                key: SerialKey(owner: try row.next(), sku: try row.next(), serial: try row.next()), state: try row.next(),
                site: try row.next(), parcel: try row.next())
        }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0) })
    }

    /// The serials of a SKU that are in a parcel, in order.
    package static func inside(_ parcel: UnitID, _ sku: SKUID, in tx: Transaction) throws -> [String] {
        try tx.values(
            "SELECT serial FROM serial WHERE parcel = \(parcel) AND sku = \(sku) AND state = 'in_parcel' ORDER BY serial")
    }

    /// How many units of a SKU are at a site whose serials nobody has scanned yet.
    package static func unscanned(_ sku: SKUID, of owner: MerchantID, at site: SiteID, in tx: Transaction) throws -> Int64 {
        let onHand: Int64? = try tx.value(
            "SELECT CAST(SUM(on_hand) AS BIGINT) FROM stock WHERE sku = \(sku) AND site = \(site) AND owner = \(owner)",
            as: Int64?.self) ?? nil
        let known: Int64? = try tx.value(
            """
            SELECT COUNT(*) FROM serial
            WHERE sku = \(sku) AND site = \(site) AND owner = \(owner) AND state IN ('in_stock', 'in_parcel')
            """)
        return (onHand ?? 0) - (known ?? 0)
    }

    /// Writes the serials under their movements, and where that takes them.
    static func follow(_ moved: [(id: MovementID, move: NewMovement)], in tx: Transaction) throws {
        var under = Rows(["movement": .int, "serial": .text])
        var last: [SerialKey: (id: MovementID, move: NewMovement)] = [:]
        for (id, move) in moved {
            for serial in move.serials {
                under.add(id, serial)
                last[SerialKey(owner: move.owner, sku: move.sku, serial: serial)] = (id, move)
            }
        }
        guard under.count > 0 else { return }
        try tx.run("INSERT INTO movement_serial (movement, serial) SELECT v.movement, v.serial FROM (\(rows: under)) AS v")
        var rows = Rows([
            "owner": .int, "sku": .int, "serial": .text, "state": .text, "site": .int, "parcel": .int, "movement": .int, "at": .int,
        ])
        for (key, (id, move)) in last.sorted(by: { $0.key < $1.key }) {
            rows.add(
                key.owner, key.sku, key.serial, SerialState(at: move.to.kind), move.site,
                move.to.kind == .unit ? move.to.id : move.from.kind == .unit ? move.from.id : nil as Int64?, id, move.occurred)
        }
        try tx.run(
            """
            INSERT INTO serial (owner, sku, serial, state, site, parcel, movement, since)
            SELECT v.owner, v.sku, v.serial, v.state, v.site, v.parcel, v.movement, v.at FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (owner, sku, serial) DO UPDATE SET state = excluded.state, site = excluded.site,
                parcel = COALESCE(excluded.parcel, serial.parcel), movement = excluded.movement, since = excluded.since
            """)
    }
}
