import Flows
import Kernel
import Sourcing
import Views

/// How merchants want their sales sourced, and why an order was sourced as it was.
struct SourcingRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.post("/v1/merchants/{merchant}/sourcing-rules", "Say how sales are to be sourced", for: [.operator, .merchant])
                .named("saveSourcingRule")
                .describing("From its first day on in place of an earlier rule; an empty one lifts it. Days are those of UTC.")
                .path(MerchantID.self).body(SourcingRuleBody.self).idempotent.answering(.created).missing("merchant", "site")
                .refusing(SaveSourcingRule.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let rule = body.rule(of: try caller.merchant(named: call.path))
                    return SourcingRuleBody(
                        try await desk.perform(SaveSourcingRule(rule, network: desk.orders.network, actor: caller.actor)))
                },
            Endpoint.get("/v1/merchants/{merchant}/sourcing-rules", "List a merchant's sourcing rules", for: [.operator, .merchant])
                .named("listSourcingRules").describing("By first day; of those that hold on a day the last goes.")
                .path(MerchantID.self).missing("merchant")
                .handle { [desk] call in
                    let merchant = try call.caller.merchant(named: call.path)
                    return SourcingRulesReply(items: try await desk.read { try SourcingRules.all(of: merchant, in: $0) }.map { .init($0) })
                },
            Endpoint.get("/v1/orders/{order}/sourcing", "Read why an order is shipped from where it is", for: [.operator, .merchant])
                .named("readSourcing")
                .describing(
                    """
                    Each decision with the parts chosen, cost by cause, the closest alternatives, and sites that were ruled out. \
                    `scarcity` is what the units would have saved later orders where they lay.
                    """)
                .path(OrderID.self).missing("order")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try SourcingView.find(call.path, scope, in: $0) }
                },
        ].tagged("Sourcing")
    }
}

struct SourcingRulesReply: Codable, Sendable {
    var items: [SourcingRuleBody]
}

/// A rule as its merchant states it.
struct SourcingRuleBody: Codable, Sendable, Documented {
    var id: SourcingRuleID?
    var onlySites: [SiteID]?
    var priority: [SiteID]?
    var neverSplit: Bool?
    var shipComplete: Bool?
    var from: CivilDate?
    var until: CivilDate?

    private enum CodingKeys: String, CodingKey {
        case id, onlySites = "only_sites", priority, neverSplit = "never_split", shipComplete = "ship_complete", from, until
    }

    static let fields: FieldNotes = [
        "id": "Given in the answer.",
        "only_sites": FieldNote("No other site ships; any may unless said.", count: 0...100),
        "priority": FieldNote("Tried in this order, one more at a time, until they fill the order; others come last.", count: 0...100),
        "never_split": "An order leaves one site by one service, or waits.",
        "ship_complete": "Nothing of an order is reserved until all of it can be.",
        "from": "The first day; always unless said.", "until": "The day after the last; no end unless said.",
    ]

    func rule(of merchant: MerchantID) -> SourcingRule {
        SourcingRule(
            merchant: merchant, onlySites: onlySites ?? [], priority: priority ?? [], neverSplits: neverSplit ?? false,
            shipsComplete: shipComplete ?? false, validity: Validity(from: from, until: until))
    }

    init(_ rule: SourcingRule) {
        (id, onlySites, priority) = (rule.id, rule.onlySites, rule.priority)
        (neverSplit, shipComplete) = (rule.neverSplits, rule.shipsComplete)
        (from, until) = (rule.validity.from, rule.validity.until)
    }
}
