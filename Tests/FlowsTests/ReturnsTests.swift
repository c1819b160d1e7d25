import Exceptions
import Flows
import Kernel
import Orders
import Returns
import TestGround
import Testing
import Views

/// Mugs of 10.00 with 1.90 tax, 3.00 shipping for the line.
private let mugs = OrderRequest.Line(sku: "M", quantity: 3, unitPrice: 1000, discount: 300, shipping: 300, tax: 570)

@Suite("A return")
struct ReturnsTests {
    @Test("goes from the request over the desk to the refund, and its goods are sold again", arguments: EngineKind.all)
    func whole(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [mugs])
            let before = try ground.sellable(ground.mug)
            let rma = try ground.ask(order, [(ground.mug, 2, .damaged)])
            let asked = try ground.view(rma)
            #expect(asked.state == .authorised)
            #expect(asked.expected.total.minor == 1800 + 380 + 200)
            #expect(asked.refund == nil)
            try ground.dropOff(rma)
            #expect(try ground.view(rma).state == .inTransit)
            let taken = try ground.receive(asked.code, [.init(sku: ground.mug, quantity: 2)])
            #expect(taken.kind == .known && taken.missing == 0)
            #expect(try ground.view(rma).refund?.amount.minor == 2380)
            #expect(try ground.sellable(ground.mug) == before)
            let done = try ground.inspect([
                Inspection(taken.goods[0].id, quantity: 1, grade: .new),
                Inspection(taken.goods[0].id, grade: .unusable, disposition: .dispose, proof: "certificate 7"),
            ])
            #expect(done.map(\.state) == [.restocked, .gone])
            let task = try #require(done[0].task)
            try ground.stepper.perform(PutBack(task, to: ground.bin(0), occurred: ground.now, actor: "t"))
            #expect(try ground.sellable(ground.mug) == before + 1)
            #expect(try ground.view(rma).state == .inspected)
            try ground.pay()
            #expect(try ground.view(rma).state == .closed)
            let details = try ground.stepper.read { try OrderDetails.find(order, .network, in: $0) }
            #expect(details.state == .delivered && details.payment == .partlyRefunded)
            #expect(details.lines[0].components.map(\.returned) == [2] && details.lines[0].components.map(\.refunded) == [2])
            #expect(details.returns.map(\.id) == [rma])
            #expect(try ground.open() == [])
            #expect(try ground.findings() == [])
        }
    }

    @Test("that repeats its number gets the first answer, and other content is refused", arguments: EngineKind.all)
    func repeated(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [mugs])
            let first = try ground.ask(order, [(ground.mug, 1, .changedMind)])
            #expect(try ground.ask(order, [(ground.mug, 1, .changedMind)]) == first)
            #expect(throws: ReturnRefused.numberUsed("R-1")) { try ground.ask(order, [(ground.mug, 2, .changedMind)]) }
        }
    }

    @Test("is refused by name", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set { $0.windowDays = 10 }
            let order = try ground.delivered("O-1", [mugs])
            let open = try ground.place("O-2", [mugs])
            #expect(throws: ReturnRefused.tooMany(item: 0, wanted: 4, left: 3)) {
                try ground.ask(order, [(ground.mug, 4, .damaged)])
            }
            #expect(throws: ReturnRefused.notDelivered(item: 0)) { try ground.ask(open, [(ground.mug, 1, .damaged)]) }
            #expect(throws: ReturnRefused.unknownItem(item: 0)) { try ground.ask(order, [(ground.lid, 1, .damaged)]) }
            #expect(throws: ReturnRefused.badQuantity(item: 0, 0)) { try ground.ask(order, [(ground.mug, 0, .damaged)]) }
            #expect(throws: ReturnRefused.unknownWanted(item: 0)) {
                try ground.ask(order, [(ground.mug, 1, .damaged)], resolution: .exchange)
            }
            #expect(throws: ReturnRefused.noItems) { try ground.ask(order, []) }
            #expect(throws: NotFound.self) { try ground.ask(OrderID(5), []) }
            _ = try ground.ask(order, [(ground.mug, 2, .damaged)])
            #expect(throws: ReturnRefused.tooMany(item: 0, wanted: 2, left: 1)) {
                try ground.ask(order, [(ground.mug, 2, .damaged)], number: "R-2")
            }
            try ground.set { $0.excluded = [ground.mug] }
            #expect(throws: ReturnRefused.notReturnable(item: 0, ground.mug)) {
                try ground.ask(order, [(ground.mug, 1, .damaged)], number: "R-3")
            }
            try ground.set { $0.windowDays = 10 }
            try ground.pass(.days(11))
            #expect(throws: ReturnRefused.windowOver(item: 0, days: 10)) {
                try ground.ask(order, [(ground.mug, 1, .damaged)], number: "R-4")
            }
        }
    }

    @Test("of an order goes by the policy of the day on which it was placed", arguments: EngineKind.all)
    func dated(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let tomorrow = CivilDate(dayNumber: 20_501)
            try ground.set({ $0.refundOn = .grade }, validity: Validity(until: tomorrow))
            try ground.set({ $0.refundOn = .firstScan }, validity: Validity(from: tomorrow))
            #expect(throws: SaveReturnPolicy.Overlap.self) {
                try ground.set({ _ in }, validity: Validity(from: tomorrow + -1, until: tomorrow + 1))
            }
            let order = try ground.delivered("O-1", [mugs])
            try ground.pass(.days(2))
            #expect(try ground.view(try ground.ask(order, [(ground.mug, 1, .late)])).refundOn == .grade)
            let later = try ground.delivered("O-2", [mugs])
            #expect(try ground.view(try ground.ask(later, [(ground.mug, 1, .late)], number: "R-2")).refundOn == .firstScan)
        }
    }

    @Test("is refunded by grade where the policy waits for it, but for what the merchant is at fault for", arguments: EngineKind.all)
    func graded(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set {
                ($0.refundOn, $0.restockingPPM, $0.refundB, $0.refundC) = (.grade, 100_000, 500_000, 0)
            }
            for (number, reason, expected) in [("1", ReturnReason.changedMind, 3270 - 90 - 90 - 450 - 900), ("2", .defective, 3270 + 300)] {
                let order = try ground.delivered("O-\(number)", [mugs])
                let rma = try ground.ask(order, [(ground.mug, 3, reason)], number: "R-\(number)")
                try ground.dropOff(rma)
                let taken = try ground.receive(try ground.view(rma).code, [.init(sku: ground.mug, quantity: 3)])
                #expect(try ground.view(rma).refund == nil)
                try ground.inspect([
                    Inspection(taken.goods[0].id, quantity: 1, grade: .new), Inspection(taken.goods[0].id, quantity: 1, grade: .opened),
                    Inspection(taken.goods[0].id, grade: .damaged),
                ])
                #expect(try ground.view(rma).refund?.amount.minor == Int64(expected))
            }
            #expect(try ground.findings() == [])
        }
    }

    @Test("keeps a restocking fee and the label where the shopper changed their mind", arguments: EngineKind.all)
    func fees(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set {
                ($0.restockingPPM, $0.labelFee, $0.shopperPays) = (100_000, 390, [.changedMind])
            }
            let order = try ground.delivered("O-1", [mugs])
            let rma = try ground.ask(order, [(ground.mug, 3, .changedMind)], method: .label)
            let asked = try ground.view(rma)
            #expect(asked.expected.restockingFee.minor == 270 && asked.expected.labelFee.minor == 390)
            #expect(asked.expected.total.minor == 2700 + 570 - 270 - 390)
            let number = try #require(asked.trackingNumber)
            try ground.report([number], .inTransit)
            #expect(try ground.view(rma).parcelState == .withCarrier)
            try ground.report([number], .delivered)
            let taken = try ground.receive(number, [.init(sku: ground.mug, quantity: 3)])
            #expect(taken.rma == rma)
            #expect(try ground.view(rma).refund?.amount.minor == 2610)
            #expect(try ground.findings() == [])
        }
    }

    @Test("of parts of a kit gives back the parts' share", arguments: EngineKind.all)
    func kit(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.delivered("O-1", [.init(sku: "K", quantity: 1, unitPrice: 1000, tax: 100)])
            let rma = try ground.ask(order, [(ground.mug, 1, .missingParts), (ground.lid, 1, .missingParts)])
            let asked = try ground.view(rma)
            #expect(asked.expected.items.minor == 333 + 333)
            try ground.receive(rma.description, [.init(sku: ground.mug, quantity: 1), .init(sku: ground.lid, quantity: 1)])
            let rest = try ground.view(try ground.ask(order, [(ground.mug, 1, .missingParts)], number: "R-2"))
            #expect(asked.expected.items.minor + rest.expected.items.minor == 1000)
            #expect(try ground.findings() == [])
        }
    }

    @Test("of little worth is paid and kept", arguments: EngineKind.all)
    func kept(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set { $0.keepUnder = 1200 }
            let order = try ground.delivered("O-1", [mugs])
            let rma = try ground.ask(order, [(ground.mug, 1, .other)])
            #expect(try ground.view(rma).keep)
            #expect(try ground.view(rma).refund?.amount.minor == 1090)
            try ground.pay()
            let closed = try ground.view(rma)
            #expect(closed.state == .closed && closed.items[0].kept == 1)
            #expect(try ground.findings() == [])
        }
    }

    @Test("of much worth waits for a decision", arguments: EngineKind.all)
    func reviewed(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set { $0.reviewOver = 1000 }
            let order = try ground.delivered("O-1", [mugs])
            let rmas = try (0..<2).map { try ground.ask(order, [(ground.mug, 1, .damaged)], number: "R-\($0)") }
            #expect(try ground.view(rmas[0]).state == .requested)
            #expect(try ground.open() == ["return.review", "return.review"])
            try ground.stepper.perform(
                DecideReturn(rmas[0], merchant: ground.merchant, decision: .authorised, reason: "seen", actor: "t"))
            let left = try ground.stepper.read { try Exceptions.inbox(.merchant, limit: 2, in: $0) }
            let deny = { (note: String?) in
                try ground.stepper.perform(
                    ActOnException(left[0].id, .denyReturn, note: note, until: nil, desk: ground.assembly.orders, actor: "t"))
            }
            #expect(throws: ActOnException.Refused.noteMissing) { try deny(nil) }
            try deny("worn")
            #expect(try ground.view(rmas[1]).state == .denied)
            #expect(try ground.view(rmas[0]).code != nil)
            #expect(throws: ReturnNotThere.self) {
                try ground.stepper.perform(DecideReturn(rmas[1], merchant: nil, decision: .authorised, reason: "", actor: "t"))
            }
            #expect(try ground.open() == [])
            let third = try ground.ask(order, [(ground.mug, 1, .damaged)], number: "R-3")
            try ground.pass(.hours(71))
            #expect(try ground.view(third).state == .requested)
            try ground.pass(.hours(2))
            #expect(try ground.view(third).state == .authorised)
            #expect(try ground.view(rmas[1]).state == .denied)
            #expect(try ground.open() == [])
            #expect(try ground.findings() == [])
        }
    }
}
