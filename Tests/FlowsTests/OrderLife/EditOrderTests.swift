import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing

@Suite("Orders are edited")
struct EditOrderTests {
    private typealias Ground = CommitmentGround

    @Test("more of one, less of another, a kit on top: stock, money and version follow", arguments: EngineKind.all)
    func follows(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [10, 0], other: [6, 0])
            let order = try ground.placed("E-1", [("A", 2), ("B", 3)])
            let first = try ground.details(order).promisedBy
            let answer = try ground.edited(
                order, [Ground.line("A", 4), Ground.line("B", 1), Ground.line("KIT", 2, price: 2501, tax: 7)], seen: 1)
            #expect(answer.outcome == .edited && answer.version == 2 && answer.waiting == 0)
            #expect(answer.total.minor == 5000 + 5002 + 7)
            #expect(answer.due.minor == 5009, "it was paid for 5000")
            #expect(answer.promisedBy == first)
            #expect(try ground.units(order) == ["A 0/4", "B 0/1", "KIT 0/4 0/2"])
            #expect(try ground.levels().reserved == 8)
            #expect(try ground.wrong() == [])

            try ground.stepper.perform(SetPayment(order, merchant: nil, .paid, desk: ground.network.desk))
            #expect(try ground.details(order).money.due.minor == 0)
            let less = try ground.edited(order, [Ground.line("A", 1)], seen: 2)
            #expect(less.version == 3 && less.due.minor == 1000 - 10_009)
            #expect(try ground.units(order) == ["A 0/1"])
            #expect(try ground.levels().reserved == 1)
            #expect(try ground.wrong() == [])
            let again = try ground.edited(order, [Ground.line("A", 1)])
            #expect(again.outcome == .unchanged && again.version == 3)
        }
    }

    @Test("what only loses something keeps the dates of the rest", arguments: EngineKind.all)
    func keepsDates(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [10, 0], other: [6, 0])
            let order = try ground.placed("E-1", [("A", 2), ("B", 3)])
            let before = try ground.stepper.read { try Fulfillments.of([order], in: $0) }
            ground.stepper.now = ground.stepper.now + .days(1)
            _ = try ground.edited(order, [Ground.line("A", 2)])
            let after = try ground.stepper.read { try Fulfillments.of([order], in: $0) }
            #expect(after.map(\.id) == before.map(\.id))
            #expect(after[0].shipBy == before[0].shipBy)
            #expect(after[0].lines.map(\.quantity).sorted() == [0, 2])
            #expect(try ground.wrong() == [])
            #expect(try ground.code(ground.edit(order, [Ground.line("A", 3)])) == "order.promise_broken")
            #expect(try ground.edited(order, [Ground.line("A", 3)], acceptLater: true).outcome == .edited)
            #expect(try ground.wrong() == [])
        }
    }

    @Test("what cannot be is refused by name and changes nothing", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [5, 3], other: [2, 0])
            let order = try ground.placed("E-1", [("A", 2)])
            let other = try ground.placed("E-2", [("A", 2), ("B", 1)])
            _ = try ground.placed("E-3", [("A", 3)])
            let before = try ground.rows()
            let wanted: [(EditOrder, String)] = [
                (ground.edit(OrderID(9), [Ground.line("A", 1)]), "order.not_found"),
                (ground.edit(order, [Ground.line("A", 1)], seen: 2), "order.version_stale"),
                (ground.edit(order, []), "order.no_lines"),
                (ground.edit(order, [Ground.line("A", 0)]), "order.quantity_invalid"),
                (ground.edit(order, [Ground.line("A", 1, discount: 5000)]), "order.money_invalid"),
                (ground.edit(order, [Ground.line("A", 1), Ground.line("NONE", 1)]), "order.sku_unknown"),
                (ground.edit(order, [Ground.line("A", 4)]), "inventory.stock_short"),
                (ground.edit(order, [Ground.line("A", 2), Ground.line("B", 2)]), "inventory.stock_short"),
            ]
            for (edit, code) in wanted { #expect(try ground.code(edit) == code) }
            #expect(throws: PlaceOrderRefused.stockShort(line: 1, sku: "B", wanted: 2, available: 1)) {
                try ground.stepper.perform(ground.edit(order, [Ground.line("A", 2), Ground.line("B", 2)]))
            }
            #expect(try ground.rows() == before)
            #expect(try ground.edited(order, [Ground.line("A", 3)]).waiting == 0, "the last one")
            let waits = try ground.edited(order, [Ground.line("A", 4)], backorder: true)
            #expect(waits.waiting == 1)
            #expect(try ground.wrong() == [])
            _ = try ground.stepper.perform(CancelOrder(other, merchant: nil, reason: "test", actor: "test"))
            #expect(try ground.code(ground.edit(other, [Ground.line("A", 1)])) == "order.ended")
            try ground.network.follow()
            #expect(try ground.units(order) == ["A 0/4"], "what the other left")
            #expect(try ground.wrong() == [])
        }
    }

    @Test("a line on the floor stays, and others may change", arguments: EngineKind.all)
    func begun(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [5, 0], other: [0, 4])
            let order = try ground.placed("E-1", [("A", 2), ("B", 1)])
            #expect(try ground.release(0) == 1)
            let before = try ground.rows()
            #expect(try ground.code(ground.edit(order, [Ground.line("A", 1), Ground.line("B", 1)])) == "order.line_in_work")
            #expect(try ground.code(ground.edit(order, [Ground.line("A", 2, price: 5), Ground.line("B", 1)])) == "order.line_in_work")
            #expect(try ground.rows() == before)
            let answer = try ground.edited(order, [Ground.line("A", 2), Ground.line("B", 3), Ground.line("A", 1)])
            #expect(answer.outcome == .edited)
            #expect(try ground.units(order) == ["A 0/2", "B 0/3", "A 0/1"])
            #expect(try ground.wrong() == [])
            #expect(try ground.edited(order, [Ground.line("A", 2)]).total.minor == 2000)
            #expect(try ground.wrong() == [])
            let cancelled = try ground.stepper.perform(CancelOrder(order, merchant: nil, reason: "test", actor: "test"))
            #expect(cancelled.answer == .accepted && cancelled.units == 2, "what edits took off is no part of it")
            #expect(try ground.wrong() == [])
        }
    }

    @Test("another price touches no goods, and a kit's parts share it", arguments: EngineKind.all)
    func repriced(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [5, 0], other: [4, 0])
            let order = try ground.placed("E-1", [("KIT", 2)])
            let claims = try ground.stepper.read { try $0.values("SELECT id FROM reservation ORDER BY id", as: Int64.self) }
            let answer = try ground.edited(order, [Ground.line("KIT", 2, price: 333, discount: 5, tax: 11)])
            #expect(answer.total.minor == 672 && answer.due.minor == -1328)
            let after = try ground.stepper.read {
                try $0.values("SELECT id FROM reservation WHERE state = 'active' ORDER BY id", as: Int64.self)
            }
            #expect(after == claims)
            #expect(try ground.wrong() == [])
        }
    }

    @Test("an order that goes elsewhere is sourced for there", arguments: EngineKind.all)
    func moved(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [5, 5])
            let order = try ground.placed("E-1", [("A", 1)])
            let to = Destination(
                country: "DE", region: "BY", city: "Munich", postalArea: "80", latitude: 48_137_000, longitude: 11_575_000)
            let answer = try ground.edited(order, nil, to: to, acceptLater: true)
            #expect(answer.outcome == .edited && answer.version == 2)
            #expect(try ground.details(order).destination.city == "Munich")
            #expect(try ground.edited(order, nil, to: to).outcome == .unchanged)
            #expect(try ground.wrong() == [])
        }
    }
}
