import Kernel
import Merchants
import Store

/// Creates the merchants that do not exist yet.
struct ApplyMerchants {
    let actor: String

    func run(_ rows: [(seq: Int64, row: StagedRow)], in tx: Transaction) throws -> [RefusedRow] {
        let staged: [StagedMerchant] = try rows.map { try $0.row.read() }
        let known = try Merchant.find(codes: staged.map(\.code), in: tx)
        var refused: [RefusedRow] = []
        for (row, new) in zip(rows, staged) where known[new.code] == nil {
            do {
                let merchant = NewMerchant(code: new.code, name: new.name, currency: new.currency)
                _ = try tx.attempt { try CreateMerchant(merchant, actor: actor).run(in: tx) }
            } catch let refusal as any Refusal {
                refused.append((row.seq, row.row, refusal))
            }
        }
        return refused
    }
}
