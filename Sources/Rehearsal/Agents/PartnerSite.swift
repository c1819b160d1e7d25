import Edges
import Flows
import Inventory
import Kernel
import Merchants
import Orders
import Partners
import Store

/// How often a partner goes wrong, in parts per million of the things named.
package struct PartnerRates: Sendable {
    /// Of answers that are put off to the next visit.
    package var late = 60_000
    package var rejected = 8_000
    /// Of orders of which a part is rejected, or sent later than the rest.
    package var partial = 20_000
    package var short = 5_000
    /// Of lines of a stock report that are off by one.
    package var miscounted = 2_000
    /// Of shipments told with a unit too many, and then again as they are.
    package var wrong = 5_000
    package var tooLate = 300_000
    package var lost = 1_000
    /// Of parcels that arrive a day after the date the shopper was told.
    package var lateArrivals = 60_000
    /// Days after the start on which nobody is there, and how many; 0 for none.
    package var downFrom = 5
    package var downDays = 1

    package init() {}
}

/// A simulated partner: it has goods of its own count, and polls, answers, ships and reports through the same flows as the
/// partner API. What it does wrong comes from its seed.
struct PartnerSite {
    let site: SiteID
    let desk: OrderDesk
    private let rates: PartnerRates
    /// How old its word may become where nothing changes.
    private let patience: Duration
    private var random: SeededRandom
    /// What lies on its shelves, by merchant and SKU.
    private(set) var shelves: [MerchantID: [SKUID: Int64]] = [:]
    /// Whose goods moved since they were counted last.
    private var moved: Set<MerchantID> = []
    /// What it said last, and when.
    private var reported: [MerchantID: (at: Instant, goods: [SKUID: Int64])] = [:]
    private var updates = Agenda<TrackingUpdate>()
    /// What it told wrongly and was refused, by code.
    private(set) var refusals: [String: Int] = [:]
    private var shipments = 0
    /// Whether goods bear serials, as far as it was looked up.
    private var tracked: [SKUID: Bool] = [:]

    init(site: SiteID, desk: OrderDesk, rates: PartnerRates, patience: Duration = .days(28), random: SeededRandom) {
        self.patience = patience
        self.site = site
        self.desk = desk
        self.rates = rates
        self.random = random
    }

    var isIdle: Bool { updates.isEmpty }

    mutating func put(_ quantity: Int64, of sku: SKUID, _ merchant: MerchantID) {
        shelves[merchant, default: [:]][sku, default: 0] += quantity
        moved.insert(merchant)
    }

    /// More of what runs low.
    mutating func restock(below limit: Int64, by quantity: Int64) {
        for (merchant, goods) in shelves.sorted(by: { $0.key < $1.key }) {
            for (sku, stands) in goods.sorted(by: { $0.key < $1.key }) where stands < limit { put(quantity, of: sku, merchant) }
        }
    }

    /// Counts the shelves, a little wrongly, and reports them merchant by merchant: where something changed, or its word is old.
    mutating func report(on ground: some FlowGround) throws {
        let due = shelves.keys.sorted().filter { merchant in
            guard let last = reported[merchant] else { return true }
            return ground.now >= last.at + patience || moved.contains(merchant) && last.goods != shelves[merchant]
        }
        moved.removeAll()
        let skus = due.flatMap { shelves[$0]?.keys.sorted() ?? [] }
        let facts = try ground.read { try Catalog.facts(of: skus, in: $0) }
        for merchant in due {
            guard let goods = shelves[merchant] else { continue }
            reported[merchant] = (ground.now, goods)
            let lines = goods.sorted { $0.key < $1.key }.compactMap { sku, stands -> TakeStockReport.Line? in
                guard let code = facts[sku]?.code else { return nil }
                let off = random.chance(partsPerMillion: rates.miscounted) ? Int64(random.below(2) * 2 - 1) : 0
                return TakeStockReport.Line(sku: code, quantity: Quantity(max(0, stands + off)))
            }
            try tell(
                TakeStockReport(
                    site: site, merchant: merchant, asOf: ground.now, lines, network: desk.network, actor: "partner"), on: ground)
        }
    }

    /// Answers what was sent and what is to be stopped.
    mutating func answer(on ground: some FlowGround) throws {
        for one in try ground.read({ [site] in try Handoffs.list(at: site, [.sent], limit: 5000, in: $0) }) {
            if random.chance(partsPerMillion: rates.late) { continue }
            if random.chance(partsPerMillion: rates.rejected) {
                try tell(RejectHandoff(one.id, reason: .noCapacity, nil, desk: desk, actor: "partner"), on: ground)
            } else if random.chance(partsPerMillion: rates.partial), one.open > 1 {
                let part = HandoffPart(line: one.lines[0].id, quantity: 1)
                try tell(RejectHandoff(one.id, reason: .outOfStock, [part], desk: desk, actor: "partner"), on: ground)
            } else {
                try tell(AcceptHandoff(one.id, actor: "partner"), on: ground)
            }
        }
        for one in try ground.read({ [site] in try Handoffs.list(at: site, [.cancelRequested], limit: 5000, in: $0) }) {
            let reply: CancelReply = random.chance(partsPerMillion: rates.tooLate) ? .tooLate : .cancelled
            try tell(AnswerCancel(one.id, reply, actor: "partner"), on: ground)
        }
    }

