import Kernel
import Merchants
import Store

/// Saves SKUs merchant by merchant: together where nothing is refused, else one by one.
struct ApplySKUs {
    let actor: String

    func run(_ rows: [(seq: Int64, row: StagedRow)], in tx: Transaction) throws -> [RefusedRow] {
        let staged = try rows.map { (seq: $0.seq, row: $0.row, sku: try $0.row.read(StagedSKU.self)) }
        let merchants = try Merchant.find(codes: Set(staged.map(\.sku.merchant)).sorted(), in: tx)
        var refused: [RefusedRow] = []
        for (code, group) in Dictionary(grouping: staged, by: \.sku.merchant).sorted(by: { $0.key < $1.key }) {
            guard let merchant = merchants[code]?.id else {
                refused += group.map { ($0.seq, $0.row, NotFound("merchant", code)) }
                continue
            }
            guard try save(group.map(\.sku), of: merchant, in: tx) != nil else { continue }
            for one in group {
                if let refusal = try save([one.sku], of: merchant, in: tx) { refused.append((one.seq, one.row, refusal)) }
            }
        }
        return refused.sorted { $0.seq < $1.seq }
    }

    /// Why they were not saved; nil where they were.
    private func save(_ skus: [StagedSKU], of merchant: MerchantID, in tx: Transaction) throws -> (any Refusal)? {
        do {
            _ = try tx.attempt { try SaveSKUs(skus.map(\.new), of: merchant, actor: actor).run(in: tx) }
            return nil
        } catch let refusal as any Refusal {
            return refusal
        }
    }
}
