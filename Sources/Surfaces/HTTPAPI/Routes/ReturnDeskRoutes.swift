import Flows
import Kernel
import Returns
import Views

/// The returns desk of a site: what is in the hand, its grade, and where it goes.
struct ReturnDeskRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.post("/v1/return-receipts", "Receive what came back", for: [.operator, .site]).named("receiveReturn")
                .describing(
                    """
                    Starts from what is in the hand: announced goods, goods of a known order, an undelivered parcel, or \
                    something nobody knows. What is wrong, extra, counterfeit or unknown stands in quarantine under an exception.
                    """)
                .body(ReturnReceiptBody.self).idempotent.answering(.created).missing("site", "location", "SKU")
                .refusing([
                    ReceiptRefused.badQuantity(item: 0, 0), ReceiptRefused.badSerials(item: 0), ReceiptRefused.noLocation(SiteID(0)),
                    ReceiptRefused.neverLeft(UnitID(0)),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = ReceiveReturns(
                        [body.receipt], network: desk.orders.network, occurred: try desk.moment(body.occurredAt),
                        actor: caller.actor)
                    let taken = try await desk.perform(flow) { try Ownership.sites([body.site], scope, in: $0) }[0]
                    let ids = taken.goods.map(\.id)
                    return ReturnReceiptReply(taken, try await desk.read { try GoodsView.all(ids, in: $0) })
                },
            Endpoint.post("/v1/return-inspections", "Grade goods and decide what becomes of them", for: [.operator, .site])
                .named("inspectGoods").describing("Without a disposition the return's terms decide. All are graded, or none.")
                .body(InspectionsBody.self).idempotent.missing("goods")
                .refusing([
                    InspectionRefused.notWaiting(GoodsID(0), .gone), InspectionRefused.badQuantity(item: 0, 0, of: 0),
                    InspectionRefused.notNew(GoodsID(0), .opened), InspectionRefused.counterfeit(GoodsID(0)),
                    InspectionRefused.again(GoodsID(0)), InspectionRefused.proofMissing(GoodsID(0)),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = InspectGoods(
                        body.results.map(\.inspection), occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    let named = body.results.map(\.goods)
                    let done = try await desk.perform(flow) { try Ownership.goods(named, scope, in: $0) }.map(\.goods)
                    return GoodsReply(items: try await desk.read { try GoodsView.all(done, in: $0) })
                },
            Endpoint.get("/v1/returned-goods", "List goods that came back", for: [.operator, .merchant, .site])
                .named("listReturnedGoods").query(GoodsQuery.self)
                .list { [desk] call, page in
                    let (scope, query, after) = (try call.caller.scope, call.query, try page.after(GoodsID.self))
                    let rows = try await desk.read {
                        try GoodsView.page(
                            site: query.site, state: query.state, disposition: query.disposition, scope, after: after,
                            limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.post("/v1/returned-goods/departures", "Say that goods set aside have left", for: [.operator, .site])
                .named("sendOffGoods").describing("To their merchant or to whoever bought them.")
                .body(DepartureBody.self).idempotent.missing("goods").refusing([SendOffGoods.NotAside(GoodsID(0), .gone)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let (scope, ids) = (caller.scope, body.goods)
                    let flow = SendOffGoods(
                        ids, reference: body.reference, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.goods(ids, scope, in: $0) }
                    return Nothing()
                },
        ]
    }
}

/// What shoppers get, and what they owe.
struct RefundRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.get("/v1/refunds", "List refunds", for: [.operator, .merchant]).named("listRefunds").query(RefundQuery.self)
                .list { [desk] call, page in
                    let (scope, state, after) = (try call.caller.scope, call.query.state, try page.after(RefundID.self))
                    let rows = try await desk.read {
                        try RefundView.page(state, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.put("/v1/refunds/{refund}/sending", "Say that a refund was sent", for: [.operator, .merchant])
                .named("sendRefund").describing("The payment state of the order follows.")
                .path(RefundID.self).body(SendingBody.self).missing("refund").refusing([SendRefunds.NotDue(RefundID(0))])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    try await desk.perform(
                        SendRefunds([(call.path, body.reference)], merchant: caller.merchant, actor: caller.actor))
                    return try await desk.read { try RefundView.find(call.path, caller.scope, in: $0) }
                },
            Endpoint.get("/v1/return-debts", "List what was given for goods that never came", for: [.operator, .merchant])
                .named("listReturnDebts").query(DebtQuery.self)
                .list { [desk] call, page in
                    let (scope, state, after) = (try call.caller.scope, call.query.state, try page.after(DebtID.self))
                    let rows = try await desk.read {
                        try DebtView.page(state, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.put("/v1/return-debts/{debt}/outcome", "Say what became of a debt", for: [.operator, .merchant])
                .named("settleReturnDebt").path(DebtID.self).body(DebtOutcomeBody.self).missing("return_debt")
                .refusing([SettleReturnDebt.NotOpen(debt: DebtID(0), state: .recovered)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    try await desk.perform(
                        SettleReturnDebt(
                            call.path, merchant: caller.merchant, outcome: body.outcome.state, note: body.note,
                            actor: caller.actor))
                    return Nothing()
                },
        ]
    }
}
