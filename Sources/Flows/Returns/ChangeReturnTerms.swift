import Kernel
import Returns
import Store

/// A merchant promises something else about returns from a day on: what held ends the day before.
package struct ChangeReturnTerms: Flow {
    let merchant: MerchantID
    let terms: ReturnTerms
    let from: CivilDate

    /// - Parameter from: not before today in UTC: what was promised for orders stays.
    package init(_ merchant: MerchantID, _ terms: ReturnTerms, from: CivilDate) {
        (self.merchant, self.terms, self.from) = (merchant, terms, from)
    }

    package func run(in tx: Transaction) throws {
        let today = TimeZoneRule.utc.day(of: tx.now)
        guard from >= today else {
            throw InvalidInput(field: "/from", "\(from) has passed; other terms begin on \(today) or later.")
        }
        let all = try ReturnPolicies.all(of: merchant, in: tx)
        let holding = all.first { $0.validity.holds(on: from) }
        let next = all.compactMap(\.validity.from).filter { $0 > from }.min()
        if let holding, holding.validity.from != from {
            let before = Validity(from: holding.validity.from, until: from)
            try SaveReturnPolicy.run(ReturnPolicy(merchant: merchant, validity: before, terms: holding.terms), in: tx)
        }
        let validity = Validity(from: from, until: holding == nil ? next : holding?.validity.until)
        try SetReturnPolicy(ReturnPolicy(merchant: merchant, validity: validity, terms: terms)).run(in: tx)
    }
}
