import Edges
import Exceptions
import Flows
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport
import Views

extension OutboundGround {
    /// Sells, picks and packs one order that needs several parcels; their labels are asked for.
    fileprivate func packedInPieces(_ number: String = "S-1", quantity: Int64 = 300) throws -> [UnitID] {
        _ = try stepper.perform(sale(number, quantity: quantity))
        try pick(at: 0)
        let picked = try stepper.read { [id = sites[0]] in try Fulfillments.picked(at: id, limit: 10, in: $0) }
        return try stepper.perform(PackOrders(picked, network: assembly.network, occurred: stepper.now, actor: "test"))
    }

    fileprivate func labels(_ parcels: [UnitID], _ state: LabelState = .current) throws -> [ParcelLabel] {
        try stepper.read { try Labels.of(parcels, in: $0) }.filter { $0.state == state }
    }

    fileprivate func calls(_ kind: String) throws -> Int {
        try stepper.read { try $0.value("SELECT COUNT(*) FROM outbox WHERE kind = \(kind)") ?? 0 }
    }
}

@Suite("Several parcels of one order")
struct ShipmentTests {
    @Test("go under one master number, bought with one call and voided with one", arguments: EngineKind.all)
    func together(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [400, 0])
            let parcels = try ground.packedInPieces()
            #expect(parcels.count > 1)
            try ground.settle()
            #expect(try ground.calls("label.buy") == 1)
            let labels = try ground.labels(parcels)
            #expect(labels.count == parcels.count && Set(labels.compactMap(\.number)).count == parcels.count)
            #expect(Set(labels.map(\.master)) == [labels[0].number])
            let view = try ground.stepper.read { try ParcelSummary.find(parcels[1], .network, in: $0) }
            #expect(view.labels.map(\.master) == [labels[0].number] && view.piece == 2)
            #expect(try ground.findings() == [])
            let order = try ground.stepper.read { try Parcels.load([parcels[0]], in: $0)[0].order }
            _ = try ground.stepper.perform(CancelOrder(order, merchant: nil, reason: "no", actor: "test"))
            try ground.settle()
            #expect(try ground.calls("label.void") == 1)
            #expect(try ground.labels(parcels).isEmpty)
            #expect(try ground.findings() == [])
        }
    }

    @Test("are tracked piece by piece; one that is re-issued takes the others that have not left with it", arguments: EngineKind.all)
    func reissued(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [400, 0])
            let parcels = try ground.packedInPieces()
            try ground.settle()
            let before = try ground.labels(parcels)
            try ground.stepper.perform(ReissueLabel(parcels[1], reason: "torn", actor: "test"))
            try ground.settle()
            let after = try ground.labels(parcels)
            #expect(after.count == parcels.count && Set(after.map(\.id)).isDisjoint(with: before.map(\.id)))
            #expect(Set(after.map(\.master)) == [after[0].number] && after[0].number != before[0].number)
            #expect(try ground.calls("label.void") == 1 && (try ground.calls("label.buy")) == 2)
            let weights = try ground.stepper.read { try Parcels.load(parcels, in: $0) }.map { (parcel: $0.id, weight: $0.expected) }
            _ = try ground.stepper.perform(WeighParcels([weights[0]], occurred: ground.stepper.now, actor: "test"))
            for service in ground.made.services.values.sorted() {
                _ = try ground.stepper.perform(
                    HandOver(
                        site: ground.sites[0], service: service, until: .distantFuture, network: ground.assembly.network,
                        occurred: ground.stepper.now, actor: "test"))
            }
            try ground.settle()
            let report = ReportTracking(
                [ground.update(try #require(after[0].number), "delivered")], carrier: nil, network: ground.assembly.network)
            _ = try ground.stepper.perform(report)
            let states = try ground.stepper.read { try Parcels.load(parcels, in: $0) }.map(\.state)
            #expect(states[0] == .delivered && states.dropFirst().allSatisfy { $0 == .labelled })
            // What has left keeps its number; the rest is given back piece by piece.
            try ground.stepper.perform(ReissueLabel(parcels[1], reason: "torn again", actor: "test"))
            try ground.settle()
            #expect(try ground.labels([parcels[0]]).map(\.id) == [after[0].id])
            #expect(try ground.labels(parcels).count == parcels.count)
            #expect(try ground.calls("label.void") == 1 + parcels.count - 1)
            #expect(try ground.findings() == [])
        }
    }

    @Test("whose purchase has no known outcome are asked for, and none is bought twice", arguments: EngineKind.all)
    func unknown(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [3000, 0], faults: CourierFaults(unknown: 1_000_000))
            let orders = try (1...8).map { try ground.packedInPieces("S-\($0)") }
            try ground.settle()
            ground.stepper.now = ground.stepper.now + .hours(1)
            try ground.settle()
            let labels = try orders.map { try ground.labels($0) }
            // Of half of them the courier had issued what it did not answer: those are found, all pieces or none.
            for (parcels, labels) in zip(orders, labels) { #expect(labels.isEmpty || labels.count == parcels.count) }
            let found = try #require(labels.firstIndex { !$0.isEmpty })
            #expect(Set(labels[found].map(\.master)) == [labels[found][0].number])
            #expect(try ground.calls("label.buy") == 8)
            #expect(try ground.findings() == [])
            ground.stepper.now = ground.stepper.now + .days(31)
            _ = try ground.stepper.perform(TimerStep([LabelClocks()]))
            #expect(try ground.labels(orders[found], .expired).count == orders[found].count)
            #expect(try ground.calls("label.buy") == 8 + labels.count { !$0.isEmpty })
        }
    }

    @Test("that the carrier refuses need a person once, and one retry asks for all", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [400, 0], faults: CourierFaults(refused: 1_000_000))
            let parcels = try ground.packedInPieces()
            try ground.settle()
            #expect(try ground.labels(parcels, .failed).count == parcels.count)
            let open = try ground.exceptionIDs("label.failed")
            #expect(open.count == parcels.count)
            try ground.stepper.perform(
                ActOnException(open[0], .retryLabel, note: nil, until: nil, desk: ground.assembly.orders, actor: "test"))
            #expect(try ground.exceptionIDs("label.failed") == [])
            #expect(try ground.labels(parcels, .requested).count == parcels.count)
            #expect(try ground.calls("label.buy") == 2)
        }
    }
}
