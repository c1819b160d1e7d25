import Crypto
import Foundation
import Kernel
import Store

/// So many random bytes: the system's, or in a rehearsal those of its seed.
package typealias RandomBytes = @Sendable (_ count: Int) -> [UInt8]

/// Seals what is personal: AES-256-GCM under a key for each merchant, which is stored wrapped by the master key.
package struct Vault: Sendable {
    /// Wraps new keys.
    let current: MasterKey
    private let masters: [String: MasterKey]
    /// Random bytes for keys and nonces.
    let draw: RandomBytes

    /// - Parameters:
    ///   - keys: the current one first, then those that still wrap something.
    ///   - random: for keys and nonces; by default from the system's secure source.
    package init(_ current: MasterKey, earlier: [MasterKey] = [], random: @escaping RandomBytes = Vault.systemRandom) {
        self.current = current
        masters = Dictionary((earlier + [current]).map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        draw = random
    }

    package static let systemRandom: RandomBytes = { count in
        SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes(Array.init)
    }

    /// The current one first, then those of before.
    var allMasters: [MasterKey] { [current] + masters.values.filter { $0.id != current.id }.sorted { $0.id < $1.id } }

    /// - Throws: `StoreError.unsuitable` where the key was not handed over.
    func master(_ id: String) throws -> MasterKey {
        guard let key = masters[id] else { throw StoreError.unsuitable("The master key '\(id)' is needed and not there.") }
        return key
    }

    static let nonceBytes = 12

    /// Base64 of nonce, ciphertext and tag.
    ///
    /// - Parameter context: what the text stands for; it opens in no other place.
    func seal(_ plain: [UInt8], under key: SymmetricKey, context: String) throws -> String {
        try seal(plain, under: key, context: context, nonce: draw(Self.nonceBytes))
    }

    /// - Parameter nonce: random, and never used before.
    func seal(_ plain: [UInt8], under key: SymmetricKey, context: String, nonce: [UInt8]) throws -> String {
        let nonce = try AES.GCM.Nonce(data: nonce)
        let box = try AES.GCM.seal(plain, using: key, nonce: nonce, authenticating: Array(context.utf8))
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return combined.base64EncodedString()
    }

    /// - Throws: `StoreError.unexpected` naming the context, where the text is not what was sealed.
    func open(_ sealed: String, under key: SymmetricKey, context: String) throws -> [UInt8] {
        do {
            guard let combined = Data(base64Encoded: sealed) else { throw CryptoKitError.incorrectParameterSize }
            let box = try AES.GCM.SealedBox(combined: combined)
            return Array(try AES.GCM.open(box, using: key, authenticating: Array(context.utf8)))
        } catch {
            throw StoreError.unexpected("what is sealed for \(context) does not open")
        }
    }
}
