import Identity
import Kernel
import Views

/// What a merchant has of the network: their orders, stock, inbound, returns, catalog, keys and webhooks. Operators act for one.
struct PortalPages {
    static let roles: Set<AccountRole> = .operators.union([.merchant])

    var pages: [Page] {
        PortalHome().pages + PortalStock().pages + PortalInbound().pages + PortalDisputes().pages + PortalLosses().pages
            + PortalReturns().pages + PortalCatalog().pages + PortalKeys().pages + PortalWebhooks().pages
            + PortalLimits().pages + PortalClaims().pages + PortalPolicy().pages
    }

    /// A page that a merchant's navigation leads to. An operator who named no merchant chooses one first.
    static func first(
        _ path: String, _ title: String, at place: Place, _ answer: @escaping @Sendable (PortalVisit) async throws -> PageAnswer
    ) -> Page {
        .get(path, title, for: roles, at: place) { visit in
            guard visit.caller.merchant != nil || visit.query["merchant"] != nil else { return .to("/portal/merchants") }
            return try await answer(PortalVisit(visit))
        }
    }
}

/// A visit to the portal, for one merchant: a merchant's own, or the one that an operator named.
struct PortalVisit {
    let visit: Visit
    let merchant: MerchantView
    private let isNamed: Bool

    var id: MerchantID { merchant.id }
    /// The merchant's own scope also for operators, who see here what the merchant sees.
    var scope: Scope { .merchant(merchant.id) }
    var texts: Texts { visit.texts }
    var format: Format { visit.format }

    /// - Throws: `NotFound` where an operator names no merchant that there is.
    init(_ visit: Visit) async throws {
        let named = visit.form.optional("merchant") ?? visit.query["merchant"]
        if let own = visit.caller.merchant {
            merchant = try await visit.read { try MerchantView.find(own, .merchant(own), in: $0) }
            isNamed = false
        } else {
            guard let id = named.flatMap({ MerchantID($0) }) else { throw NotFound("merchant", named ?? "") }
            merchant = try await visit.read { try MerchantView.find(id, .network, in: $0) }
            isNamed = true
        }
        self.visit = visit
    }

    /// An address within the portal that stays with the merchant.
    func path(_ path: String) -> String {
        isNamed ? path + (path.contains("?") ? "&" : "?") + "merchant=\(merchant.id)" : path
    }

    /// What a form carries so that it stays with the merchant.
    var fields: [Form.Field] { isNamed ? [.hidden("merchant", merchant.id.description)] : [] }

    func crumb(_ key: String, _ path: String) -> Crumb { Crumb(texts[key], self.path(path)) }

    /// Columns by the names of their texts.
    func columns(_ names: [String], number: Bool = false) -> [Table.Column] {
        names.map { Table.Column(texts["portal.\($0)"], number: number) }
    }

    func link(_ key: String, to path: String, primary: Bool = false) -> Markup {
        .link(texts[key], to: self.path(path), primary: primary)
    }
}
