import Facilities
import Kernel
import Merchants
import Store

/// Takes goods into the books.
struct ApplyStock {
    let actor: String

    func run(_ rows: [(seq: Int64, row: StagedRow)], in tx: Transaction) throws -> [RefusedRow] {
        let staged = try rows.map { (seq: $0.seq, row: $0.row, stock: try $0.row.read(StagedStock.self)) }
        let merchants = try Merchant.find(codes: Set(staged.map(\.stock.merchant)).sorted(), in: tx).mapValues(\.id)
        let codes = Set(staged.compactMap { one in merchants[one.stock.merchant].map { SKUCode($0, one.stock.sku) } })
        let skus = try Catalog.skus(codes: codes.sorted { ($0.merchant, $0.code) < ($1.merchant, $1.code) }, in: tx)
        let places = Set(staged.map { RowKey.join($0.stock.site, $0.stock.location) })
        let locations = try KnownLocations.find(places, in: tx)
        var lines: [StockLine] = [], refused: [RefusedRow] = []
        for (seq, row, stock) in staged {
            let owner = merchants[stock.merchant], sku = owner.flatMap { skus[SKUCode($0, stock.sku)] }
            guard let owner, let sku, let place = locations[RowKey.join(stock.site, stock.location)] else {
                refused.append((seq, row, sku == nil ? NotFound("sku", stock.sku) : NotFound("location", stock.location)))
                continue
            }
            lines.append(
                StockLine(
                    owner: owner, sku: sku, location: place.id, quantity: Quantity(stock.quantity), lotCode: stock.lot,
                    expires: stock.expires))
        }
        try OpenStock(lines, occurred: tx.now, actor: actor).run(in: tx)
        return refused
    }
}
