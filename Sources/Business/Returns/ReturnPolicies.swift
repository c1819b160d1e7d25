import Kernel
import Store

/// Terms with the days on which they hold: the day is that on which an order was placed.
package struct ReturnPolicy: Hashable, Sendable {
    /// Nil: for all merchants that have none of their own.
    package let merchant: MerchantID?
    package let validity: Validity
    package let terms: ReturnTerms

    package init(merchant: MerchantID?, validity: Validity = .always, terms: ReturnTerms) {
        self.merchant = merchant
        self.validity = validity
        self.terms = terms
    }
}

/// The policies of a set of merchants, and the default.
package struct ReturnPolicies: Sendable {
    private let policies: [MerchantID?: [ReturnPolicy]]

    /// What holds for orders of a day: the merchant's own, else the operator's, else the terms nobody changed.
    package func terms(_ merchant: MerchantID, on day: CivilDate) -> ReturnTerms {
        for key in [merchant, nil] {
            if let found = policies[key]?.first(where: { $0.validity.holds(on: day) }) { return found.terms }
        }
        return ReturnTerms()
    }

    package static func load(of merchants: some Sequence<MerchantID>, in tx: Transaction) throws -> ReturnPolicies {
        let ids = Set(merchants).union([MerchantID(0)]).sorted()
        return ReturnPolicies(
            policies: Dictionary(grouping: try list("merchant IN \(list: ids)", in: tx), by: \.merchant))
    }

    /// Those of a merchant, or the default ones, by their first day.
    package static func all(of merchant: MerchantID?, in tx: Transaction) throws -> [ReturnPolicy] {
        try list("merchant = \(merchant?.raw ?? 0)", in: tx)
    }

    private static func list(_ condition: SQL, in tx: Transaction) throws -> [ReturnPolicy] {
        try tx.query(
            "SELECT merchant, from_day, until_day, terms FROM return_policy WHERE \(condition) ORDER BY merchant, from_day"
        ) {
            let (merchant, from, until) = try ($0.next(Int64.self), $0.next(CivilDate.self), $0.next(CivilDate.self))
            return ReturnPolicy(
                merchant: merchant == 0 ? nil : MerchantID(merchant),
                validity: Validity(from: from == Ends.first ? nil : from, until: until == Ends.last ? nil : until),
                terms: try ReturnTerms(text: $0.next()))
        }
    }
}

/// States a policy. One that begins on the same day is replaced; it may not reach into the next one's days.
package enum SaveReturnPolicy {
    package struct Overlap: Refusal, Equatable {
        package let other: Validity

        package init(other: Validity) { self.other = other }

        package var code: String { "return_policy.overlap" }
        package var message: String {
            "A policy from \(other.from?.description ?? "the beginning") until \(other.until?.description ?? "further notice") holds then."
        }
        package var kind: RefusalKind { .conflict }
        package var field: String? { "/until" }
    }

    package static func run(_ policy: ReturnPolicy, in tx: Transaction) throws {
        try policy.terms.check("/terms")
        guard !policy.validity.isEmpty else { throw InvalidInput(field: "/until", "A policy holds on one day at least.") }
        let others = try ReturnPolicies.all(of: policy.merchant, in: tx).filter { $0.validity.from != policy.validity.from }
        if let other = others.first(where: { $0.validity.overlaps(policy.validity) }) { throw Overlap(other: other.validity) }
        let (from, until) = (policy.validity.from ?? Ends.first, policy.validity.until ?? Ends.last)
        try tx.run(
            """
            INSERT INTO return_policy (merchant, from_day, until_day, terms)
            VALUES (\(policy.merchant?.raw ?? 0), \(from), \(until), \(policy.terms.text))
            ON CONFLICT (merchant, from_day) DO UPDATE SET until_day = excluded.until_day, terms = excluded.terms
            """)
    }
}

/// How open ends are stored.
private enum Ends {
    static let first = CivilDate(dayNumber: -1_000_000)
    static let last = CivilDate(dayNumber: 9_000_000)
}
