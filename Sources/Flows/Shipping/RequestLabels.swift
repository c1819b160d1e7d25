import Kernel
import Store
import Transport

/// Asks the carrier for the labels of packed parcels, through the outbox.
enum RequestLabels {
    static let call = "label.buy"
    static let void = "label.void"
    /// Who gives out the numbers of our labels.
    static let issuer = "courier"

    static func run(_ parcels: [Parcel], in tx: Transaction) throws {
        let labels = parcels.map { (id: tx.id(LabelID.self), parcel: $0.id, service: $0.service) }
        try Labels.request(labels, issuer: issuer, leg: "last_mile", in: tx)
        try tx.enqueue(
            call,
            zip(labels, parcels).map { label, parcel in
                (label.id.raw, parcel.merchant, ["parcel": .id(parcel.id), "label": .id(label.id)])
            })
    }
}
