import Kernel

/// Something that happened, on its way into the log.
package struct NewEvent: Sendable {
    /// `order.placed`; what it means stands in the module that emits it.
    package let type: String
    package let version: Int
    /// Events of one key reach each follower in the order of the log: the outside form of an order, unit or SKU.
    package let key: String
    package let occurred: Instant
    package internal(set) var actor: String
    package let site: SiteID?
    package let owner: MerchantID?
    package let quantity: Int64?
    /// Of `quantity`: `each`, `g`, `mm`.
    package let unit: String?
    /// Canonical JSON.
    package private(set) var payload: String

    /// The actor of what nobody in particular does.
    package static let nobody = "system"

    package init(
        _ type: String, version: Int = 1, key: String, occurred: Instant, actor: String = nobody,
        site: SiteID? = nil, owner: MerchantID? = nil, quantity: Int64? = nil, unit: String? = nil,
        payload: JSON = [:]
    ) {
        self.type = type
        self.version = version
        self.key = key
        self.occurred = occurred
        self.actor = actor
        self.site = site
        self.owner = owner
        self.quantity = quantity
        self.unit = unit
        self.payload = payload.text
    }

    /// The same with a payload that is written at once; for the events of hot paths.
    package func telling(_ write: (inout JSONMembers) -> Void) -> NewEvent {
        var event = self
        event.payload = JSONMembers(write).text
        return event
    }

    /// One of 64, by the hash of the key.
    var partition: Int { EventLog.partition(of: key) }
}

/// A place in the log: (number of the writing transaction, sequence).
@usableFromInline package struct LogPosition: Hashable, Comparable, Sendable {
    package var tx: Int64
    package var seq: Int64

    package init(tx: Int64, seq: Int64) {
        self.tx = tx
        self.seq = seq
    }

    package static let start = Self(tx: -1, seq: -1)
    @usableFromInline package static func < (a: Self, b: Self) -> Bool { a.tx != b.tx ? a.tx < b.tx : a.seq < b.seq }
}

/// An event as the log holds it.
package struct Event: Sendable {
    package let position: LogPosition
    package let partition: Int
    package let type: String
    package let version: Int
    package let key: String
    package let occurred: Instant
    package let recorded: Instant
    package let actor: String
    package let site: SiteID?
    package let owner: MerchantID?
    package let quantity: Int64?
    package let unit: String?
    package let payload: JSON

    /// The name under which it is told outside.
    package var id: EventID { EventID(position.seq) }
}

