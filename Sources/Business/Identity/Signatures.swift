import Crypto
import Foundation

extension Vault {
    /// HMAC-SHA256 in hex, under a key derived from the current master key for this purpose alone.
    package func signature(of text: String, for purpose: String) -> String { signature(of: text, for: purpose, under: current) }

    /// Compared in constant time.
    package func hasSigned(_ text: String, as signature: String, for purpose: String) -> Bool {
        Self.areEqual(self.signature(of: text, for: purpose), signature)
    }

    /// As `hasSigned`, for what outlives a change of the master key and shows only the beginning of a signature.
    func hasEverSigned(_ text: String, begun signature: String, for purpose: String) -> Bool {
        allMasters.contains { master in
            let whole = self.signature(of: text, for: purpose, under: master)
            return Self.areEqual(String(whole.prefix(signature.utf8.count)), signature)
        }
    }

    private static func areEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        return a.count == b.count && zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func signature(of text: String, for purpose: String, under master: MasterKey) -> String {
        hexadecimal(Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: master.signing(for: purpose))))
    }
}
