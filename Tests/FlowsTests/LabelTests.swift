import Edges
import Flows
import Identity
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport
import Views

extension OutboundGround {
    /// Sells, picks and packs one order whose labels come from outside; answers its parcel.
    fileprivate func packed(_ number: String = "L-1") throws -> UnitID {
        _ = try stepper.perform(sale(number, labels: .channel))
        try pick(at: 0)
        let picked = try stepper.read { [id = sites[0]] in try Fulfillments.picked(at: id, limit: 10, in: $0) }
        let parcels = try stepper.perform(
            PackOrders(picked, network: assembly.network, occurred: stepper.now, actor: "test"))
        try settle()
        return parcels[0]
    }

    fileprivate func supply(
        _ parcel: UnitID, _ number: String = "CH-1", carrier: String = "Channel", until: Instant? = nil,
        document: (mediaType: String, bytes: [UInt8])? = ("application/pdf", Array("%PDF Ada Muster".utf8)), url: String? = nil
    ) -> SupplyLabel {
        SupplyLabel(
            parcel, SuppliedLabel(number: number, carrier: carrier, document: document, url: url, validUntil: until),
            vault: assembly.orders.vault, actor: "test")
    }

    fileprivate func standing(_ parcel: UnitID) throws -> LabelStanding {
        try stepper.read { try LabelStanding.find(parcel, .network, in: $0) }
    }

    fileprivate func fall(_ handler: any ClockHandler) throws { _ = try stepper.perform(TimerStep([handler])) }
}

