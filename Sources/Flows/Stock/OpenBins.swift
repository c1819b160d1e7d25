import Facilities
import Inventory
import Kernel
import Merchants
import Store

/// What somebody found in bins when the system begins to watch them: `OpenStock` for people, with its refusals.
package struct OpenBins: Flow {
    package struct Line: Sendable {
        package let sku: SKUID
        package let location: LocationID
        package let quantity: Quantity
        package let lotCode: String?
        package let expires: CivilDate?

        package init(sku: SKUID, location: LocationID, quantity: Quantity, lotCode: String?, expires: CivilDate?) {
            self.sku = sku
            self.location = location
            self.quantity = quantity
            self.lotCode = lotCode
            self.expires = expires
        }
    }

    package enum Refused: Refusal, Equatable {
        case unknownSKU(line: Int, SKUID)
        case lotMissing(line: Int, sku: String)

        package var code: String { if case .unknownSKU = self { "opening.sku_unknown" } else { "opening.lot_missing" } }
        package var message: String {
            switch self {
            case .unknownSKU(_, let sku): "There is no SKU '\(sku)' that is held as goods."
            case .lotMissing(_, let sku): "SKU '\(sku)' is tracked by lot: state the lot."
            }
        }
        package var kind: RefusalKind { .invalid }
        package var field: String? {
            switch self {
            case .unknownSKU(let line, _): "/lines/\(line)/sku"
            case .lotMissing(let line, _): "/lines/\(line)/lot"
            }
        }
    }

    let lines: [Line]
    let occurred: Instant
    let actor: String

    package init(_ lines: [Line], occurred: Instant, actor: String) {
        self.lines = lines
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let facts = try Catalog.facts(of: Set(lines.map(\.sku)).sorted(), in: tx)
        let stock = try lines.enumerated().map { index, line in
            guard let one = facts[line.sku], !one.isKit else { throw Refused.unknownSKU(line: index, line.sku) }
            if one.lotTracked, line.lotCode == nil { throw Refused.lotMissing(line: index, sku: one.code) }
            return StockLine(
                owner: one.merchant, sku: line.sku, location: line.location, quantity: line.quantity,
                lotCode: line.lotCode, expires: line.expires)
        }
        try OpenStock(stock, occurred: occurred, actor: actor).run(in: tx)
    }
}

/// A count by SKU and bin, for whoever owns the goods there.
package struct CountSKU: Flow {
    let location: LocationID
    let sku: SKUID
    let counted: Quantity
    let occurred: Instant
    let actor: String
    let why: String?

    package init(location: LocationID, sku: SKUID, counted: Quantity, occurred: Instant, actor: String, why: String? = nil) {
        self.location = location
        self.sku = sku
        self.counted = counted
        self.occurred = occurred
        self.actor = actor
        self.why = why
    }

    package func run(in tx: Transaction) throws -> CountBin.Counted {
        guard let facts = try Catalog.facts(of: [sku], in: tx)[sku], !facts.isKit else { throw NotFound("sku", sku) }
        return try CountBin(
            location: location, owner: facts.merchant, sku: sku, counted: counted, occurred: occurred, actor: actor,
            why: why
        ).run(in: tx)
    }
}
