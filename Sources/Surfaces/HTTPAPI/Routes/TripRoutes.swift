import Flows
import Kernel
import Store
import Transport
import Views

/// Trips, from the plan to the count.
struct TripRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (trips + leaving + arriving).tagged("Network") }

    private static let states: [any Refusal] = [Trips.Refused.wrongState(TripID(0), .planned, wanted: .departed)]

    private var trips: [Endpoint] {
        [
            Endpoint.get("/v1/trips", "List trips", for: [.operator, .site, .carrier]).named("listTrips").query(TripQuery.self)
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(TripID.self))
                    let rows = try await desk.read {
                        try TripView.page(
                            at: call.query.site, state: call.query.state, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.post("/v1/trips", "Plan the trips of all lanes", for: [.operator]).named("planTrips")
                .describing("Up to 60 days ahead; planned ones stay as they are.").body(PlanBody.self).idempotent
                .handle { [desk] _, body in
                    PlanReply(planned: try await desk.perform(PlanTrips(until: body.until, network: desk.orders.network)).count)
                },
            Endpoint.get("/v1/trips/{trip}", "Read a trip", for: [.operator, .site, .carrier]).named("readTrip")
                .path(TripID.self).missing("trip")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try TripView.find(call.path, scope, in: $0) }
                },
        ]
    }

    private var leaving: [Endpoint] {
        [
            Endpoint.post("/v1/trips/{trip}/loadings", "Load bags and loose parcels", for: [.operator, .site]).named("loadTrip")
                .path(TripID.self).body(UnitsBody.self).idempotent.missing("trip", "unit")
                .refusing(Self.states).refusing(NetworkRefused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = LoadTrip(call.path, body.units, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    return try await reply(flow, call.path, caller.scope, .origin)
                },
            Endpoint.post("/v1/trips/{trip}/departure", "Say that a trip left", for: [.operator, .site, .carrier]).named("departTrip")
                .path(TripID.self).body(MomentBody.self).idempotent.missing("trip").refusing(Self.states)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = DepartTrip(call.path, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    return try await reply(flow, call.path, caller.scope, .origin)
                },
            Endpoint.post("/v1/trips/{trip}/cancellation", "Say that a trip will not leave", for: [.operator, .site])
                .named("cancelTrip").path(TripID.self).body(MomentBody.self).idempotent.missing("trip")
                .refusing(Self.states).refusing([CancelTrip.Refused.loaded(TripID(0))])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = CancelTrip(call.path, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    return try await reply(flow, call.path, caller.scope, .origin)
                },
        ]
    }

    private var arriving: [Endpoint] {
        [
            Endpoint.post("/v1/trips/{trip}/arrival", "Say that a trip arrived", for: [.operator, .site, .carrier]).named("arriveTrip")
                .path(TripID.self).body(MomentBody.self).idempotent.missing("trip").refusing(Self.states)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = ArriveTrip(call.path, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    return try await reply(flow, call.path, caller.scope, .destination)
                },
            Endpoint.post("/v1/trips/{trip}/unloadings", "Say what was found on a trip", for: [.operator, .site])
                .named("breakBulk").describing("Bags for this site are opened; what was not expected is adopted.")
                .path(TripID.self).body(UnloadingBody.self).idempotent.missing("trip", "unit")
                .refusing(Self.states + [BreakBulk.Refused.goesOn(UnitID(0))])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = BreakBulk(
                        call.path, body.found.map { FoundUnit($0.unit, isDamaged: $0.isDamaged ?? false, contents: $0.contents) },
                        desk: desk.orders,
                        occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    return UnloadingReply(
                        try await desk.perform(flow) { try Ownership.trip(call.path, .destination, scope, in: $0) })
                },
            Endpoint.post("/v1/trips/{trip}/reconciliation", "End the unloading of a trip", for: [.operator, .site])
                .named("reconcileTrip").describing("What was expected and not found is short, and has an owner.")
                .path(TripID.self).body(MomentBody.self).idempotent.missing("trip").refusing(Self.states)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = ReconcileTrip(
                        call.path, desk: desk.orders, occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    return try await reply(flow, call.path, caller.scope, .destination)
                },
        ]
    }

    /// The trip after what is done at one of its ends.
    private func reply(_ flow: some Flow, _ trip: TripID, _ scope: Scope, _ end: Ownership.TripEnd) async throws -> TripView {
        _ = try await desk.perform(flow) { try Ownership.trip(trip, end, scope, in: $0) }
        return try await desk.read { try TripView.find(trip, scope, in: $0) }
    }
}
