import Exceptions
import Facilities
import Inventory
import Kernel
import Merchants
import Orders
import Store
import Transport
import Warehouse

/// What a parcel of a transfer listed against what was found in it.
struct TransferReceipt {
    let parcel: Parcel
    let place: Location
    /// Out of the parcel, in the order of its items.
    private(set) var movements: [NewMovement] = []
    /// Units that were in it, by component.
    private(set) var arrived: [(component: ComponentID, quantity: Quantity)] = []
    private(set) var missing: [(parcel: UnitID, component: ComponentID, lot: LotID?, quantity: Quantity)] = []
    /// Found and not listed.
    private(set) var over: [FoundGoods] = []
    /// Units that can be sold from where they stand now, by SKU.
    private(set) var sellable: [SKUID: Quantity] = [:]
    private var good: [(sku: SKUID, lot: LotID?, quantity: Quantity)] = []
    private let occurred: Instant
    private let actor: String

    init(_ parcel: Parcel, _ found: [FoundGoods]?, place: Location, occurred: Instant, actor: String) {
        self.parcel = parcel
        self.place = place
        self.occurred = occurred
        self.actor = actor
        var left = found ?? parcel.items.map { FoundGoods(sku: $0.sku, quantity: $0.quantity) }
        for item in parcel.items { take(item, from: &left) }
        over = left.filter { $0.quantity > 0 }
        for one in over {
            movements.append(move(one.sku, nil, one.quantity, from: .outside(.found), to: one.condition))
            count(one.sku, nil, one.quantity, one.condition)
        }
    }

    /// Who owns SKUs; those that do not exist are absent.
    static func owners(of skus: [SKUID], in tx: Transaction) throws -> [SKUID: MerchantID] {
        guard !skus.isEmpty else { return [:] }
        return try Catalog.facts(of: Set(skus).sorted(), in: tx).filter { !$0.value.isKit }.mapValues(\.merchant)
    }

    private mutating func take(_ item: ParcelItem, from left: inout [FoundGoods]) {
        var rest = item.quantity
        for index in left.indices where left[index].sku == item.sku && left[index].quantity > 0 && rest > 0 {
            let part = min(rest, left[index].quantity), condition = left[index].condition
            rest -= part
            left[index] = FoundGoods(sku: item.sku, quantity: left[index].quantity - part, condition: condition)
            movements.append(
                move(item.sku, item.lot, part, from: .unit(parcel.id), to: condition).with(serials: item.serials))
            count(item.sku, item.lot, part, condition)
        }
        if rest < item.quantity { arrived.append((item.component, item.quantity - rest)) }
        guard rest > 0 else { return }
        missing.append((parcel.id, item.component, item.lot, rest))
        movements.append(
            NewMovement(
                owner: item.owner, sku: item.sku, lot: item.lot, quantity: rest, site: parcel.site, from: .unit(parcel.id),
                to: .outside(.lost), reason: .loss, reference: parcel.id.raw, actor: actor, occurred: occurred
            ).with(serials: item.serials))
    }

    private mutating func count(_ sku: SKUID, _ lot: LotID?, _ quantity: Quantity, _ condition: Condition) {
        guard condition == .new else { return }
        good.append((sku, lot, quantity))
        if place.sellable { sellable[sku, default: 0] += quantity }
    }

    private func move(
        _ sku: SKUID, _ lot: LotID?, _ quantity: Quantity, from: Place, to condition: Condition
    ) -> NewMovement {
        var move = NewMovement(
            owner: parcel.merchant, sku: sku, lot: lot, quantity: quantity, site: place.site, from: from, to: place.place,
            reason: .receive, reference: parcel.id.raw, actor: actor, occurred: occurred)
        move.toCondition = condition
        if case .found = from.kind { move.fromCondition = condition }
        return move
    }

    /// One for all that came undamaged of each SKU and lot.
    func tasks(in tx: Transaction) -> [FloorTask] {
        good.map { one in
            FloorTask(
                id: tx.id(), kind: .putaway, site: place.site, owner: parcel.merchant, sku: one.sku, lot: one.lot,
                fromKind: "location", from: place.id.raw, toKind: "location", to: 0, quantity: one.quantity, walk: 0)
        }
    }

    func exceptions(missing: Quantity) -> [NewException] {
        let damaged = movements.filter { $0.to.kind == .location && $0.toCondition != .new }.reduce(Quantity(0)) { $0 + $1.quantity }
        let more = over.reduce(Quantity(0)) { $0 + $1.quantity }
        let all: [(String, Quantity, OwnerRole, String)] = [
            ("transfer.short", missing, .operator, "\(missing) of \(parcel.order) were not in the parcel: claim them from who held it."),
            ("transfer.damaged", damaged, .operator, "\(damaged) of \(parcel.order) came damaged and may not be sold."),
            ("transfer.over", more, .site, "\(more) more than listed were in the parcel of \(parcel.order). Count the bin they left."),
        ]
        return all.filter { $0.1 > 0 }.map { kind, _, role, words in
            NewException(
                kind, subject: parcel.id, merchant: parcel.merchant, site: role == .site ? parcel.site : place.site,
                ownerRole: role, due: occurred + .hours(48), detail: words)
        }
    }
}
