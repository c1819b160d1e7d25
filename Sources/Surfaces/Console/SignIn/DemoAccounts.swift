import Facilities
import Flows
import Identity
import Kernel
import Merchants
import Store

/// An account of each role for the demo, and the first owner's for everybody else.
package enum DemoAccounts {
    static func login(_ role: AccountRole) -> String { "demo-\(role.rawValue)" }

    /// Makes those that are missing. None has a password: the demo lets people in at a click.
    package static func prepare(_ store: Store, now: Instant) async throws {
        for role in AccountRole.allCases {
            if try await store.read({ try Account.find(login: login(role), in: $0) }) != nil { continue }
            guard let (name, party) = try await store.read({ try Self.party(of: role, in: $0) }) else { continue }
            _ = try await store.perform(
                InviteAccount(
                    login: login(role), name: name, role: role, party: party, link: APIToken.make(Vault.systemRandom), at: now,
                    actor: "waybill demo"))
        }
    }

    /// Nil where the network has nobody for the role.
    private static func party(of role: AccountRole, in tx: Transaction) throws -> (name: String, party: Int64?)? {
        let names: [AccountRole: String] = [
            .owner: "Olivia Owner", .operator: "Otto Operator", .lead: "Lena Lead", .floor: "Felix Floor", .merchant: "Mara Merchant",
            .partner: "Paul Partner", .driver: "Dora Driver", .planner: "Piet Planner", .support: "Sara Support", .reader: "Rita Reader",
        ]
        let name = names[role] ?? role.rawValue
        switch role.acts {
        case .operator: return (name, nil)
        case .merchant: return try Merchant.list(limit: 1, in: tx).first.map { (name, $0.id.raw) }
        case .carrier:
            // One whose people speak for themselves, before one that a client speaks to.
            let all = try Carrier.all(in: tx)
            return (all.first { $0.client == "none" } ?? all.first).map { (name, $0.id.raw) }
        case .site:
            let wanted: Site.Mode = role == .partner ? .partner : .own
            return try Site.all(in: tx).first { $0.mode == wanted && $0.kind == .fulfillmentCenter }.map { (name, $0.id.raw) }
        }
    }
}

/// Lets the first owner in.
package enum FirstOwner {
    /// The path of a one-time link, where nobody has an account yet; nil where somebody has.
    package static func link(_ store: Store, now: Instant) async throws -> String? {
        guard try await store.read({ try Account.isEmpty(in: $0) }) else { return nil }
        let link = APIToken.make(Vault.systemRandom)
        _ = try await store.perform(
            InviteAccount(login: "owner", name: "Owner", role: .owner, party: nil, link: link, at: now, actor: "waybill serve"))
        return "/welcome/\(link.text)"
    }
}
