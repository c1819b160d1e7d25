import Drops
import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing

@Suite("Drops and lines")
struct DropTests {
    @Test("whoever comes within a window is drawn, and is told at once when it is over", arguments: EngineKind.all)
    func draw(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [3, 2])
            let drop = try ground.open(3)
            let first = try (0..<6).map { try ground.ticket(drop, "s\($0)") }
            #expect(try ground.states(first) == Array(repeating: .waiting, count: 6))
            try ground.tick(.seconds(2))
            let late = try ground.ticket(drop, "late")
            try ground.tick(.seconds(2))
            let order = try ground.byPlace(first)
            #expect(try ground.states(order) == [.served, .served, .served, .waiting, .waiting, .waiting])
            #expect(order != first)
            #expect(try ground.states([late]) == [.waiting])
            #expect(try ground.levels("live") == (3, 3, 0))
            #expect(try ground.code(ground.order("walk-in", pool: "live")) == "inventory.stock_short")
            #expect(try ground.ticket(drop, "s0") == first[0])
            #expect(throws: StandInLine.Refused.overLimit(limit: 2)) { _ = try ground.ticket(drop, "greedy", 3) }
            #expect(try ground.findings() == [])
        }
    }

    @Test("no unit is left unsold while somebody waits, and what nobody wants goes back", arguments: EngineKind.all)
    func oracle(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [4, 3])
            let drop = try ground.open(5)
            var random = SeededRandom(seed: 7)
            var tickets: [TicketID] = [], ordered = 0
            for step in 0..<40 {
                if step < 12 { tickets.append(try ground.ticket(drop, "s\(step)", random.chance(partsPerMillion: 300_000) ? 2 : 1)) }
                for hold in try ground.kept(tickets) where random.chance(partsPerMillion: 200_000) {
                    ordered += 1
                    _ = try ground.stepper.perform(ground.order("O-\(ordered)", [("A", hold.units)], holds: [hold.id]))
                }
                if random.chance(partsPerMillion: 100_000), let one = tickets.last { try ground.stepper.perform(LeaveLine(one)) }
                try ground.tick(.seconds(Int64(5 + random.below(20))))
                let live = try ground.levels("live"), free = live.sellable - live.held - live.reserved
                let wanted = try ground.smallestWaiting(tickets)
                #expect(wanted == nil || free < wanted ?? 0, "\(free) lie unsold in step \(step) while somebody wants \(wanted ?? 0)")
            }
            for _ in 0..<6 { try ground.tick(.hours(2)) }
            #expect(try ground.stepper.read { try DropSales.find(drop, in: $0)?.state } == .ended)
            let live = try ground.levels("live")
            #expect(live.held == 0 && live.sellable == live.reserved)
            #expect(try ground.states(tickets).allSatisfy { $0 != .waiting && $0 != .served })
            #expect(try ground.findings() == [])
        }
    }

    @Test("who waits for goods is served in the order of coming", arguments: EngineKind.all)
    func waitlist(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [1, 0])
            let hold = try ground.stepper.perform(ground.hold())
            let line = try ["a", "b", "c"].map { try ground.wait($0) }
            #expect(try ground.wait("a") == line[0])
            try ground.stepper.perform(ReleaseHold(hold))
            try ground.tick(.seconds(1))
            #expect(try ground.states(line) == [.served, .waiting, .waiting])
            let kept = try ground.kept(line)[0]
            _ = try ground.stepper.perform(ground.order("mine", holds: [kept.id]))
            try ground.stepper.perform(
                OpenStock(
                    [StockLine(owner: ground.merchant, sku: ground.network.sku, location: ground.network.bins[1], quantity: 1)],
                    occurred: ground.stepper.now))
            try ground.tick(.seconds(1))
            #expect(try ground.states(line) == [.taken, .served, .waiting])
            try ground.tick(.minutes(31))
            #expect(try ground.states(line) == [.taken, .lapsed, .served])
            #expect(try ground.findings() == [])
        }
    }
}

extension CommitmentGround {
    func open(_ units: Int64) throws -> DropID {
        let now = stepper.now
        return try stepper.perform(
            OpenDrop(
                merchant: merchant, name: "Live", code: "live", lines: [QuotaLine(sku: "A", site: nil, quantity: Quantity(units))],
                startsAt: now, endsAt: now + .hours(1), window: .seconds(2), hold: .seconds(60), limit: 2, seed: "secret",
                actor: "test"))
    }

    func ticket(_ drop: DropID, _ shopper: String, _ units: Int64 = 1) throws -> TicketID {
        try stepper.perform(StandInLine(.drop(drop), sku: "A", shopper: shopper, quantity: Quantity(units)))
    }

    func wait(_ shopper: String) throws -> TicketID {
        try stepper.perform(
            StandInLine(.pool(merchant: merchant, code: Pool.main), sku: "A", shopper: shopper, quantity: 1))
    }

    /// Time passes; clocks and followers catch up.
    func tick(_ duration: Duration) throws {
        let lines = FollowLines()
        try stepper.lease([lines])
        try advance(duration, [DueClocks(), DropClocks()])
        while try stepper.follow(lines) > 0 {}
    }

    private func found(_ tickets: [TicketID]) throws -> [Ticket] {
        try stepper.read { tx in try tickets.compactMap { try Tickets.find($0, in: tx) } }
    }

    func states(_ tickets: [TicketID]) throws -> [TicketState] { try found(tickets).map(\.state) }

    func byPlace(_ tickets: [TicketID]) throws -> [TicketID] {
        try found(tickets).sorted { ($0.place ?? .max) < ($1.place ?? .max) }.map(\.id)
    }

    func kept(_ tickets: [TicketID]) throws -> [(id: HoldID, units: Int64)] {
        try found(tickets).filter { $0.state == .served }.compactMap { one in one.keptBy.map { ($0, one.quantity.rawValue) } }
    }

    /// The least that one who has a place in line wants; nil where nobody waits.
    func smallestWaiting(_ tickets: [TicketID]) throws -> Quantity? {
        try found(tickets).filter { $0.state == .waiting && $0.place != nil }.map(\.quantity).min()
    }
}
