import Flows
import Kernel
import Orders
import Returns
import TestGround
import Testing
import Views

private let mugs = OrderRequest.Line(sku: "M", quantity: 3, unitPrice: 1000, discount: 300, shipping: 300, tax: 570)

@Suite("The returns desk")
struct ReturnsDeskTests {
    @Test("finds what is wrong, missing, counterfeit and extra, and pays only for what came", arguments: EngineKind.all)
    func findings(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [mugs])
            let rma = try ground.ask(order, [(ground.mug, 3, .damaged)])
            let found: [ReturnMatch.Found] = [
                .init(sku: ground.mug, quantity: 1, isCounterfeit: true), .init(sku: ground.mug, quantity: 1),
                .init(sku: ground.lid, quantity: 3),
            ]
            let taken = try ground.receive(ReturnParcels.code(of: rma), found)
            #expect(taken.missing == 2)
            #expect(Set(taken.goods.map(\.finding)) == [.counterfeit, .asAnnounced, .wrong, .extra])
            #expect(try ground.open() == ["return.counterfeit", "return.extra", "return.missing", "return.wrong_item"])
            let fake = try #require(taken.goods.first { $0.finding == .counterfeit })
            #expect(throws: InspectionRefused.counterfeit(fake.id)) {
                try ground.inspect([Inspection(fake.id, grade: .new, disposition: .restock)])
            }
            #expect(throws: InspectionRefused.proofMissing(fake.id)) {
                try ground.inspect([Inspection(fake.id, grade: .unusable, disposition: .dispose)])
            }
            try ground.inspect(taken.goods.map { Inspection($0.id, grade: .opened) })
            let view = try ground.view(rma)
            #expect(view.refund?.amount.minor == 1190)
            #expect(view.items.map(\.missing) == [2])
            #expect(try ground.open() == ["return.missing"])
            #expect(try ground.findings() == [])
            let aside = view.goods.filter { $0.state == .aside }
            try ground.stepper.perform(
                SendOffGoods(aside.map(\.id), reference: "truck 1", occurred: ground.now, actor: "t"))
            #expect(try ground.findings() == [])
        }
    }

    @Test("refurbishes goods and grades them again", arguments: EngineKind.all)
    func refurbished(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [mugs])
            let rma = try ground.ask(order, [(ground.mug, 1, .changedMind)])
            let goods = try ground.receive(rma.description, [.init(sku: ground.mug, quantity: 1)]).goods[0].id
            #expect(throws: InspectionRefused.notNew(goods, .opened)) {
                try ground.inspect([Inspection(goods, grade: .opened, disposition: .restock)])
            }
            #expect(try ground.inspect([Inspection(goods, grade: .opened)]).map(\.state) == [.refurbishing])
            #expect(throws: InspectionRefused.again(goods)) {
                try ground.inspect([Inspection(goods, grade: .opened, disposition: .refurbish)])
            }
            #expect(try ground.inspect([Inspection(goods, grade: .new)]).map(\.state) == [.restocked])
            #expect(throws: InspectionRefused.notWaiting(goods, .restocked)) {
                try ground.inspect([Inspection(goods, grade: .new)])
            }
            #expect(try ground.findings() == [])
        }
    }

    @Test("opens a return for goods that nobody announced, and quarantines what nobody knows", arguments: EngineKind.all)
    func unannounced(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [mugs])
            let blind = try ground.receive(order.description, [.init(sku: ground.mug, quantity: 5)])
            #expect(blind.kind == .blind)
            #expect(blind.goods.map(\.quantity) == [3, 2])
            #expect(blind.goods.map(\.finding) == [.asAnnounced, .extra])
            let rma = try #require(blind.rma)
            #expect(try ground.view(rma).refund?.amount.minor == 2700 + 570)
            let unknown = try ground.receive("nothing we know", [.init(sku: ground.lid, quantity: 1)], at: 1)
            #expect(unknown.kind == .unknown && unknown.rma == nil)
            #expect(try ground.open() == ["return.extra", "return.unknown"])
            #expect(try ground.findings() == [])
        }
    }

    @Test("receives a parcel that was never delivered, and its goods leave the parcel", arguments: EngineKind.all)
    func returnToOrigin(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.place("O-1", [mugs])
            let numbers = try ground.ship()
            try ground.report(numbers, .returnToOrigin)
            #expect(try ground.open() == ["parcel.return_to_origin"])
            // It is in the hand before the carrier has said so.
            let taken = try ground.receive(numbers[0], [.init(sku: ground.mug, quantity: 2)])
            #expect(taken.kind == .returnToOrigin && taken.missing == 1)
            let rma = try #require(taken.rma)
            #expect(try ground.view(rma).refund?.amount.minor == 1800 + 380)
            #expect(try ground.open() == ["return.missing"])
            try ground.inspect(taken.goods.map { Inspection($0.id, grade: .new) })
            try ground.pay()
            #expect(try ground.view(rma).state == .closed)
            #expect(try ground.findings() == [])
            let details = try ground.stepper.read { try OrderDetails.find(order, .network, in: $0) }
            #expect(details.state == .returned)
        }
    }

    @Test("a return of goods that are sold out fills a backorder", arguments: EngineKind.all)
    func fillsBackorder(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [.init(sku: "M", quantity: 20, unitPrice: 100)])
            let waiting = try ground.place("O-2", [.init(sku: "M", quantity: 1, unitPrice: 100)])
            #expect(try ground.components(waiting).map(\.waiting) == [1])
            let rma = try ground.ask(order, [(ground.mug, 1, .wrongSize)])
            let goods = try ground.receive(rma.description, [.init(sku: ground.mug, quantity: 1)]).goods[0].id
            let task = try #require(try ground.inspect([Inspection(goods, grade: .new)])[0].task)
            try ground.stepper.perform(PutBack(task, to: ground.bin(0), occurred: ground.now, actor: "t"))
            try ground.settle()
            #expect(try ground.components(waiting).map(\.reserved) == [1])
            #expect(try ground.findings() == [])
        }
    }
}

