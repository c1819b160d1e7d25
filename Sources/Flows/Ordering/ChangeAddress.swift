import Identity
import Kernel
import Orders
import Store
import Transport

/// Sends an order elsewhere. What is with us gets new labels and, between our sites, another way; the carrier of what has
/// left is asked, and its answer follows.
package struct ChangeAddress: Flow {
    let order: OrderID
    let merchant: MerchantID?
    let destination: Destination
    let person: Person?
    let desk: OrderDesk
    let actor: String

    /// - Parameters:
    ///   - merchant: the only one whose order it may be; nil for the operator.
    ///   - person: who gets it there; nil keeps the recipient as it is known.
    package init(
        _ order: OrderID, merchant: MerchantID?, to destination: Destination, person: Person?, desk: OrderDesk, actor: String
    ) {
        self.order = order
        self.merchant = merchant
        self.destination = destination
        self.person = person
        self.desk = desk
        self.actor = actor
    }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case ended(OrderID, OrderState)
        /// Nobody of ours can be asked: a partner's courier, or one under a label from outside, has it.
        case handedOver(UnitID)
        /// The carrier has not answered the last change yet.
        case asked(UnitID)
        /// All that is left of the order is on its way back.
        case returning(UnitID)

        package static let codes = ["order.ended", "parcel.handed_over", "parcel.asked", "parcel.returning"]
        package var code: String {
            switch self {
            case .ended: Self.codes[0]
            case .handedOver: Self.codes[1]
            case .asked: Self.codes[2]
            case .returning: Self.codes[3]
            }
        }
        package var message: String {
            switch self {
            case .ended(let id, let state): "\(id) is \(state.rawValue); nothing of it is to be sent."
            case .handedOver(let id):
                "\(id) is with a courier that we do not speak to: it is turned back by who sent it, or arrives where it was sent."
            case .asked(let id): "The carrier of \(id) was asked for another address and has not answered yet."
            case .returning(let id): "\(id) is on its way back; send the goods anew with a replacement."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package struct Changed: Sendable, Equatable {
        /// Parcels whose labels are bought again.
        package let relabelled: [UnitID]
        /// Parcels about which their carrier was asked.
        package let asked: [UnitID]
    }

    package func run(in tx: Transaction) throws -> Changed {
        guard let record = try OrderRecords.load([order], locked: true, in: tx)[order],
            merchant == nil || record.merchant == merchant
        else { throw NotFound("order", order) }
        guard record.state == .open || record.state == .shipped else { throw Refused.ended(order, record.state) }
        let parcels = try Parcels.of(order, in: tx)
        let gone = try gone(parcels, in: tx), again = parcels.filter { $0.state.isWithUs && !$0.pull }
        if gone.isEmpty, again.isEmpty, let back = parcels.first(where: { $0.state == .returning }) {
            throw Refused.returning(back.id)
        }
        // Of an order that is wholly with its carrier the address is what the carrier brings it to.
        if gone.isEmpty || !again.isEmpty || record.state == .open {
            try OrderRecords.setDestination(order, destination, recipient: recipient(record, in: tx), in: tx)
            tx.emit(.orderAddress(order, record.merchant, actor: actor, at: tx.now))
            try AskRedirection.run(gone, to: destination, recipient: nil, in: tx)
        } else {
            let added = try person.flatMap { try Recipients.add([(record.merchant, $0)], desk.vault, in: tx).first }
            try AskRedirection.run(gone, to: destination, recipient: added, in: tx)
        }
        try VoidLabels.of(again, reason: "another address", in: tx)
        try Parcels.change(again.filter { $0.state == .labelled }.map(\.id), to: .packed, occurred: tx.now, in: tx)
        try RequestLabels.run(again, in: tx)
        for (site, group) in Dictionary(grouping: again, by: \.atSite).sorted(by: { ($0.key?.raw ?? 0) < ($1.key?.raw ?? 0) }) {
            try Reroute(desk: desk).run(group, at: site, in: tx)
        }
        return Changed(relabelled: again.map(\.id), asked: gone.map(\.id))
    }

    /// What is with carriers that can be asked.
    private func gone(_ parcels: [Parcel], in tx: Transaction) throws -> [Parcel] {
        let gone = parcels.filter { $0.state.isWithCarrier && $0.state != .returning }
        guard !gone.isEmpty else { return [] }
        let ours = Set(
            try Labels.of(gone.map(\.id), in: tx).filter { $0.state == .current && $0.issuer == RequestLabels.issuer }.map(\.parcel))
        if let foreign = gone.first(where: { !ours.contains($0.id) }) { throw Refused.handedOver(foreign.id) }
        let open = Set(try Redirections.of(order, in: tx).filter { $0.state == .asked }.map(\.parcel))
        if let asked = gone.first(where: { open.contains($0.id) }) { throw Refused.asked(asked.id) }
        return gone
    }

    private func recipient(_ record: OrderRecord, in tx: Transaction) throws -> RecipientID? {
        guard let person else { return nil }
        guard let known = record.recipient else {
            return try Recipients.add([(record.merchant, person)], for: [order], desk.vault, in: tx).first
        }
        try Recipients.change([known: person], desk.vault, in: tx)
        return nil
    }
}
