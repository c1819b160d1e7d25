import Facilities
import Kernel
import Merchants
import Orders
import Partners
import Store

/// The operator and a partner agree on what it does for a merchant's goods at a site; from its first day on it holds in
/// place of an earlier one.
package struct SaveAgreement: Flow {
    let agreement: Agreement
    let network: NetworkCache

    /// - Parameter agreement: its id is given here.
    package init(_ agreement: Agreement, network: NetworkCache) {
        self.agreement = agreement
        self.network = network
    }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case ownSite
        case otherMerchant
        case noDays
        case dayTaken(CivilDate?)

        package static let samples: [any Refusal] = [Self.ownSite, Self.otherMerchant, Self.noDays, Self.dayTaken(nil)]
        package var code: String {
            switch self {
            case .ownSite: "agreement.own_site"
            case .otherMerchant: "agreement.other_merchant"
            case .noDays: "agreement.no_days"
            case .dayTaken: "agreement.day_taken"
            }
        }
        package var message: String {
            switch self {
            case .ownSite: "The operator runs this site; there is nobody to agree with."
            case .otherMerchant: "A drop-shipping site serves the merchant who runs it alone."
            case .noDays: "It ends before it begins."
            case .dayTaken(let day): "An agreement for this merchant that begins on \(day.map(\.description) ?? "any day") exists already."
            }
        }
        package var kind: RefusalKind { self == .noDays ? .invalid : .conflict }
        package var field: String? {
            switch self {
            case .ownSite: "/site"
            case .otherMerchant: "/merchant"
            case .noDays: "/until"
            case .dayTaken: "/from"
            }
        }
    }

    package func run(in tx: Transaction) throws -> Agreement {
        let network = try network.network(in: tx)
        guard let site = network.site(agreement.site) else { throw NotFound("site", agreement.site) }
        guard try Merchant.find(agreement.merchant, in: tx) != nil else { throw NotFound("merchant", agreement.merchant) }
        let others = try Agreements.at(site.id, of: site.mode == .dropShip ? nil : [agreement.merchant], in: tx)
        guard site.mode != .own else { throw Refused.ownSite }
        if site.mode == .dropShip, others.contains(where: { $0.merchant != agreement.merchant }) { throw Refused.otherMerchant }
        guard !agreement.validity.isEmpty else { throw Refused.noDays }
        if others.contains(where: { $0.merchant == agreement.merchant && $0.validity.from == agreement.validity.from }) {
            throw Refused.dayTaken(agreement.validity.from)
        }
        var saved = agreement
        saved.id = tx.id()
        try Agreements.add(saved, in: tx)
        // What waited for an agreement goes out now.
        try HandOn.run(try Fulfillments.due(at: site.id, until: .distantFuture, limit: 1000, in: tx), network, in: tx)
        return saved
    }
}
