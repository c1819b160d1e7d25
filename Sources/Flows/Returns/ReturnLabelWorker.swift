import Edges
import Exceptions
import Identity
import Kernel
import Orders
import Returns
import Store
import Transport

/// Buys the labels under which shoppers send goods back: from their door to the site. The address is filled in when the
/// call is made and is kept nowhere.
package struct ReturnLabelWorker: OutboxWorker {
    package let kind = ReturnPapers.call
    let desk: CarrierDesk

    package init(_ desk: CarrierDesk) { self.desk = desk }

    /// Null where the return ended meanwhile: nothing is bought.
    package func fill(_ item: OutboxItem, in tx: Transaction) throws -> JSON {
        guard let unit: UnitID = item.payload.id("parcel"), let parcel = try ReturnParcels.load([unit], in: tx).first,
            parcel.state == .withShopper
        else { return .null }
        let rma = try RMAs.load(parcel.rma, in: tx), network = try desk.network.network(in: tx)
        guard let site = network.site(parcel.site), let service = network.service(parcel.service),
            let order = try OrderRecords.load([rma.order], in: tx)[rma.order]
        else { throw StoreError.unexpected("\(unit) has no site, service or order") }
        let person = try order.recipient.flatMap { try Recipients.open([$0], desk.vault, in: tx)[$0] }
        return ShipmentText.back(parcel, from: order, person, to: site, service: service)
    }

    package func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome { LabelWorker(desk).send(item, request) }

    package func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome? { LabelWorker(desk).ask(item, request) }

    package func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        guard let label = try Labels.load([LabelID(item.subject)], in: tx).first,
            let parcel = try ReturnParcels.load([label.parcel], in: tx).first
        else { throw StoreError.unexpected("the label of \(item.id) is gone") }
        guard case .done(let reply) = outcome else { return try fail(label, parcel, outcome, in: tx) }
        guard let number = reply["number"]?.string, let currency = reply["currency"]?.string.flatMap({ Currency($0) }) else {
            throw StoreError.unexpected("a label without a number")
        }
        if label.state == .voided { return try VoidLabels.giveBack([(label.id, number, parcel.merchant, false)], in: tx) }
        try Labels.issued(
            label.id, number: number, price: reply["price"]?.int, currency: currency, validUntil: tx.now + .days(30), in: tx)
    }

    private func fail(_ label: ParcelLabel, _ parcel: ReturnParcel, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        try Labels.failed(label.id, reason: "\(outcome)", in: tx)
        guard parcel.state == .withShopper else { return }
        try OpenAtStake.run(
            [
                NewException(
                    ReturnExceptions.labelFailed, subject: parcel.rma, merchant: parcel.merchant, site: parcel.site,
                    ownerRole: .operator, due: tx.now + .hours(24),
                    detail: "The carrier gave no label for the return: \(outcome). The code still works at a drop-off.")
            ], in: tx)
    }
}
