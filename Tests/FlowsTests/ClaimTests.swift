import Claims
import Exceptions
import Flows
import Inventory
import Kernel
import Orders
import Returns
import Store
import TestGround
import Testing
import Transport
import Views
import Warehouse

extension ReturnsGround {
    fileprivate func claim(
        _ kind: ClaimKind, _ subject: String, _ reason: ClaimReason = .lost, _ minor: Int64? = nil, by merchant: MerchantID? = nil
    ) -> OpenClaim {
        OpenClaim(kind, for: subject, merchant: merchant, reason: reason, amount: minor.map(euros), note: "empty box", actor: "ada")
    }

    fileprivate func parcel(_ order: OrderID) throws -> String {
        try #require(try details(order).parcels.first).id.description
    }

    fileprivate func view(_ id: ClaimID) throws -> ClaimView { try stepper.read { try ClaimView.find(id, .network, in: $0) } }

    fileprivate func decide(_ id: ClaimID, _ granted: Int64, by merchant: MerchantID? = nil, words: String = "so it is") -> DecideClaim {
        DecideClaim(id, merchant: merchant, granted: granted, words: words, actor: "bob")
    }

    /// Two mugs that nobody finds in their bin.
    fileprivate func lose() throws -> String {
        _ = try stepper.perform(
            CountBin(location: bin(0), owner: merchant, sku: mug, counted: 18, occurred: now, actor: "t"))
        let merchant = merchant
        return try #require(try stepper.read { try HarmedUnits.page(of: merchant, after: nil, limit: 1, in: $0) }.first).id.description
    }
}

