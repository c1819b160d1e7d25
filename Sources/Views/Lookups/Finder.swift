import Identity
import Kernel
import Store
import Transport

/// A thing that what somebody has in hand may mean.
package enum Found: Hashable, Sendable {
    case order(OrderID)
    case parcel(UnitID)
    /// A bag, pallet, container or trailer.
    case unit(UnitID)
    case `return`(RMAID)
    case sku(SKUID)

    /// As it is written outside.
    package var id: String {
        switch self {
        case .order(let id): id.description
        case .parcel(let id), .unit(let id): id.description
        case .return(let id): id.description
        case .sku(let id): id.description
        }
    }
}

/// From a number, a code, a phone number or an e-mail address to what it is of.
package struct Finder: Sendable {
    private static let limit = 50

    let scope: Scope
    /// Nil where the reader may not find people.
    let vault: Vault?

    package init(_ scope: Scope, _ vault: Vault?) { (self.scope, self.vault) = (scope, vault) }

    /// All that the text may mean, of the reader's own: orders by channel number, units by code or tracking number, what was
    /// sent to a phone number or e-mail address, SKUs by barcode.
    package func all(_ text: String, in tx: Transaction) throws -> [Found] {
        guard !text.isEmpty, text.utf8.count <= 200 else { return [] }
        let units = try units(text, in: tx), skus = try BarcodeView.find(text, scope, in: tx).map(\.sku)
        let orders = Set(try numbered(text, in: tx) + sentTo(text, in: tx))
        return orders.sorted(by: >).map(Found.order) + units + Set(skus).sorted().map(Found.sku)
    }

    /// The orders that the text leads to, those in the parcels it names included; newest first.
    package func orders(_ text: String, in tx: Transaction) throws -> [OrderID] {
        if let id = OrderID(text) { return [id] }
        guard !text.isEmpty, text.utf8.count <= 200 else { return [] }
        var parcels: [UnitID] = [], returns: [RMAID] = []
        for found in try units(text, in: tx) {
            switch found {
            case .parcel(let id): parcels.append(id)
            case .return(let id): returns.append(id)
            default: break
            }
        }
        let within: [OrderID] = try tx.values(
            """
            SELECT order_id FROM parcel_item WHERE parcel IN \(list: parcels)
            UNION SELECT order_id FROM rma WHERE id IN \(list: returns) ORDER BY 1
            """)
        return Set(try numbered(text, in: tx) + sentTo(text, in: tx) + within).sorted(by: >)
    }

    private func numbered(_ text: String, in tx: Transaction) throws -> [OrderID] {
        let numbers = Set([text, text.uppercased()]).sorted(), mine = scope.owns(merchant: "merchant")
        let sql: SQL = "SELECT id FROM orders WHERE number IN \(list: numbers) AND \(mine) ORDER BY id DESC LIMIT \(Self.limit)"
        return try tx.values(sql)
    }

    /// By the keyed hashes: nobody is opened. Orders that stand in for those found go to the same person.
    private func sentTo(_ text: String, in tx: Transaction) throws -> [OrderID] {
        guard let vault else { return [] }
        let merchant: MerchantID?
        switch scope {
        case .network: merchant = nil
        case .merchant(let own): merchant = own
        case .site, .carrier: return []
        }
        let isEmail = text.contains("@"), digits = text.utf8.count(where: { $0 >= 0x30 && $0 <= 0x39 })
        guard isEmail || digits >= 6 else { return [] }
        let people = try isEmail
            ? Recipients.find(email: text, of: merchant, limit: Self.limit, vault, in: tx)
            : Recipients.find(phone: text, of: merchant, limit: Self.limit, vault, in: tx)
        let orders = try Recipients.orders(of: people, in: tx)
        let again: [OrderID] = try tx.values(
            "SELECT order_id FROM outbound_order WHERE original IN \(list: orders) ORDER BY order_id")
        return orders + again
    }

    private func units(_ text: String, in tx: Transaction) throws -> [Found] {
        // The symbol of an SSCC begins with the application identifier 00.
        let codes = text.hasPrefix("00") && text.utf8.count == 20 ? [text, String(text.dropFirst(2))] : [text, text.uppercased()]
        let named: [UnitID] = try tx.values(
            """
            SELECT id FROM handling_unit WHERE code IN \(list: codes)
            UNION SELECT parcel FROM label WHERE issuer IN \(list: TrackingView.issuers) AND number IN \(list: codes) ORDER BY 1
            """)
        if named.isEmpty { return [] }
        let parcels: [UnitID] = try tx.values(
            "SELECT id FROM parcel p WHERE id IN \(list: named) AND \(scope.ownsParcel("p")) ORDER BY id")
        let returns: [RMAID] = try tx.values(
            """
            SELECT r.id FROM return_parcel p JOIN rma r ON r.id = p.rma
            WHERE p.unit IN \(list: named) AND \(ReturnView.owns(scope)) ORDER BY r.id
            """)
        let others = try tx.values(
            "SELECT id FROM handling_unit WHERE id IN \(list: named) AND kind <> 'parcel' ORDER BY id", as: UnitID.self
        ).filter { try UnitView.owns($0, scope, in: tx) }
        return parcels.map(Found.parcel) + returns.map(Found.return) + others.map(Found.unit)
    }
}
