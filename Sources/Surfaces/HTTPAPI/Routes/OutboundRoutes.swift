import Flows
import Inventory
import Kernel
import Orders
import Views

/// Goods that leave a site without being sold.
struct OutboundRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (placing + ending).tagged("Outbound") }

    private static let refused: [any Refusal] = [
        OutboundRefused.numberUsed(""), .notOutbound(.sale), .noLines, .badText(field: "", limit: 0),
        .badQuantity(line: 0, 0), .missing(field: "", .sale), .notAllowed(field: "", .sale), .siteNotOurs(""), .sameSite,
        .doesNotReceive(""), .unknownSKU(line: 0, ""), .unmeasured(line: 0, ""),
        .stockShort(line: 0, sku: "", wanted: 0, available: 0), .noService(line: 0, sku: ""),
    ].map { $0 as any Refusal }

    private var placing: [Endpoint] {
        [
            Endpoint.post("/v1/outbound-orders", "Send goods out without selling them", for: [.operator, .merchant])
                .named("placeOutbound")
                .describing("A transfer to another site, a removal, a disposal, a sample or a replacement.")
                .body(OutboundBody.self).idempotent.answering(.created).missing("merchant", "site", "order")
                .refusing(Self.refused)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let request = try body.request(for: try caller.merchant(named: body.merchant))
                    let placed = try await desk.perform(PlaceOutbound(request, desk: desk.orders, actor: caller.actor))
                    return try await desk.read { try OutboundView.find(placed.order, caller.scope, in: $0) }
                },
            Endpoint.get("/v1/outbound-orders", "List outbound orders, the newest first", for: [.operator, .merchant, .site])
                .named("listOutbound").describing("A site sees what leaves it and what comes to it.").query(OutboundQuery.self)
                .list { [desk] call, page in
                    let (scope, filter, after) = (try call.caller.scope, call.query.filter, try page.after(OrderID.self))
                    let rows = try await desk.read {
                        try OutboundView.page(filter, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/outbound-orders/{order}", "Read an outbound order", for: [.operator, .merchant, .site])
                .named("readOutbound").path(OrderID.self).missing("outbound_order")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try OutboundView.find(call.path, scope, in: $0) }
                },
        ]
    }

    private var ending: [Endpoint] {
        [
            Endpoint.post("/v1/outbound-orders/{order}/receipts", "Receive parcels of a transfer", for: [.operator, .site])
                .named("receiveTransfer").describing("What is missing is lost in the book, what is more is found.")
                .path(OrderID.self).body(TransferReceiptBody.self).idempotent.answering(.created)
                .missing("outbound_order", "transfer", "location", "parcel", "sku")
                .refusing([
                    ReceiveTransfer.Refused.notUnderWay(UnitID(0), .delivered),
                    ReceiveTransfer.Refused.badQuantity(parcel: 0, line: 0, 0),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = ReceiveTransfer(
                        call.path, at: body.dock, body.parcels.map(\.opened), occurred: try desk.moment(body.occurredAt),
                        actor: caller.actor)
                    return TasksReply(
                        tasks: try await desk.perform(flow) {
                            try Ownership.outbound([call.path], scope, site: "to_site", in: $0)
                        })
                },
            Endpoint.put("/v1/outbound-orders/{order}/arrival", "Say that a transfer comes later", for: [.operator])
                .named("slipTransfer").describing("What was promised of its goods moves along.")
                .path(OrderID.self).body(ArrivalBody.self).refusing([SlipTransfer.Refused.notUnderWay(OrderID(0))])
                .handle { [desk] call, body in
                    try await desk.perform(SlipTransfer(call.path, to: try body.moment(desk)))
                    return Nothing()
                },
            Endpoint.post("/v1/outbound-orders/{order}/proofs", "Show that goods were disposed of", for: [.operator, .site])
                .named("proveDisposal").describing("Closes the disposal: what is picked for it leaves the book.")
                .path(OrderID.self).body(ProofBody.self).idempotent.missing("outbound_order")
                .refusing([
                    DisposeGoods.Refused.noDisposal(OrderID(0)), DisposeGoods.Refused.noProof, DisposeGoods.Refused.badHash(""),
                    DisposeGoods.Refused.notPicked(OrderID(0)),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = DisposeGoods(
                        call.path, proof: body.proof, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.outbound([call.path], scope, site: "from_site", in: $0) }
                    return Nothing()
                },
        ]
    }
}

/// Which outbound orders are asked for.
struct OutboundQuery: Decodable, Sendable {
    var merchant: MerchantID?
    var purpose: FulfillmentPurpose?
    var state: OrderState?
    var from: SiteID?
    var to: SiteID?

    var filter: OutboundFilter {
        OutboundFilter(merchant: merchant, purpose: purpose, state: state, from: from, to: to)
    }
}
