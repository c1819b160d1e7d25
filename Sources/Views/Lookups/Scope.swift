import Kernel
import Store

/// Whose things a reader may see.
package enum Scope: Hashable, Sendable {
    /// Everything.
    case network
    case merchant(MerchantID)
    case site(SiteID)
    case carrier(CarrierID)
}

extension Scope {
    /// The condition under which a row is the reader's own.
    ///
    /// - Parameters: the expressions that say whose a row is; nil where rows of this table are never such a reader's.
    func owns(merchant: String? = nil, site: String? = nil, carrier: (CarrierID) -> SQL? = { _ in nil }) -> SQL {
        switch self {
        case .network: return "1 = 1"
        case .merchant(let id):
            guard let merchant else { return "1 = 0" }
            return "\(verbatim: merchant) = \(id)"
        case .site(let id):
            guard let site else { return "1 = 0" }
            return "\(verbatim: site) = \(id)"
        case .carrier(let id): return carrier(id) ?? "1 = 0"
        }
    }

    /// The condition on parcels: a carrier sees those that were handed to it, but not what partners send with theirs; a site
    /// those it packed, those that stand there and those that come to it as a transfer.
    ///
    /// - Parameter alias: of the table of parcels.
    func ownsParcel(_ alias: String) -> SQL {
        if case .site(let site) = self {
            return """
                (\(verbatim: alias).site = \(site) OR \(verbatim: alias).at_site = \(site)
                    OR \(verbatim: alias).left_at IS NOT NULL AND EXISTS (SELECT 1 FROM outbound_order bound
                        WHERE bound.order_id = \(verbatim: alias).order_id AND bound.to_site = \(site)))
                """
        }
        return owns(merchant: "\(alias).merchant") { carrier in
            """
            \(verbatim: alias).handed_over_at IS NOT NULL AND \(verbatim: alias).service IN
                (SELECT id FROM carrier_service WHERE carrier = \(carrier))
                AND NOT EXISTS (SELECT 1 FROM partner_parcel sent WHERE sent.parcel = \(verbatim: alias).id)
            """
        }
    }

    /// The condition on parcels of returns: a site sees those for its desk, those that stand there, and those it may take in
    /// from a shopper; a carrier those under its labels once it has them.
    ///
    /// - Parameter alias: of the table of return parcels.
    func ownsReturnParcel(_ alias: String) -> SQL {
        if case .site(let site) = self {
            return """
                (\(verbatim: alias).site = \(site) OR \(verbatim: alias).at_site = \(site)
                    OR \(verbatim: alias).state = 'with_shopper')
                """
        }
        return owns(merchant: "\(alias).merchant") { carrier in
            """
            \(verbatim: alias).label IS NOT NULL AND \(verbatim: alias).state NOT IN ('with_shopper', 'voided')
                AND \(verbatim: alias).service IN (SELECT id FROM carrier_service WHERE carrier = \(carrier))
            """
        }
    }

    /// The condition on SKUs: a site sees those it has, had or expects.
    ///
    /// - Parameter column: that holds the SKU's id.
    func ownsSKU(_ column: String, merchant: String) -> SQL {
        guard case .site(let site) = self else { return owns(merchant: merchant) }
        return "EXISTS (SELECT 1 FROM supply own WHERE own.sku = \(verbatim: column) AND own.site = \(site))"
    }
}
