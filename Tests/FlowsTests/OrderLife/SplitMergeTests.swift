import Flows
import Identity
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing

@Suite("Orders are split and merged")
struct SplitMergeTests {
    private typealias Ground = CommitmentGround

    private func split(
        _ ground: Ground, _ order: OrderID, _ parts: [(Int, Int64?)], number: String? = nil, seen: Int64? = nil
    ) throws -> SplitOrder {
        let lines = try ground.details(order).lines.map(\.id)
        return SplitOrder(
            order, merchant: ground.merchant,
            parts.map { .init($0.0 < lines.count ? lines[$0.0] : LineID(7), $0.1.map { Quantity($0) }) }, number: number, seen: seen,
            desk: ground.network.desk, actor: "test")
    }

    private func merge(_ ground: Ground, into order: OrderID, _ others: [OrderID]) -> MergeOrders {
        MergeOrders(into: order, others, merchant: ground.merchant, desk: ground.network.desk, actor: "test")
    }

    @Test("units and money go with the part, to the last minor unit", arguments: EngineKind.all)
    func split(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [20, 0], other: [10, 0])
            var placed = ground.order("S-1", for: "Ada", [("A", 3), ("KIT", 3)])
            placed.lines[0].discount = 100
            placed.lines[1].tax = 100
            let order = try ground.stepper.perform(PlaceOrder(placed, desk: ground.network.desk)).order
            try ground.stepper.perform(HoldOrder(order, merchant: nil, kind: "fraud", reason: "test"))
            let promised = try ground.details(order).promisedBy
            let answer = try ground.stepper.perform(split(ground, order, [(0, 2), (1, 1)]))
            #expect(answer.number == "S-1-2" && answer.version == 2)
            let (old, new) = (try ground.details(order), try ground.details(answer.order))
            #expect(try ground.units(order) == ["A 0/1", "KIT 0/4 0/2"])
            #expect(try ground.units(answer.order) == ["A 0/2", "KIT 0/2 0/1"])
            #expect(old.money.total.minor + new.money.total.minor == 6000)
            #expect(new.money.discount.minor == 67 && new.money.tax.minor == 33)
            #expect(new.promisedBy == promised)
            #expect(new.holds.map(\.kind) == ["fraud"])
            #expect(new.edits.map(\.other) == [order] && old.edits.map(\.other) == [answer.order])
            #expect(try ground.wrong() == [])
            #expect(try ground.stepper.perform(split(ground, order, [(0, nil)])).number == "S-1-3")
            #expect(try ground.units(order) == ["KIT 0/4 0/2"])
            #expect(try ground.wrong() == [])
        }
    }

    @Test("what waits goes first, and waits on in its place", arguments: EngineKind.all)
    func waiting(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [3, 0])
            let order = try ground.placed("S-1", [("A", 5)], backorder: true)
            _ = try ground.placed("S-2", [("A", 1)], backorder: true)
            #expect(try ground.units(order) == ["A 2/3"])
            let part = try ground.stepper.perform(split(ground, order, [(0, 3)])).order
            #expect(try ground.units(order) == ["A 0/2"])
            #expect(try ground.units(part) == ["A 2/1"])
            #expect(try ground.details(order).promisedBy != nil, "nothing of it waits any more")
            #expect(try ground.wrong() == [])
            let line = StockLine(owner: ground.merchant, sku: ground.network.sku, location: ground.network.bins[0], quantity: 2)
            try ground.stepper.perform(OpenStock([line], occurred: ground.stepper.now))
            try ground.network.follow()
            #expect(try ground.units(part) == ["A 0/3"])
            #expect(try ground.wrong() == [])
        }
    }

    @Test("what cannot be split is refused by name and changes nothing", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [9, 0], other: [0, 2])
            let order = try ground.placed("S-1", [("A", 2), ("B", 1)])
            let before = try ground.rows()
            let tries: [(SplitOrder, String)] = [
                (try split(ground, order, [(0, 1)], seen: 3), "order.version_stale"),
                (try split(ground, order, []), "order.split_nothing"), (try split(ground, order, [(5, 1)]), "order.line_unknown"),
                (try split(ground, order, [(0, 1), (0, 1)]), "order.line_twice"),
                (try split(ground, order, [(0, 3)]), "order.quantity_invalid"),
                (try split(ground, order, [(0, nil), (1, nil)]), "order.split_whole"),
                (try split(ground, order, [(0, 1)], number: ""), "order.text_invalid"),
                (try split(ground, order, [(0, 1)], number: "S-1"), "order.number_used"),
            ]
            for (flow, code) in tries { #expect(try ground.code(flow) == code) }
            #expect(try ground.rows() == before)
            #expect(try ground.release(0) == 1)
            #expect(try ground.code(split(ground, order, [(0, 1)])) == "order.line_in_work")
            #expect(try ground.code(split(ground, order, [(1, 1)])) == "ok")
            #expect(try ground.wrong() == [])
        }
    }

    @Test("orders of one shopper become one parcel, and what is due goes along", arguments: EngineKind.all)
    func merged(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [20, 0], other: [3, 0])
            let orders = try (1...3).map { try ground.stepper.perform(
                PlaceOrder(ground.order("M-\($0)", for: "Ada", [("A", Int64($0)), ("B", 1)]), desk: ground.network.desk)).order }
            _ = try ground.edited(orders[1], [Ground.line("A", 4), Ground.line("B", 1)])
            try ground.stepper.perform(HoldOrder(orders[2], merchant: nil, kind: "fraud", reason: "test"))
            let answer = try ground.stepper.perform(merge(ground, into: orders[0], [orders[2], orders[1]]))
            #expect(answer.parts == 1 && answer.partsBefore == 3)
            let whole = try ground.details(orders[0])
            #expect(whole.money.total.minor == 2000 + 4000 + 5000 && whole.money.due.minor == 2000)
            #expect(whole.holds.map(\.kind) == ["fraud"])
            #expect(try ground.units(orders[0]) == ["A 0/1", "B 0/1", "A 0/3", "B 0/1", "B 0/1", "A 0/4"])
            for gone in orders[1...] {
                let end = try ground.details(gone)
                #expect(end.state == .cancelled && end.money.total.minor == 0 && end.money.due.minor == 0 && end.lines.isEmpty)
                #expect(end.edits.last?.other == orders[0])
                #expect(try ground.code(ground.edit(gone, [Ground.line("A", 1)])) == "order.ended")
            }
            #expect(try ground.wrong() == [])
            let apart = try ground.stepper.perform(split(ground, orders[0], [(4, nil), (5, nil)])).order
            _ = try ground.stepper.perform(merge(ground, into: orders[0], [apart]))
            #expect(try ground.wrong() == [])
        }
    }

    @Test("orders of others, and what is begun, are not merged", arguments: EngineKind.all)
    func notMerged(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try Ground(database, stock: [20, 0])
            func placed(_ number: String, _ name: String?, _ change: (inout OrderRequest) -> Void = { _ in }) throws -> OrderID {
                var request = ground.order(number, for: name, [("A", 1)])
                change(&request)
                return try ground.stepper.perform(PlaceOrder(request, desk: ground.network.desk)).order
            }
            let order = try placed("N-1", "Ada"), same = try placed("N-2", "Ada")
            let others = [
                try placed("N-3", "Bob"), try placed("N-4", nil), try placed("N-5", "Ada") { $0.channel = "other" },
                try placed("N-6", "Ada") { $0.payment = .pending },
            ]
            let before = try ground.rows()
            for other in others { #expect(try ground.code(merge(ground, into: order, [same, other])) == "order.merge_different") }
            #expect(try ground.code(merge(ground, into: order, [])) == "order.merge_count")
            #expect(try ground.code(merge(ground, into: order, [same, order])) == "order.merge_twice")
            #expect(try ground.code(merge(ground, into: order, [OrderID(5)])) == "order.not_found")
            #expect(try ground.rows() == before)
            #expect(try ground.release() > 0)
            #expect(try ground.code(merge(ground, into: order, [same])) == "order.line_in_work")
            #expect(try ground.wrong() == [])
        }
    }
}

extension CommitmentGround {
    /// For somebody known; nil: the channel keeps who it is to itself.
    func order(_ number: String, for name: String?, _ lines: [(String, Int64)]) -> OrderRequest {
        var request = order(number, lines).request
        request.person = name.map {
            Person(name: $0, street: ["Lange Straße 1"], city: "Berlin", postalCode: "10115", country: network.world.country)
        }
        return request
    }
}
