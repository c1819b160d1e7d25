import Facilities
import Flows
import Identity
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport
import Views
import Warehouse

@testable import Console

@Suite struct DriverTests {
    /// Parcels with the courier, under numbers D-0, D-1 …
    private static func handedOver(_ server: ConsoleServer, count: Int) async throws -> CarrierID {
        let ground = try await FloorGround(server, orders: count, labelIssuer: .channel)
        let store = server.store, desk = server.parts.orders, site = ground.site, now = store.clock()
        let totes = try await store.perform(MakeTotes(site: site, count: 1, occurred: now)), tote = try #require(totes.first)
        let picks = try await ground.tasks().map { PickResult(task: $0.id, quantity: $0.quantity) }
        _ = try await store.perform(ConfirmPicks(picks, into: tote, occurred: now, actor: "test"))
        let picked = try await store.read { try Fulfillments.picked(at: site, limit: 10, in: $0) }
        let parcels = try await store.perform(PackOrders(picked, network: desk.network, occurred: now, actor: "test"))
        let packed = try await store.read { try ParcelSummary.all(parcels, in: $0) }
        _ = try await store.perform(WeighParcels(packed.map { ($0.id, $0.expectedGrams) }, occurred: now, actor: "test"))
        for (number, parcel) in packed.enumerated() {
            let label = SuppliedLabel(number: "D-\(number)", carrier: "Channel", url: "https://labels.example/\(number)")
            _ = try await store.perform(SupplyLabel(parcel.id, label, vault: desk.vault, actor: "test"))
        }
        // The courier collects here, not at the end of a truck's way.
        _ = try await store.perform(
            Once(scope: "test", key: "legs", fingerprint: "") { tx in
                try tx.run("DELETE FROM parcel_leg")
                return ""
            })
        let service = try #require(packed.first?.service)
        let handed = try await store.perform(
            HandOver(site: site, service: service, until: now + .days(60), network: desk.network, occurred: now, actor: "test"))
        #expect(handed.parcels.count == count)
        let services = try await store.read { try CarrierService.all(in: $0) }
        return try #require(services.first { $0.id == service }).carrier
    }

    /// What a driver does, as the page does it.
    private struct Round {
        let server: ConsoleServer
        let post: DriverPost

        func scan(_ code: String, _ state: FloorState = FloorState(), key: String, delivering: Bool = true) async throws -> FloorStep {
            let job = delivering ? Deliver(post: post).job : RoundOut(post: post).job
            let scan = FloorScan(code: code, occurred: server.store.clock())
            let kept = try await server.store.perform(
                Once(scope: "test", key: key, fingerprint: key) { try job.take(scan, state, $0).kept() })
            let step = try FloorStep(kept: kept), texts = Texts.of(.en), now = server.store.clock()
            _ = try await server.store.read { try job.screen(step.state, Format(texts, zone: .utc, now: now), $0) }
            return step
        }
    }

    @Test("a driver takes parcels out, hands one over against a proof, and says why the other was not", arguments: EngineKind.shared)
    func deliver(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let carrier = try await Self.handedOver(server, count: 2)
            let round = Round(
                server: server,
                post: DriverPost(carrier: carrier, scope: .carrier(carrier), actor: "driver", desk: server.parts.orders))
            for number in ["D-0", "D-1"] {
                #expect(try await round.scan(number, key: "out \(number)", delivering: false).note?.tone == .right)
            }
            #expect(try await round.scan("D-0", key: "again", delivering: false).note?.tone == .warn)
            #expect(try await round.scan("NOT-OURS", key: "none", delivering: false).note?.tone == .wrong)
            let stops = try await server.store.read { try DriverWork.round(of: "driver", limit: 10, in: $0) }
            #expect(stops.count == 2)
            let door = try await round.scan("D-0", key: "door"), proof = try await round.scan("*door", door.state, key: "hand")
            #expect(proof.state.has("proof"))
            #expect(try await round.scan("SIGN-77", proof.state, key: "proof").note?.tone == .right)
            let told = try await server.store.read { try TrackingView.find("D-0", .network, in: $0) }
            #expect(told.state == .delivered && told.reports.last?.proof == "SIGN-77")
            let second = try await round.scan("D-1", key: "second")
            #expect(try await round.scan("*home", second.state, key: "nobody").note?.tone == .warn)
            let tried = try await server.store.read { try TrackingView.find("D-1", .network, in: $0) }
            #expect(tried.state == .attempted && tried.reports.last?.reason == "consignee_not_home")
            let left = try await server.store.read { try DriverWork.count(of: "driver", in: $0) }
            #expect(left == 0)
            #expect(try await round.scan("D-0", key: "twice").note?.tone == .wrong)
        }
    }

    @Test("a driver of another carrier has no parcel and no trip of this one", arguments: EngineKind.shared)
    func isolation(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let carrier = try await Self.handedOver(server, count: 1), store = server.store
            let carriers = try await store.read { try Carrier.all(in: $0) }
            let other = try #require(carriers.first { $0.id != carrier }).id
            let round = Round(
                server: server, post: DriverPost(carrier: other, scope: .carrier(other), actor: "thief", desk: server.parts.orders))
            #expect(try await round.scan("D-0", key: "steal").note?.tone == .wrong)
            _ = try await store.perform(PlanTrips(until: store.clock() + .days(3), network: server.parts.orders.network))
            let trips = try await store.read { try TripView.page(at: nil, state: nil, .network, after: nil, limit: 1, in: $0) }
            let trip = try #require(trips.first)
            let foreign = trip.carrier == carrier ? other : carrier
            await #expect(throws: NotFound.self) {
                try await store.read { try Ownership.trip(trip.id, .origin, .carrier(foreign), in: $0) }
            }
        }
    }

    @Test("a trip leaves and arrives by its driver's word", arguments: EngineKind.shared)
    func drive(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let store = server.store
            _ = try await store.perform(PlanTrips(until: store.clock() + .days(3), network: server.parts.orders.network))
            var driver = Scanner(try await server.visitor(.driver), "drive", home: "/driver")
            let page = try await driver.visitor.get("/driver/drive").text
            #expect(MarkupCheck(page).faults == [])
            let planned = try await store.read { try TripView.page(at: nil, state: .planned, .network, after: nil, limit: 50, in: $0) }
            let trip = try #require(planned.min { ($0.departsAt, $0.id) < ($1.departsAt, $1.id) })
            #expect(page.contains(trip.id.description))
            try await driver.scan(trip.id.description)
            try await driver.scan("NO-UNIT")
            #expect(driver.tone == "wrong")
            try await driver.scan("*leave")
            try await driver.scan("*yes")
            #expect(driver.tone == "right")
            try await driver.scan("*here")
            #expect(driver.tone == "right")
            let state = try await store.read { try TripView.find(trip.id, .network, in: $0).state }
            #expect(state == .arrived)
            for path in ["/floor", "/partner", "/shift", "/waves"] {
                #expect(try await driver.visitor.get(path).status == 403, "\(path)")
            }
        }
    }
}
