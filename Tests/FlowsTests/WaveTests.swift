import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport
import Views
import Warehouse

@Suite("A wave, from its preview to being taken back")
struct WaveTests {
    private static func release(_ network: SmallNetwork) throws -> ReleaseWave.Released {
        try network.stepper.perform(ReleaseWave(site: network.sites[0], until: .distantFuture))
    }

    private static func tasks(_ network: SmallNetwork) throws -> [FloorTask] {
        let site = network.sites[0]
        return try network.stepper.read { try Tasks.open(.pick, at: site, limit: 100, in: $0) }
    }

    private static func ground(_ database: TestDatabase, orders: Int) throws -> SmallNetwork {
        let network = try SmallNetwork(database, stock: [10, 0])
        for answer in network.stepper.perform((0..<orders).map { network.place($0, backorder: false) }) { _ = try answer.get() }
        return network
    }

    @Test("a preview says what a release does, and does nothing", arguments: EngineKind.all)
    func preview(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try Self.ground(database, orders: 3)
            let wave = ReleaseWave(site: network.sites[0], until: .distantFuture)
            let seen = try network.stepper.read { try wave.preview(in: $0) }
            #expect(try Self.tasks(network).isEmpty)
            let done = try Self.release(network)
            #expect(seen.fulfillments == done.fulfillments && seen.left == done.left && done.fulfillments == 3)
        }
    }

    @Test("a wave of which nothing was picked is taken back, once, and its orders are released anew", arguments: EngineKind.all)
    func takenBack(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try Self.ground(database, orders: 3)
            let wave = try #require(try Self.release(network).wave)
            #expect(try network.stepper.perform(UndoWave(wave, actor: "lead")) == 3)
            #expect(try Self.tasks(network).isEmpty)
            #expect(try network.findings() == [])
            #expect(throws: UndoWave.Refused.undone(wave)) { try network.stepper.perform(UndoWave(wave, actor: "lead")) }
            #expect(try Self.release(network).fulfillments == 3)
            #expect(try Self.tasks(network).count == 3)
            #expect(try network.findings() == [])
        }
    }

    @Test("a wave of which something was picked is worked to its end", arguments: EngineKind.all)
    func begun(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try Self.ground(database, orders: 2), now = network.stepper.now
            let wave = try #require(try Self.release(network).wave)
            let tote = try network.stepper.perform(MakeTotes(site: network.sites[0], count: 1, occurred: now))[0]
            let task = try #require(try Self.tasks(network).first)
            try network.stepper.perform(
                ConfirmPicks([PickResult(task: task.id, quantity: task.quantity)], into: tote, occurred: now, actor: "p"))
            #expect(throws: UndoWave.Refused.begun(wave, left: 1, of: 2)) { try network.stepper.perform(UndoWave(wave, actor: "lead")) }
            #expect(try Self.tasks(network).count == 1)
            #expect(throws: NotFound.self) { try network.stepper.perform(UndoWave(WaveID(1), actor: "lead")) }
        }
    }

    @Test("a site that is paused releases nothing until it goes on", arguments: EngineKind.all)
    func paused(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try Self.ground(database, orders: 1), site = network.sites[0]
            #expect(try network.stepper.perform(PauseRelease(site, reason: "stocktaking", actor: "lead")))
            #expect(try !network.stepper.perform(PauseRelease(site, reason: "other", actor: "lead")))
            #expect(throws: ReleaseWave.Refused.paused(site, reason: "stocktaking")) { try Self.release(network) }
            #expect(throws: InvalidInput.self) { try network.stepper.perform(PauseRelease(site, reason: "", actor: "lead")) }
            #expect(try network.stepper.perform(ResumeRelease(site, actor: "lead")))
            #expect(try !network.stepper.perform(ResumeRelease(site, actor: "lead")))
            #expect(try Self.release(network).fulfillments == 1)
        }
    }

    @Test("a wave and a task are done first, and in their turn again", arguments: EngineKind.all)
    func putFirst(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try Self.ground(database, orders: 3)
            let wave = try #require(try Self.release(network).wave), before = try Self.tasks(network).map(\.id)
            let last = try #require(before.last)
            #expect(try network.stepper.perform(PutFirst(.task(last), isFirst: true, actor: "lead")) == 1)
            #expect(try network.stepper.perform(PutFirst(.task(last), isFirst: true, actor: "lead")) == 0)
            #expect(try Self.tasks(network).map(\.id) == [last] + before.dropLast())
            #expect(try network.stepper.perform(PutFirst(.wave(wave), isFirst: true, actor: "lead")) == 2)
            #expect(try Self.tasks(network).map(\.id) == before)
            let site = network.sites[0]
            let page = try network.stepper.read { try ShiftWave.page(at: site, onlyOpen: true, after: nil, limit: 5, in: $0) }
            #expect(page.map(\.wave.id) == [wave] && page[0].isFirst && page[0].isUntouched)
            #expect(try network.stepper.perform(PutFirst(.wave(wave), isFirst: false, actor: "lead")) == 3)
            #expect(try Self.tasks(network).map(\.id) == before && network.findings() == [])
            #expect(throws: NotFound.self) { try network.stepper.perform(PutFirst(.wave(WaveID(1)), isFirst: true, actor: "lead")) }
            #expect(throws: NotFound.self) { try network.stepper.perform(PutFirst(.task(TaskID(1)), isFirst: true, actor: "lead")) }
        }
    }

    /// An order that was promised of goods that are announced, and are late.
    private static func announced(_ network: SmallNetwork) throws -> ASNID {
        let asn = try network.stepper.perform(
            AnnounceASN(
                merchant: network.merchant, site: network.sites[0], number: "IN", expected: network.stepper.now + .hours(20),
                lines: [.init(sku: network.sku, quantity: 5)]))
        _ = try network.stepper.perform(network.place(1, backorder: false))
        network.stepper.now = network.stepper.now + .hours(21)
        return asn
    }

    private static func putBackOne(_ network: SmallNetwork) throws {
        try network.stepper.perform(
            OpenStock(
                [StockLine(owner: network.merchant, sku: network.sku, location: network.bins[0], quantity: 1)],
                occurred: network.stepper.now))
    }

    private static func receive(_ asn: ASNID, _ network: SmallNetwork) throws {
        _ = try network.stepper.perform(
            ReceiveASN(
                asn, at: network.bins[0], [ReceivedLine(sku: network.sku, quantity: 5)], occurred: network.stepper.now, actor: "t"))
        try network.stepper.perform(CloseASN(asn))
        try network.follow()
    }

    @Test("an order due before its goods have come takes what lies free, and keeps it when they come", arguments: EngineKind.all)
    func early(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [0, 0])
            let asn = try Self.announced(network), site = network.sites[0]
            #expect(try Self.release(network).fulfillments == 0)
            try Self.putBackOne(network)
            let wave = ReleaseWave(site: site, until: .distantFuture)
            #expect(try network.stepper.read { try wave.preview(in: $0) }.fulfillments == 1)
            #expect(try Self.release(network).fulfillments == 1)
            #expect(try network.supplies()[site]?.reserved == 1)
            #expect(try network.findings() == [])
            try Self.receive(asn, network)
            #expect(try network.findings() == [])
            let now = network.stepper.now
            let tote = try network.stepper.perform(MakeTotes(site: site, count: 1, occurred: now))[0]
            let task = try #require(try Self.tasks(network).first)
            try network.stepper.perform(
                ConfirmPicks([PickResult(task: task.id, quantity: 1)], into: tote, occurred: now, actor: "p"))
            let left = try #require(try network.supplies()[site])
            #expect(left.sellable == 5 && left.reserved == 0)
            #expect(try network.findings() == [])
        }
    }

    @Test("an order due before its goods have come takes nothing that is promised to another", arguments: EngineKind.all)
    func waits(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [0, 0])
            let asn = try Self.announced(network)
            try Self.putBackOne(network)
            _ = try network.stepper.perform(network.place(2, backorder: false, payment: .pending))
            let early = try Self.release(network)
            #expect(early.fulfillments == 0 && early.left == 1)
            try Self.receive(asn, network)
            #expect(try Self.release(network).fulfillments == 1)
            #expect(try Self.tasks(network).count == 1)
            #expect(try network.findings() == [])
        }
    }

    @Test("a task is one worker's until it goes to another", arguments: EngineKind.all)
    func claims(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try Self.ground(database, orders: 2), site = network.sites[0]
            _ = try Self.release(network)
            let claim = { (worker: String) throws -> TaskID? in
                try network.stepper.perform(
                    InPlace { tx in
                        try FloorWorkers.seen(worker, at: site, process: "pick", in: tx)
                        return try FloorWorkers.claim(.pick, at: site, for: worker, in: tx)
                    })
            }
            let first = try #require(try claim("anna")), second = try #require(try claim("ben"))
            #expect(first != second)
            #expect(try claim("anna") == first)
            #expect(try claim("cleo") == nil)
            try network.stepper.perform(GiveTask(first, to: "cleo"))
            #expect(try claim("cleo") == first)
            #expect(try claim("anna") == nil)
            #expect(throws: NotFound.self) { try network.stepper.perform(GiveTask(first, to: "nobody")) }
            network.stepper.now = network.stepper.now + .hours(1)
            #expect(try claim("anna") != nil)
        }
    }
}
