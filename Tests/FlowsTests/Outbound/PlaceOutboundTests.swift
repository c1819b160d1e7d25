import Edges
import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport
import Warehouse

extension OutboundGround {
    /// The code with which a flow is refused; nil where it is not.
    func refusal(of flow: some Flow) -> String? {
        do { _ = try stepper.perform(flow) } catch let refusal as any Refusal { return refusal.code } catch { return "\(error)" }
        return nil
    }

    func report(_ number: String, _ code: String) throws {
        _ = try stepper.perform(RecordTracking(issuer: "courier", [update(number, code)]))
    }

    func update(_ number: String, _ code: String) -> TrackingUpdate {
        TrackingUpdate(
            trackingNumber: number, at: stepper.now, code: TrackingCode(rawValue: code) ?? .exception, place: "", detail: "",
            vendorCode: code)
    }
}

@Suite("An outbound order")
struct PlaceOutboundTests {
    @Test("is refused by name, in the order of the checks", arguments: EngineKind.all)
    func refusals(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let none = SiteID(1)
            let all: [(PlaceOutbound, String)] = [
                (ground.outbound(.sale), "outbound.purpose_invalid"),
                (ground.outbound(.transfer) { $0.lines = [] }, "outbound.no_lines"),
                (ground.outbound(.transfer, ""), "outbound.text_invalid"),
                (ground.outbound(.transfer, quantity: 0), "outbound.quantity_invalid"),
                (ground.outbound(.transfer) { $0.to = nil }, "outbound.field_missing"),
                (ground.outbound(.disposal) { $0.reason = nil }, "outbound.field_missing"),
                (ground.outbound(.transfer) { $0.condition = .damaged }, "outbound.field_not_allowed"),
                (ground.outbound(.transfer) { $0.from = none }, "site.not_found"),
                (ground.outbound(.transfer) { $0.to = $0.from }, "transfer.same_site"),
                (ground.outbound(.replacement) { $0.original = OrderID(1) }, "order.not_found"),
                (ground.outbound(.transfer, sku: "Z"), "outbound.sku_unknown"),
                (ground.outbound(.transfer, quantity: 11), "inventory.stock_short"),
                (ground.outbound(.disposal, quantity: 11), "inventory.stock_short"),
                (ground.outbound(.removal) { $0.condition = .damaged }, "inventory.stock_short"),
            ]
            for (flow, code) in all {
                #expect(ground.refusal(of: flow) == code)
            }
            #expect(try ground.findings() == [])
        }
    }

    @Test("of a number that is known is the first one, or refused where it asks for something else", arguments: EngineKind.all)
    func idempotent(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let first = try ground.stepper.perform(ground.outbound(.transfer))
            let again = try ground.stepper.perform(ground.outbound(.transfer))
            #expect(again.order == first.order)
            #expect(again.isRepeat)
            #expect(throws: OutboundRefused.numberUsed("X-1")) {
                try ground.stepper.perform(ground.outbound(.transfer, quantity: 4))
            }
            #expect(try ground.supply(at: 0, .onHand)?.reserved == 5)
        }
    }

    @Test("that removes damaged goods takes none that are for sale", arguments: EngineKind.all)
    func removal(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            try ground.damage(6, at: 0)
            let flow = ground.outbound(.removal) { $0.condition = .damaged }
            let order = try ground.stepper.perform(flow).order
            let more = ground.outbound(.removal, "X-2", quantity: 2) { $0.condition = .damaged }
            #expect(ground.refusal(of: more) == "inventory.stock_short")
            #expect(try ground.findings() == [])
            let parcels = try ground.ship(from: 0)
            #expect(try ground.supply(at: 0, .onHand)?.available == 10)
            #expect(try ground.supply(at: 0, .unsellable)?.sellable == 1)
            let number = try #require(try ground.stepper.read { try Labels.of(parcels, in: $0).first?.number })
            try ground.report(number, "delivered")
            #expect(try ground.view(order).state == .delivered)
            #expect(try ground.supply(at: 0, .onHand)?.available == 10)
            #expect(try ground.findings() == [])
        }
    }

    @Test("of goods not for sale that are not there in full takes what is found", arguments: EngineKind.all)
    func shortDamaged(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            try ground.damage(6, at: 0)
            let order = try ground.stepper.perform(ground.outbound(.disposal, quantity: 6) { $0.condition = .damaged }).order
            try ground.pick(at: 0, short: 2)
            try ground.settle()
            let line = try ground.view(order).lines[0]
            #expect(line.open == 4)
            #expect(line.cancelled == 2)
            #expect(try ground.supply(at: 0, .onHand)?.available == 10)
            #expect(try ground.findings() == [])
        }
    }

    @Test("that disposes of goods is closed by its proof only, and leaves no parcel", arguments: EngineKind.all)
    func disposal(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.outbound(.disposal)).order, sale = try ground.stepper.perform(ground.sale("S"))
            func dispose(_ order: OrderID, _ reference: String = "C-1", _ words: String = "shredded", hash: String? = nil) -> DisposeGoods {
                DisposeGoods(
                    order, proof: DisposalProof(reference: reference, words: words, documentHash: hash),
                    occurred: ground.stepper.now, actor: "test")
            }
            let refusals: [(DisposeGoods, DisposeGoods.Refused)] = [
                (dispose(sale.order), .noDisposal(sale.order)), (dispose(order, ""), .noProof), (dispose(order, "C-1", ""), .noProof),
                (dispose(order, hash: "abc"), .badHash("abc")), (dispose(order), .notPicked(order)),
            ]
            for (flow, refusal) in refusals { #expect(throws: refusal) { try ground.stepper.perform(flow) } }
            try ground.pick(at: 0)
            let heads = try ground.stepper.read { try Fulfillments.of([order], in: $0) }
            #expect(throws: PackOrders.Refused.disposal(heads[0].id)) {
                try ground.stepper.perform(
                    PackOrders(
                        [heads[0].id], network: ground.assembly.network, occurred: ground.stepper.now, actor: "test"))
            }
            try ground.stepper.perform(dispose(order))
            let view = try ground.view(order)
            #expect(view.state == .disposed)
            #expect(view.lines[0].disposed == 5)
            #expect(view.proofs.map(\.reference) == ["C-1"])
            #expect(throws: DisposeGoods.Refused.notPicked(order)) { try ground.stepper.perform(dispose(order)) }
            #expect(try ground.stepper.read { try Parcels.of(order, in: $0) }.isEmpty)
            #expect(try ground.findings() == [])
        }
    }

    @Test("that replaces goes to the shopper of the order it stands in for, at no price and with a date", arguments: EngineKind.all)
    func replacement(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let sale = try ground.stepper.perform(ground.sale("S-1"))
            let order = try ground.stepper.perform(ground.outbound(.replacement, quantity: 1) { $0.original = sale.order }).order
            let sample = try ground.stepper.perform(ground.outbound(.sample, "X-2", quantity: 1)).order
            let records = try ground.stepper.read { try OrderRecords.load([sale.order, order, sample], in: $0) }
            #expect(records[order]?.recipient == records[sale.order]?.recipient)
            #expect(records[order]?.promisedBy != nil)
            #expect(records[sample]?.recipient != nil)
            #expect(try ground.view(order).original == sale.order)
            #expect(try ground.ship(from: 0).count == 3)
            #expect(try ground.findings() == [])
        }
    }

    @Test("can be cancelled as any order, and its goods are free again", arguments: EngineKind.all)
    func cancelled(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            try ground.damage(6, at: 0)
            let transfer = try ground.stepper.perform(ground.outbound(.transfer)).order
            let removal = try ground.stepper.perform(ground.outbound(.removal, "X-2") { $0.condition = .damaged }).order
            try ground.pick(at: 0)
            for order in [transfer, removal] {
                let answer = try ground.stepper.perform(CancelOrder(order, merchant: nil, reason: "no", actor: "test"))
                #expect(answer.answer == .accepted)
            }
            let back = try ground.stepper.read { [id = ground.sites[0]] in try Tasks.open(.unpick, at: id, limit: 10, in: $0) }
            for task in back {
                let bin = ground.location(task.condition == "new" ? "A000-00" : "HOLD", 0)
                try ground.stepper.perform(PutBack(task.id, to: bin, occurred: ground.stepper.now, actor: "test"))
            }
            #expect(back.count == 2)
            #expect(try ground.supply(at: 0, .onHand)?.available == 10)
            #expect(try ground.findings() == [])
            _ = try ground.stepper.perform(ground.outbound(.removal, "X-3", quantity: 6) { $0.condition = .damaged })
        }
    }
}
