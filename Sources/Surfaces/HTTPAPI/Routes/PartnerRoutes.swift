import Flows
import Inventory
import Kernel
import Partners
import Store
import Views

/// What a partner is asked for and answers: a site's key sees what was handed to its site, and nothing else.
struct PartnerRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (reading + answering + sending + reporting).tagged("Partners") }

    private static let base = "/v1/partner/fulfillment-orders"

    private var reading: [Endpoint] {
        [
            Endpoint.get(Self.base, "List what was handed to a partner", for: [.operator, .site]).named("listHandoffs")
                .describing("To be polled: `next` reads on, and `state=sent` are those that wait for an answer.")
                .query(HandoffQuery.self)
                .list { [desk] call, page in
                    let (scope, state, after) = (try call.caller.scope, call.query.state, try page.after(FulfillmentID.self))
                    let rows = try await desk.read {
                        try HandoffView.page(state, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get(Self.base + "/{handoff}", "Read what was handed to a partner", for: [.operator, .site])
                .named("readHandoff").describing("With the recipient, while there is something to send.")
                .path(FulfillmentID.self).missing("fulfillment_order")
                .handle { [desk] call in
                    let (scope, vault) = (try call.caller.scope, desk.orders.vault)
                    return try await desk.read { tx in
                        let order = try HandoffView.find(call.path, scope, in: tx)
                        return HandoffReply(order, try RecipientLookup.find(for: order, vault, in: tx))
                    }
                },
            Endpoint.get("/v1/partner/penalties", "List what failures cost", for: [.operator, .site]).named("listPenalties")
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(PenaltyID.self))
                    let rows = try await desk.read {
                        try PenaltyView.page(scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
        ]
    }

    /// An answer of a partner to one fulfillment order.
    private func answer(_ what: String, _ summary: String) -> EndpointDraft<FulfillmentID, Nothing, Nothing> {
        Endpoint.post(Self.base + "/{handoff}/" + what, summary, for: [.operator, .site]).path(FulfillmentID.self)
            .missing("fulfillment_order").idempotent.refusing(HandoffRefused.samples)
    }

    /// Runs it where the fulfillment order is the caller's, and answers how it stands then.
    private func perform<F: Flow>(_ flow: F, on id: FulfillmentID, by caller: Caller) async throws -> HandoffView {
        let scope = caller.scope
        _ = try await desk.perform(flow) { _ = try HandoffView.find(id, scope, in: $0) }
        return try await desk.read { try HandoffView.find(id, scope, in: $0) }
    }

    private var answering: [Endpoint] {
        [
            answer("acceptance", "Say yes to a fulfillment order").named("acceptHandoff").body(AcceptanceBody.self)
                .handle { call, body in
                    let caller = try call.caller
                    let flow = AcceptHandoff(call.path, expected: body.expectedAt, actor: caller.actor)
                    return try await perform(flow, on: call.path, by: caller)
                },
            answer("rejection", "Say no to a fulfillment order, or to some of its units").named("rejectHandoff")
                .describing("With `lines` the rest is accepted. What is rejected is looked for elsewhere.")
                .body(RejectionBody.self)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = RejectHandoff(
                        call.path, reason: body.reason, body.lines?.map(\.part), desk: desk.orders, actor: caller.actor)
                    return try await perform(flow, on: call.path, by: caller)
                },
            answer("shortages", "Say that accepted units cannot be found").named("reportShort").body(ShortagesBody.self)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = ReportShort(
                        call.path, body.lines.map(\.part), occurred: try desk.moment(body.occurredAt), desk: desk.orders,
                        actor: caller.actor)
                    return try await perform(flow, on: call.path, by: caller)
                },
            answer("cancellation", "Answer the wish to cancel").named("answerCancel").body(CancelReplyBody.self)
                .handle { call, body in
                    let caller = try call.caller
                    return try await perform(
                        AnswerCancel(call.path, body.answer, actor: caller.actor), on: call.path, by: caller)
                },
        ]
    }

    private var sending: [Endpoint] {
        [
            answer("shipments", "Say what was sent").named("shipHandoff")
                .describing("In as many calls as there are departures; the label and its number are the partner's own.")
                .body(ShipmentsBody.self).answering(.created).refusing(ShipHandoff.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = ShipHandoff(
                        call.path, body.parcels.map(\.parcel), occurred: try desk.moment(body.shippedAt, "/shipped_at"),
                        actor: caller.actor)
                    return try await perform(flow, on: call.path, by: caller)
                },
            Endpoint.post("/v1/partner/tracking-updates", "Report what happened to a partner's parcels", for: [.operator, .site])
                .named("reportPartnerTracking").describing("Each report counts once, in whatever order they come.")
                .body(TrackingBody.self).idempotent
                .handle { [desk] call, body in
                    let updates = try body.updates.map { try $0.update(desk) }
                    return TrackingReply(try await desk.perform(ReportPartnerTracking(updates, site: try call.caller.site)))
                },
        ]
    }

    private var reporting: [Endpoint] {
        [
            Endpoint.post("/v1/partner/stock-reports", "Report all that is there of a merchant's goods", for: [.operator, .site])
                .named("reportStock")
                .describing("What it does not name is 0. One that is not newer than the newest taken is refused.")
                .body(StockReportBody.self).idempotent.answering(.created).missing("site")
                .refusing(TakeStockReport.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let (scope, site) = (caller.scope, try body.site(of: caller))
                    let flow = TakeStockReport(
                        site: site, merchant: body.merchant, asOf: try desk.moment(body.asOf, "/as_of"), body.lines.map(\.line),
                        network: desk.orders.network, actor: caller.actor)
                    return StockReportReply(id: try await desk.perform(flow) { try Ownership.sites([site], scope, in: $0) })
                }
        ]
    }
}
