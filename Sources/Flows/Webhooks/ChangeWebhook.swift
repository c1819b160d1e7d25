import Edges
import Exceptions
import Facilities
import Identity
import Kernel
import Merchants
import Store
import Webhooks

/// Subscribes somebody to events.
package struct CreateWebhook: Flow {
    let holder: WebhookHolder
    let url: String
    let types: TypePatterns
    let description: String
    let secret: WebhookSecret
    let targets: WebhookTargets
    let vault: Vault
    let actor: String

    /// - Parameter secret: shown once by whoever asks; kept sealed.
    package init(
        holder: WebhookHolder, url: String, types: TypePatterns, description: String, secret: WebhookSecret,
        targets: WebhookTargets, vault: Vault, actor: String
    ) {
        self.holder = holder
        self.url = url
        self.types = types
        self.description = description
        self.secret = secret
        self.targets = targets
        self.vault = vault
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> WebhookID {
        try targets.check(url)
        switch holder {
        case .operator: break
        case .merchant(let id): if try Merchant.find(id, in: tx) == nil { throw NotFound("merchant", id) }
        case .site(let id): if try Site.find(id, in: tx) == nil { throw NotFound("site", id) }
        }
        let id = tx.id(WebhookID.self)
        let sealed = try Secrets.seal(secret.text, of: holder.merchant, context: id.description, vault, in: tx)
        try Webhooks.create(
            .init(id: id, holder: holder, url: url, types: types, description: description, secret: sealed), actor: actor,
            in: tx)
        try SweepDeliveries.schedule(id, holder.merchant, at: tx.now + .days(1), in: tx)
        return id
    }
}

/// Changes where a webhook is told, and what; nil leaves a member as it is.
package struct ChangeWebhook: Flow {
    let id: WebhookID
    let url: String?
    let types: TypePatterns?
    let description: String?
    let targets: WebhookTargets
    let actor: String

    package init(
        _ id: WebhookID, url: String?, types: TypePatterns?, description: String?, targets: WebhookTargets, actor: String
    ) {
        self.id = id
        self.url = url
        self.types = types
        self.description = description
        self.targets = targets
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        if let url { try targets.check(url) }
        try Webhooks.change(id, url: url, types: types, description: description, actor: actor, in: tx)
    }
}

/// Gives a webhook a new secret; the old one signs beside it for a while.
package struct RotateSecret: Flow {
    let id: WebhookID
    let secret: WebhookSecret
    let overlap: Duration
    let vault: Vault
    let actor: String

    package init(_ id: WebhookID, to secret: WebhookSecret, overlap: Duration, vault: Vault, actor: String) {
        self.id = id
        self.secret = secret
        self.overlap = overlap
        self.vault = vault
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let webhook = try Webhooks.require(id, in: tx)
        let sealed = try Secrets.seal(secret.text, of: webhook.holder.merchant, context: id.description, vault, in: tx)
        try Webhooks.rotate(id, to: sealed, earlierUntil: tx.now + overlap, actor: actor, in: tx)
    }
}

/// Pauses a webhook, or starts it again.
package struct SetWebhookState: Flow {
    let id: WebhookID
    let state: WebhookState
    let actor: String

    package init(_ id: WebhookID, _ state: WebhookState, actor: String) {
        self.id = id
        self.state = state
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        try Webhooks.set(id, state, actor: actor, in: tx)
        if state == .active {
            try Exceptions.close([id.description], kind: DisableWebhook.kind, outcome: "started again", actor: actor, in: tx)
        }
    }
}

/// Ends a subscription.
package struct DeleteWebhook: Flow {
    let id: WebhookID
    let actor: String

    package init(_ id: WebhookID, actor: String) {
        self.id = id
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        try Webhooks.delete(id, actor: actor, in: tx)
        try Exceptions.close([id.description], kind: DisableWebhook.kind, outcome: "deleted", actor: actor, in: tx)
    }
}

/// Stops telling a receiver that is gone, and tells its holder.
enum DisableWebhook {
    static let kind = "webhook.disabled"

    static func run(_ webhook: WebhookRecord, because reason: String, in tx: Transaction) throws {
        guard webhook.state != .disabled else { return }
        try Webhooks.set(webhook.id, .disabled, reason: reason, actor: "system", in: tx)
        let role: OwnerRole =
            switch webhook.holder {
            case .operator: .operator
            case .merchant: .merchant
            case .site: .site
            }
        try Exceptions.open(
            [
                NewException(
                    "webhook.disabled", subject: webhook.id, merchant: webhook.holder.merchant, site: webhook.holder.site,
                    ownerRole: role, due: tx.now + .days(3), detail: "The webhook was disabled: \(reason).")
            ], in: tx)
    }
}
