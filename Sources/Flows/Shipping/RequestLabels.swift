import Facilities
import Kernel
import Orders
import Store
import Transport

/// Asks for the labels of packed parcels, through the outbox: the carrier for those we buy, the channel or merchant for
/// those that they issue. Parcels of one order that a service takes under one master number are bought with one call.
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
            if issuer == .carrier { try buy(group, in: tx) } else { try expect(group, issuer, in: tx) }
        }
    }

    private static func buy(_ parcels: [Parcel], in tx: Transaction) throws {
        let shipments = try shipments(of: parcels, in: tx).map { $0.map { (id: tx.id(LabelID.self), parcel: $0) } }
        let request = { (labels: [(id: LabelID, parcel: Parcel)], shipment: LabelID?) in
            try Labels.request(
                labels.map { ($0.id, $0.parcel.id, $0.parcel.service) }, issuer: Self.issuer, leg: "last_mile",
                shipment: shipment, in: tx)
        }
        try request(shipments.filter { $0.count == 1 }.flatMap(\.self), nil)
        for shipment in shipments where shipment.count > 1 { try request(shipment, shipment[0].id) }
        try tx.enqueue(
            call,
            shipments.map { labels in
                (labels[0].id.raw, labels[0].parcel.merchant, ["labels": .array(labels.map { .id($0.id) })])
            })
    }

    private static func expect(_ parcels: [Parcel], _ issuer: LabelIssuer, in tx: Transaction) throws {
        let parcels = try bear(parcels, issuer, in: tx)
        guard !parcels.isEmpty else { return }
        let labels = parcels.map { (id: tx.id(LabelID.self), parcel: $0.id, service: $0.service) }
        try Labels.request(labels, issuer: issuer.rawValue, leg: "last_mile", in: tx)
        try tx.enqueue(
            fetch, zip(labels, parcels).map { label, parcel in (label.id.raw, parcel.merchant, ["label": .id(label.id)]) })
        try LabelClocks.setPatience(zip(labels, parcels).map { ($0.id, $1.merchant) }, in: tx)
    }

    /// A label that came with its order goes on the first of its parcels, as long as it is valid; answers the parcels without.
    private static func bear(_ parcels: [Parcel], _ issuer: LabelIssuer, in tx: Transaction) throws -> [Parcel] {
        var waiting = try OrderLabels.waiting(of: parcels.map(\.order), in: tx)
        return try parcels.filter { parcel in
            guard parcel.state == .packed, let label = waiting[parcel.order], label.validUntil.map({ $0 > tx.now }) ?? true,
                try !Labels.isUsed(label.number, issuer: issuer.rawValue, merchant: label.merchant, in: tx)
            else { return true }
            waiting[parcel.order] = nil
            try OrderLabels.use(parcel.order, on: parcel.id, in: tx)
            try Labels.request([(label.id, parcel.id, parcel.service)], issuer: issuer.rawValue, leg: "last_mile", in: tx)
            let supplied = SuppliedLabel(
                number: label.number, carrier: label.carrier, url: label.url, validUntil: label.validUntil)
            try SupplyLabel.apply(supplied, to: label.id, parcel, actor: issuer.rawValue, in: tx)
            return false
        }
    }

    /// Parcels of one order that stand at one site and go with one service, in the order of pieces, by as many as the
    /// service takes under one number; shipments in the order of their first parcels.
    private static func shipments(of parcels: [Parcel], in tx: Transaction) throws -> [[Parcel]] {
        struct Company: Hashable {
            let order: OrderID, service: ServiceID, site: SiteID?
        }
        var groups: [Company: Int] = [:], together: [[Parcel]] = []
        for parcel in parcels {
            let company = Company(order: parcel.order, service: parcel.service, site: parcel.atSite)
            if let index = groups[company] { together[index].append(parcel) } else {
                groups[company] = together.count
                together.append([parcel])
            }
        }
        let several = together.filter { $0.count > 1 }.map { $0[0].service }
        guard !several.isEmpty else { return together }
        let limits = try CarrierService.maxPieces(of: several, in: tx)
        return together.flatMap { group in
            let pieces = group.sorted { ($0.piece, $0.id) < ($1.piece, $1.id) }, limit = limits[group[0].service] ?? 1
            return stride(from: 0, to: pieces.count, by: limit).map { Array(pieces[$0..<min($0 + limit, pieces.count)]) }
        }
    }
}
