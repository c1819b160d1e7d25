import Kernel
import Merchants
import Store

/// An ASN in the merchant's own SKU numbers.
package struct AnnounceBySKUCode: Flow {
    package struct Line: Sendable {
        package let sku: String
        package let quantity: Quantity

        package init(sku: String, quantity: Quantity) {
            self.sku = sku
            self.quantity = quantity
        }
    }

    /// A line names a SKU that the merchant does not have, or one that is a kit.
    package struct UnknownSKU: Refusal, Equatable {
        package let line: Int
        package let sku: String

        package init(line: Int, sku: String) {
            self.line = line
            self.sku = sku
        }

        package var code: String { "asn.sku_unknown" }
        package var message: String { "The merchant has no SKU '\(sku)' that is held as goods." }
        package var kind: RefusalKind { .invalid }
        package var field: String? { "/lines/\(line)/sku" }
    }

    let merchant: MerchantID
    let site: SiteID
    let number: String
    let expected: Instant
    let lines: [Line]
    let actor: String

    package init(
        merchant: MerchantID, site: SiteID, number: String, expected: Instant, lines: [Line], actor: String = "system"
    ) {
        self.merchant = merchant
        self.site = site
        self.number = number
        self.expected = expected
        self.lines = lines
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> ASNID {
        let facts = try Catalog.facts(codes: Set(lines.map(\.sku)).sorted().map { SKUCode(merchant, $0) }, in: tx)
        let known = try lines.enumerated().map { index, line in
            guard let one = facts[SKUCode(merchant, line.sku)], !one.isKit else { throw UnknownSKU(line: index, sku: line.sku) }
            return AnnounceASN.Line(sku: one.id, quantity: line.quantity)
        }
        return try AnnounceASN(
            merchant: merchant, site: site, number: number, expected: expected, lines: known, actor: actor
        ).run(in: tx)
    }
}
