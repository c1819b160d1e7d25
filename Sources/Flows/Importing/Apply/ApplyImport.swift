import Kernel
import Store

/// Lets the next staged rows of a committed import take effect, and moves its cursor in the same transaction.
struct ApplyImport: Flow {
    let id: ImportID
    let desk: OrderDesk
    /// Rows in one transaction.
    let limit: Int
    let actor: String

    /// The import as it stands after.
    func run(in tx: Transaction) throws -> ImportRecord {
        var record = try ImportRecords.load(id, in: tx)
        guard record.state == .committed else { return record }
        let (rows, last) = try StagedRows.next(of: id, after: record.applied, limit: limit, in: tx)
        let refused = try apply(rows, of: record, in: tx)
        try ImportRefusals.add(refused, to: id, in: tx)
        try StagedRows.remove(of: id, through: last, in: tx)
        record.applied = last
        record.refused += Int64(refused.count)
        if record.applied == record.staged { try finish(&record, in: tx) }
        try ImportRecords.update(record, in: tx)
        return record
    }

    private func apply(
        _ rows: [(seq: Int64, row: StagedRow)], of record: ImportRecord, in tx: Transaction
    ) throws -> [RefusedRow] {
        switch rows.first?.row.part {
        case .merchants: try ApplyMerchants(actor: actor).run(rows, in: tx)
        case .skus: try ApplySKUs(actor: actor).run(rows, in: tx)
        case .stock: try ApplyStock(actor: actor).run(rows, in: tx)
        case .orders: try ApplyOrders(record: record, desk: desk, actor: actor).run(rows, in: tx)
        case nil: []
        }
    }

    private func finish(_ record: inout ImportRecord, in tx: Transaction) throws {
        record.state = .applied
        try record.forgetPeople(actor: actor, in: tx)
        tx.emit(.importApplied(record, actor: actor, at: tx.now))
    }
}

/// A staged row that its command refused.
typealias RefusedRow = (seq: Int64, row: StagedRow, refusal: any Refusal)
