import Crypto
import Foundation

extension Vault {
    /// HMAC-SHA256 in hex, under a key derived from the current master key for this purpose alone.
    package func signature(of text: String, for purpose: String) -> String {
        hexadecimal(Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key(for: purpose))))
    }

    /// Compared in constant time.
    package func hasSigned(_ text: String, as signature: String, for purpose: String) -> Bool {
        let expected = Array(self.signature(of: text, for: purpose).utf8), given = Array(signature.utf8)
        return expected.count == given.count && zip(expected, given).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func key(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: current.key, info: Array("waybill signature \(purpose)".utf8), outputByteCount: 32)
    }
}
