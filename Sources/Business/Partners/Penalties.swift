import Kernel
import Store

/// What a partner pays for.
package enum PenaltyKind: String, SQLValue, CaseIterable, Codable {
    case lateAcceptance = "late_acceptance"
    case lateShipment = "late_shipment"
    case lateReport = "late_report"
    case rejected
    case short
}

package enum Penalties {
    /// Books what a failure costs under an agreement; nothing where it costs nothing.
    package static func add(
        _ kind: PenaltyKind, units: Quantity = 1, under agreement: Agreement?, of fulfillment: FulfillmentID?, occurred: Instant,
        in tx: Transaction
    ) throws {
        guard let agreement, agreement.price(kind) > 0, units > 0 else { return }
        let amount = agreement.price(kind) * units.rawValue, id = tx.id(PenaltyID.self)
        try tx.run(
            """
            INSERT INTO partner_penalty (id, agreement, site, merchant, fulfillment_order, kind, units, amount, currency, occurred_at)
            VALUES (\(id), \(agreement.id), \(agreement.site), \(agreement.merchant), \(fulfillment), \(kind), \(units), \(amount),
                \(agreement.currency), \(occurred))
            """)
        tx.emit(.penalty(id, kind, Money(amount, agreement.currency), under: agreement, of: fulfillment, at: occurred))
    }
}
