import Claims
import Drops
import Exceptions
import Facilities
import Flows
import Kernel
import Merchants
import Orders
import Partners
import Sourcing
import Store
import TestGround
import Testing
import Transport
import Warehouse
import Webhooks

@testable import Views

@Suite struct StageCountsTests {
    private static let migrations =
        MerchantsSchema.migrations + FacilitiesSchema.migrations + OrdersSchema.migrations + WarehouseSchema.migrations
        + TransportSchema.migrations + ExceptionsSchema.migrations + PartnersSchema.migrations + SourcingSchema.migrations
        + DropsSchema.migrations + ClaimsSchema.migrations
        + WebhooksSchema.migrations
        + ViewsSchema.migrations

    private func withCounts(_ kind: EngineKind, _ body: (Stepper) throws -> Void) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            try stepper.lease([StageCounts()])
            try body(stepper)
        }
    }

    @Test("the counts are what the orders' units and the parcels add up to", arguments: EngineKind.all)
    func agree(_ kind: EngineKind) throws {
        try withCounts(kind) { stepper in
            try stepper.perform(SampleWork(orders: 40, seed: 3))
            try stepper.follow(StageCounts(), limit: 37)
            let tally = try stepper.read(StageTally.read)
            #expect(Stage.allCases.reduce(0) { $0 + tally.total($1).units } == 120)
            #expect(Stage.allCases.filter { tally.total($0).units > 0 }.count > 6)
            #expect(try stepper.read(StageCounts.compare) == [])
        }
    }

    @Test("events that are not counted yet are no difference", arguments: EngineKind.all)
    func behind(_ kind: EngineKind) throws {
        try withCounts(kind) { stepper in
            try stepper.perform(SampleWork(orders: 10, seed: 4))
            #expect(try stepper.read(StageCounts.compare) == [])
            try stepper.follow(StageCounts())
            try stepper.perform(SampleWork(orders: 10, seed: 5))
            #expect(try stepper.read(StageCounts.compare) == [])
        }
    }

    @Test("a count that somebody changed is named, and made right again from the log", arguments: EngineKind.all)
    func rebuild(_ kind: EngineKind) throws {
        try withCounts(kind) { stepper in
            try stepper.perform(SampleWork(orders: 30, seed: 6))
            try stepper.follow(StageCounts())
            let right = try stepper.read(StageTally.read), flows = try stepper.read(SampleWork.flows)
            try stepper.perform(InPlace { _ = try $0.run("UPDATE stage_count SET units = units + 2 WHERE stage = 'waiting'") })
            let found = try stepper.read(StageCounts.compare)
            #expect(found.map(\.what) == ["waiting"] && found.first.map { $0.counted - $0.actual } == 2)
            let counted = try stepper.perform(InPlace(StageCounts.rebuild))
            #expect(counted > 100)
            #expect(try stepper.read(StageTally.read) == right)
            #expect(try stepper.read(SampleWork.flows) == flows)
            #expect(try stepper.follow(StageCounts()) == 0)
        }
    }

    @Test("what happens is counted in the minute in which it occurred", arguments: EngineKind.all)
    func minutes(_ kind: EngineKind) throws {
        try withCounts(kind) { stepper in
            let now = stepper.now
            _ = try stepper.perform(InPlace { tx in
                _ = try OrderProgress.refresh(tx.values("SELECT id FROM orders ORDER BY id"), occurred: tx.now, in: tx)
                for seconds in [0, 30, 59, 60, 3_599, 3_601, 90_000] {
                    let occurred = now - .seconds(seconds)
                    tx.emit(NewEvent(NewEvent.orderPlacedType, key: "ord_\(seconds)", occurred: occurred, quantity: 1))
                }
            })
            try stepper.follow(StageCounts())
            let flows = try stepper.read { try FlowCounts.read(since: $0.now - .hours(24), in: $0) }
            #expect(flows.series(.ordersPlaced, minutes: 3, to: now) == [0, 3, 1])
            #expect(flows.sum(.ordersPlaced, minutes: 60, to: now) == 4)
            #expect(flows.sum(.ordersPlaced, minutes: 24 * 60, to: now) == 6)
        }
    }

    @Test("the picture of a network is read from what stands in it", arguments: EngineKind.all)
    func journey(_ kind: EngineKind) throws {
        try withCounts(kind) { stepper in
            let cache = NetworkCache()
            let empty = try stepper.read { try Journey.read(cache.network(in: $0), in: $0) }
            #expect(!empty.hasOrders && empty.events == [] && empty.sites == [])
            try stepper.perform(SampleWork(orders: 20, seed: 8))
            try stepper.follow(StageCounts())
            let journey = try stepper.read { try Journey.read(cache.network(in: $0), in: $0) }
            #expect(journey.hasOrders && journey.events.count == 12)
            #expect(journey.events.allSatisfy { $0.names["order"]?.hasPrefix("N-") == true })
            #expect(journey.flows.sum(.ordersPlaced, minutes: 60, to: journey.now) == 20)
        }
    }

    @Test("promises that were kept and broken are those of the orders", arguments: EngineKind.all)
    func promises(_ kind: EngineKind) throws {
        try withCounts(kind) { stepper in
            try stepper.perform(SampleWork(orders: 80, seed: 3))
            _ = try stepper.perform(InPlace { tx in
                _ = try OrderProgress.refresh(tx.values("SELECT id FROM orders ORDER BY id"), occurred: tx.now, in: tx)
                let delivered = try tx.values("SELECT id FROM orders WHERE delivered_at IS NOT NULL ORDER BY id", as: OrderID.self)
                try tx.run(
                    """
                    UPDATE orders SET promised_by = delivered_at + CASE WHEN id < \(delivered[delivered.count / 2]) THEN -1 ELSE 1 END
                    WHERE delivered_at IS NOT NULL
                    """)
            })
            try stepper.follow(StageCounts())
            let (flows, kept, broken) = try stepper.read { tx in
                (
                    try FlowCounts.read(since: .distantPast, in: tx),
                    try tx.value("SELECT COUNT(*) FROM orders WHERE delivered_at <= promised_by", as: Int64.self),
                    try tx.value("SELECT COUNT(*) FROM orders WHERE delivered_at > promised_by", as: Int64.self)
                )
            }
            #expect(flows.total(.promisesKept) == kept && flows.total(.promisesBroken) == broken)
            #expect((kept ?? 0) > 0 && (broken ?? 0) > 0)
        }
    }
}
