import Kernel
import Orders
import Returns
import Store
import Transport

/// An order as its shopper sees it: what comes in which parcel, when, and what may go back. Nothing personal beyond the town.
package struct ShopperOrder: Sendable {
    package struct Item: Sendable {
        package let component: ComponentID
        package let name: String
        package let ordered: Quantity
        package let cancelled: Quantity
        /// Units that stand in no parcel yet.
        package let toPack: Quantity
        /// Units that arrived and are in no return.
        package let returnable: Quantity
    }

    package struct Parcel: Sendable {
        package struct Content: Sendable {
            package let name: String
            package let quantity: Quantity
        }

        package let id: UnitID
        package let state: ParcelState
        package let carrier: String
        package let number: String?
        /// The town of the site where it is, or was last.
        package let town: String
        package let packedAt: Instant
        package let handedOverAt: Instant?
        package let deliveredAt: Instant?
        package let deliverBy: Instant
        package let contents: [Content]
        /// In the order in which they happened.
        package let reports: [TrackingView.Report]
    }

    package let id: OrderID
    package let number: String
    package let merchant: String
    package let state: OrderState
    package let payment: PaymentState
    package let placedAt: Instant
    /// The date first shown; it never changes.
    package let promisedBy: Instant?
    /// When the last of it is expected as things stand; nil where nothing more comes, or nobody can say.
    package let expectedBy: Instant?
    package let deliveredAt: Instant?
    package let destination: OrderDetails.Destination
    package let items: [Item]
    package let parcels: [Parcel]
    package let returns: [ReturnView]
    /// Until when a return may be asked for; nil where nothing has arrived.
    package let returnableUntil: Instant?
    /// How it may still go elsewhere; nil where it may not.
    package let change: Change?
    /// What the courier said to the latest wish to bring it elsewhere; nil where none was asked.
    package let redirection: RedirectionState?
    /// To be paid when it is brought; nil where that is settled otherwise.
    package let owedAtDoor: Money?
    /// What the shopper claims for a parcel, the latest of each.
    package let claims: [UnitID: ClaimView]

    package enum Change: Sendable {
        /// Nothing has left: it is done at once.
        case atOnce
        /// The courier that has it is asked, and may refuse.
        case asked
    }
}

extension ShopperOrder {
    /// - Throws: `NotFound` where there is no such order, or it goes to no shopper.
    package static func find(_ id: OrderID, in tx: Transaction) throws -> ShopperOrder {
        let order = try OrderDetails.find(id, .network, in: tx)
        guard [.sale, .replacement, .sample].contains(order.purpose) else { throw NotFound("order", id) }
        let merchant: String = try tx.value("SELECT name FROM merchant WHERE id = \(order.merchant)") ?? ""
        let parcels = try parcels(of: order, in: tx), window = try window(of: order, in: tx)
        let redirection: RedirectionState? = try tx.value(
            "SELECT state FROM redirection WHERE order_id = \(id) ORDER BY id DESC LIMIT 1")
        return ShopperOrder(
            id: id, number: order.number, merchant: merchant, state: order.state, payment: order.payment, placedAt: order.placedAt,
            promisedBy: order.promisedBy, expectedBy: expected(order), deliveredAt: order.deliveredAt, destination: order.destination,
            items: try items(of: order, in: tx), parcels: parcels, returns: order.returns.filter { $0.kind == .request },
            returnableUntil: window,
            change: redirection == .asked ? nil : change(order), redirection: redirection, owedAtDoor: try owed(order, in: tx),
            claims: try claims(order, in: tx))
    }

    /// A courier is asked as long as all that it has is under our label and not in the van yet.
    private static func change(_ order: OrderDetails) -> Change? {
        guard order.state == .open || order.state == .shipped, order.destination.kind.isForShoppers else { return nil }
        let gone = order.parcels.filter { $0.state.isWithCarrier && $0.state != .returning }
        guard !gone.isEmpty else {
            return order.state == .open || order.parcels.contains { $0.state.isWithUs } ? .atOnce : nil
        }
        let canBeAsked = gone.allSatisfy { parcel in
            parcel.state == .handedOver && parcel.labels.contains { $0.state == .current && $0.issuer == "courier" }
        }
        return canBeAsked ? .asked : nil
    }

    /// The order's total less what was cancelled of it.
    private static func owed(_ order: OrderDetails, in tx: Transaction) throws -> Money? {
        guard order.payment == .onDelivery, order.state == .open || order.state == .shipped else { return nil }
        let cancelled: Int64 = try tx.value(
            """
            SELECT COALESCE(SUM((price_minor + tax_minor) * cancelled / ordered), 0) FROM order_component
            WHERE order_id = \(order.id) AND cancelled > 0
            """) ?? 0
        return Money(order.money.total.minor - cancelled, order.money.total.currency)
    }

