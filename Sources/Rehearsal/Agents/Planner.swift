import Facilities
import Flows
import Identity
import Inventory
import Kernel
import Orders
import Store
import Transport
import Warehouse

/// What the planner has sent out, and what became of it.
struct PlannerBook {
    /// Goods nobody ordered, so that taking them leaves every shopper's goods where they are: item and its stock by site.
    var surplus: [(item: Int, left: [Int64])] = []
    /// Damaged goods, one SKU a site, that wait in its hold.
    var damaged: [(item: Int, left: Int64)] = []
    var transfers: [OrderID] = []
    var disposals: [OrderID] = []
    var made: [String: Int] = [:]
    var number = 0
}

extension Rehearsal {
    /// What the planner has to give away at each site.
    private static let pieces: Int64 = 40

    /// A planner moves, takes out and throws away as much as goes into this many days.
    private static let planningDays = 6

    /// Puts what the planner works with into the sites: surplus into bins, damaged goods into the hold.
    func stockPlanner() throws {
        let items = plan.world.items.indices.filter { !catalog.unmeasured.contains($0) }
        guard ownSites > 1, !items.isEmpty else { return }
        for site in 0..<ownSites {
            let item = items[random.below(items.count)], owner = catalog.merchants[plan.world.items[item].merchant]
            try stepper.perform(
                OpenStock(
                    (0..<ownSites).map { at in
                        StockLine(
                            owner: owner, sku: catalog.skus[item], location: catalog.bin(item, at: at),
                            quantity: Quantity(Self.pieces))
                    }, occurred: stepper.now))
            planner.surplus.append((item, made.sites.map { _ in Self.pieces }))
            let asn = try stepper.perform(
                AnnounceASN(
                    merchant: owner, site: made.sites[site], number: "DAMAGED-\(site)", expected: stepper.now,
                    lines: [.init(sku: catalog.skus[item], quantity: Quantity(Self.pieces))]))
            _ = try stepper.perform(
                ReceiveASN(
                    asn, at: catalog.holds[site],
                    [ReceivedLine(sku: catalog.skus[item], quantity: Quantity(Self.pieces), condition: .damaged)],
                    occurred: stepper.now, actor: "dock"))
            try stepper.perform(CloseASN(asn))
            planner.damaged.append((item, Self.pieces))
        }
        let today = plan.world.zone.day(of: stepper.now)
        for day in 1...Self.planningDays { agenda.add(.planner, at: plan.world.zone.instant(today + day, .midnight) + .hours(7)) }
    }

    /// One transfer and one removal or disposal a day; then what was picked for disposal is destroyed, and what arrived is
    /// received.
    func planOutbound() throws {
        let choice = random.below(planner.surplus.count), from = random.below(ownSites)
        let to = (from + 1 + random.below(ownSites - 1)) % ownSites
        let quantity = Int64(1 + random.below(4))
        let (item, left) = planner.surplus[choice]
        if left[from] >= quantity {
            planner.surplus[choice].left[from] -= quantity
            try send(.transfer, item, quantity) {
                $0.from = self.made.sites[from]
                $0.to = self.made.sites[to]
            }
        }
        let site = random.below(ownSites), isRemoval = random.chance(partsPerMillion: 500_000)
        if planner.damaged[site].left >= quantity {
            planner.damaged[site].left -= quantity
            try send(isRemoval ? .removal : .disposal, planner.damaged[site].item, quantity) {
                $0.from = self.made.sites[site]
                $0.condition = .damaged
                $0.reason = "Damaged at receipt"
                if isRemoval { self.address(&$0) }
            }
        }
        agenda.add(.outboundWork, at: stepper.now + .hours(4))
    }

