import Exceptions
import Flows
import Kernel
import Store
import TestGround
import Testing
import Views
import Warehouse

extension OutboundGround {
    /// A closed shipment of ten of A, of which eight came.
    fileprivate func shipment() throws -> ASNID {
        let asn = try stepper.perform(
            AnnounceASN(
                merchant: merchant, site: sites[0], number: "IN-1", expected: stepper.now, lines: [.init(sku: skus[0], quantity: 10)]))
        _ = try stepper.perform(
            ReceiveASN(
                asn, at: location("A000-00", 0), [ReceivedLine(sku: skus[0], quantity: 8)], occurred: stepper.now, actor: "test"))
        try stepper.perform(CloseASN(asn))
        return asn
    }

    fileprivate func doubt(_ asn: ASNID, sku: String = "A", claimed: Quantity = 10, note: String = "box 3") -> DisputeReceipt {
        DisputeReceipt(asn, sku: sku, claimed: claimed, note: note, actor: "ada")
    }

    fileprivate func view(_ id: DisputeID) throws -> DisputeView { try stepper.read { try DisputeView.find(id, .network, in: $0) } }

    fileprivate func code(_ flow: some Flow) -> String? {
        do { _ = try stepper.perform(flow) } catch { return (error as? any Refusal)?.code ?? "\(error)" }
        return nil
    }
}

@Suite("A dispute of what was received")
struct DisputeTests {
    @Test("is the site's to answer, and its answer is the merchant's to read", arguments: EngineKind.all)
    func settled(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [])
            let id = try ground.stepper.perform(ground.doubt(try ground.shipment()))
            let merchant = ground.merchant, site = ground.sites[0], other = ground.sites[1]
            #expect(try ground.stepper.read { try DisputeView.find(id, .merchant(merchant), in: $0) }.received == 8)
            #expect(throws: NotFound.self) { try ground.stepper.read { try DisputeView.find(id, .site(other), in: $0) } }
            let open = try ground.stepper.read {
                try ExceptionPages.open(ExceptionPages.Filter(), .site(site), after: nil, limit: 9, in: $0)
            }
            #expect(open.map(\.kind) == ["asn.disputed"] && open.map(\.subject) == [id.description])
            #expect(open[0].due == ground.stepper.now + .days(3))
            let tooMany = SettleDispute(id, found: 2, owed: 1, words: "x", actor: "lead")
            #expect(ground.code(tooMany) == "dispute.too_many")
            #expect(ground.code(SettleDispute(id, found: 0, owed: 0, words: "", actor: "lead")) == "input.invalid")
            try ground.stepper.perform(SettleDispute(id, found: 1, owed: 1, words: "One stood behind the dock.", actor: "lead"))
            let said = try ground.view(id)
            #expect(said.state == .settled && said.found == 1 && said.owed == 1 && said.answer == "One stood behind the dock.")
            #expect(ground.code(SettleDispute(id, found: 0, owed: 0, words: "x", actor: "lead")) == "dispute.ended")
            #expect(ground.code(WithdrawDispute(id, actor: "ada")) == "dispute.ended")
            #expect(try ground.exceptions() == [])
            #expect(try ground.findings() == [])
        }
    }

    @Test("is refused in order: an unknown line, too early, not more than came, disputed already", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [])
            let coming = try ground.stepper.perform(
                AnnounceASN(
                    merchant: ground.merchant, site: ground.sites[0], number: "IN-2", expected: ground.stepper.now,
                    lines: [.init(sku: ground.skus[0], quantity: 1)]))
            #expect(ground.code(ground.doubt(coming, sku: "B", claimed: 0)) == "asn.line_unknown")
            #expect(ground.code(ground.doubt(coming, claimed: 0)) == "dispute.too_early")
            let asn = try ground.shipment()
            #expect(ground.code(ground.doubt(asn, claimed: 8)) == "dispute.not_more")
            #expect(ground.code(ground.doubt(asn, note: "")) == "input.invalid")
            #expect(ground.code(ground.doubt(asn)) == nil)
            #expect(ground.code(ground.doubt(asn)) == "dispute.open")
            #expect(try ground.findings() == [])
        }
    }

    @Test("ends with its exception, and its exception with it", arguments: EngineKind.all)
    func together(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [])
            let asn = try ground.shipment()
            let first = try ground.stepper.perform(ground.doubt(asn))
            try ground.stepper.perform(WithdrawDispute(first, actor: "ada"))
            #expect(try ground.view(first).state == .withdrawn)
            #expect(try ground.exceptions() == [])
            let second = try ground.stepper.perform(ground.doubt(asn))
            let open = try ground.stepper.read { try ExceptionPages.open(.init(), .network, after: nil, limit: 9, in: $0) }
            try ground.stepper.perform(
                ActOnException(
                    open[0].id, .resolve, note: "It is eight.", until: nil, desk: ground.assembly.orders, actor: "lead"))
            let said = try ground.view(second)
            #expect(said.state == .settled && said.found == 0 && said.owed == 0 && said.answer == "It is eight.")
            #expect(try ground.findings() == [])
        }
    }

    @Test("each pair of states is a step or none")
    func states() {
        let steps = DisputeState.allCases.flatMap { from in DisputeState.allCases.map { (from, $0) } }
            .filter { DisputeState.transitions[$0]?.contains($1) ?? false }
        #expect(steps.map { "\($0)-\($1)" } == ["open-settled", "open-withdrawn"])
    }
}

@Suite("Lost and damaged units")
struct HarmedUnitsTests {
    @Test("are told from the ledger, each with what happened to it", arguments: EngineKind.all)
    func told(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [5, 0])
            let (merchant, sku) = (ground.merchant, ground.skus[0])
            func told() throws -> [HarmedUnits] {
                try ground.stepper.read { try HarmedUnits.page(of: merchant, after: nil, limit: 9, in: $0) }
            }
            #expect(try told().isEmpty)
            try ground.damage(3, at: 1)
            _ = try ground.stepper.perform(
                CountBin(
                    location: ground.location("A000-00", 0), owner: merchant, sku: sku, counted: 4, occurred: ground.stepper.now,
                    actor: "test"))
            let all = try told()
            #expect(all.map(\.what) == [.missing, .cameDamaged] && all.map(\.quantity) == [1, 3])
            #expect(all.allSatisfy { !$0.isOpen && $0.outcome == nil })
            let later = try ground.stepper.read { try HarmedUnits.page(of: merchant, after: all[0].id, limit: 9, in: $0) }
            #expect(later.map(\.id) == [all[1].id])
        }
    }
}
