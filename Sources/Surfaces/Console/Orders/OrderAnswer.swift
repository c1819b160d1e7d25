import Kernel
import Orders
import Returns
import Transport
import Views

/// One order in one line: what happened, what happens next, and who pays.
struct OrderAnswer {
    let story: OrderStory
    let format: Format

    init(_ story: OrderStory, _ format: Format) { (self.story, self.format) = (story, format) }

    private var order: OrderDetails { story.order }
    private var texts: Texts { format.texts }
    private var names: Names { story.names }

    var markup: Markup {
        let parts: [(String, String)] = [("happened", happened), ("next", next), ("pays", pays)]
        let said = parts.map { "<div><dt>\(texts["answer.\($0.0)"])</dt><dd>\($0.1)</dd></div>" as Markup }
        return "<dl class=\"answer \(tone.rawValue)\">\(said)</dl>"
    }

    /// As a sentence without markup.
    var line: String { [happened, next, pays].joined(separator: " ") }

    var tone: Tone {
        if order.state == .lost || order.parcels.contains(where: { $0.state == .lost }) { return .bad }
        if isUnderWay, let promised = order.promisedBy, promised < format.now { return .bad }
        if !order.holds.isEmpty || order.shortages.contains(where: { $0.outcome == nil }) || order.payment == .pending { return .warn }
        return order.state == .delivered ? .good : order.state == .cancelled ? .done : .info
    }

    private var isUnderWay: Bool { order.state == .open || order.state == .shipped }
    private func moment(_ at: Instant) -> String { format.moment(at) }

    private var happened: String {
        switch order.state {
        case .cancelled: return texts["answer.cancelled"]
        case .delivered: return texts("answer.delivered", ["at": order.deliveredAt.map(moment) ?? ""])
        case .returned: return texts["answer.returned"]
        case .lost: return texts["answer.lost"]
        case .disposed: return texts["answer.disposed"]
        case .open, .shipped: break
        }
        if let hold = order.holds.first { return texts("answer.held", ["kind": texts.code("hold", hold.kind)]) }
        if order.payment == .pending { return texts["answer.unpaid"] }
        if let parcel = order.parcels.filter({ $0.state != .voided }).max(by: { $0.state.progress < $1.state.progress }) {
            return tell(parcel)
        }
        if let short = order.shortages.first(where: { $0.outcome == nil }) {
            return texts.count("answer.short", short.quantity.rawValue)
        }
        let sites = Set(order.fulfillmentOrders.filter { $0.state != .cancelled }.map { names.site($0.site) }).sorted()
        let isPicking = order.fulfillmentOrders.contains { $0.state == .released || $0.state == .picked }
        return texts(isPicking ? "answer.picking" : "answer.reserved", ["site": sites.joined(separator: ", ")])
    }

    private func tell(_ parcel: ParcelSummary) -> String {
        let carrier = names.services[parcel.service]?.carrier ?? ""
        return texts(
            "answer.parcel_\(parcel.state.rawValue)",
            ["carrier": carrier, "site": names.site(parcel.site), "at": parcel.handedOverAt.map(moment) ?? ""])
    }

    private var next: String {
        if let asked = order.returns.first(where: { $0.state == .requested }) {
            return texts("answer.next_decide", ["number": asked.number])
        }
        if let back = order.returns.first(where: { [.authorised, .inTransit].contains($0.state) }) {
            return texts("answer.next_return", ["site": names.site(back.site)])
        }
        guard isUnderWay else { return texts["answer.next_nothing"] }
        if !order.holds.isEmpty { return texts["answer.next_release"] }
        if order.payment == .pending { return texts["answer.next_pay"] }
        if let short = order.shortages.first(where: { $0.outcome == nil }) {
            return texts("answer.next_goods", ["at": moment(short.deadline)])
        }
        if order.state == .open, let shipBy = order.shipBy { return texts("answer.next_ship", ["at": moment(shipBy)]) }
        guard let due = order.estimatedAt ?? order.promisedBy else { return texts["answer.next_arrive"] }
        return due < format.now ? texts("answer.next_late", ["at": moment(due)]) : texts("answer.next_due", ["at": moment(due)])
    }

    private var pays: String {
        if let debt = order.returns.compactMap(\.debt).first(where: { $0.state == .open }) {
            return texts("answer.pays_debt", ["money": format.money(debt.amount)])
        }
        if let refund = order.returns.compactMap(\.refund).first {
            let key = refund.sentAt == nil ? "answer.pays_refund" : "answer.pays_refunded"
            return texts(key, ["money": format.money(refund.amount), "at": moment(refund.sentAt ?? refund.dueBy)])
        }
        if let given = story.goodwill.last {
            let key = given.sentAt == nil ? "answer.pays_refund" : "answer.pays_refunded"
            return texts(key, ["money": format.money(given.amount), "at": moment(given.sentAt ?? given.dueBy)])
        }
        if let open = order.returns.first(where: { [.requested, .authorised, .inTransit, .received].contains($0.state) }) {
            let fee = open.expected.labelFee
            return fee.minor > 0 ? texts("answer.pays_shopper_label", ["money": format.money(fee)]) : texts["answer.pays_merchant_label"]
        }
        if let lost = order.parcels.first(where: { $0.state == .lost }), let holder = story.holders[lost.id]?.name(names) {
            return texts("answer.pays_loss", ["holder": holder])
        }
        let total = format.money(order.money.total)
        switch order.payment {
        case .pending: return texts("answer.pays_pending", ["money": total])
        case .onDelivery:
            return texts(order.state == .delivered ? "answer.pays_paid" : "answer.pays_door", ["money": total])
        case .authorized, .paid:
            return order.state == .cancelled ? texts("answer.pays_back", ["money": total]) : texts("answer.pays_paid", ["money": total])
        case .partlyRefunded, .refunded: return texts["answer.pays_given_back"]
        }
    }
}

extension ParcelState {
    /// How far along its way a parcel is; what went wrong stands out.
    fileprivate var progress: Int {
        switch self {
        case .voided: 0
        case .delivered: 1
        case .packed: 2
        case .labelled: 3
        case .inTransit: 4
        case .handedOver: 5
        case .outForDelivery: 6
        case .availableForPickup: 7
        case .attempted: 8
        case .returned: 9
        case .returning: 10
        case .lost: 11
        }
    }
}
