import Edges
import Flows
import Identity
import Kernel
import Merchants
import Rehearsal
import Store
import Synchronization
import TestGround
import Views
import Webhooks

/// A receiver who answers as it is told and remembers what it got.
final class Receiver: WebhookClient {
    private struct State {
        var statuses: [Int?] = []
        var posts: [WebhookPost] = []
    }

    private let state = Mutex(State())

    /// From now on; the last one stays. Nil gives no answer.
    func answer(_ statuses: Int?...) { state.withLock { $0.statuses = statuses } }

    func post(_ message: WebhookPost) -> WebhookReply {
        state.withLock { state in
            state.posts.append(message)
            let status = state.statuses.count > 1 ? state.statuses.removeFirst() : state.statuses.first ?? 204
            return WebhookReply(status: status, error: status == nil ? "no answer" : nil, durationMs: 7)
        }
    }

    var posts: [WebhookPost] { state.withLock { $0.posts } }
    var ids: [String] { posts.map { $0.header("webhook-id") } }
    var types: [String] { posts.map { (try? JSON($0.body))?["type"]?.string ?? "" } }
    func forget() { state.withLock { $0.posts = [] } }
}

extension WebhookPost {
    func header(_ name: String) -> String { headers.first { $0.name == name }?.value ?? "" }
}

/// A log, two merchants, and webhooks that follow it.
struct WebhookGround {
    let stepper: Stepper
    let receiver = Receiver()
    let desk: WebhookDesk
    let vault: Vault
    let merchants: [MerchantID]
    let site: SiteID
    let time: TestTime

    /// The moment told to receivers: that of the stepper.
    final class TestTime: Sendable {
        private let kept = Mutex(Instant.testStart)
        var now: Instant {
            get { kept.withLock { $0 } }
            set { kept.withLock { $0 = newValue } }
        }
    }

    init(_ database: TestDatabase) throws {
        stepper = try Stepper(engine: database.engine, migrations: Assembly.migrations, now: .testStart)
        vault = Vault(try MasterKey(id: "t", bytes: [UInt8](repeating: 7, count: 32)))
        let time = TestTime()
        self.time = time
        desk = WebhookDesk(vault: vault, client: receiver, clock: { time.now })
        guard let currency = Currency("EUR") else { throw NotFound("currency", "EUR") }
        merchants = try ["glow", "studio"].map { [stepper] in
            try stepper.perform(CreateMerchant(NewMerchant(code: $0, name: $0, currency: currency))).id
        }
        let world = SampleWorld.make(orders: 1, days: 1, start: CivilDate(dayNumber: 20_500), seed: 1)
        site = try stepper.perform(SaveNetwork(WorldNetwork.plan(world, sites: 1, binsPerSite: 1))).sites[0]
        try stepper.lease([GatherDeliveries()])
    }

    func pass(_ duration: Duration) {
        stepper.now = stepper.now + duration
        time.now = stepper.now
    }

    /// Makes a webhook; answers it with its secret.
    func subscribe(_ holder: WebhookHolder = .operator, _ types: String...) throws -> (id: WebhookID, secret: WebhookSecret) {
        // Waits until the log can be read to its end: a webhook is told of what comes after that.
        try stepper.follow(GatherDeliveries())
        let secret = WebhookSecret.make(Vault.systemRandom)
        let patterns = TypePatterns(types.compactMap { TypePattern($0) })
        let id = try stepper.perform(
            CreateWebhook(
                holder: holder, url: "https://shop.example/hooks", types: patterns, description: "", secret: secret,
                targets: WebhookTargets(), vault: vault, actor: "test"))
        return (id, secret)
    }

    func emit(_ type: String, key: String = "a", owner: Int? = nil, site: SiteID? = nil, payload: JSON = [:]) throws {
        let owner = owner.map { merchants[$0] }
        try stepper.perform(
            InPlace { tx in
                tx.emit(NewEvent(type, key: key, occurred: tx.now, site: site, owner: owner, payload: payload))
            })
    }

    /// Lets the log and the outbox catch up.
    func catchUp() throws {
        try stepper.follow(GatherDeliveries())
        try stepper.deliver(WebhookWorker(desk))
    }

    /// Runs the clocks of replays until none is due.
    func runClocks() throws {
        try stepper.follow(GatherDeliveries())
        while try stepper.perform(TimerStep([RunReplays()])) > 0 {}
    }

    func webhook(_ id: WebhookID) throws -> WebhookView { try stepper.read { try WebhookView.find(id, .network, in: $0) } }

    func deliveries(_ id: WebhookID, _ filter: DeliveryView.Filter = .init()) throws -> [DeliveryView] {
        try stepper.read { try DeliveryView.page(of: id, filter, before: nil, limit: 2000, in: $0) }
    }

    func findings() throws -> [String] { try AuditRun.run(read: { try stepper.read($0) }).broken.map(\.sentence) }
}

func withWebhooks(_ kind: EngineKind, _ body: (WebhookGround) throws -> Void) throws {
    try withDatabase(kind) { (database: TestDatabase) throws in try body(WebhookGround(database)) }
}
