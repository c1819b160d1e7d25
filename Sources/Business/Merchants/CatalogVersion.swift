import Kernel
import Store

/// Numbers the states of merchants' catalogues.
///
/// A number is an id of its own, so that one which a transaction took and gave up never comes back.
enum CatalogVersion {
    private enum Tag: IDTag { static let prefix = "cat" }

    static func bump(_ merchants: [MerchantID], in tx: Transaction) throws {
        guard !merchants.isEmpty else { return }
        try tx.run(
            "UPDATE merchant SET catalog = \(tx.id(ID<Tag>.self)) WHERE id IN \(list: merchants)", expecting: merchants.count)
    }
}