@Suite("What is given for a return")
struct ReturnGrantsTests {
    @Test("is a debt with an owner where the goods never came, and is settled when they do", arguments: EngineKind.all)
    func debt(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set { $0.refundOn = .firstScan }
            let order = try ground.delivered("O-1", [mugs])
            let rma = try ground.ask(order, [(ground.mug, 2, .damaged)])
            #expect(try ground.view(rma).refund == nil)
            try ground.dropOff(rma, at: 1)
            #expect(try ground.view(rma).refund?.amount.minor == 2380)
            try ground.pay()
            try ground.pass(.days(22))
            let given = try ground.view(rma)
            #expect(given.state == .closed && given.items.map(\.missing) == [2])
            #expect(given.debt?.state == .open && given.debt?.amount.minor == 1800 + 380)
            #expect(try ground.open() == ["return.debt", "return.never_arrived", "return.no_route"])
            #expect(try ground.findings() == [])
            let late = try ground.receive(ReturnParcels.code(of: rma), [.init(sku: ground.mug, quantity: 2)])
            #expect(late.kind == .blind)
            #expect(try ground.view(try #require(late.rma)).refund == nil)
            #expect(try ground.view(rma).debt?.state == .recovered)
            #expect(try ground.findings() == [])
        }
    }

    @Test("is an order of its own for an exchange, linked both ways", arguments: EngineKind.all)
    func exchange(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [mugs])
            let rma = try ground.ask(order, [(ground.mug, 1, .wrongItem)], resolution: .exchange, wanted: ground.lid)
            try ground.receive(rma.description, [.init(sku: ground.mug, quantity: 1)])
            let other = try #require(try ground.view(rma).replacement)
            let details = try ground.stepper.read { try OrderDetails.find(other, .network, in: $0) }
            #expect(details.channel == "waybill" && details.number == rma.description && details.replaces == rma)
            #expect(details.money.total.minor == 0 && details.lines.map(\.sku) == [ground.lid])
            #expect(try ground.view(rma).refund == nil)
            let goods = try ground.view(rma).goods.map { Inspection($0.id, grade: .new) }
            try ground.inspect(goods)
            #expect(try ground.view(rma).state == .closed)
            #expect(try ground.findings() == [])
        }
    }

    @Test("is nothing where the shopper hands nothing in, and the label is given back", arguments: EngineKind.all)
    func expired(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [mugs])
            let rma = try ground.ask(order, [(ground.mug, 1, .other)], method: .label)
            try ground.pass(.days(22))
            let view = try ground.view(rma)
            #expect(view.state == .expired && view.parcelState == .voided && view.items.map(\.withdrawn) == [1])
            #expect(throws: ReturnNotThere.self) { try ground.dropOff(rma) }
            #expect(try ground.view(try ground.ask(order, [(ground.mug, 3, .other)], number: "R-2")).state == .authorised)
            #expect(try ground.open() == [])
            #expect(try ground.findings() == [])
        }
    }

    @Test("never comes to more than was paid, in whatever steps", arguments: EngineKind.all)
    func neverMore(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [.init(sku: "M", quantity: 3, unitPrice: 333, shipping: 100, tax: 50)])
            for number in 0..<3 {
                let rma = try ground.ask(order, [(ground.mug, 1, .damaged)], number: "R-\(number)")
                try ground.receive(rma.description, [.init(sku: ground.mug, quantity: 1)])
            }
            try ground.pay()
            let details = try ground.stepper.read { try OrderDetails.find(order, .network, in: $0) }
            #expect(details.returns.compactMap(\.refund?.amount.minor).reduce(0, +) == details.money.total.minor)
            #expect(details.payment == .refunded && details.state == .returned)
            #expect(try ground.findings() == [])
        }
    }
}
