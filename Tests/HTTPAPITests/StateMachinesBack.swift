import Kernel
import Partners
import Returns
import Store
import Testing

@testable import Flows
@testable import HTTPAPI

/// What comes back, and what partners do.
extension StateMachines {
    static let back: [StateMachine] = [rma, goods, refund, debt, handoff]

    private static func decide(_ name: String, to: String) -> StateAction {
        StateAction(name, to: to) { world, thing in
            let body: JSON = ["decision": .string(name), "reason": "seen"]
            return try await world.post(world.merchant, "/v1/returns/\(thing["id"] ?? "")/decisions", body)
        }
    }

    static let rma = StateMachine(
        "return", table: "rma", RMAState.transitions, from: .requested, make: { try await $0.asked() },
        [
            decide("approve", to: "authorised"), decide("deny", to: "denied"),
            StateAction("withdraw", to: "cancelled") { world, thing in
                try await world.post(world.merchant, "/v1/returns/\(thing["id"] ?? "")/cancellations", ["reason": "kept"])
            },
            StateAction("drop off", to: "in_transit") { world, thing in
                // Without a code there is nothing to scan.
                guard let code = try await world.code(of: thing) else { return nil }
                return try await world.post(world.site, "/v1/return-drop-offs", ["site": world.here, "codes": [.string(code)]])
            },
            .step("receive", to: "received") { world, thing in _ = try await world.taken(thing) },
            .step("inspect", to: "inspected") { world, thing in
                let rma = try world.raw(thing, "id")
                let goods: GoodsID? = try await world.find("SELECT id FROM returned_goods WHERE rma = \(rma)")
                let reply = try await world.inspect("\(try #require(goods))", grade: "A", "restock")
                #expect(reply.status == 200, "\(reply.body)")
            },
            .step("pay", to: "closed", barred: ["authorised", "in_transit"]) { world, thing in
                try await world.network.grantReturns()
                let rma = try world.raw(thing, "id")
                let refund: RefundID? = try await world.find("SELECT id FROM refund WHERE rma = \(rma)")
                _ = try await world.put(world.merchant, "/v1/refunds/\(try #require(refund))/sending", ["reference": "P-1"])
            },
            .step("wait too long", to: "expired") { world, _ in try await world.pass() },
        ])

    private static func inspect(
        _ name: String, to: String, grade: JSON, _ disposition: JSON, barred: Set<String> = [], proof: JSON = .null
    ) -> StateAction {
        StateAction(name, to: to, barred: barred) { world, thing in
            try await world.inspect(thing["id"] ?? "", grade: grade, disposition, proof: proof)
        }
    }

    static let goods = StateMachine(
        "returned goods", table: "returned_goods", GoodsState.transitions, from: .received,
        make: { world in
            let asked = try await world.asked()
            _ = try await world.post(
                world.merchant, "/v1/returns/\(asked["id"] ?? "")/decisions", ["decision": "approve", "reason": "seen"])
            return ["id": try await world.taken(asked)]
        },
        [
            inspect("restock", to: "restocked", grade: "A", "restock"),
            inspect("refurbish", to: "refurbishing", grade: "B", "refurbish"),
            inspect("set aside", to: "aside", grade: "C", "liquidate"),
            inspect("dispose", to: "gone", grade: "D", "dispose", barred: ["aside"], proof: "C-1"),
            StateAction("send off", to: "gone", barred: ["received", "refurbishing"]) { world, thing in
                let body: JSON = ["goods": [.string(thing["id"] ?? "")], "reference": "truck"]
                return try await world.post(world.site, "/v1/returned-goods/departures", body)
            },
        ])

    static let refund = StateMachine(
        "refund", table: "refund", RefundState.transitions, from: .due,
        make: { world in
            let asked = try await world.asked(["refund_on": "receipt"])
            _ = try await world.taken(asked)
            return ["id": try await world.granted(asked)]
        },
        [
            StateAction("send", to: "sent") { world, thing in
                try await world.put(world.merchant, "/v1/refunds/\(thing["id"] ?? "")/sending", ["reference": "P-1"])
            }
        ])

    private static func settle(_ outcome: String) -> StateAction {
        StateAction(outcome, to: outcome) { world, thing in
            let body: JSON = ["outcome": .string(outcome), "note": "seen"]
            return try await world.put(world.merchant, "/v1/return-debts/\(thing["id"] ?? "")/outcome", body)
        }
    }

