import Kernel

/// Which site ships what, what it costs, and what else was weighed.
package struct SourcingPlan: Sendable, Equatable {
    /// In the order of site ids.
    package var parts: [Part]
    /// Units of each line that no site can ship; all of them where the order may not be filled in part.
    package var unfilled: [Int64]
    package var cost: Cost
    /// The plans a person would think of first: each site alone, by id, then the nearest-site rule.
    package var considered: [Alternative]
    /// True where no plan that fills as many units costs less; false where the search ran out of effort.
    package var provenOptimal: Bool

    /// What one site ships by one service.
    package struct Part: Sendable, Equatable {
        package var site: ID<SiteTag>
        package var service: ID<ServiceTag>
        /// Units of each line.
        package var quantities: [Int64]
        package var parcels: Int64
        /// The larger of weight and volume weight, all parcels together.
        package var billableGrams: Int64
        package var shipping: Int64
        package var handling: Int64
        package var lateness: Int64
        package var scarcity: Int64
        package var shipBy: Instant
        package var arrival: Instant

        package var units: Int64 { quantities.reduce(0, +) }
    }

    /// A plan's cost by cause, in minor units.
    package struct Cost: Sendable, Equatable {
        package var shipping: Int64
        package var handling: Int64
        package var split: Int64
        package var lateness: Int64
        package var scarcity: Int64

        package init(
            shipping: Int64 = 0, handling: Int64 = 0, split: Int64 = 0, lateness: Int64 = 0, scarcity: Int64 = 0
        ) {
            self.shipping = shipping
            self.handling = handling
            self.split = split
            self.lateness = lateness
            self.scarcity = scarcity
        }

        package var total: Int64 { shipping + handling + split + lateness + scarcity }
    }

    /// A plan by a simple rule, to compare the chosen one with.
    package struct Alternative: Sendable, Equatable {
        package var rule: Rule
        package var outcome: Outcome

        package init(rule: Rule, outcome: Outcome) {
            self.rule = rule
            self.outcome = outcome
        }

        package enum Rule: Sendable, Equatable {
            /// Everything from this site in one part.
            case onlySite(ID<SiteTag>)
            /// Each site in order of distance ships all it has.
            case nearestFirst
        }

        package enum Outcome: Sendable, Equatable {
            case cost(Int64, parcels: Int64)
            /// The site lacks this many of the units that can be filled.
            case short(units: Int64)
            /// The site has the units, but none of its services takes all of them.
            case noService
        }
    }

    /// Parcels over all parts.
    package var parcels: Int64 { parts.reduce(0) { $0 + $1.parcels } }
}
