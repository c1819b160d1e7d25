import Facilities
import Flows
import Inventory
import Kernel
import Merchants
import Store
import Warehouse

/// The ids of the world's merchants and goods.
struct WorldCatalog {
    var merchants: [MerchantID] = []
    var skus: [SKUID] = []
    /// The bin of each item at each site: index of the item to the number of its bin.
    var docks: [LocationID] = []
    var holds: [LocationID] = []
    var bins: [[LocationID]] = []
    var unmeasured: Set<Int> = []
    /// What bears a serial.
    var tracked: Set<SKUID> = []

    func bin(_ item: Int, at site: Int) -> LocationID { bins[site][item % bins[site].count] }
}

extension Rehearsal {
    /// What a dock worker measures where the merchant said nothing: the size and weight of a small parcel.
    static let measured = (
        size: Dimensions(length: 200, width: 150, height: 100), weight: Grams(500)
    )

    /// Writes merchants, goods, and the stock of the first day.
    func openBusiness() throws {
        let world = plan.world
        for answer in stepper.perform(
            world.merchants.map { CreateMerchant(NewMerchant(code: $0.code, name: $0.name, currency: world.currency)) })
        { catalog.merchants.append(try answer.get().id) }
        try saveItems()
        for site in made.sites {
            let all = made.locations[site] ?? [:]
            guard let dock = all["DOCK"], let hold = all["HOLD"] else { throw NotFound("location", "DOCK") }
            catalog.docks.append(dock.id)
            catalog.holds.append(hold.id)
            catalog.bins.append(
                all.values.filter(\.pickable).sorted { ($0.walk, $0.id) < ($1.walk, $1.id) }.map(\.id))
        }
        try measureOpening()
        try stateReturnPolicies()
        try openPartners()
        let lines = stock.opening.filter { partners[$0.site] == nil }.map { one in
            StockLine(
                owner: catalog.merchants[world.items[one.item].merchant], sku: catalog.skus[one.item],
                location: catalog.bin(one.item, at: one.site), quantity: Quantity(one.quantity))
        }
        for chunk in lines.chunked(500) { try stepper.perform(OpenStock(chunk, occurred: stepper.now)) }
        try settle()
    }

    private func saveItems() throws {
        let world = plan.world
        let byMerchant = Dictionary(grouping: world.items.indices) { world.items[$0].merchant }.sorted { $0.key < $1.key }
        var ids: [Int: SKUID] = [:]
        for (merchant, items) in byMerchant {
            for chunk in items.chunked(400) {
                let new = chunk.map { index in
                    NewSKU(
                        code: world.items[index].code, name: world.items[index].name, flags: world.items[index].flags,
                        serialTracked: world.items[index].isSerial,
                        packaging: [.init(dimensions: world.items[index].size, weight: world.items[index].weight)])
                }
                let saved = try stepper.perform(SaveSKUs(new, of: catalog.merchants[merchant]))
                for (index, id) in zip(chunk, saved) { ids[index] = id }
            }
        }
        catalog.skus = world.items.indices.compactMap { ids[$0] }
        catalog.tracked = Set(ids.filter { world.items[$0.key].isSerial }.values)
        catalog.unmeasured = Set(world.items.indices.filter { world.items[$0].size == nil || world.items[$0].weight == nil })
    }

    /// Goods that are there at the start were received once: what nobody had measured was measured then.
    private func measureOpening() throws {
        let items = Set(stock.opening.map(\.item)).intersection(catalog.unmeasured).sorted()
        let measures = items.map {
            SKUMeasure(sku: catalog.skus[$0], dimensions: Self.measured.size, weight: Self.measured.weight, at: stepper.now)
        }
        if !measures.isEmpty { _ = try stepper.perform(MeasureSKUs(measures, actor: "dock")) }
        catalog.unmeasured.subtract(items)
    }

    /// Goods for a partner's shelves: it measures what nobody has, and its next report tells of them.
    private func deliver(_ delivery: StockPlan.Delivery, _ number: Int) throws {
        let isLate = results.lateDeliveries.contains(number)
        let at = delivery.expected + (isLate ? .days(7) : .hours(9))
        guard stepper.now >= at else { return agenda.add(.delivery(number), at: at) }
        let fresh = catalog.unmeasured.intersection(delivery.lines.map(\.item)).sorted()
        let measures = fresh.map {
            SKUMeasure(sku: catalog.skus[$0], dimensions: Self.measured.size, weight: Self.measured.weight, at: stepper.now)
        }
        if !measures.isEmpty { _ = try stepper.perform(MeasureSKUs(measures, actor: "partner")) }
        catalog.unmeasured.subtract(fresh)
        for one in delivery.lines {
            partners[delivery.site]?.put(one.quantity, of: catalog.skus[one.item], catalog.merchants[delivery.merchant])
        }
    }

    /// A shipment is announced three days ahead; a late one comes a week after its day.
    func receive(_ number: Int) throws {
        let delivery = stock.deliveries[number]
        if partners[delivery.site] != nil { return try deliver(delivery, number) }
        if results.announced[number] == nil {
            results.announced[number] = try stepper.perform(
                AnnounceASN(
                    merchant: catalog.merchants[delivery.merchant], site: made.sites[delivery.site], number: "IN-\(number)",
                    expected: max(delivery.expected, stepper.now),
                    lines: delivery.lines.map { .init(sku: catalog.skus[$0.item], quantity: Quantity($0.quantity)) }))
            let isLate = results.lateDeliveries.contains(number)
            agenda.add(.delivery(number), at: max(stepper.now, delivery.expected) + (isLate ? .days(7) : .hours(9)))
            return
        }
        guard let asn = results.announced[number] else { return }
        let lines = delivery.lines.map { one in
            ReceivedLine(
                sku: catalog.skus[one.item], quantity: Quantity(one.quantity),
                measured: catalog.unmeasured.contains(one.item) ? Self.measured : nil)
        }
        catalog.unmeasured.subtract(delivery.lines.map(\.item))
        let tasks = try stepper.perform(
            ReceiveASN(asn, at: catalog.docks[delivery.site], lines, occurred: stepper.now, actor: "dock"))
        let moves = zip(tasks, delivery.lines).map {
            PutBack($0, to: catalog.bin($1.item, at: delivery.site), occurred: stepper.now, actor: "dock")
        }
        for answer in stepper.perform(moves) { try answer.get() }
        try stepper.perform(CloseASN(asn))
    }
}

extension Array {
    /// Pieces of at most `size`, in order.
    func chunked(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
