import Facilities
import Kernel
import Merchants
import Sourcing
import Store

/// A merchant says how its sales are to be sourced from a day on, in place of what it said before. What is sourced already
/// stays as it is.
package struct SaveSourcingRule: Flow {
    let rule: SourcingRule
    let network: NetworkCache
    let actor: String

    /// - Parameter rule: its id is given here.
    package init(_ rule: SourcingRule, network: NetworkCache, actor: String) {
        self.rule = rule
        self.network = network
        self.actor = actor
    }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case twice(field: String, SiteID)
        case cannotShip(field: String, SiteID)
        case notAllowed(SiteID)
        case noDays
        case dayTaken(CivilDate?)

        package static let samples: [any Refusal] = [
            Self.twice(field: "", SiteID(0)), Self.cannotShip(field: "", SiteID(0)), Self.notAllowed(SiteID(0)), Self.noDays,
            Self.dayTaken(nil),
        ]
        package var code: String {
            switch self {
            case .twice: "sourcing_rule.site_twice"
            case .cannotShip: "sourcing_rule.site_cannot_ship"
            case .notAllowed: "sourcing_rule.site_not_allowed"
            case .noDays: "sourcing_rule.no_days"
            case .dayTaken: "sourcing_rule.day_taken"
            }
        }
        package var message: String {
            switch self {
            case .twice(_, let site): "The site '\(site)' stands in the list twice."
            case .cannotShip(_, let site): "The site '\(site)' is no fulfillment center; it ships no orders."
            case .notAllowed(let site): "The site '\(site)' has a priority, and is not among the only sites allowed."
            case .noDays: "It ends before it begins."
            case .dayTaken(let day): "A rule of this merchant that begins on \(day.map(\.description) ?? "any day") exists already."
            }
        }
        package var kind: RefusalKind { if case .dayTaken = self { .conflict } else { .invalid } }
        package var field: String? {
            switch self {
            case .twice(let field, _), .cannotShip(let field, _): field
            case .notAllowed: "/priority"
            case .noDays: "/until"
            case .dayTaken: "/from"
            }
        }
    }

    package func run(in tx: Transaction) throws -> SourcingRule {
        guard try Merchant.find(rule.merchant, in: tx) != nil else { throw NotFound("merchant", rule.merchant) }
        let network = try network.network(in: tx)
        for (field, sites) in [("/only_sites", rule.onlySites), ("/priority", rule.priority)] {
            for (index, id) in sites.enumerated() {
                guard let site = network.site(id) else { throw NotFound("site", id) }
                guard !sites[..<index].contains(id) else { throw Refused.twice(field: "\(field)/\(index)", id) }
                guard site.kind == .fulfillmentCenter else { throw Refused.cannotShip(field: "\(field)/\(index)", id) }
            }
        }
        if !rule.onlySites.isEmpty, let stray = rule.priority.first(where: { !rule.onlySites.contains($0) }) {
            throw Refused.notAllowed(stray)
        }
        guard !rule.validity.isEmpty else { throw Refused.noDays }
        let others = try SourcingRules.all(of: rule.merchant, in: tx)
        if others.contains(where: { $0.validity.from == rule.validity.from }) { throw Refused.dayTaken(rule.validity.from) }
        var saved = rule
        saved.id = tx.id()
        try SourcingRules.add(saved, actor: actor, in: tx)
        return saved
    }
}
