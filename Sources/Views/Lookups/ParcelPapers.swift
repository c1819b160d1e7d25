import Facilities
import Identity
import Kernel
import Orders
import Store
import Transport

/// What is printed on a parcel's label and on the slip in it. The person is filled in when it is read and kept nowhere.
package struct ParcelPapers: Sendable {
    package struct Line: Sendable {
        package let code: String
        package let name: String
        package let quantity: Quantity
        package let fragile: Bool
        package let liquid: Bool
        package let thisSideUp: Bool
        package let unNumber: String?
        package let limitedQuantity: Bool
        package let hasBattery: Bool
    }

    package let parcel: ParcelSummary
    package let merchant: String
    package let orderNumber: String
    package let destination: OrderDetails.Destination
    /// Nil where the channel keeps the shopper to itself, and on a slip.
    package let person: Person?
    package let site: Site
    package let service: String
    package let carrier: String
    package let lines: [Line]
    /// The label as somebody else drew it; nil where we draw it, and on a slip.
    package let document: SealedDocuments.Opened?
    /// Whether the label is somebody else's: it is never drawn by us.
    package let isOutside: Bool
}

extension ParcelPapers {
    /// - Parameters:
    ///   - vault: opens the recipient for a label; nil for what shows no address.
    /// - Throws: `NotFound` where there is no such parcel for the reader.
    package static func find(_ id: UnitID, _ scope: Scope, vault: Vault?, in tx: Transaction) throws -> ParcelPapers {
        let parcel = try ParcelSummary.find(id, scope, in: tx)
        let order = try OrderDetails.find(parcel.order, .network, in: tx)
        guard let site = try Site.find(parcel.site, in: tx), let (merchant, service, carrier) = try names(of: parcel, in: tx)
        else { throw StoreError.unexpected("\(id) has no site, merchant or service") }
        let recipient = try tx.value("SELECT recipient FROM orders WHERE id = \(parcel.order)", as: RecipientID?.self) ?? nil
        let person = try recipient.flatMap { id in try vault.flatMap { try Recipients.open([id], $0, in: tx)[id] } }
        let outside = parcel.labels.last { $0.state == .current && $0.issuer != TrackingView.issuer }
        return ParcelPapers(
            parcel: parcel, merchant: merchant, orderNumber: order.number, destination: order.destination, person: person,
            site: site, service: service, carrier: carrier, lines: try lines(of: id, in: tx),
            document: try outside.flatMap { label in try vault.flatMap { try SealedDocuments.open(label.id.raw, $0, in: tx) } },
            isOutside: outside != nil)
    }

    private static func names(of parcel: ParcelSummary, in tx: Transaction) throws -> (String, String, String)? {
        try tx.first(
            """
            SELECT m.name, s.name, c.name FROM merchant m, carrier_service s JOIN carrier c ON c.id = s.carrier
            WHERE m.id = \(parcel.merchant) AND s.id = \(parcel.service)
            """
        ) { try ($0.next(), $0.next(), $0.next()) }
    }

    private static func lines(of id: UnitID, in tx: Transaction) throws -> [Line] {
        try tx.query(
            """
            SELECT s.code, s.name, SUM(i.quantity), s.fragile, s.liquid, s.this_side_up, s.un_number, s.limited_quantity,
                CASE WHEN s.battery IS NULL THEN 0 ELSE 1 END
            FROM parcel_item i JOIN sku s ON s.id = i.sku WHERE i.parcel = \(id)
            GROUP BY s.id, s.code, s.name, s.fragile, s.liquid, s.this_side_up, s.un_number, s.limited_quantity, s.battery
            ORDER BY s.code, s.id
            """
        ) {
            try Line(
                code: $0.next(), name: $0.next(), quantity: $0.next(), fragile: $0.next(), liquid: $0.next(),
                thisSideUp: $0.next(), unNumber: $0.next(), limitedQuantity: $0.next(), hasBattery: $0.next())
        }
    }
}
