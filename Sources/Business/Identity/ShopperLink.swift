import Kernel

/// A shopper's way to their order, without an account: who has the link sees the order, and nobody guesses one.
///
/// It is the order's id and 128 bits of our signature on it, so that nothing of it is stored and who reads the database
/// cannot make one. Links hold on when the master key changes, as long as the earlier key is handed over.
package struct ShopperLink: Hashable, Sendable {
    package let order: OrderID
    package let token: String

    static let purpose = "shopper link"
    private static let signatureLength = 32

    package init(_ order: OrderID, _ vault: Vault) {
        let name = String(order.description.dropFirst(4))
        self.order = order
        token = "\(name)-\(vault.signature(of: name, for: Self.purpose).prefix(Self.signatureLength))"
    }

    /// - Throws: `Unknown` where we never gave such a link out.
    package init(_ token: String, _ vault: Vault) throws(Unknown) {
        let parts = token.split(separator: "-", maxSplits: 1).map(String.init)
        guard parts.count == 2, token.utf8.count < 80, parts[1].utf8.count == Self.signatureLength,
            let order = OrderID("ord_" + parts[0]), vault.hasEverSigned(parts[0], begun: parts[1], for: Self.purpose)
        else { throw Unknown() }
        (self.order, self.token) = (order, token)
    }

    /// On the host that serves the pages.
    package var path: String { "/t/\(token)" }

    package struct Unknown: Refusal, Equatable {
        package init() {}
        package var code: String { "link.unknown" }
        package var message: String { "This link leads to no order." }
        package var kind: RefusalKind { .notFound }
    }
}
