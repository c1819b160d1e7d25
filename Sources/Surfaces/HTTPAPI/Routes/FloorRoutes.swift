import Flows
import Kernel
import Orders
import Transport
import Views
import Warehouse

/// The work of hands: picking, putting away, packing, weighing, handing over.
struct FloorRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (goods + parcels).tagged("Floor") }

    private var goods: [Endpoint] {
        [
            Endpoint.post("/v1/picks", "Say what was picked into a tote", for: [.operator, .site]).named("confirmPicks")
                .describing("Fewer than asked is a short pick: the bin is written off and another is tried.")
                .body(PicksBody.self).idempotent.missing("task", "tote")
                .refusing([Tasks.Refused.notOpen(TaskID(0), .done), Tasks.Refused.tooMuch(TaskID(0), wanted: 0, done: 0)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = ConfirmPicks(
                        body.picks, into: body.tote, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    try await desk.perform(flow) { try body.check(scope, in: $0) }
                    return Nothing()
                },
            Endpoint.post("/v1/putaways", "Say where goods were put", for: [.operator, .site]).named("putAway")
                .describing("For tasks of the kinds putaway and unpick.")
                .body(PutawayBody.self).idempotent.missing("task", "location")
                .refusing([Tasks.Refused.notOpen(TaskID(0), .done)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = PutBack(
                        body.task, to: body.location, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    try await desk.perform(flow) {
                        _ = try Ownership.tasks([body.task], kinds: ["putaway", "unpick"], scope, in: $0)
                    }
                    return Nothing()
                },
        ]
    }

    private var parcels: [Endpoint] {
        [
            Endpoint.post("/v1/packings", "Pack picked fulfillment orders", for: [.operator, .site]).named("packOrders")
                .describing("Into the best of the site's cartons; labels are asked for. Goods tracked by serial are scanned.")
                .body(PackingsBody.self).idempotent.answering(.created).missing("fulfillment_order")
                .refusing([
                    PackOrders.Refused.notPicked(FulfillmentID(0), .open), PackOrders.Refused.disposal(FulfillmentID(0)),
                    PackOrders.Refused.doesNotFit(FulfillmentID(0), sku: "", reason: ""),
                ])
                .refusing(SerialRefused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let (scope, ids) = (caller.scope, body.fulfillmentOrders)
                    let flow = PackOrders(
                        ids, serials: (body.serials ?? []).map(\.scan), network: desk.orders.network,
                        occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    let made = try await desk.perform(flow) { try Ownership.fulfillments(ids, scope, in: $0) }
                    return ParcelsReply(parcels: try await desk.read { try ParcelSummary.all(made, in: $0) })
                },
            Endpoint.post("/v1/weighings", "Say what parcels weigh", for: [.operator, .site]).named("weighParcels")
                .describing("One that weighs other than expected stays for a second look.")
                .body(WeighingsBody.self).idempotent.missing("parcel")
                .refusing([
                    WeighParcels.Refused.notHere(UnitID(0), .delivered), WeighParcels.Refused.pull(UnitID(0)),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let (scope, ids) = (caller.scope, body.weights.map(\.parcel))
                    let flow = WeighParcels(
                        body.weights.map { ($0.parcel, $0.grams) }, occurred: try desk.moment(body.occurredAt),
                        actor: caller.actor)
                    return WeighingsReply(try await desk.perform(flow) { try Ownership.parcels(ids, scope, in: $0) })
                },
            Endpoint.post("/v1/handovers", "Hand what is ready to the carrier", for: [.operator, .site]).named("handOver")
                .describing("Labelled, weighed and due; under one manifest.")
                .body(HandoverBody.self).idempotent.answering(.created).missing("site", "service")
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let (scope, now) = (caller.scope, try desk.moment(body.occurredAt))
                    let flow = HandOver(
                        site: body.site, service: body.service, until: body.until ?? .distantFuture,
                        network: desk.orders.network, occurred: now, actor: caller.actor)
                    return HandoverReply(try await desk.perform(flow) { try Ownership.sites([body.site], scope, in: $0) })
                },
        ]
    }
}
