import Crypto
import Kernel

/// Keyed hashes by which a person is found again without being readable: HMAC-SHA256 in hex.
///
/// The key is the operator's, so that one shopper is the same under all merchants; each kind of value has its own,
/// derived by HKDF (RFC 5869).
struct PersonHasher {
    private let phoneKey: SymmetricKey
    private let emailKey: SymmetricKey
    private let addressKey: SymmetricKey

    init(_ keys: SealingKeys) throws {
        let root = try keys.key(of: SealingKeys.operatorID)
        func derive(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: root, info: Array("waybill recipient \(purpose)".utf8), outputByteCount: 32)
        }
        (phoneKey, emailKey, addressKey) = (derive("phone"), derive("email"), derive("address"))
    }

    func phone(_ text: String) -> String? { Normalised.phone(text).map { hash($0, phoneKey) } }
    func email(_ text: String) -> String? { Normalised.email(text).map { hash($0, emailKey) } }
    func address(_ person: Person) -> String? { Normalised.address(person).map { hash($0, addressKey) } }

    private func hash(_ text: String, _ key: SymmetricKey) -> String {
        hexadecimal(Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)))
    }
}

func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
    return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
        for (index, byte) in bytes.enumerated() {
            text[2 * index] = digit(byte >> 4)
            text[2 * index + 1] = digit(byte & 15)
        }
        return bytes.count * 2
    }
}
