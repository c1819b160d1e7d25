import Kernel
import Merchants
import Store

/// A merchant as it is shown outside.
package struct MerchantView: Codable, Sendable {
    package let id: MerchantID
    package let code: String
    package let name: String
    package let currency: Currency
    package let createdAt: Instant

    private enum CodingKeys: String, CodingKey { case id, code, name, currency, createdAt = "created_at" }

    package init(_ merchant: Merchant) {
        id = merchant.id
        code = merchant.code
        name = merchant.name
        currency = merchant.currency
        createdAt = merchant.created
    }

    /// A page of the merchants the reader may know of, in the order of ids.
    package static func page(_ scope: Scope, after id: MerchantID?, limit: Int, in tx: Transaction) throws -> [MerchantView] {
        guard case .merchant(let own) = scope else { return try Merchant.list(after: id, limit: limit, in: tx).map(Self.init) }
        guard id.map({ $0 < own }) ?? true else { return [] }
        return try Merchant.find(own, in: tx).map { [Self($0)] } ?? []
    }

    /// - Throws: `NotFound` where there is no such merchant for the reader.
    package static func find(_ id: MerchantID, _ scope: Scope, in tx: Transaction) throws -> MerchantView {
        guard let found = try page(scope, after: MerchantID(id.raw - 1), limit: 1, in: tx).first, found.id == id else {
            throw NotFound("merchant", id)
        }
        return found
    }
}