@Suite("Claims")
struct ClaimTests {
    @Test("of a carrier is sent, waits for the answer, and ends with what the carrier grants", arguments: EngineKind.all)
    func carrier(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let subject = try ground.parcel(try ground.paid("O-1", 2500))
            let id = try ground.stepper.perform(ground.claim(.carrier, subject, .damaged))
            #expect(try ground.view(id).claimed.minor == 2500 && ground.view(id).carrier != nil)
            #expect(try ground.open() == ["claim.unsent"])
            #expect(ground.code(ground.decide(id, 100)) == "claim.not_sent")
            try ground.stepper.perform(SendClaim(id, reference: "C-7", actor: "ada"))
            #expect(try ground.open() == [] && ground.view(id).state == .sent && ground.view(id).reference == "C-7")
            #expect(try ground.findings() == [])
            #expect(ground.code(SendClaim(id, reference: "C-8", actor: "ada")) == "claim.ended")
            try ground.pass(.days(31))
            #expect(try ground.open() == ["claim.unanswered"])
            #expect(ground.code(ground.decide(id, 2501)) == "claim.too_much")
            try ground.stepper.perform(ground.decide(id, 2000))
            let one = try ground.view(id)
            #expect(one.state == .granted && one.granted.minor == 2000 && one.refund == nil && one.answer == "so it is")
            #expect(try ground.open() == [])
            #expect(ground.code(ground.claim(.carrier, subject, .damaged)) == "claim.stands_already")
            #expect(ground.code(ground.decide(id, 0)) == "claim.ended")
            #expect(try ground.findings() == [])
        }
    }

    @Test("of a shopper is the merchant's to decide, and what is granted is a refund that is due", arguments: EngineKind.all)
    func shopper(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.paid("O-1"), subject = try ground.parcel(order), merchant = ground.merchant
            let first = try ground.stepper.perform(ground.claim(.shopper, subject, .missing, 400))
            #expect(ground.code(ground.claim(.shopper, subject)) == "claim.stands_already")
            #expect(ground.code(ground.decide(first, 400, by: MerchantID(1))) == "claim.not_found")
            try ground.stepper.perform(ground.decide(first, 0, by: merchant))
            #expect(try ground.view(first).state == .denied && ground.given(order).isEmpty)
            let second = try ground.stepper.perform(ground.claim(.shopper, subject, .missing, 400))
            #expect(try ground.open() == ["claim.undecided"])
            try ground.stepper.perform(ground.decide(second, 300, by: merchant))
            let refund = try #require(try ground.view(second).refund)
            #expect(try ground.stepper.read { try RefundView.find(refund, .network, in: $0) }.amount.minor == 300)
            #expect(try ground.open() == [])
            try ground.pay()
            #expect(try ground.details(order).payment == .partlyRefunded)
            #expect(try ground.findings() == [])
        }
    }

    @Test("of a merchant is for what was lost, at a stated value, and the operator decides", arguments: EngineKind.all)
    func merchant(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let subject = try ground.lose(), merchant = ground.merchant
            #expect(ground.code(ground.claim(.merchant, subject, by: merchant)) == "input.invalid")
            let id = try ground.stepper.perform(ground.claim(.merchant, subject, .lost, 700, by: merchant))
            #expect(try ground.view(id).quantity == 2 && ground.view(id).sku == ground.mug)
            #expect(ground.code(ground.decide(id, 700, by: merchant)) == "claim.not_yours")
            #expect(ground.code(SendClaim(id, reference: "x", actor: "ada")) == "claim.not_for_carrier")
            try ground.stepper.perform(ground.decide(id, 500))
            #expect(try ground.view(id).granted.minor == 500)
            #expect(ground.code(ground.claim(.merchant, subject, .lost, 700, by: merchant)) == "claim.stands_already")
            #expect(try ground.findings() == [])
        }
    }

    @Test("is refused by name where it is nobody's, nothing happened, or it is more than the goods", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let subject = try ground.parcel(try ground.paid("O-1")), merchant = ground.merchant
            #expect(ground.code(ground.claim(.carrier, subject, by: merchant)) == "claim.not_yours")
            #expect(ground.code(ground.claim(.carrier, subject, .missing)) == "input.invalid")
            #expect(ground.code(ground.claim(.shopper, "hu_x")) == "parcel.not_found")
            #expect(ground.code(ground.claim(.shopper, subject, by: MerchantID(1))) == "parcel.not_found")
            #expect(ground.code(ground.claim(.shopper, subject, .lost, 1001)) == "claim.over_worth")
            #expect(ground.code(ground.claim(.shopper, subject, .lost, 0)) == "input.invalid")
            #expect(ground.code(ground.claim(.merchant, subject, .lost, 10)) == "claim.not_harmed")
            #expect(ground.code(ground.claim(.merchant, MovementID(1).description, .lost, 10)) == "claim.not_harmed")
            #expect(try ground.open() == [] && ground.findings() == [])
        }
    }

    @Test("ends with its exception: words alone deny it, or take back what was not sent", arguments: EngineKind.all)
    func together(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let subject = try ground.parcel(try ground.paid("O-1"))
            let ids = try [ClaimKind.carrier, .shopper].map { try ground.stepper.perform(ground.claim($0, subject)) }
            for one in try ground.stepper.read({ try ExceptionPages.open(.init(), .network, after: nil, limit: 9, in: $0) }) {
                try ground.stepper.perform(
                    ActOnException(one.id, .resolve, note: "no", until: nil, desk: ground.assembly.orders, actor: "bob"))
            }
            #expect(try ids.map { try ground.view($0).state } == [.withdrawn, .denied])
            let again = try ground.stepper.perform(ground.claim(.shopper, subject))
            try ground.stepper.perform(WithdrawClaim(again, merchant: nil, words: "it came", actor: "ada"))
            #expect(try ground.view(again).state == .withdrawn && ground.open() == [])
            #expect(try ground.findings() == [])
        }
    }

    @Test("each pair of states is a step or none")
    func states() {
        let steps = ClaimState.allCases.flatMap { from in ClaimState.allCases.map { (from, $0) } }
            .filter { ClaimState.transitions[$0]?.contains($1) ?? false }
        #expect(
            steps.map { "\($0)-\($1)" } == [
                "open-sent", "open-granted", "open-denied", "open-withdrawn", "sent-granted", "sent-denied", "sent-withdrawn",
            ])
    }
}
