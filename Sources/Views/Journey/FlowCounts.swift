import Kernel
import Orders
import Store
import Transport

/// What passes through the network, counted by the minute in which it happened.
package enum FlowKind: String, SQLValue, CaseIterable, Codable {
    case ordersPlaced = "orders_placed"
    case parcelsHandedOver = "parcels_handed_over"
    case parcelsDelivered = "parcels_delivered"
    /// Orders delivered by the date first shown to the shopper, and after it.
    case promisesKept = "promises_kept"
    case promisesBroken = "promises_broken"

    /// Nil for an event that is none of them.
    init?(_ type: String, payload: JSON) {
        switch type {
        case NewEvent.orderPlacedType: self = .ordersPlaced
        case NewEvent.parcelHandedOverType: self = .parcelsHandedOver
        case NewEvent.parcelTrackedType where payload["to"]?.string == ParcelState.delivered.rawValue:
            self = .parcelsDelivered
        default: return nil
        }
    }
}

/// Counts by kind and minute.
package struct FlowCounts: Equatable, Sendable {
    package struct Key: Hashable, Comparable, Sendable {
        package let kind: FlowKind
        /// The first microsecond of the minute.
        package let minute: Int64

        package static func < (a: Self, b: Self) -> Bool {
            a.kind != b.kind ? a.kind.rawValue < b.kind.rawValue : a.minute < b.minute
        }
    }

    package private(set) var counts: [Key: Int64] = [:]

    private static let minuteMicros: Int64 = 60_000_000

    package init() {}

    private static func minute(of instant: Instant) -> Int64 {
        instant.micros.flooredDivision(by: minuteMicros).quotient * minuteMicros
    }

    package mutating func add(_ kind: FlowKind, at occurred: Instant, _ count: Int64 = 1) {
        counts[Key(kind: kind, minute: Self.minute(of: occurred)), default: 0] += count
    }

    func add(in tx: Transaction) throws {
        var rows = Rows(["what": .text, "bucket": .int, "n": .int])
        for (key, count) in counts.sorted(by: { $0.key < $1.key }) { rows.add(key.kind, key.minute, count) }
        try tx.run(
            """
            INSERT INTO flow_count (what, bucket, count)
            SELECT v.what, v.bucket, v.n FROM (\(rows: rows)) AS v WHERE true ORDER BY v.what, v.bucket
            ON CONFLICT (what, bucket) DO UPDATE SET count = flow_count.count + excluded.count
            """)
    }

    /// What happened after `start`, to the minute.
    package static func read(since start: Instant, in tx: Transaction) throws -> FlowCounts {
        var flows = FlowCounts()
        for kind in FlowKind.allCases {
            let rows = try tx.query(
                """
                SELECT bucket, count FROM flow_count WHERE what = \(kind) AND bucket > \(minute(of: start)) ORDER BY bucket
                """
            ) { try ($0.next(Int64.self), $0.next(Int64.self)) }
            for (minute, count) in rows { flows.counts[Key(kind: kind, minute: minute)] = count }
        }
        return flows
    }

    /// The sum of a kind over all that was read.
    package func total(_ kind: FlowKind) -> Int64 { counts.reduce(0) { $1.key.kind == kind ? $0 + $1.value : $0 } }

    /// Counts the orders that these events tell the delivery of, by whether it was promised for later or earlier.
    mutating func addPromises(of events: [Event], in tx: Transaction) throws {
        let delivered = events.filter {
            $0.type == NewEvent.orderStateType && $0.payload["state"]?.string == OrderState.delivered.rawValue
        }.compactMap { event in OrderID(event.key).map { ($0, event.occurred) } }
        guard !delivered.isEmpty else { return }
        let rows = try tx.query(
            "SELECT id, promised_by FROM orders WHERE id IN \(list: delivered.map(\.0)) AND promised_by IS NOT NULL ORDER BY id"
        ) { (try $0.next(OrderID.self), try $0.next(Instant.self)) }
        let promised = Dictionary(uniqueKeysWithValues: rows)
        for (order, occurred) in delivered {
            guard let date = promised[order] else { continue }
            add(occurred <= date ? .promisesKept : .promisesBroken, at: occurred)
        }
    }

    /// The sum of a kind over the `minutes` up to `now`, the running one included.
    package func sum(_ kind: FlowKind, minutes: Int, to now: Instant) -> Int64 {
        series(kind, minutes: minutes, to: now).reduce(0, +)
    }

    /// One count a minute, oldest first; the last is the running minute.
    package func series(_ kind: FlowKind, minutes: Int, to now: Instant) -> [Int64] {
        let last = Self.minute(of: now)
        return (0..<minutes).map { index in
            counts[Key(kind: kind, minute: last - Int64(minutes - 1 - index) * Self.minuteMicros)] ?? 0
        }
    }
}
