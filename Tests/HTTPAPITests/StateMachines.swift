import Flows
import Kernel
import Orders
import Testing
import Transport
import Warehouse

@testable import HTTPAPI

/// Every kind of thing with states that the API acts upon.
enum StateMachines {
    static let all: [StateMachine] =
        [payment, fulfillment, disposal, pickTask, putawayTask, unpickTask, asn, parcel, transfer, trip, bag]
        + StateMachines.back + StateMachines.telling + StateMachines.life

    private static func pay(_ state: PaymentState) -> StateAction {
        StateAction(state.rawValue, to: state.rawValue, done: [state.rawValue]) { world, thing in
            try await world.put(
                world.merchant, "/v1/orders/\(thing["id"] ?? "")/payment", ["payment": .string(state.rawValue)])
        }
    }

    static let payment = StateMachine(
        "payment", table: "orders", state: "payment", PaymentState.transitions, from: .pending,
        make: { world in
            let order = RoutesBodies.order(world.number, payment: "pending")
            return ["id": try await world.merchant.call("POST", "/v1/orders", order, expecting: 201).text("id")]
        }, PaymentState.allCases.map(pay))

    static let fulfillment = StateMachine(
        "fulfillment order", table: "fulfillment_order", FulfillmentState.transitions, from: .open,
        make: { try await $0.place() },
        [
            .step("wave", to: "released") { world, _ in try await world.release() },
            .step("pick", to: "picked") { try await $0.pick($1) },
            StateAction("pack", to: "packed") { try await $0.pack($1["id"] ?? "") },
            .step("hand over", to: "shipped") { world, thing in try await world.ship(thing) },
            .step("deliver", to: "closed", barred: ["picked"]) {
                try await $0.report("delivered", $0.parcel(of: $1))
            },
            .step("cancel", to: "cancelled") { try await $0.cancel($1) },
        ])

    static let disposal = StateMachine(
        "disposal", table: "fulfillment_order", FulfillmentState.transitions, from: .open, unreached: [.packed, .shipped],
        make: { world in
            let body: JSON = [
                "purpose": "disposal", "number": .string(world.number), "from": world.here, "reason": "broken",
                "lines": [["sku": "MUG-1", "quantity": 1]],
            ]
            let order = try await world.merchant.call("POST", "/v1/outbound-orders", body, expecting: 201).text("id")
            return try await world.fulfillment(of: order)
        },
        [
            .step("wave", to: "released") { world, _ in try await world.release() },
            .step("pick", to: "picked") { try await $0.pick($1) },
            StateAction("pack", to: "packed", barred: ["picked"]) { try await $0.pack($1["id"] ?? "") },
            StateAction("prove", to: "closed") { world, thing in
                let proof: JSON = ["reference": "C-1", "words": "shredded"]
                return try await world.post(world.site, "/v1/outbound-orders/\(thing["order"] ?? "")/proofs", proof)
            },
            .step("cancel", to: "cancelled") { try await $0.cancel($1) },
        ])

    static let pickTask = StateMachine(
        "pick task", table: "task", TaskState.transitions, from: .open,
        make: { world in
            var thing = try await world.place()
            try await world.release()
            thing["fulfillment"] = thing["id"]
            thing["id"] = try await world.task(thing).string
            return thing
        },
        [
            StateAction("pick", to: "done") { try await $0.pick(.string($1["id"] ?? ""), 1) },
            StateAction("find nothing", to: "short") { try await $0.pick(.string($1["id"] ?? ""), 0) },
            .step("cancel", to: "cancelled") { try await $0.cancel($1) },
        ])

