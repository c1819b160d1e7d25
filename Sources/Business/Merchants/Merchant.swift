import Kernel
import Store

/// A seller whose goods they are: a tenant of the network.
package struct Merchant: Hashable, Sendable {
    package let id: MerchantID
    /// The operator's short name for it; unique.
    package let code: String
    package let name: String
    /// What its SKUs are valued in.
    package let currency: Currency
    package let created: Instant
    /// Another number after every change of its SKUs, so that a copy in memory can tell whether it still holds.
    package let catalog: Int64
}

extension Merchant {
    /// Those that exist, by id; the others are absent.
    package static func find(_ ids: some Sequence<MerchantID>, in tx: Transaction) throws -> [MerchantID: Merchant] {
        let found = try tx.query("SELECT \(columns) FROM merchant WHERE id IN \(list: ids) ORDER BY id", decode)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }

    package static func find(_ id: MerchantID, in tx: Transaction) throws -> Merchant? {
        try tx.first("SELECT \(columns) FROM merchant WHERE id = \(id)", decode)
    }

    /// Those that exist, by code; the others are absent.
    package static func find(codes: some Sequence<String>, in tx: Transaction) throws -> [String: Merchant] {
        let found = try tx.query("SELECT \(columns) FROM merchant WHERE code IN \(list: codes) ORDER BY id", decode)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.code, $0) })
    }

    /// A page of all merchants in the order they were created.
    package static func list(after id: MerchantID? = nil, limit: Int, in tx: Transaction) throws -> [Merchant] {
        try tx.query(
            "SELECT \(columns) FROM merchant WHERE id > \(id?.raw ?? -1) ORDER BY id LIMIT \(limit)", decode)
    }

    private static let columns: SQL = "id, code, name, currency, created_at, catalog"

    private static func decode(_ row: inout RowReader) throws -> Merchant {
        try Merchant(
            id: row.next(), code: row.next(), name: row.next(), currency: row.next(), created: row.next(), catalog: row.next())
    }
}
