import Flows
import Kernel
import Orders
import Returns
import Store

/// What shoppers of the demo send back, and the desks that look at it. Where somebody works a site themselves, its desk is theirs.
struct DemoReturns {
    private let network: RunningNetwork
    private var random: SeededRandom

    init(_ network: RunningNetwork, random: SeededRandom) { (self.network, self.random) = (network, random) }

    private var store: Store { network.store }
    private var now: Instant { store.clock() }

    /// What each merchant promises: what is dear waits for their decision.
    static func promise(_ merchant: MerchantID, _ currency: Currency, in tx: Transaction) throws {
        var terms = ReturnTerms()
        (terms.currency, terms.reviewOver, terms.keepUnder) = (currency, 6000, 500)
        (terms.labelFee, terms.shopperPays) = (390, [.changedMind, .wrongSize])
        try SetReturnPolicy(ReturnPolicy(merchant: merchant, terms: terms)).run(in: tx)
    }

    /// Now and then somebody asks to send a piece back; what was granted is handed in within the day.
    mutating func send() throws {
        if random.chance(partsPerMillion: 60_000) { try ask() }
        guard random.chance(partsPerMillion: 200_000) else { return }
        for one in try load("state = 'authorised' AND keep = 0 AND method = 'drop_off' AND requested_at < \(now - .hours(4))") {
            try perform(
                DropOffReturns(
                    [ReturnParcels.code(of: one.id)], at: one.site, network: network.assembly.network, occurred: now, actor: "counter"))
        }
    }

    private mutating func ask() throws {
        let delivered = try store.readBlocking {
            try $0.values("SELECT id FROM orders WHERE state = 'delivered' ORDER BY id DESC LIMIT 60", as: OrderID.self)
        }
        guard !delivered.isEmpty else { return }
        let order = delivered[random.below(delivered.count)]
        let parts = try store.readBlocking { try OrderRefunds.basis(of: [order], in: $0) }.values.sorted { $0.component < $1.component }
        guard let part = parts.first(where: { $0.delivered > 0 }) else { return }
        let reason = ReturnReason.allCases[random.below(ReturnReason.allCases.count)]
        let request = ReturnRequest(
            order: .id(order), merchant: nil, number: "R-\(now.micros / 1000)",
            items: [.init(.component(part.component), quantity: 1, reason: reason)])
        // What is not taken back is refused by name, as anybody's would be.
        _ = try store.performBlocking(RequestReturns([request], network: network.assembly.network, actor: "demo shopper"))
    }

    /// The desk of a site opens what came and grades what lies there.
    mutating func look(at site: SiteID) throws {
        guard random.chance(partsPerMillion: 100_000) else { return }
        for one in try load("site = \(site) AND state = 'in_transit'") {
            let items = try store.readBlocking { try RMAItems.of([one.id], in: $0) }
            let receipt = ReturnReceipt(
                site: site, code: ReturnParcels.code(of: one.id), found: items.map { .init(sku: $0.sku, quantity: $0.announced) })
            try perform(
                ReceiveReturns([receipt], network: network.assembly.network, occurred: now, actor: "returns desk"))
        }
        guard random.chance(partsPerMillion: 400_000) else { return }
        let waiting = try store.readBlocking { try GoodsBook.at(site, in: [.received], limit: 5, tx: $0) }
        guard !waiting.isEmpty else { return }
        let looked = waiting.map { goods -> Inspection in
            let roll = random.below(100)
            return Inspection(goods.id, grade: roll < 70 ? .new : roll < 85 ? .opened : roll < 95 ? .damaged : .unusable)
        }
        try perform(InspectGoods(looked, occurred: now, actor: "returns desk"))
    }

    /// The payment side sends what is due, a few times a day.
    mutating func pay() throws {
        guard random.chance(partsPerMillion: 50_000) else { return }
        let due = try store.readBlocking { try Refunds.due(limit: 100, in: $0) }
        guard !due.isEmpty else { return }
        try perform(SendRefunds(due.map { ($0.id, "PSP \($0.id)") }, merchant: nil, actor: "payments"))
    }

    /// What is refused is left to people.
    private func perform(_ flow: some Flow) throws {
        do { _ = try store.performBlocking(flow) } catch is any Refusal { return }
    }

    private func load(_ condition: SQL) throws -> [RMA] { try store.readBlocking { try RMAs.load(where: condition, limit: 20, in: $0) } }
}
