import Edges
import Facilities
import Flows
import Identity
import Kernel
import Logging
import Store

/// A network on a serving store: what the surfaces, the followers, the timer and the outbox share.
package struct RunningNetwork: Sendable {
    package let store: Store
    package let assembly: Assembly
    package let courier: CourierSimulator
    package let vault: Vault

    /// - Parameters:
    ///   - seed: of the built-in courier's journeys.
    ///   - zone: whose days the built-in courier delivers by.
    ///   - webhooks: nil where nobody is told of anything.
    package init(
        store: Store, vault: Vault, seed: UInt64 = 1, zone: TimeZoneRule = .utc, webhooks: WebhookDesk? = nil
    ) throws {
        let cache = NetworkCache()
        let network = try store.readBlocking { try cache.network(in: $0) }
        courier = try BuiltInCourier.make(
            network, day: zone.day(of: store.clock()), zone: zone, seed: seed, rates: Troubles().journey,
            ledger: StoredCarrierLedger(store))
        assembly = Assembly(
            network: cache, orders: OrderDesk(network: cache, vault: vault),
            carriers: CarrierDesk(network: cache, vault: vault, client: courier, clock: store.clock),
            webhooks: webhooks)
        self.store = store
        self.vault = vault
    }

    /// Starts what goes on without a caller.
    package func background(logger: Logger) -> Background {
        Background(
            store: store, followers: assembly.followers, clocks: assembly.clocks, workers: assembly.workers, logger: logger)
    }
}
