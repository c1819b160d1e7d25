import Edges
import Exceptions
import Identity
import Kernel
import Orders
import Store
import Transport

/// Asks carriers to bring parcels that they have to another address, through the outbox.
enum AskRedirection {
    static let call = "parcel.redirect"
    static let notRedirected = "parcel.not_redirected"

    /// - Parameter recipient: who gets them there; nil where that stays as the order has it.
    static func run(_ parcels: [Parcel], to destination: Destination, recipient: RecipientID?, in tx: Transaction) throws {
        guard !parcels.isEmpty else { return }
        let asked = parcels.map {
            Redirection(id: tx.id(), parcel: $0.id, order: $0.order, recipient: recipient, destination: destination.stored)
        }
        try Redirections.add(asked, in: tx)
        for parcel in parcels {
            tx.emit(.parcel(parcel, NewEvent.parcelRedirectionType, at: tx.now, payload: ["state": "asked"]))
        }
        try tx.enqueue(call, zip(asked, parcels).map { ($0.id.raw, $1.merchant, [:]) })
    }
}

/// Makes the calls of `AskRedirection`. The address is filled in when the call is made and is kept nowhere. What the carrier
/// refuses, or has not said by the end, needs the merchant: it can be turned back, or arrives where it was sent first.
package struct RedirectWorker: OutboxWorker {
    package let kind = AskRedirection.call
    let desk: CarrierDesk

    package init(_ desk: CarrierDesk) { self.desk = desk }

    /// Null where it ended meanwhile.
    package func fill(_ item: OutboxItem, in tx: Transaction) throws -> JSON {
        guard let asked = try Redirections.find(RedirectionID(item.subject), in: tx), asked.state == .asked,
            let parcel = try Parcels.load([asked.parcel], in: tx).first, parcel.state.isWithCarrier,
            let number = try Labels.of([parcel.id], in: tx).last(where: { $0.state == .current })?.number,
            let order = try OrderRecords.load([asked.order], in: tx)[asked.order], let to = Destination(stored: asked.destination)
        else { return .null }
        let person = try (asked.recipient ?? order.recipient).flatMap { try Recipients.open([$0], desk.vault, in: tx)[$0] }
        return ShipmentText.elsewhere(number, to: to, person, order: order.number)
    }

    package func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome {
        guard let redirect = ShipmentText.redirect(request, at: desk.clock()) else { return .refused("the parcel is not on its way") }
        do {
            return .done(["accepted_at": .string(try desk.client.redirect(redirect).acceptedAt.description)])
        } catch {
            return LabelWorker.outcome(error)
        }
    }

    /// Asking twice gives the same answer: it may simply be sent again.
    package func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome? { nil }

    package func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        guard let asked = try Redirections.find(RedirectionID(item.subject), in: tx),
            let parcel = try Parcels.load([asked.parcel], in: tx).first,
            let order = try OrderRecords.load([asked.order], locked: true, in: tx)[asked.order]
        else { throw StoreError.unexpected("redirection \(item.subject) is gone") }
        var why: String?
        switch outcome {
        case .done: try move(order, asked, in: tx)
        case .refused(let reason), .retry(let reason), .unknown(let reason), .later(_, let reason):
            why = reason
            try refuse(parcel, reason, in: tx)
        }
        let state: RedirectionState = why == nil ? .accepted : .refused
        try Redirections.answer(asked.id, state, why: why, in: tx)
        tx.emit(
            .parcel(
                parcel, NewEvent.parcelRedirectionType, actor: "carrier", at: tx.now, payload: ["state": .string(state.rawValue)]))
        try forget(asked, order, in: tx)
    }

    private func move(_ order: OrderRecord, _ asked: Redirection, in tx: Transaction) throws {
        guard let to = Destination(stored: asked.destination) else { throw StoreError.unexpected("\(asked.id) goes nowhere") }
        try OrderRecords.setDestination(order.id, to, recipient: asked.recipient, in: tx)
        tx.emit(.orderAddress(order.id, order.merchant, actor: "carrier", at: tx.now))
    }

    private func refuse(_ parcel: Parcel, _ reason: String, in tx: Transaction) throws {
        let new = NewException(
            AskRedirection.notRedirected, subject: parcel.id, merchant: parcel.merchant, site: parcel.site, ownerRole: .merchant,
            due: tx.now + .hours(24),
            detail: "Its carrier takes no other address: \(reason) Turn it back, or it arrives where it was sent first.")
        try OpenForOrders.run([(new, parcel.order)], in: tx)
    }

    /// A recipient that nothing goes to any more.
    private func forget(_ asked: Redirection, _ order: OrderRecord, in tx: Transaction) throws {
        guard let recipient = asked.recipient, try OrderRecords.load([order.id], in: tx)[order.id]?.recipient != recipient else { return }
        let others = try Redirections.of(order.id, in: tx).filter { $0.recipient == recipient && $0.state == .asked }
        if others.isEmpty { _ = try Recipients.forget([recipient], in: tx) }
    }
}

extension Destination {
    /// Holds no name and no street.
    fileprivate var stored: JSON {
        [
            "kind": .string(kind.rawValue), "code": code.map(JSON.string) ?? .null, "country": .string(country),
            "region": .string(region), "district": .string(district), "city": .string(city), "area": .string(postalArea),
            "at": .array([latitude, longitude].compactMap { $0.map(JSON.int) }),
        ]
    }

    fileprivate init?(stored json: JSON) {
        guard let kind = json["kind"]?.string.flatMap(DestinationKind.init), let country = json["country"]?.string else { return nil }
        let text = { (name: String) in json[name]?.string ?? "" }, at = json["at"]?.array?.compactMap(\.int) ?? []
        self.init(
            kind: kind, code: json["code"]?.string, country: country, region: text("region"), district: text("district"),
            city: text("city"), postalArea: text("area"), latitude: at.count == 2 ? at[0] : nil, longitude: at.count == 2 ? at[1] : nil)
    }
}