    static let debt = StateMachine(
        "return debt", table: "return_debt", DebtState.transitions, from: .open,
        make: { world in
            let asked = try await world.asked(["refund_on": "on_request"])
            _ = try await world.granted(asked)
            try await world.pass()
            let rma = try world.raw(asked, "id")
            let debt: DebtID? = try await world.find("SELECT id FROM return_debt WHERE rma = \(rma)")
            return ["id": try #require(debt).description]
        },
        [settle("recovered"), settle("written_off")])

    private static func answer(
        _ name: String, to: String, done: Set<String> = [], barred: Set<String> = [], _ path: String,
        _ body: @escaping @Sendable (Thing) -> JSON = { _ in [:] }
    ) -> StateAction {
        StateAction(name, to: to, done: done, barred: barred) { world, thing in
            try await world.post(world.partner, "/v1/partner/fulfillment-orders/\(thing["id"] ?? "")/\(path)", body(thing))
        }
    }

    private static func lines(_ thing: Thing, _ quantity: Int64) -> JSON {
        [["line": .string(thing["line"] ?? ""), "quantity": .int(quantity)]]
    }

    private static func shipment(_ thing: Thing, _ quantity: Int64) -> JSON {
        let number = JSON.string("\(thing["id"] ?? "")-\(quantity)")
        return ["parcels": [["carrier": "Yellow", "tracking_number": number, "lines": lines(thing, quantity)]]]
    }

    /// Of three pieces.
    static let handoff = StateMachine(
        "handoff", table: "handoff", key: "fulfillment_order", HandoffState.transitions, from: .sent, unreached: [.withdrawn],
        make: { try await $0.handedOff() },
        [
            answer("accept", to: "accepted", barred: ["cancel_requested"], "acceptance"),
            answer("reject", to: "rejected", "rejection") { _ in ["reason": "other"] },
            answer("ship all", to: "shipped", barred: ["shipping"], "shipments") { shipment($0, 3) },
            answer("ship one", to: "shipping", done: ["cancel_requested"], barred: ["cancel_requested"], "shipments") { shipment($0, 1) },
            answer(
                "ship the rest", to: "shipped", done: ["accepted", "cancel_requested"], barred: ["accepted", "cancel_requested"],
                "shipments"
            ) { shipment($0, 2) },
            answer("report short", to: "short", "shortages") { ["lines": lines($0, 3)] },
            answer(
                "report the rest short", to: "shipped", done: ["accepted"], barred: ["accepted", "cancel_requested"], "shortages"
            ) {
                ["lines": lines($0, 2)]
            },
            .step("cancel the order", to: "cancel_requested") { try await $0.cancel($1) },
            answer("stop", to: "cancelled", "cancellation") { _ in ["answer": "cancelled"] },
            answer("go on", to: "accepted", barred: ["sent"], "cancellation") { _ in ["answer": "too_late"] },
            .step("deliver", to: "closed") { world, thing in
                let update: JSON = [
                    "number": .string("\(thing["id"] ?? "")-3"), "code": "delivered", "at": .string("\(Instant.wallClock)"),
                ]
                let taken = try await world.partner.call("POST", "/v1/partner/tracking-updates", ["updates": [update]])
                #expect(taken["recorded"] == 1)
            },
        ])
}

extension StateWorld {
    /// A return that waits for a decision, or is granted at once where its terms say what else counts.
    func asked(_ terms: JSON = ["review_over_minor": 0, "currency": "EUR"]) async throws -> Thing {
        _ = try await merchant.call("PUT", "/v1/return-policies", ["terms": terms], expecting: 204)
        let thing = try await delivered()
        let item: JSON = ["component": .string(thing["component"] ?? ""), "quantity": 1, "reason": "damaged"]
        let body: JSON = ["order": .string(thing["order"] ?? ""), "number": .string(number), "items": [item]]
        let rma = try await merchant.call("POST", "/v1/returns", body, expecting: 201)
        return ["id": try rma.text("id")]
    }

    /// What the shopper shows; none before the return is granted.
    func code(of asked: Thing) async throws -> String? {
        try await merchant.call("GET", "/v1/returns/\(asked["id"] ?? "")", expecting: 200)["code"]?.string
    }

    /// The goods of a return, on the desk.
    func taken(_ asked: Thing) async throws -> String {
        let item: JSON = ["sku": .id(network.skus[0][0]), "quantity": 1]
        let body: JSON = ["site": here, "code": .string(asked["id"] ?? ""), "items": [item]]
        let receipt = try await site.call("POST", "/v1/return-receipts", body, expecting: 201)
        return try #require(receipt.list("goods").first).text("id")
    }

    func inspect(_ goods: String, grade: JSON, _ disposition: JSON, proof: JSON = .null) async throws -> Reply {
        let result: JSON = ["goods": .string(goods), "grade": grade, "disposition": disposition, "proof": proof]
        return try await post(site, "/v1/return-inspections", ["results": [result]])
    }

    /// The refund of a return.
    func granted(_ asked: Thing) async throws -> String {
        try await network.grantReturns()
        let rma = try raw(asked, "id")
        let refund: RefundID? = try await find("SELECT id FROM refund WHERE rma = \(rma)")
        return try #require(refund).description
    }

    /// Weeks pass without goods.
    func pass() async throws {
        try await network.store.perform(
            InPlace { tx in
                let past = tx.now - .hours(1)
                try tx.run("UPDATE clock SET due = \(past), run_at = \(past) WHERE outcome IS NULL AND kind = \(ReturnPapers.expiry)")
            })
        while try await network.store.perform(TimerStep([ReturnClocks()])) > 0 {}
    }

    /// Three lamps at the partner, handed to it.
    func handedOff() async throws -> Thing {
        let agreement: JSON = [
            "site": .id(network.partner), "merchant": .id(network.merchants[0]), "accept_minutes": 480, "cancel_minutes": 240,
            "report_minutes": 1500, "currency": "EUR",
        ]
        // There already from the second on.
        _ = try await chief.call("POST", "/v1/partner-agreements", agreement)
        let report: JSON = [
            "merchant": .id(network.merchants[0]), "as_of": .string("\(Instant.wallClock)"),
            "lines": [["sku": "LAMP-1", "quantity": 500]],
        ]
        _ = try await partner.call("POST", "/v1/partner/stock-reports", report, expecting: 201)
        var thing = try await place("LAMP-1", quantity: 3)
        let follower = HandToPartners(network: network.orders.network)
        _ = try await network.store.perform(LeasePartitions(follower.name, node: 0, nodes: 1, duration: .hours(1)))
        while try await network.store.perform(FollowerStep(follower, node: 0)) > 0 {}
        let id = try raw(thing, "id")
        let line: FulfillmentLineID? = try await find("SELECT id FROM fulfillment_line WHERE fulfillment_order = \(id)")
        thing["line"] = try #require(line).description
        return thing
    }
}