    /// Sends what was accepted, as far as it is found.
    mutating func ship(on ground: some FlowGround) throws {
        let open = try ground.read { [site] in try Handoffs.list(at: site, [.accepted, .shipping], limit: 5000, in: $0) }
        for one in open { try ship(one, on: ground) }
    }

    private mutating func ship(_ one: Handoff, on ground: some FlowGround) throws {
        var found: [HandoffPart] = [], missing: [HandoffPart] = []
        for line in one.lines where line.open > 0 {
            let lies = shelves[one.merchant]?[line.sku] ?? 0
            let lost: Int64 = random.chance(partsPerMillion: rates.short) && lies > 0 ? 1 : 0
            let sent = min(line.open.rawValue, lies - lost)
            shelves[one.merchant]?[line.sku] = lies - lost - sent
            moved.insert(one.merchant)
            if sent > 0 { found.append(HandoffPart(line: line.id, quantity: Quantity(sent))) }
            if sent < line.open.rawValue { missing.append(HandoffPart(line: line.id, quantity: line.open - Quantity(sent))) }
        }
        if !missing.isEmpty { try tell(ReportShort(one.id, missing, occurred: ground.now, desk: desk, actor: "partner"), on: ground) }
        guard !found.isEmpty else { return }
        if random.chance(partsPerMillion: rates.wrong) {
            // More than was asked for: refused by name.
            let first = one.lines.first { $0.id == found[0].line }?.open ?? 0
            try tell(shipment(one, [HandoffPart(line: found[0].line, quantity: first + 1)], on: ground), on: ground)
        }
        let later = random.chance(partsPerMillion: rates.partial) && found.count > 1 ? found.removeLast() : nil
        try send(one, found, on: ground)
        if let later { try send(one, [later], on: ground) }
    }

    private mutating func send(_ one: Handoff, _ parts: [HandoffPart], on ground: some FlowGround) throws {
        let flow = try shipment(one, parts, on: ground)
        guard try tell(flow, on: ground) else {
            for part in parts {
                if let sku = one.lines.first(where: { $0.id == part.line })?.sku { put(part.quantity.rawValue, of: sku, one.merchant) }
            }
            return
        }
        follow(number(shipments, one), from: ground.now, one.deliverBy)
    }

    private mutating func shipment(_ one: Handoff, _ parts: [HandoffPart], on ground: some FlowGround) throws -> ShipHandoff {
        shipments += 1
        let skus = Dictionary(uniqueKeysWithValues: one.lines.map { ($0.id, $0.sku) })
        let unseen = Set(skus.values).filter { tracked[$0] == nil }.sorted()
        if !unseen.isEmpty {
            for (sku, facts) in try ground.read({ try Catalog.facts(of: unseen, in: $0) }) { tracked[sku] = facts.serialTracked }
        }
        let items = parts.map { part -> PartnerParcel.Item in
            guard skus[part.line].map({ tracked[$0] ?? false }) ?? false else { return .init(part) }
            let sent = Int64(shipments) * 1000
            return .init(part, serials: (0..<part.quantity.rawValue).map { SerialStickers.fresh(part.line, sent + $0) })
        }
        return ShipHandoff(
            one.id,
            [PartnerParcel(carrier: "Partner Express", number: number(shipments, one), items: items)],
            occurred: ground.now, actor: "partner")
    }

    private func number(_ count: Int, _ one: Handoff) -> String { "PX\(one.id.raw)-\(count)" }

    /// What the partner's carrier will say of a parcel.
    private mutating func follow(_ number: String, from sent: Instant, _ deliverBy: Instant) {
        let isLost = random.chance(partsPerMillion: rates.lost)
        let isLate = random.chance(partsPerMillion: rates.lateArrivals)
        let arrives = max(sent + .hours(12), deliverBy + (isLate ? .days(1) : .hours(-8 - random.below(6))))
        for (code, at) in [(TrackingCode.inTransit, sent + .hours(8)), (isLost ? .lost : .delivered, arrives)] {
            updates.add(
                TrackingUpdate(trackingNumber: number, at: at, code: code, place: "", detail: "", vendorCode: code.rawValue), at: at)
        }
    }

    /// Passes on what its carrier has said since the last visit.
    mutating func track(on ground: some FlowGround) throws {
        var due: [TrackingUpdate] = []
        while let at = updates.next, at <= ground.now, let (_, update) = updates.take() { due.append(update) }
        if !due.isEmpty { _ = try ground.perform(ReportPartnerTracking(due, site: site)) }
    }

    /// False where it was refused, which is counted.
    @discardableResult
    private mutating func tell<F: Flow>(_ flow: F, on ground: some FlowGround) throws -> Bool {
        do {
            _ = try ground.perform(flow)
            return true
        } catch let refusal as any Refusal {
            refusals[refusal.code, default: 0] += 1
            return false
        }
    }
}
