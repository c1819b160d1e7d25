import Facilities
import Flows
import Inventory
import Kernel
import Orders
import Rehearsal
import Store
import TestGround
import Testing
import Views

@Suite("Promises that book capacity")
struct CapacityTests {
    /// Every day from 08:00 to 18:00.
    private func daily(_ process: WorkProcess, _ units: Int64) throws -> [SiteCapacity] {
        let (opens, closes) = (try #require(LocalTime("08:00")), try #require(LocalTime("18:00")))
        return (1...7).map { SiteCapacity(process: process, weekday: $0, opens: opens, closes: closes, units: units) }
    }

    private struct Booked: Equatable {
        let process: String
        let day: CivilDate
        let units: Int64
        let capacity: Int64
    }

    private func slots(_ network: SmallNetwork) throws -> [Booked] {
        let zone = network.world.zone
        return try network.stepper.read { tx in
            try tx.query("SELECT process, starts, booked, capacity FROM capacity_slot ORDER BY site, process, starts") {
                Booked(
                    process: try $0.next(), day: zone.day(of: try $0.next()), units: try $0.next(),
                    capacity: try $0.next())
            }
        }
    }

    @Test("orders for one SKU are promised over the days on which the floor can pick them", arguments: EngineKind.all)
    func overDays(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [400, 0]), stepper = network.stepper
            _ = try stepper.perform(StateCapacities(daily(.pick, 100), at: network.sites[0], actor: "t"))
            let (request, desk) = (network.place(0).request, network.desk)
            let quoted = try stepper.read { try QuotePromise(request, desk: desk).run(in: $0) }
            var dates: [Instant] = []
            for first in stride(from: 0, to: 300, by: 60) {
                let answers = stepper.perform((first..<first + 60).map { network.place($0, backorder: false) })
                dates += try answers.map { try #require(try $0.get().shipBy) }
            }
            #expect(quoted.shipBy == dates.first)
            #expect(dates == dates.sorted())
            let last = try stepper.read { try QuotePromise(request, desk: desk).run(in: $0) }
            #expect(try #require(last.shipBy) >= dates[299])
            let slots = try slots(network)
            #expect(slots.map(\.units).reduce(0, +) == 300)
            // The first shift has been running for an hour: ten of its hundred are lost.
            #expect(slots.map(\.units) == [90, 100, 100, 10])
            for one in slots { #expect(one.units <= one.capacity) }
            #expect(try network.findings() == [])
        }
    }

    @Test("what is cancelled is offered back, and what is picked is not", arguments: EngineKind.all)
    func offeredBack(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [50, 0]), stepper = network.stepper
            _ = try stepper.perform(StateCapacities(daily(.pick, 10) + daily(.pack, 20), at: network.sites[0], actor: "t"))
            let placed = try stepper.perform((0..<15).map { network.place($0) }).map { try $0.get() }
            #expect(try slots(network).filter { $0.process == "pick" }.map(\.units) == [9, 6])
            _ = try stepper.perform(CancelOrder(placed[0].order, merchant: nil, reason: "", actor: "t"))
            #expect(try slots(network).filter { $0.process == "pick" }.map(\.units) == [8, 6])
            let next = try stepper.perform(network.place(20))
            #expect(next.shipBy == placed[8].shipBy)
            #expect(try slots(network).filter { $0.process == "pick" }.map(\.units) == [9, 6])
            #expect(try network.findings() == [])
        }
    }

    @Test("an order that is not paid books nothing; it books when it is", arguments: EngineKind.all)
    func unpaid(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [50, 0]), stepper = network.stepper
            _ = try stepper.perform(StateCapacities(daily(.pick, 10), at: network.sites[0], actor: "t"))
            let placed = try stepper.perform(network.place(1, payment: .pending))
            #expect(try slots(network).isEmpty)
            try stepper.perform(SetPayment(placed.order, merchant: nil, .paid, desk: network.desk))
            #expect(try slots(network).map(\.units) == [1])
            #expect(try network.findings() == [])
        }
    }

    @Test("lowering a capacity below what is booked stands over, and names the next room", arguments: EngineKind.all)
    func lowered(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [50, 0]), stepper = network.stepper
            _ = try stepper.perform(StateCapacities(daily(.pick, 20), at: network.sites[0], actor: "t"))
            let placed = try stepper.perform((0..<10).map { network.place($0) }).map { try $0.get() }
            let over = try stepper.perform(StateCapacities(daily(.pick, 6), at: network.sites[0], actor: "t"))
            #expect(over.map(\.booked.over) == [4 + 2])
            #expect(try #require(over[0].roomFrom) > stepper.now)
            #expect(try open(network) == 1)
            // New orders go to the next day with room.
            let next = try stepper.perform(network.place(20))
            #expect(try #require(next.shipBy) > placed[9].shipBy ?? .distantPast)
            for one in placed.prefix(6) { _ = try stepper.perform(CancelOrder(one.order, merchant: nil, reason: "", actor: "t")) }
            #expect(try open(network) == 0)
            #expect(try network.findings() == [])
        }
    }

    @Test("with every shift full an order is refused by name, and a sold one is recorded over", arguments: EngineKind.all)
    func full(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [500, 0]), stepper = network.stepper
            _ = try stepper.perform(StateCapacities(daily(.pick, 0), at: network.sites[0], actor: "t"))
            #expect(throws: PlaceOrderRefused.noCapacity(line: 0, sku: "A")) {
                _ = try stepper.perform(network.place(1, backorder: false))
            }
            var sold = network.place(2).request
            sold.way = .record
            let recorded = try stepper.perform(PlaceOrder(sold, desk: network.desk))
            #expect(recorded.reserved == 1)
            #expect(try slots(network).map(\.units) == [1])
            #expect(try open(network) == 1)
            #expect(try network.findings() == [])
        }
    }

    private func open(_ network: SmallNetwork) throws -> Int {
        try network.stepper.read {
            try $0.value("SELECT COUNT(*) FROM exception WHERE kind = 'capacity.over' AND closed_at IS NULL") ?? -1
        }
    }
}