    static let putawayTask = StateMachine(
        "putaway task", table: "task", TaskState.transitions, from: .open, unreached: [.short, .cancelled],
        make: { world in
            let announced = try await world.announced()
            let tasks = try await world.receive(announced).json.list("tasks")
            return ["id": try #require(tasks.first?.string)]
        }, [putAway])

    private static let putAway = StateAction("put away", to: "done") { world, thing in
        let body: JSON = ["task": .string(thing["id"] ?? ""), "location": .id(world.network.bins[0])]
        return try await world.post(world.site, "/v1/putaways", body)
    }

    static let unpickTask = StateMachine(
        "unpick task", table: "task", TaskState.transitions, from: .open, unreached: [.short, .cancelled],
        make: { world in
            let thing = try await world.place()
            try await world.release()
            try await world.pick(thing)
            try await world.cancel(thing)
            return ["id": try #require(await world.task(thing, "unpick").string)]
        }, [putAway])

    static let asn = StateMachine(
        "asn", table: "asn", ASNState.transitions, from: .announced, unreached: [.cancelled], make: { try await $0.announced() },
        [
            StateAction("receive", to: "receiving") { try await $0.receive($1) },
            StateAction("close", to: "closed") { world, thing in
                try await world.post(world.site, "/v1/asns/\(thing["id"] ?? "")/closing")
            },
        ])

    private static func code(_ code: TrackingStep, to: ParcelState) -> StateAction {
        .step(code.rawValue, to: to.rawValue, barred: ["packed", "labelled", "in_transit"]) { try await $0.report(code.rawValue, $1) }
    }

    private enum TrackingStep: String {
        case outForDelivery = "out_for_delivery", attempted, availableForPickup = "available_for_pickup", delivered
        case returnToOrigin = "return_to_origin", returned, lost
    }

    private static let onTheWay: Set = ["handed_over", "out_for_delivery", "attempted", "available_for_pickup"]

    static let parcel = StateMachine(
        "parcel", table: "parcel", ParcelState.transitions, from: .packed, make: { try await $0.packed() },
        [
            .step("label", to: "labelled") { try await $0.label($1) },
            .step("send between sites", to: "in_transit") { try await $0.sendOn($1) },
            .step("hand over", to: "handed_over") { world, _ in try await world.handOver() },
            code(.outForDelivery, to: .outForDelivery), code(.attempted, to: .attempted),
            code(.availableForPickup, to: .availableForPickup), code(.delivered, to: .delivered),
            code(.returnToOrigin, to: .returning), code(.lost, to: .lost), code(.returned, to: .returned),
            .step("cancel", to: "voided") { try await $0.cancel($1) },
            StateAction("weigh", done: ["packed", "labelled"]) { try await $0.weigh($1) },
            StateAction("re-issue the label", done: ["packed", "labelled"]) { world, thing in
                try await world.post(world.site, "/v1/parcels/\(thing["id"] ?? "")/label-reissues", ["reason": "smudged"])
            },
            StateAction("supply a label") { world, thing in
                let body: JSON = ["number": .string(world.number), "carrier": "X", "url": "https://x.example/1"]
                return try await world.post(world.merchant, "/v1/parcels/\(thing["id"] ?? "")/labels", body)
            },
            // A cancelled one is pulled wherever it is scanned.
            StateAction("sort", done: ["packed", "labelled", "returned", "voided"]) { world, thing in
                let body: JSON = ["site": world.here, "scans": [["parcel": .string(thing["id"] ?? "")]]]
                return try await world.post(world.site, "/v1/sortings", body)
            },
            StateAction("pull") { world, thing in
                try await world.post(world.site, "/v1/pulls", ["site": world.here, "parcels": [.string(thing["id"] ?? "")]])
            },
            StateAction("intercept", done: onTheWay.union(["in_transit"])) { world, thing in
                try await world.post(world.merchant, "/v1/parcels/\(thing["id"] ?? "")/interceptions")
            },
            StateAction("send elsewhere", done: onTheWay.union(["packed", "labelled", "in_transit"])) { world, thing in
                let body: JSON = ["destination": ["country": "DE", "city": "Hamburg", "postal_area": "20"]]
                return try await world.put(world.merchant, "/v1/orders/\(thing["order"] ?? "")/address", body)
            },
        ])

    static let transfer = StateMachine(
        "parcel of a transfer", table: "parcel", ParcelState.transitions, from: .packed,
        unreached: [
            .inTransit, .outForDelivery, .attempted, .availableForPickup, .returning, .returned, .voided,
        ],
        make: { world in
            let body: JSON = [
                "purpose": "transfer", "number": .string(world.number), "from": world.here, "to": .id(world.network.sites[1]),
                "lines": [["sku": "MUG-1", "quantity": 1]],
            ]
            let order = try await world.merchant.call("POST", "/v1/outbound-orders", body, expecting: 201).text("id")
            return try await world.packed(world.fulfillment(of: order))
        },
        [
            .step("label", to: "labelled") { try await $0.label($1) },
            .step("hand over", to: "handed_over") { world, _ in try await world.handOver() },
            code(.lost, to: .lost),
            StateAction("receive", to: "delivered") { world, thing in
                let body: JSON = [
                    "dock": .id(world.network.docks[1]), "parcels": [["parcel": .string(thing["id"] ?? "")]],
                ]
                return try await world.post(world.chief, "/v1/outbound-orders/\(thing["order"] ?? "")/receipts", body)
            },
            StateAction("delay", done: ["handed_over"]) { world, thing in
                let until = JSON.string("\(Instant.wallClock + .days(9))")
                return try await world.put(
                    world.chief, "/v1/outbound-orders/\(thing["order"] ?? "")/arrival", ["expected_at": until])
            },
        ])

    private static func trip(
        _ name: String, to: String? = nil, done: Set<String> = [], barred: Set<String> = [],
        _ body: @escaping @Sendable (Thing) -> JSON = { _ in [:] }
    ) -> StateAction {
        StateAction(name, to: to, done: done, barred: barred) { world, thing in
            try await world.post(world.chief, "/v1/trips/\(thing["id"] ?? "")/\(name)", body(thing))
        }
    }

    static let trip = StateMachine(
        "trip", table: "trip", TripState.transitions, from: .planned,
        make: { world in ["id": try await world.plannedTrip().text("id"), "bag": try await world.bag(isClosed: true)] },
        [
            // More can be loaded as long as it has not left.
            trip("loadings", to: "loading", done: ["loading"]) { ["units": [.string($0["bag"] ?? "")]] },
            // What is loaded has to be taken off first.
            trip("cancellation", to: "cancelled", barred: ["loading"]),
            trip("departure", to: "departed"), trip("arrival", to: "arrived"),
            trip("unloadings", done: ["arrived", "reconciled"]) { ["found": [["unit": .string($0["bag"] ?? "")]]] },
            trip("reconciliation", to: "reconciled"),
        ])

    private static func bag(_ name: String, to: String, done: Set<String> = [], barred: Set<String> = [], seal: JSON) -> StateAction {
        StateAction(name, to: to, done: done, barred: barred) { world, thing in
            let body: JSON = ["weight_g": 900, "seal": seal]
            return try await world.post(world.site, "/v1/bags/\(thing["id"] ?? "")/closures", body)
        }
    }

    static let bag = StateMachine(
        "bag", table: "bag", key: "unit", BagState.transitions, from: .open,
        make: { world in
            let (inner, other) = (try await world.bag(isClosed: true), try await world.bag(isClosed: true))
            let pallet = try await world.bag("pallet")
            _ = try await world.site.call("POST", "/v1/bags/\(pallet)/contents", ["units": [.string(inner)]], expecting: 204)
            return ["id": pallet, "inner": inner, "other": other, "trip": try await world.plannedTrip().text("id")]
        },
        [
            bag("close", to: "closed", seal: .null),
            // One that is closed stays without a seal until it is opened again.
            bag("seal", to: "sealed", done: ["open"], barred: ["closed"], seal: "S-1"),
            .step("close and seal", to: "sealed") { world, thing in
                let units: JSON = [.string(thing["inner"] ?? "")], bag = "/v1/bags/\(thing["id"] ?? "")"
                let out: JSON = ["site": world.here, "units": units]
                _ = try await world.site.call("POST", "/v1/removals-from-units", out, expecting: 204)
                _ = try await world.site.call("POST", bag + "/contents", ["units": units], expecting: 204)
                _ = try await world.site.call("POST", bag + "/closures", ["weight_g": 900, "seal": "S-1"], expecting: 200)
            },
            StateAction("fill", done: ["open"]) { world, thing in
                try await world.post(
                    world.site, "/v1/bags/\(thing["id"] ?? "")/contents", ["units": [.string(thing["other"] ?? "")]])
            },
            StateAction("take out", to: "open", done: ["open"]) { world, thing in
                try await world.post(
                    world.site, "/v1/removals-from-units", ["site": world.here, "units": [.string(thing["inner"] ?? "")]])
            },
            StateAction("load", done: ["closed", "sealed"]) { world, thing in
                try await world.post(
                    world.site, "/v1/trips/\(thing["trip"] ?? "")/loadings", ["units": [.string(thing["id"] ?? "")]])
            },
            .step("travel and break", to: "broken", barred: ["lost"]) { try await $0.travel($1, found: true) },
            .step("travel and miss", to: "lost", barred: ["open"]) { try await $0.travel($1, found: false) },
            StateAction("give up") { world, thing in
                try await world.post(world.chief, "/v1/losses", ["unit": .string(thing["id"] ?? "")])
            },
        ])
}
