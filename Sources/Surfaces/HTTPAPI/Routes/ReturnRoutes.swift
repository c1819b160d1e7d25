import Flows
import Kernel
import Returns
import Views

/// What comes back: asked for, decided, handed in.
struct ReturnRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        (policies + asking + handingIn + ReturnDeskRoutes(desk: desk).endpoints + RefundRoutes(desk: desk).endpoints)
            .tagged("Returns")
    }

    private var policies: [Endpoint] {
        [
            Endpoint.put("/v1/return-policies", "State what is promised about returns from a day on", for: [.operator, .merchant])
                .named("setReturnPolicy")
                .describing("An order goes by the policy of the day on which it was placed: its merchant's own, else the operator's.")
                .body(ReturnPolicyBody.self).missing("merchant", "site", "SKU")
                .refusing([SaveReturnPolicy.Overlap(other: .always), InvalidInput(field: "", "")])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let merchant = caller.merchant == nil ? body.merchant : try caller.merchant(named: body.merchant)
                    try await desk.perform(SetReturnPolicy(body.policy(of: merchant)), by: caller)
                    return Nothing()
                },
            Endpoint.get("/v1/return-policies", "List the return policies of a merchant", for: [.operator, .merchant])
                .named("listReturnPolicies").query(ReturnPolicyQuery.self).missing("merchant")
                .handle { [desk] call in
                    let caller = try call.caller
                    let merchant = caller.merchant == nil ? call.query.merchant : try caller.merchant(named: call.query.merchant)
                    let all = try await desk.read { try ReturnPolicies.all(of: merchant, in: $0) }
                    return ReturnPoliciesReply(items: all.map(ReturnPolicyBody.init))
                },
        ]
    }

    private var asking: [Endpoint] {
        [
            Endpoint.post("/v1/returns", "Ask to send something back", for: [.operator, .merchant]).named("requestReturn")
                .describing(
                    """
                    Answered at once: authorised with what the shopper may expect, or refused by name. The same number with \
                    the same content answers the first return.
                    """)
                .body(ReturnBody.self).idempotent.answering(.created).missing("order")
                .refusing(ReturnRefused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = RequestReturns(
                        [try body.request(by: caller)], network: desk.orders.network, actor: caller.actor)
                    switch try await desk.perform(flow)[0] {
                    case .taken(let id, _): return try await desk.read { try ReturnView.find(id, caller.scope, in: $0) }
                    case .refused(let refusal): throw refusal
                    }
                },
            Endpoint.get("/v1/returns", "List returns, the newest first", for: [.operator, .merchant, .site]).named("listReturns")
                .query(ReturnQuery.self)
                .list { [desk] call, page in
                    let (scope, filter, after) = (try call.caller.scope, call.query.filter, try page.after(RMAID.self))
                    let rows = try await desk.read {
                        try ReturnView.page(filter, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/returns/{return}", "Read a return", for: [.operator, .merchant, .site]).named("readReturn")
                .path(RMAID.self).missing("return")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try ReturnView.find(call.path, scope, in: $0) }
                },
            Endpoint.post("/v1/returns/{return}/decisions", "Grant or deny a return that waits for it", for: [.operator, .merchant])
                .named("decideReturn").path(RMAID.self).body(ReturnDecisionBody.self).idempotent.missing("return")
                .refusing([ReturnNotThere(RMAID(0), .closed, wanted: .authorised)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = DecideReturn(
                        call.path, merchant: caller.merchant, decision: body.decision.state, reason: body.reason,
                        actor: caller.actor)
                    try await desk.perform(flow)
                    return try await desk.read { try ReturnView.find(call.path, caller.scope, in: $0) }
                },
            Endpoint.post("/v1/returns/{return}/cancellations", "Withdraw a return", for: [.operator, .merchant])
                .named("cancelReturn").describing("As long as nothing was handed in or given for it.")
                .path(RMAID.self).body(CancellationBody.self).idempotent.missing("return")
                .refusing([ReturnNotThere(RMAID(0), .closed, wanted: .cancelled)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = DecideReturn(
                        call.path, merchant: caller.merchant, decision: .cancelled, reason: body.reason, actor: caller.actor)
                    try await desk.perform(flow)
                    return try await desk.read { try ReturnView.find(call.path, caller.scope, in: $0) }
                },
        ]
    }

    private var handingIn: [Endpoint] {
        [
            Endpoint.post("/v1/return-drop-offs", "Take returns in that shoppers hand in", for: [.operator, .site])
                .named("dropOffReturns").describing("By the code on the parcel or on the shopper's screen.")
                .body(DropOffBody.self).idempotent.missing("site", "return")
                .refusing([ReturnNotThere(RMAID(0), .closed, wanted: .inTransit)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = DropOffReturns(
                        body.codes, at: body.site, network: desk.orders.network, occurred: try desk.moment(body.occurredAt),
                        actor: caller.actor)
                    let ids = try await desk.perform(flow) { try Ownership.sites([body.site], scope, in: $0) }
                    return DropOffReply(returns: ids)
                }
        ]
    }
}

extension ReturnRefused {
    static var samples: [any Refusal] {
        let all: [ReturnRefused] = [
            .numberUsed(""), .badNumber, .noItems, .badQuantity(item: 0, 0), .noMethod, .unknownItem(item: 0),
            .nothingPaid(.pending), .notReturnable(item: 0, SKUID(0)), .notDelivered(item: 0), .windowOver(item: 0, days: 0),
            .tooMany(item: 0, wanted: 0, left: 0), .unknownWanted(item: 0), .noSite,
        ]
        return all
    }
}
