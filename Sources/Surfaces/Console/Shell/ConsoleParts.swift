import Edges
import Flows
import Identity
import Kernel
import Store
import Views

/// What the console needs from the program.
package struct ConsoleParts: Sendable {
    package let store: Store
    /// What orders are taken and changed with.
    package let orders: OrderDesk
    /// The clock of the people who look, which is not the network's where a demo runs faster.
    package let clock: @Sendable () -> Instant
    /// The zone of whoever chose none.
    package let zone: TimeZoneRule
    /// Cookies are sent over TLS only: a proxy in front speaks it.
    package let isBehindTLS: Bool
    /// Offers an account of each role at a click: for the demo, on loopback.
    package let isDemo: Bool
    package let passwordCost: Password.Cost
    /// The journey and what lies ahead, as it was a moment ago.
    let picture: LatestPicture
    let pulse: LatestPosition
    /// Where webhooks may be sent.
    let targets: WebhookTargets
    /// Where planners rehearse; nil where the program rehearses nothing.
    let rehearsals: RehearsalDesk?

    /// - Parameter picture: reads the picture of the control tower anew.
    package init(
        store: Store, orders: OrderDesk, zone: TimeZoneRule = .utc, isBehindTLS: Bool = false, isDemo: Bool = false,
        passwordCost: Password.Cost = .usual, freshness: Duration = .seconds(1), targets: WebhookTargets = WebhookTargets(),
        rehearsals: RehearsalDesk? = nil, clock: @escaping @Sendable () -> Instant,
        picture: @escaping @Sendable () async throws -> TowerPicture
    ) {
        (self.store, self.orders, self.zone, self.clock) = (store, orders, zone, clock)
        self.targets = targets
        (self.isBehindTLS, self.isDemo, self.passwordCost) = (isBehindTLS, isDemo, passwordCost)
        self.picture = LatestPicture(freshness: freshness, picture)
        pulse = LatestPosition(store, freshness: freshness)
        self.rehearsals = rehearsals
    }

    package var vault: Vault { orders.vault }
}
