import Kernel
import Store

package enum Lots {
    /// The lots of these codes, made where they are new.
    package static func find(
        _ lots: [(owner: MerchantID, sku: SKUID, code: String, expires: CivilDate?)], in tx: Transaction
    ) throws -> [LotID] {
        try lots.map { lot in
            try tx.run(
                """
                INSERT INTO lot (id, owner, sku, code, expires_on, created_at)
                VALUES (\(tx.id(LotID.self)), \(lot.owner), \(lot.sku), \(lot.code), \(lot.expires), \(tx.now))
                ON CONFLICT (owner, sku, code) DO NOTHING
                """)
            let id: LotID? = try tx.value(
                "SELECT id FROM lot WHERE owner = \(lot.owner) AND sku = \(lot.sku) AND code = \(lot.code)")
            guard let id else { throw StoreError.unexpected("lot \(lot.code) is gone") }
            return id
        }
    }
}
