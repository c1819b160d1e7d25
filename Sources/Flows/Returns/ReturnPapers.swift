import Kernel
import Returns
import Store
import Transport

/// What an authorised return travels under: a handling unit with a code, a label where one is wanted, and the day by which
/// the goods have to be handed in.
enum ReturnPapers {
    static let expiry = "return.expiry"
    static let call = "return_label.buy"
    static let leg = "return"

    static func make(_ taken: [TakenReturn], in tx: Transaction) throws {
        let sent = taken.filter { !$0.rma.keep }
        let parcels = sent.map { one in
            ReturnParcel(
                unit: tx.id(), rma: one.rma.id, merchant: one.rma.merchant, site: one.rma.site, service: one.service,
                label: one.rma.method == .label && one.service.raw != 0 ? tx.id() : nil, weight: one.weight, size: one.size)
        }
        for (site, group) in Dictionary(grouping: parcels, by: \.site).sorted(by: { $0.key < $1.key }) {
            let units = group.map { (id: $0.unit, code: ReturnParcels.code(of: $0.rma)) }
            try HandlingUnits.add(units, kind: .parcel, site: site, holder: .shopper, occurred: tx.now, in: tx)
        }
        try ReturnParcels.add(parcels, in: tx)
        try requestLabels(parcels, in: tx)
        try tx.schedule(
            expiry, source: "policy",
            due: sent.compactMap { one in one.rma.expiresAt.map { (one.rma.id.raw, one.rma.merchant, $0, [:]) } })
    }

    private static func requestLabels(_ parcels: [ReturnParcel], in tx: Transaction) throws {
        let labels = parcels.compactMap { one in one.label.map { (id: $0, parcel: one.unit, service: one.service) } }
        try Labels.request(labels, issuer: RequestLabels.issuer, leg: leg, in: tx)
        try tx.enqueue(
            call,
            parcels.compactMap { one in
                one.label.map { ($0.raw, one.merchant, ["parcel": .id(one.unit), "label": .id($0)]) }
            })
    }

    /// The return will not come: its label is given back and its code means nothing any more.
    static func void(_ returns: [RMAID], reason: String, in tx: Transaction) throws {
        let parcels = try ReturnParcels.change(try ReturnParcels.of(returns, in: tx), to: .voided, in: tx)
        let owners = Dictionary(uniqueKeysWithValues: parcels.map { ($0.unit, $0.merchant) })
        let back = try Labels.void(of: parcels.map(\.unit), reason: reason, in: tx)
        try VoidLabels.giveBack(
            back.compactMap { label in
                label.number.flatMap { number in owners[label.parcel].map { (label.id, number, $0, false) } }
            }, in: tx)
    }
}

/// The kinds of exceptions that returns open.
enum ReturnExceptions {
    static let review = "return.review"
    static let missing = "return.missing"
    static let neverArrived = "return.never_arrived"
    static let parcelLost = "return.parcel_lost"
    static let labelFailed = "return.label_failed"
    static let ungraded = "return.ungraded"
    static let replacementRefused = "return.replacement_refused"
    static let debt = "return.debt"
    static let refundLate = "refund.late"

    /// About goods that are not what was announced.
    static func goods(_ finding: GoodsFinding) -> String? {
        switch finding {
        case .asAnnounced: nil
        case .wrong: "return.wrong_item"
        case .extra: "return.extra"
        case .counterfeit: "return.counterfeit"
        case .unknown: "return.unknown"
        }
    }
}
