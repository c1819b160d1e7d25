import Flows
import Kernel
import Transport
import Views

/// Work between the sites: sorting, bags, what is inside what.
struct NetworkFlowRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (units + sorting + bags).tagged("Network") }

    private var units: [Endpoint] {
        [
            Endpoint.get("/v1/units/{code}", "Read a unit, with what is around it and in it", for: [.operator, .site])
                .named("readUnit").describing("By its scanned code or its id.").path(String.self).missing("unit")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try UnitView.find(call.path, scope, in: $0) }
                },
            Endpoint.post("/v1/losses", "Give up a unit that no count found", for: [.operator]).named("declareLost")
                .describing("With all that is in it: the goods leave the book.")
                .body(LossBody.self).idempotent.missing("unit").refusing([DeclareLost.Refused.notMissing(UnitID(0))])
                .handle { [desk] call, body in
                    let flow = DeclareLost(
                        body.unit, desk: desk.orders, occurred: try desk.moment(body.occurredAt), actor: try call.caller.actor)
                    try await desk.perform(flow)
                    return Nothing()
                },
        ]
    }

    private var sorting: [Endpoint] {
        [
            Endpoint.post("/v1/sortings", "Ask where parcels go, and put them into bags", for: [.operator, .site])
                .named("sortParcels").describing("A cancelled parcel is answered with `pull` and put nowhere.")
                .body(SortingsBody.self).idempotent.missing("site", "parcel").refusing(NetworkRefused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = SortParcels(
                        at: body.site, body.scans.map { SortScan(parcel: $0.parcel, bag: $0.bag) }, network: desk.orders.network,
                        occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    return SortingsReply(try await desk.perform(flow) { try Ownership.sites([body.site], scope, in: $0) })
                },
            Endpoint.post("/v1/pulls", "Say that cancelled parcels were taken out", for: [.operator, .site])
                .named("pullParcels").describing("Their goods get tasks to go back to a bin of the site.")
                .body(PullsBody.self).idempotent.missing("site", "parcel")
                .refusing([PullParcels.Refused.notCancelled(UnitID(0)), PullParcels.Refused.gone(UnitID(0), .delivered)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = PullParcels(
                        body.parcels, at: body.site, desk: desk.orders, occurred: try desk.moment(body.occurredAt),
                        actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.sites([body.site], scope, in: $0) }
                    return Nothing()
                },
            Endpoint.post("/v1/removals-from-units", "Take units out of what they are in", for: [.operator, .site])
                .named("takeOut").describing("A closed bag is open again; a sealed one is opened at its destination only.")
                .body(TakeOutBody.self).idempotent.missing("site")
                .refusing([TakeOut.Refused.sealed(UnitID(0), in: UnitID(0)), NetworkRefused.notHere(UnitID(0), SiteID(0))])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = TakeOut(
                        body.units, at: body.site, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.sites([body.site], scope, in: $0) }
                    return Nothing()
                },
        ]
    }

    private var bags: [Endpoint] {
        [
            Endpoint.post("/v1/bags", "Open a bag, pallet or container for a lane", for: [.operator, .site]).named("openBag")
                .body(BagBody.self).idempotent.answering(.created).missing("site", "lane")
                .refusing([OpenBag.Refused.kindNotFilled(.parcel)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = OpenBag(
                        at: body.site, lane: body.lane, kind: body.kind ?? .bag, destination: body.destination,
                        network: desk.orders.network, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    let unit = try await desk.perform(flow) { try Ownership.sites([body.site], scope, in: $0) }
                    return try await desk.read { try UnitView.find(unit.description, scope, in: $0) }
                },
            Endpoint.get("/v1/bags/{bag}", "Read a bag, pallet or container", for: [.operator, .site]).named("readBag")
                .path(UnitID.self).missing("unit")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try UnitView.find(call.path.description, scope, in: $0) }
                },
            Endpoint.post("/v1/bags/{bag}/closures", "Close a bag: weigh it, and seal it", for: [.operator, .site])
                .named("closeBag").path(UnitID.self).body(ClosureBody.self).idempotent.missing("unit", "bag")
                .refusing([
                    NetworkRefused.pull(UnitID(0), inside: nil), Bags.Refused.wrongState(UnitID(0), .closed, wanted: .closed),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = CloseBag(
                        call.path, weighed: body.weight, seal: body.seal, occurred: try desk.moment(body.occurredAt),
                        actor: caller.actor)
                    _ = try await desk.perform(flow) { try Ownership.units([call.path], scope, in: $0) }
                    return try await desk.read { try UnitView.find(call.path.description, scope, in: $0) }
                },
            Endpoint.post("/v1/bags/{bag}/contents", "Put closed bags into a pallet or a larger bag", for: [.operator, .site])
                .named("nestBags").path(UnitID.self).body(UnitsBody.self).idempotent.missing("unit", "bag")
                .refusing(NetworkRefused.samples)
                .refusing([
                    Containment.Refused.cannotHold(UnitID(0), .bag, in: UnitID(0), .bag),
                    Containment.Refused.itself(UnitID(0), in: UnitID(0)),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = NestBags(
                        body.units, into: call.path, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.units([call.path], scope, in: $0) }
                    return Nothing()
                },
        ]
    }
}
