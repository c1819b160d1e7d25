import Identity
import Kernel
import Orders
import Store
import Transport

/// Sends an order elsewhere, as long as none of it is with a courier: labels are voided and bought again, and what is
/// between our sites gets another way.
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
        /// The courier takes no other address for what it has.
        case handedOver(UnitID)

        package static let codes = ["order.ended", "parcel.handed_over"]
        package var code: String { if case .ended = self { Self.codes[0] } else { Self.codes[1] } }
        package var message: String {
            switch self {
            case .ended(let id, let state): "\(id) is \(state.rawValue); nothing of it is to be sent."
            case .handedOver(let id): "\(id) is with its courier, who takes no other address. It can be turned back."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    /// The parcels whose labels are bought again.
    package func run(in tx: Transaction) throws -> [UnitID] {
        guard let record = try OrderRecords.load([order], locked: true, in: tx)[order],
            merchant == nil || record.merchant == merchant
        else { throw NotFound("order", order) }
        guard record.state == .open || record.state == .shipped else { throw Refused.ended(order, record.state) }
        let parcels = try Parcels.of(order, in: tx)
        if let gone = parcels.first(where: { $0.state.isWithCarrier }) { throw Refused.handedOver(gone.id) }
        try OrderRecords.setDestination(order, destination, recipient: recipient(record, in: tx), in: tx)
        let again = parcels.filter { $0.state.isWithUs && !$0.pull }
        try VoidLabels.of(again, reason: "another address", in: tx)
        try Parcels.change(again.filter { $0.state == .labelled }.map(\.id), to: .packed, occurred: tx.now, in: tx)
        try RequestLabels.run(again, in: tx)
        for (site, group) in Dictionary(grouping: again, by: \.atSite).sorted(by: { ($0.key?.raw ?? 0) < ($1.key?.raw ?? 0) }) {
            try Reroute(desk: desk).run(group, at: site, in: tx)
        }
        tx.emit(.orderAddress(order, record.merchant, actor: actor, at: tx.now))
        return again.map(\.id)
    }

    private func recipient(_ record: OrderRecord, in tx: Transaction) throws -> RecipientID? {
        guard let person else { return nil }
        guard let known = record.recipient else {
            return try Recipients.add([(record.merchant, person)], desk.vault, in: tx).first
        }
        try Recipients.change([known: person], desk.vault, in: tx)
        return nil
    }
}
