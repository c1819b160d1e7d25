import Exceptions
import Facilities
import Inventory
import Kernel
import Merchants
import Orders
import Returns
import Store
import Transport

/// Receives what is in the hand, whatever was announced. A fact: it is refused only where it names nothing.
///
/// Announced goods, unannounced ones of a known order, and parcels that were never delivered go to the returns location of
/// the site, ungraded and not sellable. What is wrong, extra, counterfeit or unknown stands there too, under an exception.
package struct ReceiveReturns: Flow {

    let receipts: [ReturnReceipt]
    let network: NetworkCache
    let occurred: Instant
    let actor: String

    package init(_ receipts: [ReturnReceipt], network: NetworkCache, occurred: Instant, actor: String) {
        self.receipts = receipts
        self.network = network
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> [ReceivedReturn] {
        let places = try places(in: tx)
        let facts = try Catalog.facts(of: Set(receipts.flatMap { $0.found.map(\.sku) }).sorted(), in: tx)
        for receipt in receipts {
            for (index, one) in receipt.found.enumerated() {
                guard let sku = facts[one.sku], !sku.isKit else { throw NotFound("SKU", one.sku) }
                guard (1...1_000_000).contains(one.quantity.rawValue) else {
                    throw ReceiptRefused.badQuantity(item: index, one.quantity)
                }
                try ReturnedSerials.check(one, sku, item: index)
            }
        }
        var work = try ReceiptWork(receipts, network, facts, occurred: occurred, in: tx)
        let answers = zip(receipts.indices, receipts).map { index, receipt in
            work.take(index, receipt, at: places[index], facts, in: tx)
        }
        try work.write(actor: actor, in: tx)
        return answers
    }

    /// Where each receipt's goods are put.
    private func places(in tx: Transaction) throws -> [Location] {
        let named = try Locations.find(receipts.compactMap(\.location), in: tx)
        var first: [SiteID: Location] = [:]
        for site in Set(receipts.map(\.site)).sorted() {
            guard try Site.find(site, in: tx) != nil else { throw NotFound("site", site) }
            first[site] = try Locations.all(at: site, kind: .hold, in: tx).first
        }
        return try receipts.map { receipt in
            guard let id = receipt.location else {
                guard let place = first[receipt.site] else { throw ReceiptRefused.noLocation(receipt.site) }
                return place
            }
            guard let place = named[id], place.site == receipt.site, place.kind == .hold else { throw NotFound("location", id) }
            return place
        }
    }
}

/// What a set of receipts does, gathered receipt by receipt and written at once.
private struct ReceiptWork {
    private let cases: ReceiptCases
    private let occurred: Instant
    private let network: Network
    private var rmas: [RMAID: RMA]
    private var items: [RMAID: [RMAItem]]
    private let orders: [OrderID: OrderRecord]
    private let delivered: [OrderID: [DeliveredUnits]]
    private let policies: ReturnPolicies
    private let serials: ReturnedSerials
    /// Units in returns, by parcel and component.
    private var inReturns: [ReturnDesk.PackedUnits: Quantity] = [:]

    private var known: [RMA] = []
    private var fresh: [RMA] = []
    private var freshItems: [RMAItem] = []
    private var came: [(item: RMAItem, quantity: Quantity)] = []
    private var missing: [(rma: RMA, item: RMAItem, quantity: Quantity)] = []
    private var goods: [(goods: ReturnedGoods, order: OrderID?)] = []
    private var moves: [NewMovement] = []
    private var opened: Set<UnitID> = []
    /// In what condition the goods of an undelivered parcel were packed, by item of its return.
    private var packed: [RMAItemID: String] = [:]

    init(
        _ receipts: [ReturnReceipt], _ cache: NetworkCache, _ facts: [SKUID: SKUFacts], occurred: Instant, in tx: Transaction
    ) throws {
        serials = try ReturnedSerials(receipts, facts, in: tx)
        cases = try ReceiptCases(receipts, occurred: occurred, in: tx)
        self.occurred = occurred
        network = try cache.network(in: tx)
        var named: [RMAID] = [], ids: [OrderID] = cases.parcels.values.map(\.order)
        for one in cases.cases {
            if case .rma(let id) = one { named.append(id) }
            if case .order(let id) = one { ids.append(id) }
        }
        ids += try RMAs.load(named, in: tx).map(\.order)
        orders = try OrderRecords.load(ids, locked: true, in: tx)
        let all = try RMAs.load(named, in: tx) + RMAs.awaited(for: orders.keys, in: tx)
        rmas = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        items = Dictionary(grouping: try RMAItems.of(rmas.keys, in: tx), by: \.rma)
        delivered = Dictionary(grouping: try Deliveries.of(orders.keys, in: tx), by: \.order)
        policies = try ReturnPolicies.load(of: orders.values.map(\.merchant), in: tx)
        for item in try RMAItems.of(orders: orders.keys, in: tx) {
            inReturns[.init(parcel: item.parcel, component: item.component), default: 0] += item.taken
        }
        opened = Set(try RMAs.opened(cases.parcels.keys.sorted(), in: tx))
    }

    mutating func take(
        _ index: Int, _ receipt: ReturnReceipt, at place: Location, _ facts: [SKUID: SKUFacts], in tx: Transaction
    ) -> ReceivedReturn {
        let order = cases.order(index) ?? rma(index)?.order
        let found = receipt.found.flatMap { serials.units($0, owner: facts[$0.sku]?.merchant, of: order) }
        switch cases.cases[index] {
        case .rma(let id):
            guard let rma = rmas[id] else { preconditionFailure("a named return was loaded") }
            guard rma.state.awaitsGoods && !rma.keep || rma.state == .requested else {
                return blind(rma.order, found, place, facts, in: tx)
            }
            known.append(rma)
            rmas[id]?.state = .received
            return match(.known, rma, items[id] ?? [], found, place, facts, in: tx)
        case .parcel(let id):
            guard let parcel = cases.parcels[id], opened.insert(id).inserted, let order = orders[parcel.order] else {
                return quarantine(found, place, facts, in: tx)
            }
            let rma = made(.returnToOrigin, order, at: place.site, parcel: id, in: tx)
            let announced = announced(parcel, rma, in: tx)
            freshItems += announced
            return match(.returnToOrigin, rma, announced, found, place, facts, in: tx)
        case .order(let id):
            guard let rma = awaited(id, found) else { return blind(id, found, place, facts, in: tx) }
            known.append(rma)
            rmas[rma.id]?.state = .received
            return match(.known, rma, items[rma.id] ?? [], found, place, facts, in: tx)
        case .unknown: return quarantine(found, place, facts, in: tx)
        }
    }

    private func rma(_ index: Int) -> RMA? {
        if case .rma(let id) = cases.cases[index] { rmas[id] } else { nil }
    }

    /// The oldest return of an order that waits for something of what was found.
    private func awaited(_ order: OrderID, _ found: [ReturnMatch.Found]) -> RMA? {
        rmas.values.filter { one in
            one.order == order && one.state.awaitsGoods && !one.keep
                && (items[one.id] ?? []).contains { item in found.contains { $0.sku == item.sku } }
        }.min { $0.id < $1.id }
    }

    private func made(
        _ kind: ReturnKind, _ order: OrderRecord, at site: SiteID, parcel: UnitID?, in tx: Transaction
    ) -> RMA {
        let id: RMAID = tx.id()
        var terms = policies.terms(order.merchant, on: (network.site(site)?.zone ?? .utc).day(of: order.placedAt))
        terms.excluded = []
        return RMA(
            id: id, merchant: order.merchant, order: order.id, kind: kind, number: (parcel.map(\.description) ?? id.description),
            contentHash: "", state: .received, method: .none, refundOn: terms.refundOn == .grade ? .grade : .receipt, site: site,
            parcel: parcel, currency: order.currency, terms: terms, expected: RefundParts(), requestedAt: occurred,
            receivedAt: occurred)
    }

    /// What a parcel that came back held.
    private mutating func announced(_ parcel: Parcel, _ rma: RMA, in tx: Transaction) -> [RMAItem] {
        parcel.items.filter { $0.quantity > $0.missing }.map { item in
            let id: RMAItemID = tx.id()
            packed[id] = item.condition
            return RMAItem(
                id: id, rma: rma.id, order: item.order, component: item.component, parcel: parcel.id, sku: item.sku,
                lot: item.lot, reason: .other, announced: item.quantity - item.missing)
        }
    }

    /// Goods of an order that nobody announced: as far as they went out and are in no return, they open one.
    private mutating func blind(
        _ id: OrderID, _ found: [ReturnMatch.Found], _ place: Location, _ facts: [SKUID: SKUFacts], in tx: Transaction
    ) -> ReceivedReturn {
        guard let order = orders[id] else { return quarantine(found, place, facts, in: tx) }
        let rma = made(.blind, order, at: place.site, parcel: nil, in: tx)
        var wanted: [SKUID: Quantity] = [:], own: [RMAItem] = []
        for one in found where !one.isCounterfeit && !one.isOther { wanted[one.sku, default: 0] += one.quantity }
        for units in delivered[id] ?? [] {
            let key = ReturnDesk.PackedUnits(parcel: units.parcel, component: units.component)
            let part = min(wanted[units.sku, default: 0], units.quantity - inReturns[key, default: 0])
            guard part > 0 else { continue }
            wanted[units.sku, default: 0] -= part
            inReturns[key, default: 0] += part
            own.append(
                RMAItem(
                    id: tx.id(), rma: rma.id, order: id, component: units.component, parcel: units.parcel, sku: units.sku,
                    lot: units.lot, reason: .other, announced: part))
        }
        freshItems += own
        return match(.blind, rma, own, found, place, facts, in: tx)
    }

    private mutating func match(
        _ kind: ReceiptKind, _ rma: RMA, _ announced: [RMAItem], _ found: [ReturnMatch.Found], _ place: Location,
        _ facts: [SKUID: SKUFacts], in tx: Transaction
    ) -> ReceivedReturn {
        if kind != .known { fresh.append(rma) }
        var open = Dictionary(uniqueKeysWithValues: announced.map { ($0.id, $0.open) })
        let byID = Dictionary(uniqueKeysWithValues: announced.map { ($0.id, $0) })
        var all: [ReturnedGoods] = []
        for line in ReturnMatch.lines(found, of: announced) {
            let item = line.item.flatMap { byID[$0] }
            let one = found[line.found]
            all.append(put(one.sku, line.quantity, line.finding, one.serials.first, rma, item, place, facts, in: tx))
            guard let item else { continue }
            open[item.id, default: 0] -= line.quantity
            came.append((item, line.quantity))
        }
        var lacking = Quantity(0)
        for item in announced {
            let left = open[item.id] ?? 0
            guard left > 0 else { continue }
            missing.append((rma, item, left))
            lacking += left
            if let parcel = rma.parcel {
                moves.append(
                    NewMovement(
                        owner: rma.merchant, sku: item.sku, lot: item.lot, quantity: left, site: place.site,
                        from: .unit(parcel), to: .outside(.lost), reason: .loss, reference: rma.id.raw, occurred: occurred
                    ).staying(packed[item.id] ?? Condition.new.rawValue))
            }
        }
        return ReceivedReturn(kind: kind, rma: rma.id, goods: all, missing: lacking)
    }

    private mutating func quarantine(
        _ found: [ReturnMatch.Found], _ place: Location, _ facts: [SKUID: SKUFacts], in tx: Transaction
    ) -> ReceivedReturn {
        let all = found.map { one in
            put(
                one.sku, one.quantity, one.isCounterfeit ? .counterfeit : .unknown, one.serials.first, nil, nil, place, facts,
                in: tx)
        }
        return ReceivedReturn(kind: .unknown, rma: nil, goods: all, missing: 0)
    }

    private mutating func put(
        _ sku: SKUID, _ quantity: Quantity, _ finding: GoodsFinding, _ serial: String?, _ rma: RMA?, _ item: RMAItem?, _ place: Location,
        _ facts: [SKUID: SKUFacts], in tx: Transaction
    ) -> ReturnedGoods {
        guard let owner = facts[sku]?.merchant else { preconditionFailure("goods in the hand are of a known SKU") }
        var one = ReturnedGoods(
            id: tx.id(), rma: rma?.id, item: item?.id, owner: owner, site: place.site, location: place.id, sku: sku,
            lot: item?.lot, quantity: quantity, finding: finding)
        one.serial = serial
        let parcel = item == nil ? nil : rma?.parcel
        var move = NewMovement(
            owner: owner, sku: sku, lot: item?.lot, quantity: quantity, site: place.site,
            from: parcel.map(Place.unit) ?? .outside(.shopper), to: place.place, reason: parcel == nil ? .comeBack : .unpack,
            reference: one.id.raw, occurred: occurred)
        let condition = item.flatMap { packed[$0.id] }.flatMap(Condition.init) ?? .new
        move.fromCondition = parcel == nil ? .unknown : condition
        move.toCondition = .unknown
        moves.append(move.with(serials: one.serials))
        goods.append((one, rma?.order))
        return one
    }

    func write(actor: String, in tx: Transaction) throws {
        let waiting = known.filter { $0.state == .requested }
        let authorised = try RMAs.change(waiting, to: .authorised, actor: actor, occurred: occurred, in: tx)
        try Exceptions.close(
            waiting.map(\.id.description), kind: ReturnExceptions.review, outcome: "the goods came", actor: actor, in: tx)
        let awaited = known.filter { $0.state != .requested } + authorised
        let here = try RMAs.change(awaited, to: .received, actor: actor, occurred: occurred, in: tx)
        try RMAs.add(fresh, in: tx)
        try RMAItems.add(freshItems, in: tx)
        try RMAItems.count(.received, came.map { ($0.item.id, $0.quantity) }, in: tx)
        try RMAItems.count(.missing, missing.map { ($0.item.id, $0.quantity) }, in: tx)
        try GoodsBook.add(goods.map(\.goods), occurred: occurred, in: tx)
        for one in goods { tx.emit(.goods(one.goods, order: one.order, actor: actor, at: occurred)) }
        try StockBook.post(moves, in: tx)
        try moveOrders(in: tx)
        try openParcels(here + fresh, in: tx)
        try OpenAtStake.run(findings(in: tx) + lacks(in: tx), occurred: occurred, actor: actor, in: tx)
        try schedule(here + fresh, in: tx)
        try ReturnInspection.advance((here + fresh).map(\.id), actor: actor, occurred: occurred, in: tx)
    }

    /// Units of orders are back; those of undelivered parcels are since their carrier said so.
    private func moveOrders(in tx: Transaction) throws {
        let undelivered = Set(fresh.filter { $0.kind == .returnToOrigin }.map(\.id))
        let back = came.filter { !undelivered.contains($0.item.rma) }
        try OrderProgress.move(back.map { ($0.item.component, $0.quantity) }, from: .delivered, to: .returned, in: tx)
        let sites = try Deliveries.sites(of: back.map(\.item.parcel), in: tx)
        struct Origin: Hashable {
            let order: OrderID
            let site: SiteID
        }
        var sums: [Origin: Quantity] = [:]
        for one in back {
            sums[Origin(order: one.item.order, site: sites[one.item.parcel] ?? SiteID(0)), default: 0] += one.quantity
        }
        for (origin, quantity) in sums.sorted(by: { ($0.key.order, $0.key.site) < ($1.key.order, $1.key.site) }) {
            guard let owner = orders[origin.order]?.merchant else { continue }
            tx.emit(
                .orderMoved(
                    origin.order, owner, site: origin.site, from: .delivered, to: .returned, quantity: quantity, at: occurred))
        }
        try OrderProgress.refresh(back.map(\.item.order), occurred: occurred, in: tx)
    }

    private func openParcels(_ returns: [RMA], in tx: Transaction) throws {
        let sites = Dictionary(goods.compactMap { one in one.goods.rma.map { ($0, one.goods.site) } }, uniquingKeysWith: { a, _ in a })
        let parcels = try ReturnParcels.change(try ReturnParcels.of(returns.map(\.id), in: tx), to: .opened, in: tx)
        try Routes.giveUp(parcels.map(\.unit), in: tx)
        try Exceptions.close(
            parcels.map(\.rma.description), kind: ReturnRoutes.noRoute, outcome: "received", occurred: occurred, in: tx)
        for parcel in parcels {
            let site = sites[parcel.rma] ?? parcel.site
            try Containment.take([parcel.unit], holder: .site(site), occurred: occurred, in: tx)
            try HandlingUnits.hand([parcel.unit], to: .site(site), occurred: occurred, in: tx)
        }
        let undelivered = returns.compactMap(\.parcel)
        for kind in ["parcel.return_to_origin", "parcel.lost"] {
            try Exceptions.close(undelivered.map(\.description), kind: kind, outcome: "received", occurred: occurred, in: tx)
        }
    }

    private func findings(in tx: Transaction) -> [NewException] {
        goods.compactMap { one, _ in
            ReturnExceptions.goods(one.finding).map { kind in
                NewException(
                    kind, subject: one.id, merchant: one.finding == .unknown ? nil : one.owner, site: one.site,
                    ownerRole: one.finding == .unknown ? .operator : .merchant, due: tx.now + .hours(72),
                    detail: "\(one.quantity) of \(one.sku) came back: \(one.finding.rawValue). Grade them and decide about them.")
            }
        }
    }

    private func lacks(in tx: Transaction) -> [NewException] {
        let byReturn = Dictionary(grouping: missing, by: \.rma.id).sorted { $0.key < $1.key }
        return byReturn.map { id, lacking in
            let rma = lacking[0].rma, units = lacking.reduce(Quantity(0)) { $0 + $1.quantity }
            return NewException(
                ReturnExceptions.missing, subject: id, merchant: rma.merchant, site: rma.site, ownerRole: .merchant,
                due: tx.now + .hours(72), detail: "\(units) announced units were not in the parcel. They are not refunded.")
        }
    }

    private func schedule(_ returns: [RMA], in tx: Transaction) throws {
        try tx.closeClocks([ReturnPapers.expiry, ReturnScans.transit], of: returns.map(\.id.raw), outcome: "met")
        try tx.schedule(
            ReturnClocks.grading, source: "policy",
            due: returns.map { ($0.id.raw, $0.merchant, occurred + .hours($0.terms.gradeHours), [:]) })
    }
}
