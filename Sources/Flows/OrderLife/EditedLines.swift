import Kernel
import Merchants
import Orders
import Store

/// The lines that an order is to have, looked up and taken apart as those of a new order are.
struct EditedLines {
    let wanted: [OrderChange.Wanted]
    /// As they would be put on.
    let lines: [NewLine]
    /// What of them lies on shelves.
    let stocked: Set<SKUID>

    /// - Throws: `PlaceOrderRefused`.
    init(_ asked: [OrderRequest.Line], of record: OrderRecord, mayWait: Bool, _ desk: OrderDesk, in tx: Transaction) throws {
        let request = OrderRequest(
            merchant: record.merchant, channel: record.channel, number: record.number, payment: record.payment,
            currency: record.currency, person: nil, destination: record.destination, lines: asked, placedAt: record.placedAt,
            backorder: mayWait)
        try request.check([record.merchant: 0])
        let codes = Set(asked.map { SKUCode(record.merchant, $0.sku) })
        let goods = try desk.catalog.facts(codes, of: Merchant.find([record.merchant], in: tx), in: tx)
        lines = try OrderLines(request, goods: goods, in: tx).lines
        wanted = zip(lines, asked).map { OrderChange.Wanted($0.sku, $1) }
        stocked = goods.stocked
    }
}

/// Which line of what was asked for a component is of, for refusals.
struct LineNames {
    private let components: [ComponentRecord]
    private let indices: [LineID: Int]
    private let codes: [String]

    init(_ change: OrderChange, _ new: EditedLines?, _ stands: [LineRecord], _ components: [ComponentRecord]) {
        self.components = components
        guard let new else {
            indices = Dictionary(uniqueKeysWithValues: stands.enumerated().map { ($1.id, $0) })
            codes = stands.map(\.sku.description)
            return
        }
        let lines = zip(change.kept, new.lines).map { $0 ?? $1.id }
        indices = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1, $0) })
        codes = new.wanted.map(\.line.sku)
    }

    func name(_ component: ComponentID) -> (line: Int, sku: String) {
        let line = components.first { $0.id == component }.flatMap { indices[$0.line] } ?? 0
        return (line, codes.indices.contains(line) ? codes[line] : "")
    }

    /// Refuses by the first line that is short.
    func refuseShort(_ answer: SourceAgain.Answer) throws(PlaceOrderRefused) {
        let short = components.filter { answer.short[$0.id] != nil }
            .min { (indices[$0.line] ?? 0, $0.id) < (indices[$1.line] ?? 0, $1.id) }
        guard let short, let missing = answer.short[short.id] else { return }
        let (line, sku) = name(short.id)
        if answer.sourced.refusedByCapacity { throw .noCapacity(line: line, sku: sku) }
        if answer.sourced.refusedByServices { throw .noService(line: line, sku: sku) }
        throw .stockShort(line: line, sku: sku, wanted: short.ordered, available: short.ordered - missing)
    }
}
