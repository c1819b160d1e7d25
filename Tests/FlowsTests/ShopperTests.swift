import Flows
import Identity
import Kernel
import Orders
import Returns
import Store
import TestGround
import Testing
import Transport
import Views

private let mugs = OrderRequest.Line(sku: "M", quantity: 3, unitPrice: 1000, discount: 300, shipping: 300, tax: 570)
private let lid = OrderRequest.Line(sku: "L", quantity: 1, unitPrice: 500)

@Suite("A shopper")
struct ShopperTests {
    @Test("sees what is in which parcel, what waits, and what may go back", arguments: EngineKind.all)
    func sees(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.place("O-1", [mugs, lid])
            var seen = try ground.stepper.read { try ShopperOrder.find(order, in: $0) }
            #expect(seen.merchant == "M" && seen.parcels.isEmpty && seen.items.map(\.toPack) == [3, 1])
            #expect(seen.change == .atOnce && seen.owedAtDoor == nil && seen.expectedBy == seen.promisedBy && seen.returnableUntil == nil)
            let numbers = try ground.ship()
            seen = try ground.stepper.read { try ShopperOrder.find(order, in: $0) }
            #expect(seen.parcels.flatMap(\.contents).map(\.quantity).reduce(0, +) == 4 && seen.items.allSatisfy { $0.toPack == 0 })
            #expect(seen.parcels.compactMap(\.number).sorted() == numbers.sorted() && seen.change == .asked)
            try ground.report(numbers, .delivered)
            seen = try ground.stepper.read { try ShopperOrder.find(order, in: $0) }
            #expect(seen.items.map(\.returnable) == [3, 1] && seen.expectedBy == nil)
            #expect(seen.parcels[0].reports.map(\.code) == ["delivered"])
            #expect(seen.returnableUntil == ground.now + .days(30))
            _ = try ground.ask(order, [(ground.mug, 2, .damaged)])
            seen = try ground.stepper.read { try ShopperOrder.find(order, in: $0) }
            #expect(seen.items.map(\.returnable) == [1, 1] && seen.returns.count == 1)
        }
    }

    @Test("is told what is owed at the door until it was brought", arguments: EngineKind.all)
    func owed(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.place("O-1", [mugs, lid], payment: .onDelivery)
            #expect(try ground.stepper.read { try ShopperOrder.find(order, in: $0) }.owedAtDoor?.minor == 4070)
            try ground.report(try ground.ship(), .delivered)
            #expect(try ground.stepper.read { try ShopperOrder.find(order, in: $0) }.owedAtDoor == nil)
        }
    }

    @Test("is told what a return earns before asking for it, and nothing is kept of the question", arguments: EngineKind.all)
    func quote(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set {
                $0.shopperPays = [.changedMind]
                $0.labelFee = 400
                $0.restockingPPM = 100_000
            }
            let order = try ground.delivered("O-1", [mugs]), mug = try ground.component(order, ground.mug)
            func quote(_ reason: ReturnReason, _ quantity: Quantity) throws -> QuoteReturn.Answer {
                let request = ReturnRequest(
                    order: .id(order), merchant: nil, number: "web", items: [.init(.component(mug), quantity: quantity, reason: reason)],
                    method: .label)
                return try ground.stepper.perform(QuoteReturn(request, network: ground.assembly.network))
            }
            let mine = try quote(.changedMind, 1), theirs = try quote(.damaged, 1)
            #expect(mine.parts.items == 900 && mine.parts.fee == 90 && mine.parts.label == 400 && mine.parts.shipping == 0)
            #expect(theirs.parts.fee == 0 && theirs.parts.label == 0 && theirs.parts.shipping == 100)
            #expect(throws: ReturnRefused.tooMany(item: 0, wanted: 4, left: 3)) { try quote(.damaged, 4) }
            let page = try ground.stepper.read { try ReturnView.page(ReturnFilter(), .network, after: nil, limit: 9, in: $0) }
            #expect(page.isEmpty)
            let asked = try ground.view(try ground.ask(order, [(ground.mug, 1, .changedMind)], method: .label))
            #expect(asked.expected.total.minor == mine.parts.amount)
        }
    }

    @Test("sends an order elsewhere with the postal code as proof, until a courier has it", arguments: EngineKind.all)
    func elsewhere(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.place("O-1", [lid])
            func change(proof: String, street: String = "Neuer Weg 2", _ kind: DestinationKind = .address, code: String = "") throws {
                let address = ChangeShopperAddress.NewAddress(
                    kind, code: code, street: street, city: "Potsdam", postalCode: "14467", region: "BB")
                _ = try ground.stepper.perform(ChangeShopperAddress(order, proof: proof, to: address, desk: ground.assembly.orders))
            }
            #expect(throws: ChangeShopperAddress.Refused.wrongProof) { try change(proof: "10116") }
            #expect(throws: InvalidInput(field: "/street", "street has 1 to 100 characters, not 0.")) {
                try change(proof: "10115", street: "")
            }
            #expect(try ground.stepper.read { try ShopperOrder.find(order, in: $0) }.destination.city == "Berlin")
            try change(proof: " 101-15 ")
            let seen = try ground.stepper.read { try ShopperOrder.find(order, in: $0) }
            #expect(seen.destination.city == "Potsdam" && seen.destination.postalArea == "144")
            let vault = ground.assembly.orders.vault
            let person = try ground.stepper.read { try RecipientLookup.find(order, .network, vault, in: $0) }
            #expect(person.name == "Ada Muster" && person.street == ["Neuer Weg 2"] && person.postalCode == "14467")
            #expect(throws: ChangeShopperAddress.Refused.wrongProof) { try change(proof: "10115") }
            #expect(throws: InvalidInput.self) { try change(proof: "14467", .locker) }
            try change(proof: "14467", .locker, code: "L-17")
            let locker = try ground.stepper.read { try ShopperOrder.find(order, in: $0) }.destination
            #expect(locker.kind == .locker && locker.code == "L-17")
            try ground.ship()
            // The courier is asked now, and its answer awaited.
            try change(proof: "14467", street: "Alter Weg 3")
            let asked = try ground.stepper.read { try ShopperOrder.find(order, in: $0) }
            #expect(asked.redirection == .asked && asked.change == nil)
            #expect(try ground.stepper.read { try Redirections.of(order, in: $0) }.count == 1)
        }
    }
}
