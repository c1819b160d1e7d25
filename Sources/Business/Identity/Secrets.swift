import Kernel
import Store

/// Short texts that nobody may read in the database: sealed under the key of whoever they belong to.
package enum Secrets {
    /// - Parameters:
    ///   - owner: nil for the operator's own.
    ///   - context: the thing it belongs to; it opens for no other.
    package static func seal(
        _ text: String, of owner: MerchantID?, context: String, _ vault: Vault, in tx: Transaction
    ) throws -> String {
        let owner = owner ?? SealingKeys.operatorID
        let keys = try SealingKeys.load(for: [owner], vault, in: tx)
        return try vault.seal(Array(text.utf8), under: keys.key(of: owner), context: context)
    }

    /// - Throws: `StoreError.unexpected` where it is not what was sealed for this owner and context.
    package static func open(
        _ sealed: [String], of owner: MerchantID?, context: String, _ vault: Vault, in tx: Transaction
    ) throws -> [String] {
        let owner = owner ?? SealingKeys.operatorID
        let keys = try SealingKeys.existing(of: [owner], vault, in: tx)
        return try sealed.map {
            String(decoding: try vault.open($0, under: keys.key(of: owner), context: context), as: UTF8.self)
        }
    }
}
