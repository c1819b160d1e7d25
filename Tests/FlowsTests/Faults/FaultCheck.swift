import Identity
import Inventory
import Kernel
import Orders
import Store
import Testing
import Views

/// Holds the database against what was acknowledged.
struct FaultCheck {
    let run: FaultRun

    init(_ run: FaultRun) { self.run = run }

    private var stepper: Stepper { run.desk.stepper }

    /// What a refused command must leave as it is: the ends of the logs and ledgers, and the commitments.
    func fingerprint() throws -> [Int64] {
        try stepper.read { tx in
            try tx.query(
                """
                SELECT COALESCE((SELECT MAX(seq) FROM event), 0), COALESCE((SELECT MAX(id) FROM orders), 0),
                    COALESCE((SELECT MAX(id) FROM movement), 0), COALESCE((SELECT MAX(id) FROM hold), 0),
                    COALESCE((SELECT SUM(sellable * 7 + held * 31 + reserved * 127 + short * 1021) FROM supply), 0)
                """
            ) { row in try (0..<5).map { _ in try row.next(Int64.self) } }[0]
        }
    }

    /// After one acknowledged step: the goods it touched, and that nothing is promised twice.
    func steps(_ command: FaultCommand) throws {
        try goods()
        guard case .place(let orders) = command else { return }
        try self.orders(orders.map(\.number).filter { run.oracle.orders[$0] != nil })
    }

    /// All that was acknowledged stands once, and nothing else does.
    func whole() throws {
        let numbers = try stepper.read { try $0.values("SELECT number FROM orders WHERE channel = 'api' ORDER BY number", as: String.self) }
        try #require(numbers == run.oracle.numbers.sorted(), "orders differ from those acknowledged; \(run.origin)")
        try orders(numbers)
        try goods()
        try holds()
    }

    func audit() throws {
        let findings = try AuditRun.run(read: { try stepper.read($0) }).broken.map(\.sentence)
        try #require(findings.isEmpty, "\(findings.prefix(5)); \(run.origin)")
    }

    /// What lies in the bins is what was counted and received; what is promised is there.
    private func goods() throws {
        let rows = try stepper.read { [skus = run.desk.skus] tx in
            try tx.query(
                """
                SELECT s.sku, SUM(s.on_hand),
                    (SELECT COALESCE(SUM(p.sellable), 0) FROM supply p WHERE p.sku = s.sku AND p.kind = 'on_hand'),
                    (SELECT COALESCE(SUM(p.held + p.reserved - p.short), 0) FROM supply p WHERE p.sku = s.sku AND p.kind = 'on_hand'),
                    (SELECT COALESCE(SUM(p.reserved), 0) FROM supply p WHERE p.sku = s.sku),
                    (SELECT COALESCE(SUM(c.reserved), 0) FROM order_component c WHERE c.sku = s.sku)
                FROM stock s WHERE s.sku IN \(list: skus) AND s.place_kind = 'location' GROUP BY s.sku ORDER BY s.sku
                """
            ) { row in try (0..<6).map { _ in try row.next(Int64.self) } }
        }
        for row in rows {
            guard let sku = run.desk.skus.firstIndex(of: SKUID(row[0])) else { continue }
            let name = FaultDesk.skus[sku]
            let came = run.oracle.onHand(sku)
            try #require(row[1] == came, "\(row[1]) of \(name) lie in the bins, \(came) came; \(run.origin)")
            try #require(row[2] == row[1], "\(row[2]) of \(name) are sellable of \(row[1]) on hand; \(run.origin)")
            try #require(row[3] <= row[2], "\(row[3]) of \(name) are promised of \(row[2]); \(run.origin)")
            try #require(row[4] == row[5], "\(row[4]) of \(name) are reserved, orders say \(row[5]); \(run.origin)")
        }
    }

    /// Each order is as it was acknowledged: once, under its id, paid and cancelled as told, with each unit in one place.
    private func orders(_ numbers: [String]) throws {
        let rows = try stepper.read { tx in
            try tx.query(
                """
                SELECT o.number, o.id, o.payment, SUM(c.ordered), SUM(c.waiting + c.reserved), SUM(c.cancelled)
                FROM orders o JOIN order_component c ON c.order_id = o.id
                WHERE o.channel = 'api' AND o.number IN \(list: numbers) GROUP BY o.number, o.id, o.payment ORDER BY o.number, o.id
                """
            ) {
                (
                    number: try $0.next(String.self), id: try $0.next(OrderID.self), payment: try $0.next(PaymentState.self),
                    units: [try $0.next(Int64.self), try $0.next(Int64.self), try $0.next(Int64.self)]
                )
            }
        }
        try #require(rows.count == numbers.count, "\(numbers.count - rows.count) acknowledged orders are gone; \(run.origin)")
        for row in rows {
            guard let known = run.oracle.orders[row.number] else { continue }
            let all = known.order.lines.reduce(Int64(0)) { $0 + $1.quantity }, live = FaultOracle.live(known)
            try #require(row.id == known.id, "\(row.number) has another id; \(run.origin)")
            try #require(row.payment == (known.isPaid ? .paid : .pending), "\(row.number) is \(row.payment); \(run.origin)")
            try #require(row.units == [all, live, all - live], "\(row.number) has its units at \(row.units); \(run.origin)")
        }
    }

    private func holds() throws {
        let found = try stepper.read { try $0.values("SELECT reference FROM hold ORDER BY reference", as: String.self) }
        try #require(found == run.oracle.holds.keys.sorted(), "holds differ from those acknowledged; \(run.origin)")
    }

    func standing(_ numbers: [String]) throws -> Int {
        try stepper.read { try $0.value("SELECT COUNT(*) FROM orders WHERE number IN \(list: numbers)", as: Int.self) } ?? 0
    }

    func stands(shipment number: String) throws -> Bool {
        try stepper.read { try $0.value("SELECT COUNT(*) FROM asn WHERE number = \(number)", as: Int.self) } == 1
    }

    func hold(_ reference: String) throws -> HoldID? {
        try stepper.read { try $0.value("SELECT id FROM hold WHERE reference = \(reference)", as: HoldID.self) }
    }

    func isCancelled(_ order: OrderID) throws -> Bool {
        try stepper.read { try $0.value("SELECT state FROM orders WHERE id = \(order)", as: OrderState.self) } == .cancelled
    }
}
