import Identity
import Kernel
import Testing

@Suite("A shopper's link")
struct ShopperLinkTests {
    private let order = OrderID(987_654_321)

    @Test("leads to its order and to no other, and a changed one leads nowhere")
    func bound() throws {
        let vault = try Vault.seeded(1), link = ShopperLink(order, vault)
        #expect(try ShopperLink(link.token, vault).order == order)
        let other = ShopperLink(OrderID(987_654_322), vault).token
        let swapped = link.token.prefix { $0 != "-" } + other.drop { $0 != "-" }
        for token in [String(swapped), String(link.token.dropLast()), link.token + "0", link.token.uppercased(), "", "-", "none"] {
            #expect(throws: ShopperLink.Unknown()) { try ShopperLink(token, vault) }
        }
        #expect(throws: ShopperLink.Unknown()) { try ShopperLink(link.token, try Vault.seeded(2)) }
    }

    @Test("holds on when the master key changes")
    func rotated() throws {
        let old = try MasterKey(id: "old", bytes: Array(repeating: 1, count: 32))
        let new = try MasterKey(id: "new", bytes: Array(repeating: 2, count: 32))
        let link = ShopperLink(order, Vault(old))
        #expect(try ShopperLink(link.token, Vault(new, earlier: [old])).order == order)
        #expect(throws: ShopperLink.Unknown()) { try ShopperLink(link.token, Vault(new)) }
    }
}