/// The one log of what happened, which all followers read.
package enum EventLog {
    package static let partitions = 64

    package static func partition(of key: String) -> Int { Int(key.stableHash % UInt64(partitions)) }

    static func append(_ events: [NewEvent], in tx: Transaction) throws {
        var rows = Rows([
            "p": .int, "type": .text, "version": .int, "key": .text, "occurred": .int, "actor": .text, "site": .int,
            "owner": .int, "quantity": .int, "unit": .text, "payload": .text,
        ])
        for event in events {
            rows.add(
                event.partition, event.type, event.version, event.key, event.occurred, event.actor, event.site,
                event.owner, event.quantity, event.unit, event.payload)
        }
        try tx.run(
            """
            INSERT INTO event (partition_number, type, version, key, occurred_at, recorded_at, actor, site, owner,
                quantity, unit, payload)
            SELECT v.p, v.type, v.version, v.key, v.occurred, \(tx.now), v.actor, v.site, v.owner, v.quantity, v.unit, v.payload
            FROM (\(rows: rows)) AS v
            """)
    }

    /// Events after `position` below the horizon, in the order of the log.
    ///
    /// Below the horizon no open transaction can still commit an event with a lower position, so that a reader who
    /// goes on from the last one it saw never skips one.
    package static func read(after position: LogPosition, limit: Int, in tx: Transaction) throws -> [Event] {
        try tx.query(
            """
            SELECT \(columns) FROM event
            WHERE \(after: position) AND \(.belowHorizon)
            ORDER BY tx, seq LIMIT \(limit)
            """, decode)
    }

    /// As `read`, for one who acts on some types only (none: all): their events, and how many events passed up to which
    /// position. Of those that pass by no more than their place is read.
    /// - Parameter most: how many of their events it takes.
    static func pass(
        after position: LogPosition, limit: Int, wanted most: Int = .max, of types: Set<String>, in tx: Transaction
    ) throws -> (events: [Event], count: Int, last: LogPosition?) {
        let isWanted: SQL = types.isEmpty ? "1" : "CASE WHEN type IN \(list: types.sorted()) THEN 1 ELSE 0 END"
        var wanted: [Int64] = [], count = 0, last: LogPosition?
        try tx.connection.query(
            """
            SELECT tx, seq, \(isWanted) FROM event
            WHERE \(after: position) AND \(.belowHorizon)
            ORDER BY tx, seq LIMIT \(limit)
            """
        ) { row in
            guard wanted.count < most else { return }
            count += 1
            let seen = try LogPosition(tx: row.next(), seq: row.next())
            last = seen
            if try row.next(Int.self) == 1 { wanted.append(seen.seq) }
        }
        guard !wanted.isEmpty else { return ([], count, last) }
        let events = try tx.query("SELECT \(columns) FROM event WHERE seq IN \(list: wanted) ORDER BY tx, seq", decode)
        return (events, count, last)
    }

    /// Whether an open transaction keeps the newest events from being read yet.
    package static func isHeldBack(in tx: Transaction) throws -> Bool {
        try tx.value(
            """
            SELECT tx FROM (SELECT tx FROM event ORDER BY \(.newestFirst) LIMIT 1) AS newest WHERE NOT (\(.belowHorizon))
            """, as: Int64.self) != nil
    }

    /// When the newest event was recorded; nil in an empty log.
    package static func latest(in tx: Transaction) throws -> Instant? {
        try tx.value("SELECT MAX(recorded_at) FROM event", as: Instant?.self) ?? nil
    }

    /// All events of one key, oldest first.
    package static func history(of key: String, in tx: Transaction) throws -> [Event] {
        try tx.query("SELECT \(columns) FROM event WHERE key = \(key) ORDER BY tx, seq", decode)
    }

    /// The newest event that can be read now; the log's start where there is none.
    package static func end(in tx: Transaction) throws -> LogPosition {
        try tx.first("SELECT tx, seq FROM event WHERE \(.belowHorizon) ORDER BY \(.newestFirst) LIMIT 1") {
            try LogPosition(tx: $0.next(), seq: $0.next())
        } ?? .start
    }

    /// One event; nil where the log has none with this id.
    package static func find(_ id: EventID, in tx: Transaction) throws -> Event? {
        try tx.first("SELECT \(columns) FROM event WHERE seq = \(id)", decode)
    }

    /// A position before everything recorded at a moment or later, not far before it.
    ///
    /// The sequence rises with time but for the length of a transaction and the difference of the nodes' clocks, for
    /// which five minutes are left: a reader still compares each event's own time.
    package static func position(before moment: Instant, in tx: Transaction) throws -> LogPosition {
        let wanted = moment - .minutes(5)
        let ends = try tx.first("SELECT MIN(seq), MAX(seq) FROM event") { try ($0.next(Int64?.self), $0.next(Int64?.self)) }
        guard let lowest = ends?.0, let highest = ends?.1 else { return .start }
        var low = lowest, high = highest + 1
        while low < high {
            let middle = low + (high - low) / 2
            let recorded: Instant? = try tx.value("SELECT recorded_at FROM event WHERE seq >= \(middle) ORDER BY seq LIMIT 1")
            if let recorded, recorded < wanted { low = middle + 1 } else { high = middle }
        }
        let found = try tx.first("SELECT tx, seq FROM event WHERE seq < \(low) ORDER BY seq DESC LIMIT 1") {
            try LogPosition(tx: $0.next(), seq: $0.next())
        }
        return found.map { LogPosition(tx: $0.tx, seq: $0.seq) } ?? .start
    }

    static let columns: SQL = """
        tx, seq, partition_number, type, version, key, occurred_at, recorded_at, actor, site, owner, quantity, unit, payload
        """

    static func decode(_ row: inout RowReader) throws -> Event {
        try Event(
            position: LogPosition(tx: row.next(), seq: row.next()), partition: row.next(), type: row.next(),
            version: row.next(), key: row.next(), occurred: row.next(), recorded: row.next(), actor: row.next(),
            site: row.next(), owner: row.next(), quantity: row.next(), unit: row.next(), payload: row.next())
    }
}
