import Crypto
import Kernel

/// What a caller proves itself with: `wb_` and 32 characters. Shown once; only its hash is kept.
package struct APIToken: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    package let text: String

    private static let prefix = "wb_"
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    /// Random bytes a token is made of: 160 bits.
    package static let byteCount = 20

    package init(_ text: String) { self.text = text }

    /// A new token, from as many random bytes as `byteCount` says.
    package static func make(_ random: RandomBytes) -> APIToken {
        let bytes = random(byteCount)
        precondition(bytes.count == byteCount, "a token is made of \(byteCount) bytes, not \(bytes.count)")
        var characters: [UInt8] = [], bits = 0, held = 0
        for byte in bytes {
            held = held << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                characters.append(alphabet[held >> bits & 31])
            }
            held &= (1 << bits) - 1
        }
        return APIToken(prefix + String(decoding: characters, as: UTF8.self))
    }

    /// SHA-256 in hex: what is stored and looked up. A token is random, so that a plain hash keeps it.
    package var hash: String { hexadecimal(Array(SHA256.hash(data: Array(text.utf8)))) }

    package var description: String { Self.prefix + "… (hidden)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
