import Edges
import Exceptions
import Facilities
import Identity
import Kernel
import Orders
import Store
import Transport

/// What the outbox needs to speak to carriers.
package struct CarrierDesk: Sendable {
    package let network: NetworkCache
    package let vault: Vault
    package let client: any CarrierClient
    /// Where labels of channels and merchants are fetched; nil where they are supplied only.
    let labels: (any LabelSource)?
    let clock: @Sendable () -> Instant

    /// - Parameter clock: the moment told to carriers; the virtual one in a rehearsal.
    package init(
        network: NetworkCache, vault: Vault, client: any CarrierClient, labels: (any LabelSource)? = nil,
        clock: @escaping @Sendable () -> Instant
    ) {
        self.network = network
        self.vault = vault
        self.client = client
        self.labels = labels
        self.clock = clock
    }
}

/// Buys the labels that packing asked for. The address is filled in when the call is made and is kept nowhere.
package struct LabelWorker: OutboxWorker {
    package let kind = RequestLabels.call
    let desk: CarrierDesk

    package init(_ desk: CarrierDesk) { self.desk = desk }

    /// Null where the labels were voided meanwhile, those of a shipment together: nothing is bought.
    package func fill(_ item: OutboxItem, in tx: Transaction) throws -> JSON {
        let labels = try labels(of: item, in: tx), parcels = try parcels(of: labels, in: tx)
        guard labels.allSatisfy({ $0.state == .requested }), let parcel = parcels.first,
            parcels.allSatisfy({ ($0.state == .packed || $0.state == .inTransit) && !$0.pull })
        else { return .null }
        let network = try desk.network.network(in: tx)
        // The carrier's way and price begin where it collects.
        let collected = try Routes.ends(of: [parcel.id], in: tx)[parcel.id] ?? parcel.site
        guard let site = network.site(collected), let service = network.service(parcel.service),
            let order = try OrderRecords.load([parcel.order], in: tx)[parcel.order]
        else { throw StoreError.unexpected("\(parcel.id) has no site, service or order") }
        let person = try order.recipient.flatMap { try Recipients.open([$0], desk.vault, in: tx)[$0] }
        return ShipmentText(pieces: parcels, site: site, service: service, order: order, person: person).json
    }

    package func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome {
        guard let label = ShipmentText.request(request, key: item.id.description, at: desk.clock()) else {
            return .refused("the parcel was voided")
        }
        do {
            return .done(Self.json(try desk.client.buyLabel(label)))
        } catch {
            return Self.outcome(error)
        }
    }

    package func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome? {
        do {
            return try desk.client.find(idempotencyKey: item.id.description).map { .done(Self.json($0)) }
        } catch {
            // Whether it was bought is still not known: it must not be bought again yet.
            return .unknown(error.reason)
        }
    }

    package func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        let labels = try labels(of: item, in: tx), parcels = try parcels(of: labels, in: tx)
        guard !labels.isEmpty, labels.count == parcels.count else { throw StoreError.unexpected("the parcels of \(item.id) are gone") }
        let pieces = zip(labels, parcels)
        guard case .done(let reply) = outcome else {
            for (label, parcel) in pieces { try fail(label.id, parcel, outcome, in: tx) }
            return
        }
        let replies = [reply] + (reply["others"]?.array ?? []), master = reply["number"]?.string
        guard replies.count == labels.count, let master else { throw StoreError.unexpected("a shipment with a piece without a label") }
        // Cancelled while the carrier was asked: give it back.
        if labels.allSatisfy({ $0.state == .voided }) {
            return try VoidLabels.giveBack([(labels[0].id, master, parcels[0].merchant, labels.count > 1)], in: tx)
        }
        for ((label, parcel), reply) in zip(pieces, replies) {
            try settle(label, parcel, reply, master: label.shipment == nil ? nil : master, in: tx)
        }
    }

    private func settle(
        _ label: ParcelLabel, _ parcel: Parcel, _ reply: JSON, master: String?, in tx: Transaction
    ) throws {
        guard let number = reply["number"]?.string, let currency = reply["currency"]?.string.flatMap({ Currency($0) }) else {
            throw StoreError.unexpected("a label without a number")
        }
        if label.state == .voided { return try VoidLabels.giveBack([(label.id, number, parcel.merchant, false)], in: tx) }
        let until = tx.now + .days(30)
        try Labels.issued(
            label.id, number: number, price: reply["price"]?.int, currency: currency, validUntil: until, master: master, in: tx)
        try LabelClocks.setExpiry(label.id, parcel.merchant, until, in: tx)
        // One between two sites is labelled when it stands again.
        if parcel.state == .packed { try Parcels.change([parcel.id], to: .labelled, occurred: tx.now, in: tx) }
        tx.emit(.parcel(parcel, NewEvent.parcelLabelledType, at: tx.now, payload: ["number": .string(number)]))
    }

    /// Those that a call is about, in the order of pieces.
    private func labels(of item: OutboxItem, in tx: Transaction) throws -> [ParcelLabel] {
        let ids = item.payload["labels"]?.array?.compactMap { $0.string.flatMap { LabelID($0) } } ?? []
        return try Labels.load(ids, in: tx)
    }

    /// Theirs, label by label.
    private func parcels(of labels: [ParcelLabel], in tx: Transaction) throws -> [Parcel] {
        let found = Dictionary(uniqueKeysWithValues: try Parcels.load(labels.map(\.parcel), in: tx).map { ($0.id, $0) })
        return labels.compactMap { found[$0.parcel] }
    }

    private func fail(_ label: LabelID, _ parcel: Parcel, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        try Labels.failed(label, reason: "\(outcome)", in: tx)
        guard !parcel.pull, parcel.state == .packed || parcel.state == .inTransit else { return }
        let failed = NewException(
            "label.failed", subject: parcel.id, merchant: parcel.merchant, site: parcel.site, ownerRole: .operator,
            due: parcel.shipBy, detail: "The carrier gave no label: \(outcome).")
        try OpenForOrders.run([(failed, parcel.order)], in: tx)
    }

    private static func json(_ reply: LabelReply) -> JSON {
        [
            "number": .string(reply.trackingNumber), "price": .int(reply.price.minor),
            "currency": .string(reply.price.currency.code), "zone": .string(reply.zone),
            "routing": .string(reply.routingCode), "transit_days": .int(Int64(reply.transitDays)),
            "others": .array(reply.others.map(json)),
        ]
    }

    static func outcome(_ failure: CarrierFailure) -> OutboxOutcome {
        switch failure {
        case .refused: .refused(failure.reason)
        case .unavailable: .retry(failure.reason)
        case .unknownOutcome: .unknown(failure.reason)
        }
    }
}

extension CarrierFailure {
    var reason: String {
        switch self {
        case .refused(let refusal): refusal.message
        case .unavailable(_, let detail), .unknownOutcome(let detail): detail
        }
    }
}
