import Foundation
import Kernel
import Store

/// The thinnest schema that could be called an order desk, in batches of 256: an order with its number and body, three lines,
/// three ledger rows, three stock rows changed. What the disk and the engine allow; no promise, no event, no recipient.
struct SurgeThin {
    private static let batch = 256
    private static let schema = [
        "CREATE TABLE thin_stock (sku BIGINT PRIMARY KEY, on_hand BIGINT NOT NULL, reserved BIGINT NOT NULL)",
        """
        CREATE TABLE thin_order (
            id BIGINT PRIMARY KEY, channel TEXT NOT NULL, number TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (channel, number))
        """,
        """
        CREATE TABLE thin_line (
            order_id BIGINT NOT NULL, line BIGINT NOT NULL, sku BIGINT NOT NULL, quantity BIGINT NOT NULL, PRIMARY KEY (order_id, line))
        """,
        "CREATE TABLE thin_ledger (id BIGINT PRIMARY KEY, sku BIGINT NOT NULL, order_id BIGINT NOT NULL, quantity BIGINT NOT NULL)",
    ]

    private let connection: any Connection
    private var random = SeededRandom(seed: 5)
    private var next: Int64 = 0
    private let body: String

    init(_ engine: any Engine) throws {
        connection = try engine.connect(readOnly: false)
        var orders = SurgeOrders(run: "thin", seed: 1, isHot: false)
        body = String(decoding: orders.body(orders: 1), as: UTF8.self)
        try connection.begin(readOnly: false)
        try connection.lockSchema()
        for statement in Self.schema { try connection.define(statement) }
        var stock = Rows(["sku": .int])
        for sku in 0..<SurgeOrders.skus { stock.add(sku) }
        try connection.run(
            "INSERT INTO thin_stock (sku, on_hand, reserved) SELECT v.sku, 100000000, 0 FROM (\(rows: stock)) AS v WHERE true")
        try connection.commit()
    }

    mutating func measure(seconds: Double) throws -> SurgeRate {
        let usage = SurgeUsage()
        let first = next
        while usage.seconds < seconds { try write() }
        connection.close()
        return SurgeRate(orders: Int(next - first), seconds: usage.seconds, cpuMicros: usage.cpuMicros)
    }

    private mutating func write() throws {
        var orders = Rows(["id": .int, "number": .text, "body": .text])
        var lines = Rows(["ord": .int, "line": .int, "sku": .int]), ledger = Rows(["id": .int, "sku": .int, "ord": .int])
        var taken: [Int: Int64] = [:]
        for _ in 0..<Self.batch {
            next += 1
            orders.add(next, "T-\(next)", body)
            for line in 0..<SurgeOrders.lines {
                let sku = random.below(SurgeOrders.skus)
                lines.add(next, line, sku)
                ledger.add(next * 4 + Int64(line), sku, next)
                taken[sku, default: 0] += 1
            }
        }
        var stock = Rows(["sku": .int, "q": .int])
        for (sku, quantity) in taken.sorted(by: { $0.key < $1.key }) { stock.add(sku, quantity) }
        try connection.begin(readOnly: false)
        try connection.run(
            "INSERT INTO thin_order (id, channel, number, body) SELECT v.id, 'surge', v.number, v.body FROM (\(rows: orders)) AS v")
        try connection.run(
            "INSERT INTO thin_line (order_id, line, sku, quantity) SELECT v.ord, v.line, v.sku, 1 FROM (\(rows: lines)) AS v")
        try connection.run(
            "INSERT INTO thin_ledger (id, sku, order_id, quantity) SELECT v.id, v.sku, v.ord, 1 FROM (\(rows: ledger)) AS v")
        try connection.run(
            """
            UPDATE thin_stock SET reserved = reserved + v.q FROM (\(rows: stock)) AS v
            WHERE thin_stock.sku = v.sku AND reserved + v.q <= on_hand
            """)
        try connection.commit()
    }
}
