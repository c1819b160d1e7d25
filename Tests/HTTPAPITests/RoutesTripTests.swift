import Kernel
import Store
import Testing
import Transport

@testable import Flows
@testable import HTTPAPI

/// A parcel crosses from one site to another, told over HTTP.
@Suite struct RoutesTripTests {
    @Test func `a parcel goes in a bag on a trip to the hub, and its units can be read on the way`() async throws {
        try await withNetwork { network, client in
            var walk = RoutesWalk(network, client)
            try await walk.openStock()
            try await walk.place("T-1")
            try await walk.pack()
            try await walk.weighAndLabel()
            let chief = client.with(key: network.tokens.operator), site = walk.site, parcel = walk.parcel
            let lane = try await network.lane()
            _ = try await chief.call("POST", "/v1/trips", ["until": .string("\(Instant.wallClock + .days(3))")], expecting: 200)
            let trip = try #require(try await site.call("GET", "/v1/trips?state=planned", expecting: 200).list("items").first)
            let id = try trip.text("id")
            try await network.plan(parcel, trip)
            let opened: JSON = ["site": .id(network.sites[0]), "lane": .string(lane)]
            let bag = try await site.call("POST", "/v1/bags", opened, expecting: 201).text("id")
            let scans: JSON = ["site": .id(network.sites[0]), "scans": [["parcel": .string(parcel), "bag": .string(bag)]]]
            let sorted = try await site.call("POST", "/v1/sortings", scans, expecting: 200)
            #expect(sorted.list("items").first?["chute"] == "BER-HUB")
            let early: JSON = ["units": [.string(bag)]]
            let refused = try await site.call("POST", "/v1/trips/\(id)/loadings", early, expecting: 409)
            #expect(refused["code"] == "bag.not_shut")
            let closed = try await site.call("POST", "/v1/bags/\(bag)/closures", ["weight_g": 900, "seal": "S1"], expecting: 200)
            #expect(try closed.text("filling", "state") == "sealed")
            _ = try await site.call("POST", "/v1/trips/\(id)/loadings", early, expecting: 200)
            let unit = try await site.call("GET", "/v1/units/\(parcel)", expecting: 200)
            #expect(unit.list("inside").count == 2)
            #expect(try await site.call("GET", "/v1/scans/\(try closed.text("code"))", expecting: 200)["instruction"] == "load")
            let left = try await site.call("POST", "/v1/trips/\(id)/departure", [:], expecting: 200)
            #expect(left["state"] == "departed")
            try await tick(network)
            #expect(try await chief.call("GET", "/v1/parcels/\(parcel)", expecting: 200)["state"] == "in_transit")
            _ = try await chief.call("POST", "/v1/trips/\(id)/arrival", [:], expecting: 200)
            let found: JSON = ["found": [["unit": .string(bag)]]]
            let counted = try await chief.call("POST", "/v1/trips/\(id)/unloadings", found, expecting: 200)
            #expect(counted.list("items").first?["result"] == "found")
            let ended = try await chief.call("POST", "/v1/trips/\(id)/reconciliation", [:], expecting: 200)
            #expect(ended["found"] == 1 && ended["short"] == 0 && ended["loaded"] == 0)
            #expect(try await chief.call("GET", "/v1/parcels/\(parcel)", expecting: 200)["state"] == "labelled")
            let stopped = try await walk.merchant.call("POST", "/v1/parcels/\(parcel)/interceptions", expecting: 201)
            #expect(stopped["state"] == "accepted")
            let pulled: JSON = ["site": .id(network.sites[2]), "parcels": [.string(parcel)]]
            _ = try await chief.call("POST", "/v1/pulls", pulled, expecting: 204)
            #expect(try await chief.call("GET", "/v1/parcels/\(parcel)", expecting: 200)["state"] == "returned")
        }
    }

    @Test func `an order goes elsewhere until it has ended`() async throws {
        try await withNetwork { network, client in
            var walk = RoutesWalk(network, client)
            try await walk.openStock()
            try await walk.place("T-2")
            let body: JSON = ["destination": ["country": "DE", "city": "Hamburg", "postal_area": "20"]]
            let path = "/v1/orders/\(walk.order)/address"
            #expect(try await walk.merchant.call("PUT", path, body, expecting: 200).list("relabelled").isEmpty)
            #expect(try await walk.merchant.call("GET", "/v1/orders/\(walk.order)", expecting: 200).text.contains("Hamburg"))
            let cancel: JSON = ["reason": "no"]
            _ = try await walk.merchant.call("POST", "/v1/orders/\(walk.order)/cancellations", cancel, expecting: 201)
            #expect(try await walk.merchant.call("PUT", path, body, expecting: 409)["code"] == "order.ended")
        }
    }

    private func tick(_ network: RoutesNetwork) async throws {
        let clocks = ExpandUnits(desk: network.orders)
        while try await network.store.perform(TimerStep([clocks])) > 0 {}
    }
}

extension RoutesNetwork {
    /// Has a parcel go with a trip.
    func plan(_ parcel: String, _ trip: JSON) async throws {
        guard let id = UnitID(parcel), let lane: LaneID = trip.id("lane"), let end: SiteID = trip.id("destination"),
            let departs = try Instant(trip.text("departs_at")), let arrives = try Instant(trip.text("arrives_at"))
        else { throw PlainClient.Failed(description: "no trip") }
        let origin = sites[0]
        try await store.perform(
            InPlace { tx in
                let first = try Routes.nextSequences([id], in: tx)[id] ?? 0
                try Routes.giveUp([id], in: tx)
                try Routes.add(
                    [
                        RouteLeg(
                            parcel: id, sequence: first, lane: lane, origin: origin, destination: end, cutOff: departs,
                            departs: departs, arrives: arrives)
                    ], in: tx)
            })
    }
}