    private func send(
        _ purpose: FulfillmentPurpose, _ item: Int, _ quantity: Int64, _ fill: (inout OutboundRequest) -> Void
    ) throws {
        planner.number += 1
        var request = OutboundRequest(
            merchant: catalog.merchants[plan.world.items[item].merchant], purpose: purpose, number: "OUT-\(planner.number)",
            lines: [.init(sku: plan.world.items[item].code, quantity: Quantity(quantity))])
        fill(&request)
        do {
            let placed = try stepper.perform(PlaceOutbound(request, desk: assembly.orders, actor: "planner"))
            planner.made[purpose.rawValue, default: 0] += 1
            if purpose == .transfer { planner.transfers.append(placed.order) }
            if purpose == .disposal { planner.disposals.append(placed.order) }
        } catch let refusal as any Refusal {
            planner.made["\(purpose.rawValue) refused: \(refusal.code)", default: 0] += 1
        }
    }

    /// The merchant's own door: that of the first order of the world.
    private func address(_ request: inout OutboundRequest) {
        guard let order = plan.world.orders.first else { return }
        request.person = Person(
            name: "Returns desk", street: ["Yard 1"], city: order.city, region: order.region, postalCode: order.postalArea,
            country: plan.world.country)
        request.destination = Destination(
            country: plan.world.country.code, region: order.region, city: order.city, postalArea: order.postalArea,
            latitude: order.place?.latitude, longitude: order.place?.longitude)
    }

    /// Destroys what waits for it and receives what has arrived; comes back until nothing is left to do.
    func workOutbound() throws {
        try settle()
        try dispose()
        try receiveTransfers()
        if !planner.transfers.isEmpty || !planner.disposals.isEmpty { agenda.add(.outboundWork, at: stepper.now + .hours(12)) }
    }

    private func dispose() throws {
        let open = planner.disposals
        let heads = try stepper.read { try Fulfillments.of(open, in: $0) }
        for order in open where heads.contains(where: { $0.order == order && $0.state == .picked }) {
            let proof = DisposalProof(reference: "CERT \(order)", words: "Shredded.", documentHash: nil)
            try stepper.perform(DisposeGoods(order, proof: proof, occurred: stepper.now, actor: "dock"))
        }
        let states = try stepper.read { try OrderRecords.load(open, in: $0) }
        planner.disposals.removeAll { states[$0]?.state != .open }
    }

    private func receiveTransfers() throws {
        for order in planner.transfers {
            let (to, parcels, arrived) = try stepper.read { tx in
                let parcels = try Parcels.of(order, in: tx)
                return (
                    try OutboundOrders.transfers([order], in: tx)[order], parcels,
                    try TrackingLog.delivered(parcels.map(\.id), in: tx)
                )
            }
            let here = parcels.filter { arrived.contains($0.id) && ($0.state.isComing || $0.state == .lost) }
            guard let to, let site = made.sites.firstIndex(of: to), !here.isEmpty else { continue }
            let tasks = try stepper.perform(
                ReceiveTransfer(order, at: catalog.docks[site], here.map(open), occurred: stepper.now, actor: "dock"))
            let bin = catalog.bins[site][0]
            for answer in stepper.perform(tasks.map { PutBack($0, to: bin, occurred: stepper.now, actor: "dock") }) {
                try answer.get()
            }
        }
        let open = planner.transfers
        let states = try stepper.read { try OrderRecords.load(open, in: $0) }
        planner.transfers.removeAll { ![.open, .shipped].contains(states[$0]?.state) }
    }

    /// Now and then something is missing, broken or more than listed.
    private func open(_ parcel: Parcel) -> OpenedParcel {
        let luck = random.below(10)
        guard luck < 3, let first = parcel.items.first else { return OpenedParcel(parcel.id) }
        var found = parcel.items.dropFirst().map { FoundGoods(sku: $0.sku, quantity: $0.quantity) }
        switch luck {
        case 0: found.append(FoundGoods(sku: first.sku, quantity: first.quantity - 1))
        case 1: found.append(FoundGoods(sku: first.sku, quantity: first.quantity, condition: .damaged))
        default: found.append(FoundGoods(sku: first.sku, quantity: first.quantity + 1))
        }
        return OpenedParcel(parcel.id, found: found)
    }
}
