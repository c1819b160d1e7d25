import Edges
import Exceptions
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
    fileprivate var hamburg: Destination {
        Destination(country: "DE", region: "HH", city: "Hamburg", postalArea: "20", latitude: 53_550_000, longitude: 9_990_000)
    }

    fileprivate func change(_ order: OrderID, to: Destination? = nil, person: Person? = nil) -> ChangeAddress {
        ChangeAddress(order, merchant: nil, to: to ?? hamburg, person: person, desk: assembly.orders, actor: "test")
    }

    fileprivate func record(_ order: OrderID) throws -> OrderRecord {
        try #require(try stepper.read { try OrderRecords.load([order], in: $0)[order] })
    }

    fileprivate func states(_ order: OrderID) throws -> [RedirectionState] {
        try stepper.read { try Redirections.of(order, in: $0) }.map(\.state)
    }
}

@Suite("Another address for what has left")
struct RedirectionTests {
    @Test("is asked of the carrier, and holds when the carrier says so", arguments: EngineKind.all)
    func accepted(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.sale("O-1")).order
            let parcels = try ground.ship(from: 0)
            var neighbour = ground.person
            neighbour.name = "Bo Nachbar"
            let before = try ground.record(order)
            let changed = try ground.stepper.perform(ground.change(order, person: neighbour))
            #expect(changed.relabelled.isEmpty && changed.asked == parcels)
            #expect(try ground.record(order).destination.city == "Berlin")
            #expect(ground.refusal(of: ground.change(order)) == "parcel.asked")
            try ground.settle()
            #expect(try ground.states(order) == [.accepted])
            let after = try ground.record(order)
            #expect(after.destination.city == "Hamburg" && after.recipient != before.recipient)
            let told: [String] = try ground.stepper.read {
                try $0.values("SELECT payload FROM event WHERE type IN ('parcel.redirection', 'order.address') ORDER BY seq")
            }
            #expect(told.count == 3 && !told.joined().contains("Nachbar"))
            #expect(try ground.exceptions() == [])
            #expect(try ground.findings() == [])
        }
    }

    @Test("that the carrier refuses is the merchant's to decide about, and nothing of it is kept", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.sale("O-1")).order
            try ground.ship(from: 0)
            let wien = Destination(
                country: "AT", region: "9", city: "Wien", postalArea: "10", latitude: 48_200_000, longitude: 16_370_000)
            _ = try ground.stepper.perform(ground.change(order, to: wien, person: ground.person))
            try ground.settle()
            #expect(try ground.states(order) == [.refused])
            #expect(try ground.record(order).destination.city == "Berlin")
            #expect(try ground.exceptions() == ["parcel.not_redirected"])
            let kept = try ground.stepper.read {
                try $0.value("SELECT COUNT(*) FROM recipient WHERE forgotten_at IS NULL", as: Int.self)
            }
            #expect(kept == 1)
            #expect(try ground.findings() == [])
            let open = try ground.exceptionIDs("parcel.not_redirected")
            try ground.stepper.perform(
                ActOnException(open[0], .turnBack, note: nil, until: nil, desk: ground.assembly.orders, actor: "test"))
            #expect(try ground.exceptions() == [])
            let asked = try ground.stepper.read { try Interceptions.load(where: "order_id = \(order)", in: $0) }
            #expect(asked.map(\.state) == [.asked])
        }
    }

    @Test("that was refused may be asked for once more, nearer by", arguments: EngineKind.all)
    func again(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.sale("O-1")).order
            try ground.ship(from: 0)
            let wien = Destination(
                country: "AT", region: "9", city: "Wien", postalArea: "10", latitude: 48_200_000, longitude: 16_370_000)
            _ = try ground.stepper.perform(ground.change(order, to: wien, person: ground.person))
            try ground.settle()
            // Once more, and this time nearer.
            _ = try ground.stepper.perform(ground.change(order))
            try ground.settle()
            #expect(try ground.states(order) == [.refused, .accepted])
            #expect(try ground.record(order).destination.city == "Hamburg")
        }
    }

    @Test("of a parcel that a courier of somebody else has is refused by name, and nothing changes", arguments: EngineKind.all)
    func foreign(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0], labels: ChannelLabelSimulator(seed: 1))
            let order = try ground.stepper.perform(ground.sale("O-1", labels: .channel)).order
            try ground.ship(from: 0)
            #expect(ground.refusal(of: ground.change(order)) == "parcel.handed_over")
            #expect(try ground.states(order) == [] && (try ground.record(order).destination.city) == "Berlin")
        }
    }
}
