import Crypto
import Foundation
import Kernel

/// A key of 256 bits that the operator keeps outside of the database; it wraps the keys that seal.
package struct MasterKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// Tells keys apart while one replaces another; no secret.
    package let id: String
    let key: SymmetricKey
    /// Signs the links of shoppers, one an order; derived from `key` once.
    let links: SymmetricKey

    /// - Parameter bytes: 32 random bytes.
    /// - Throws: a refusal of an empty id or another length.
    package init(id: String, bytes: [UInt8]) throws(InvalidInput) {
        guard !id.isEmpty, !id.contains(where: { $0 == ":" || $0.isWhitespace }) else {
            throw InvalidInput(field: "/master_key/id", "A master key's id is not empty and has no ':' and no space.")
        }
        guard bytes.count == 32 else {
            throw InvalidInput(field: "/master_key/bytes", "A master key has 32 bytes, not \(bytes.count).")
        }
        self.id = id
        key = SymmetricKey(data: bytes)
        links = Self.derived(key, for: ShopperLink.purpose)
    }

    /// A key that signs for this purpose alone.
    func signing(for purpose: String) -> SymmetricKey { purpose == ShopperLink.purpose ? links : Self.derived(key, for: purpose) }

    private static func derived(_ key: SymmetricKey, for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Array("waybill signature \(purpose)".utf8), outputByteCount: 32)
    }

    /// Reads a key file, or its text from the environment: a line `id:base64` for each key, the current one first;
    /// empty lines and lines that begin with `#` aside.
    ///
    /// - Throws: a refusal that names the line, and never what stands in it.
    package static func parse(_ text: String) throws(InvalidInput) -> [MasterKey] {
        var keys: [MasterKey] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let bytes = Data(base64Encoded: String(parts[1])), bytes.count == 32 else {
                throw InvalidInput(
                    field: "/master_key", "Line \(index + 1) of the key file is not 'id:' and 32 bytes in base64.")
            }
            keys.append(try MasterKey(id: String(parts[0]), bytes: Array(bytes)))
        }
        guard !keys.isEmpty else { throw InvalidInput(field: "/master_key", "The key file holds no key.") }
        guard Set(keys.map(\.id)).count == keys.count else {
            throw InvalidInput(field: "/master_key", "The key file holds an id twice.")
        }
        return keys
    }

    /// The line of a key file.
    package var line: String { "\(id):" + key.withUnsafeBytes { Data($0).base64EncodedString() } }

    package var description: String { "master key \(id)" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
