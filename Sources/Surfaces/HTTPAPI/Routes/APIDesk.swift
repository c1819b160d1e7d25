import Edges
import Flows
import Kernel
import Store
import Views

/// What the routes work with.
package struct APIDesk: Sendable {
    package let store: Store
    package let orders: OrderDesk
    /// Where webhooks may be sent.
    let targets: WebhookTargets
    let keys: StoreKeys

    package init(store: Store, orders: OrderDesk, targets: WebhookTargets, keys: StoreKeys) {
        self.store = store
        self.orders = orders
        self.targets = targets
        self.keys = keys
    }

    func perform<F: Flow>(_ flow: F) async throws -> F.Answer { try await store.perform(flow) }

    /// As `perform`, where `check` passes in the same transaction.
    func perform<F: Flow>(_ flow: F, checking check: @escaping @Sendable (Transaction) throws -> Void) async throws -> F.Answer {
        try await store.perform(Checked(flow, check))
    }

    /// As `perform`, of a flow that does not say itself who acts: the log says that this caller did it.
    func perform<F: Flow>(
        _ flow: F, by caller: Caller, checking check: @escaping @Sendable (Transaction) throws -> Void = { _ in }
    ) async throws -> F.Answer {
        try await store.perform(Checked(Acted(flow, by: caller.actor), check))
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await store.read(body)
    }

    /// When something happened that is told now: a device may tell it late, and its clock may be a little fast.
    func moment(_ told: Instant?, _ pointer: String = "/occurred_at") throws(InvalidRequest) -> Instant {
        let now = store.clock()
        guard let told else { return now }
        guard told > now - .days(366), told < now + .minutes(5) else {
            throw InvalidRequest([
                Violation(pointer: pointer, detail: "\(told) is not within the last 366 days, or lies in the future.")
            ])
        }
        return min(told, now)
    }
}

extension Caller {
    package var scope: Scope {
        switch role {
        case .operator: .network
        case .merchant(let id): .merchant(id)
        case .site(let id): .site(id)
        case .carrier(let id): .carrier(id)
        }
    }

    /// The name under which the log keeps what a key or an account did.
    package var actor: String { account?.description ?? keyID.description }

    /// The merchant a request is about: a merchant's own, or the one the operator names.
    package func merchant(named name: MerchantID?, _ pointer: String = "/merchant") throws -> MerchantID {
        if let own = merchant {
            guard name == nil || name == own else { throw NotFound("merchant", name ?? own) }
            return own
        }
        guard let name else {
            throw InvalidRequest([Violation(pointer: pointer, detail: "An operator's key names the merchant.")])
        }
        return name
    }
}