    private static func claims(_ order: OrderDetails, in tx: Transaction) throws -> [UnitID: ClaimView] {
        let all = try ClaimView.of(order.id, .network, in: tx).filter { $0.kind == .shopper && $0.state != .withdrawn }
        return Dictionary(all.compactMap { one in UnitID(one.subject).map { ($0, one) } }, uniquingKeysWith: { latest, _ in latest })
    }

    private static func expected(_ order: OrderDetails) -> Instant? {
        guard order.state == .open || order.state == .shipped else { return nil }
        let coming = order.parcels.filter { $0.state.isComing || $0.state == .packed || $0.state == .labelled }.map(\.deliverBy)
        return ([order.estimatedAt ?? order.promisedBy].compactMap(\.self) + coming).max()
    }

    private static func window(of order: OrderDetails, in tx: Transaction) throws -> Instant? {
        guard let last = order.parcels.compactMap(\.deliveredAt).max() else { return nil }
        let zone: String? = try order.parcels.first.flatMap { try tx.value("SELECT zone FROM site WHERE id = \($0.site)") }
        let day = (zone.flatMap(TimeZoneRule.named) ?? .utc).day(of: order.placedAt)
        return last + .days(try ReturnPolicies.load(of: [order.merchant], in: tx).terms(order.merchant, on: day).windowDays)
    }

    private static func items(of order: OrderDetails, in tx: Transaction) throws -> [Item] {
        let components = order.lines.flatMap(\.components)
        let names = try names(of: components.map(\.sku), in: tx)
        let taken = try tx.query(
            """
            SELECT component, SUM(announced - missing - withdrawn) FROM rma_item WHERE order_id = \(order.id)
            GROUP BY component ORDER BY component
            """
        ) { (try $0.next(ComponentID.self), try $0.next(Quantity.self)) }
        let inReturns = Dictionary(taken, uniquingKeysWith: { first, _ in first })
        return components.map { one in
            Item(
                component: one.id, name: names[one.sku] ?? one.skuCode, ordered: one.ordered, cancelled: one.cancelled,
                toPack: one.waiting + one.reserved + one.picked,
                returnable: max(0, one.delivered + one.returned - (inReturns[one.id] ?? 0)))
        }
    }

    private static func parcels(of order: OrderDetails, in tx: Transaction) throws -> [Parcel] {
        let shown = order.parcels.filter { $0.state != .voided }
        let names = try names(of: shown.flatMap { $0.items.map(\.sku) }, in: tx)
        let reports = Dictionary(grouping: try reports(of: shown.map(\.id), in: tx), by: \.0)
        let ways = try tx.query(
            """
            SELECT p.id, c.name, s.city FROM parcel p JOIN carrier_service v ON v.id = p.service JOIN carrier c ON c.id = v.carrier
            JOIN site s ON s.id = COALESCE(p.at_site, p.site) WHERE p.order_id = \(order.id) ORDER BY p.id
            """
        ) { (try $0.next(UnitID.self), (carrier: try $0.next(String.self), town: try $0.next(String.self))) }
        let way = Dictionary(ways, uniquingKeysWith: { first, _ in first })
        return shown.map { one in
            let label = one.labels.last { $0.leg == "last_mile" && $0.state == .current }
            return Parcel(
                id: one.id, state: one.state, carrier: label?.carrier ?? way[one.id]?.carrier ?? "", number: label?.number,
                town: way[one.id]?.town ?? "", packedAt: one.packedAt, handedOverAt: one.handedOverAt, deliveredAt: one.deliveredAt,
                deliverBy: one.deliverBy,
                contents: one.items.filter { $0.order == order.id }.map {
                    Parcel.Content(name: names[$0.sku] ?? $0.skuCode, quantity: $0.quantity)
                }, reports: (reports[one.id] ?? []).map(\.1))
        }
    }

    private static func names(of skus: [SKUID], in tx: Transaction) throws -> [SKUID: String] {
        let rows = try tx.query("SELECT id, name FROM sku WHERE id IN \(list: Set(skus).sorted()) ORDER BY id") {
            (try $0.next(SKUID.self), try $0.next(String.self))
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    private static func reports(of parcels: [UnitID], in tx: Transaction) throws -> [(UnitID, TrackingView.Report)] {
        try tx.query(
            """
            SELECT parcel, code, reason, occurred_at, recorded_at, proof FROM tracking WHERE parcel IN \(list: parcels)
            ORDER BY parcel, occurred_at, recorded_at, vendor_event
            """
        ) {
            let parcel = try $0.next(UnitID.self)
            return try (
                parcel,
                TrackingView.Report(
                    code: $0.next(), reason: $0.next(), occurredAt: $0.next(), recordedAt: $0.next(), proof: $0.next())
            )
        }
    }
}
