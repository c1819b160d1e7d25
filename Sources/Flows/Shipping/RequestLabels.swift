import Kernel
import Orders
import Store
import Transport

/// Asks for the labels of packed parcels, through the outbox: the carrier for those we buy, the channel or merchant for
/// those that they issue.
enum RequestLabels {
    static let call = "label.buy"
    static let fetch = "label.fetch"
    static let void = "label.void"
    /// Who gives out the numbers of our labels.
    static let issuer = "courier"

    static func run(_ parcels: [Parcel], in tx: Transaction) throws {
        let orders = try OrderRecords.load(parcels.map(\.order), in: tx)
        for (issuer, group) in Dictionary(grouping: parcels, by: { orders[$0.order]?.labelIssuer ?? .carrier })
            .sorted(by: { $0.key.rawValue < $1.key.rawValue })
        {
            let labels = group.map { (id: tx.id(LabelID.self), parcel: $0.id, service: $0.service) }
            let isOurs = issuer == .carrier
            try Labels.request(labels, issuer: isOurs ? Self.issuer : issuer.rawValue, leg: "last_mile", in: tx)
            try tx.enqueue(
                isOurs ? call : fetch,
                zip(labels, group).map { label, parcel in
                    (label.id.raw, parcel.merchant, ["parcel": .id(parcel.id), "label": .id(label.id)])
                })
            if !isOurs { try LabelClocks.setPatience(zip(labels, group).map { ($0.id, $1.merchant) }, in: tx) }
        }
    }
}