@Suite("A label from outside")
struct LabelTests {
    @Test("is waited for in a lane, supplied, kept sealed, and leaves with its parcel", arguments: EngineKind.all)
    func supplied(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let parcel = try ground.packed()
            #expect(try ground.standing(parcel).lane == .awaitingLabel)
            let waiting = try ground.stepper.read { [id = ground.sites[0]] in
                try AwaitingLabel.page(at: id, after: nil, limit: 10, in: $0)
            }
            #expect(waiting.map(\.parcel) == [parcel])
            #expect(waiting.map(\.issuer) == ["channel"])
            let label = try ground.stepper.perform(ground.supply(parcel))
            #expect(try ground.stepper.perform(ground.supply(parcel)) == label)
            #expect(try ground.standing(parcel).lane == .labelled)
            #expect(try ground.standing(parcel).documentHash == SealedDocuments.hash(Array("%PDF Ada Muster".utf8)))
            let vault = ground.assembly.orders.vault
            let papers = try ground.stepper.read { try ParcelPapers.find(parcel, .network, vault: vault, in: $0) }
            #expect(papers.document?.bytes == Array("%PDF Ada Muster".utf8))
            let rows = try ground.stepper.read { try $0.values("SELECT sealed FROM sealed_document ORDER BY subject", as: String.self) }
            #expect(rows.count == 1 && !rows[0].contains("Ada"))
            let expected = try ground.stepper.read { try Parcels.load([parcel], in: $0)[0].expected }
            _ = try ground.stepper.perform(WeighParcels([(parcel, expected)], occurred: ground.stepper.now, actor: "test"))
            _ = try ground.ship(from: 0)
            let report = ReportTracking([ground.update("CH-1", "delivered")], carrier: nil, network: ground.assembly.network)
            _ = try ground.stepper.perform(report)
            #expect(try ground.standing(parcel).state == .delivered)
            #expect(try ground.findings() == [])
        }
    }

    @Test("is refused by name, in the order of the checks", arguments: EngineKind.all)
    func refusals(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let (parcel, now) = (try ground.packed(), ground.stepper.now)
            let all: [(SupplyLabel, String)] = [
                (ground.supply(parcel, ""), "label.text_invalid"), (ground.supply(parcel, document: nil), "label.document_missing"),
                (ground.supply(parcel, document: ("text/html", [1])), "label.document_missing"),
                (ground.supply(parcel, document: nil, url: "http://x"), "label.document_missing"),
                (ground.supply(parcel, until: now), "label.validity_over"), (ground.supply(UnitID(1)), "parcel.not_found"),
            ]
            for (flow, code) in all { #expect(ground.refusal(of: flow) == code) }
            _ = try ground.stepper.perform(ground.supply(parcel))
            #expect(ground.refusal(of: ground.supply(parcel, "CH-2")) == "label.standing")
            let second = try ground.packed("L-2")
            #expect(ground.refusal(of: ground.supply(second)) == "label.number_used")
            _ = try ground.stepper.perform(ground.sale("L-3"))
            let ours = try ground.ship(from: 0)
            #expect(ground.refusal(of: ground.supply(ours[0])) == "label.issuer_is_carrier")
            let order = try ground.stepper.read { try Parcels.load([second], in: $0)[0].order }
            _ = try ground.stepper.perform(CancelOrder(order, merchant: nil, reason: "no", actor: "test"))
            #expect(ground.refusal(of: ground.supply(second, "CH-3")) == "label.parcel_voided")
            #expect(ground.refusal(of: ReissueLabel(second, reason: "torn", actor: "test")) == "label.parcel_voided")
            #expect(ground.refusal(of: ReissueLabel(ours[0], reason: "torn", actor: "test")) == "label.parcel_shipped")
        }
    }

    @Test("whose time is over before its parcel left is issued anew by the same issuer", arguments: EngineKind.all)
    func expires(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let parcel = try ground.packed()
            let label = try ground.stepper.perform(ground.supply(parcel, until: ground.stepper.now + .hours(4)))
            ground.stepper.now = ground.stepper.now + .hours(5)
            try ground.fall(LabelClocks())
            let labels = try ground.stepper.read { try Labels.of([parcel], in: $0) }
            #expect(labels.first { $0.id == label }?.state == .expired)
            #expect(labels.map(\.state) == [.expired, .requested])
            #expect(labels.map(\.issuer) == ["channel", "channel"])
            #expect(try ground.standing(parcel).state == .packed)
            #expect(try ground.findings() == [])
            ground.stepper.now = ground.stepper.now + .hours(1)
            try ground.fall(LabelClocks())
            #expect(try ground.exceptions() == ["label.awaited"])
            _ = try ground.stepper.perform(ground.supply(parcel, "CH-2"))
            #expect(try ground.exceptions() == [])
            #expect(try ground.findings() == [])
        }
    }

    @Test("is fetched through the outbox; one that its issuer refuses needs a person, and is asked for again", arguments: EngineKind.all)
    func fetched(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0], labels: ChannelLabelSimulator(seed: 1))
            let parcel = try ground.packed()
            let label = try #require(try ground.standing(parcel).label)
            #expect(label.state == .current)
            #expect(label.url?.hasPrefix("https://") == true)
            #expect(label.validUntil == ground.stepper.now + .days(7))
            try ground.stepper.perform(ReissueLabel(parcel, reason: "torn", actor: "test"))
            #expect(try ground.standing(parcel).state == .packed)
            try ground.settle()
            #expect(try ground.standing(parcel).label?.number != label.number)
            #expect(try ground.findings() == [])
        }
        try withDatabase(kind) { (database: TestDatabase) throws in
            let never = ChannelLabelSimulator(seed: 1, faults: CourierFaults(refused: 1_000_000, unavailable: 0, unknown: 0))
            let ground = try OutboundGround(database, stock: [10, 0], labels: never)
            let parcel = try ground.packed()
            #expect(try ground.standing(parcel).lane == .none)
            #expect(try ground.exceptions() == ["label.failed"])
            _ = try ground.stepper.perform(ground.supply(parcel))
            #expect(try ground.exceptions() == [])
            #expect(try ground.findings() == [])
        }
    }

    @Test("is erased with the person it names, and a label we buy expires as well", arguments: EngineKind.all)
    func forgotten(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let parcel = try ground.packed()
            let label = try ground.stepper.perform(ground.supply(parcel))
            let vault = ground.assembly.orders.vault
            try ground.stepper.perform(
                InPlace { tx in
                    let order = try Parcels.load([parcel], in: tx)[0].order
                    let recipient = try OrderRecords.load([order], in: tx)[order]?.recipient
                    _ = try Recipients.forget([recipient].compactMap { $0 }, in: tx)
                })
            #expect(try ground.stepper.read { try SealedDocuments.open(label.raw, vault, in: $0) } == nil)
            _ = try ground.stepper.perform(ground.sale("L-9"))
            try ground.pick(at: 0)
            let picked = try ground.stepper.read { [id = ground.sites[0]] in try Fulfillments.picked(at: id, limit: 10, in: $0) }
            let ours = try ground.stepper.perform(
                PackOrders(picked, network: ground.assembly.network, occurred: ground.stepper.now, actor: "test"))
            try ground.settle()
            ground.stepper.now = ground.stepper.now + .days(31)
            try ground.fall(LabelClocks())
            try ground.settle()
            let states = try ground.stepper.read { try Labels.of(ours, in: $0) }.map(\.state)
            #expect(states == [.expired, .current])
        }
    }
}
