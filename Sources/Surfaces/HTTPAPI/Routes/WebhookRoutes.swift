import Edges
import Flows
import Identity
import Kernel
import Store
import Views
import Webhooks

/// Who is told of events, and what became of telling them.
struct WebhookRoutes {
    let desk: APIDesk

    private static let roles: Access = [.operator, .merchant, .site]

    var endpoints: [Endpoint] { (subscribing + changing + telling + log).tagged("Webhooks") }

    private var subscribing: [Endpoint] {
        [
            Endpoint.post("/v1/webhooks", "Subscribe to events", for: Self.roles).named("createWebhook")
                .describing("The secret is in this answer and nowhere else.")
                .body(NewWebhookBody.self).answering(.created).missing("merchant", "site")
                .refusing(WebhookTargets.Refused.samples).refusing([Webhooks.Refused.samples[0]])
                .handle { [desk] call, body in
                    let (secret, caller) = (WebhookSecret.make(Vault.systemRandom), try call.caller)
                    let flow = CreateWebhook(
                        holder: try body.holder(caller), url: body.url, types: try EventTypes.patterns(body.types),
                        description: body.description ?? "", secret: secret, targets: desk.targets, vault: desk.orders.vault,
                        actor: caller.actor)
                    let id = try await desk.perform(flow)
                    let view = try await desk.read { try WebhookView.find(id, .network, in: $0) }
                    return NewWebhookReply(webhook: view, secret: secret.text)
                },
            Endpoint.get("/v1/webhooks", "List webhooks", for: Self.roles).named("listWebhooks")
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(WebhookID.self))
                    let rows = try await desk.read { try WebhookView.page(scope, after: after, limit: page.rowsToFetch, in: $0) }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/webhooks/{webhook}", "Read a webhook", for: Self.roles).named("readWebhook")
                .path(WebhookID.self).missing("webhook")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try WebhookView.find(call.path, scope, in: $0) }
                },
            Endpoint.delete("/v1/webhooks/{webhook}", "End a subscription", for: Self.roles).named("deleteWebhook")
                .path(WebhookID.self).missing("webhook")
                .handle { [desk] call in
                    let caller = try call.caller
                    try await desk.perform(DeleteWebhook(call.path, actor: caller.actor), on: call.path, caller.scope)
                    return Nothing()
                },
        ]
    }

    private var changing: [Endpoint] {
        [
            Endpoint.patch("/v1/webhooks/{webhook}", "Change where it is told, and what", for: Self.roles).named("changeWebhook")
                .path(WebhookID.self).body(ChangeWebhookBody.self).missing("webhook").refusing(WebhookTargets.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = ChangeWebhook(
                        call.path, url: body.url, types: try body.types.map(EventTypes.patterns), description: body.description,
                        targets: desk.targets, actor: caller.actor)
                    try await desk.perform(flow, on: call.path, caller.scope)
                    return Nothing()
                },
            Endpoint.post("/v1/webhooks/{webhook}/secrets", "Give it a new secret", for: Self.roles).named("rotateWebhookSecret")
                .describing("Messages carry two signatures, of the new secret and of the one before, until the overlap ends.")
                .path(WebhookID.self).body(NewSecretBody.self).answering(.created).missing("webhook")
                .handle { [desk] call, body in
                    let (secret, caller) = (WebhookSecret.make(Vault.systemRandom), try call.caller)
                    let flow = RotateSecret(
                        call.path, to: secret, overlap: .hours(body.overlapHours ?? 24), vault: desk.orders.vault,
                        actor: caller.actor)
                    try await desk.perform(flow, on: call.path, caller.scope)
                    return SecretReply(secret: secret.text)
                },
            Endpoint.put("/v1/webhooks/{webhook}/state", "Pause it, or start it again", for: Self.roles).named("setWebhookState")
                .path(WebhookID.self).body(WebhookStateBody.self).missing("webhook").refusing([Webhooks.Refused.samples[1]])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = SetWebhookState(call.path, body.state == .active ? .active : .paused, actor: caller.actor)
                    try await desk.perform(flow, on: call.path, caller.scope)
                    return Nothing()
                },
        ]
    }

    private var telling: [Endpoint] {
        let notActive = WebhookNotActive(WebhookID(0), .paused)
        return [
            Endpoint.post("/v1/webhooks/{webhook}/tests", "Send it a test", for: Self.roles).named("testWebhook")
                .path(WebhookID.self).answering(.created).missing("webhook").refusing([notActive])
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return StartedDelivery(id: try await desk.perform(TestWebhook(call.path), on: call.path, scope))
                },
            Endpoint.post("/v1/webhooks/{webhook}/replays", "Tell it a stretch of the log again", for: Self.roles)
                .named("startReplay").path(WebhookID.self).body(ReplayBody.self).answering(.created)
                .missing("webhook", "event").refusing([notActive, Replays.Running(WebhookID(0))])
                .handle { [desk] call, body in
                    let flow = ReplayEvents(
                        call.path, from: try body.start, until: body.until, types: try EventTypes.patterns(body.types ?? ["*"]))
                    return StartedReplay(id: try await desk.perform(flow, on: call.path, try call.caller.scope))
                },
            Endpoint.post("/v1/webhooks/{webhook}/deliveries/{delivery}/resends", "Send one message again, now", for: Self.roles)
                .named("resendDelivery").path(DeliveryPath.self).missing("webhook", "delivery").refusing([notActive])
                .handle { [desk] call in
                    let flow = ResendDelivery(call.path.delivery, of: call.path.webhook)
                    try await desk.perform(flow, on: call.path.webhook, try call.caller.scope)
                    return Nothing()
                },
        ]
    }

    private var log: [Endpoint] {
        [
            Endpoint.get("/v1/webhooks/{webhook}/replays", "List replays, the newest first", for: Self.roles).named("listReplays")
                .path(WebhookID.self).missing("webhook")
                .list { [desk] call, page in
                    let (scope, before) = (try call.caller.scope, try page.after(ReplayID.self))
                    let rows = try await desk.read { tx in
                        try Ownership.webhook(call.path, scope, in: tx)
                        return try Replays.list(of: call.path, before: before, limit: page.rowsToFetch, in: tx)
                    }
                    return try page.page(of: rows, by: \.id) { ReplayReply($0) }
                },
            Endpoint.get("/v1/webhooks/{webhook}/deliveries", "List deliveries, the newest first", for: Self.roles)
                .named("listDeliveries").path(WebhookID.self).query(DeliveryQuery.self).missing("webhook")
                .list { [desk] call, page in
                    let (scope, before) = (try call.caller.scope, try page.after(DeliveryID.self))
                    let filter = DeliveryView.Filter(state: call.query.state, type: call.query.type, replay: call.query.replay)
                    let rows = try await desk.read { tx in
                        try Ownership.webhook(call.path, scope, in: tx)
                        return try DeliveryView.page(of: call.path, filter, before: before, limit: page.rowsToFetch, in: tx)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/webhooks/{webhook}/deliveries/{delivery}", "Read a delivery and its attempts", for: Self.roles)
                .named("readDelivery").path(DeliveryPath.self).missing("webhook", "delivery")
                .handle { [desk] call in
                    let (scope, path) = (try call.caller.scope, call.path)
                    return try await desk.read { tx in
                        try Ownership.webhook(path.webhook, scope, in: tx)
                        return DeliveryReply(
                            delivery: try DeliveryView.find(path.delivery, of: path.webhook, in: tx),
                            log: try AttemptView.all(of: path.delivery, in: tx))
                    }
                },
        ]
    }
}

extension APIDesk {
    /// Runs a flow on a webhook of the caller's own.
    fileprivate func perform<F: Flow>(_ flow: F, on webhook: WebhookID, _ scope: Scope) async throws -> F.Answer {
        try await perform(flow) { try Ownership.webhook(webhook, scope, in: $0) }
    }
}
