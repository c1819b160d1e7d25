import Kernel
import Orders
import Testing

@testable import HTTPAPI

/// What becomes of orders before the floor has them.
extension StateMachines {
    static let life: [StateMachine] = [beforeTheFloor, liveSession]

    /// With a twin of the same shopper, which is held.
    private static let beforeTheFloor = StateMachine(
        "order before the floor", table: "fulfillment_order", FulfillmentState.transitions, from: .open,
        make: { world in
            var thing = try await world.place()
            let twin = try await world.place()["order"] ?? ""
            let hold: JSON = ["kind": "twin", "reason": "waits"]
            _ = try await world.merchant.call("POST", "/v1/orders/\(twin)/holds", hold, expecting: 204)
            thing["twin"] = twin
            return thing
        },
        fulfillment.actions.filter(\.isStep) + [
            StateAction("pack", to: "packed") { try await $0.pack($1["id"] ?? "") },
            StateAction("edit", done: ["open"]) { world, thing in
                let line: JSON = ["sku": "MUG-1", "quantity": 2, "unit_price_minor": 1290, "tax_minor": 206]
                return try await world.post(world.merchant, "/v1/orders/\(thing["order"] ?? "")/edits", ["lines": [line]])
            },
            StateAction("merge", done: ["open"]) { world, thing in
                let body: JSON = ["orders": [.string(thing["order"] ?? "")]]
                return try await world.post(world.merchant, "/v1/orders/\(thing["twin"] ?? "")/merges", body)
            },
            StateAction("hold", done: ["open", "released", "picked", "packed"]) { world, thing in
                let body: JSON = ["kind": "late", "reason": "test"]
                return try await world.post(world.merchant, "/v1/orders/\(thing["order"] ?? "")/holds", body)
            },
        ])

    private static let liveSession = StateMachine(
        "live session", table: "live_session", LiveSessionState.transitions, from: .open,
        make: { world in
            let body: JSON = ["name": "live", "ends_at": .string("\(Instant.wallClock + .hours(1))")]
            let id = try await world.merchant.call("POST", "/v1/live-sessions", body, expecting: 201).text("id")
            return ["id": id, "order": try await world.place()["order"] ?? ""]
        },
        [
            StateAction("close", to: "closed", done: ["closed"]) { world, thing in
                try await world.post(world.merchant, "/v1/live-sessions/\(thing["id"] ?? "")/closing")
            },
            StateAction("join", done: ["open"]) { world, thing in
                let body: JSON = ["orders": [.string(thing["order"] ?? "")]]
                return try await world.post(world.merchant, "/v1/live-sessions/\(thing["id"] ?? "")/orders", body)
            },
        ])
}
