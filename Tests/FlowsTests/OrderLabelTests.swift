import Flows
import Identity
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport
import Views

extension OutboundGround {
    fileprivate func labelled(
        _ number: String, way: OrderWay = .place, label: String = "CH-1", until: Instant? = nil, quantity: Int64 = 1,
        document: [UInt8]? = Array("%PDF Ada Muster".utf8)
    ) throws -> PlaceLabelledOrder {
        let request = OrderRequest(
            merchant: merchant, number: number, way: way, currency: world.currency, person: person, destination: berlin,
            lines: [.init(sku: "A", quantity: Quantity(quantity), unitPrice: 1000)], placedAt: stepper.now, labelIssuer: .channel,
            label: SuppliedLabel(
                number: label, carrier: "Channel", document: document.map { ("application/pdf", $0) }, validUntil: until))
        return try #require(PlaceLabelledOrder(request, desk: assembly.orders, actor: "test"))
    }

    fileprivate func packed() throws -> [UnitID] {
        try pick(at: 0)
        let picked = try stepper.read { [id = sites[0]] in try Fulfillments.picked(at: id, limit: 10, in: $0) }
        let parcels = try stepper.perform(
            PackOrders(picked, network: assembly.network, occurred: stepper.now, actor: "test"))
        try settle()
        return parcels
    }
}

@Suite("A label that comes with its order")
struct OrderLabelTests {
    @Test("is on the parcel the moment it is packed, sealed until then and after", arguments: EngineKind.all)
    func comes(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let first = try ground.stepper.perform(try ground.labelled("L-1"))
            #expect(try ground.stepper.perform(try ground.labelled("L-1")).order == first.order)
            let parcel = try #require(try ground.packed().first)
            let standing = try ground.stepper.read { try LabelStanding.find(parcel, .network, in: $0) }
            #expect(standing.lane == .labelled && standing.label?.number == "CH-1" && standing.label?.carrier == "Channel")
            let vault = ground.assembly.orders.vault
            let papers = try ground.stepper.read { try ParcelPapers.find(parcel, .network, vault: vault, in: $0) }
            #expect(papers.document?.bytes == Array("%PDF Ada Muster".utf8))
            #expect(try ground.findings() == [])
            try ground.stepper.perform(ReissueLabel(parcel, reason: "torn", actor: "test"))
            let again = try ground.stepper.read { try LabelStanding.find(parcel, .network, in: $0) }
            #expect(again.lane == .awaitingLabel)
            #expect(try ground.findings() == [])
        }
    }

    @Test("serves the first of several parcels, and none once its time is over", arguments: EngineKind.all)
    func serves(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [400, 0])
            _ = try ground.stepper.perform(try ground.labelled("L-1", quantity: 300))
            let parcels = try ground.packed()
            let lanes = try ground.stepper.read { tx in
                try parcels.map { try LabelStanding.find($0, .network, in: tx).lane }
            }
            #expect(parcels.count > 1 && lanes[0] == .labelled && lanes.dropFirst().allSatisfy { $0 == .awaitingLabel })
            _ = try ground.stepper.perform(
                try ground.labelled("L-2", label: "CH-2", until: ground.stepper.now + .hours(1)))
            ground.stepper.now = ground.stepper.now + .hours(2)
            let late = try #require(try ground.packed().first)
            #expect(try ground.stepper.read { try LabelStanding.find(late, .network, in: $0) }.lane == .awaitingLabel)
            #expect(try ground.findings() == [])
        }
    }

    @Test("is refused by name with its order, but for a time that is over on what is sold already", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let past = ground.stepper.now
            let all: [(PlaceLabelledOrder, String)] = [
                (try ground.labelled("L-1", label: ""), "label.text_invalid"),
                (try ground.labelled("L-1", document: nil), "label.document_missing"),
                (try ground.labelled("L-1", until: past), "label.validity_over"),
            ]
            for (flow, code) in all { #expect(ground.refusal(of: flow) == code) }
            #expect(try ground.stepper.read { try $0.value("SELECT COUNT(*) FROM orders", as: Int.self) } == 0)
            _ = try ground.stepper.perform(try ground.labelled("L-1"))
            #expect(ground.refusal(of: try ground.labelled("L-2")) == "label.number_used")
            #expect(ground.refusal(of: try ground.labelled("L-1", label: "CH-9")) == "order.number_used")
            _ = try ground.stepper.perform(try ground.labelled("L-3", way: .record, label: "CH-3", until: past))
            #expect(try ground.stepper.read { try $0.value("SELECT COUNT(*) FROM orders", as: Int.self) } == 2)
        }
    }
}
