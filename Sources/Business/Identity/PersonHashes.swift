import Crypto
import Kernel

/// Keyed hashes by which a person is found again without being readable: the first 64 bits of an HMAC-SHA256.
///
/// Among ten million people that is one chance in 10¹² that a search finds a stranger too, for an index of a quarter the size.
///
/// The key is the operator's, so that one shopper is the same under all merchants; each kind of value has its own,
/// derived by HKDF (RFC 5869).
struct PersonHasher: Sendable {
    /// Each has taken its key in already; copied for every value.
    private let phones: HMAC<SHA256>
    private let emails: HMAC<SHA256>
    private let addresses: HMAC<SHA256>

    init(_ keys: SealingKeys) throws {
        let root = try keys.key(of: SealingKeys.operatorID)
        func derive(_ purpose: String) -> HMAC<SHA256> {
            HMAC(
                key: HKDF<SHA256>.deriveKey(
                    inputKeyMaterial: root, info: Array("waybill recipient \(purpose)".utf8), outputByteCount: 32))
        }
        (phones, emails, addresses) = (derive("phone"), derive("email"), derive("address"))
    }

    func phone(_ text: String) -> Int64? { Normalised.phone(text).map { hash($0, phones) } }
    func email(_ text: String) -> Int64? { Normalised.email(text).map { hash($0, emails) } }
    func address(_ person: Person) -> Int64? { Normalised.address(person).map { hash($0, addresses) } }

    private func hash(_ text: String, _ keyed: HMAC<SHA256>) -> Int64 {
        var hash = keyed
        hash.update(data: Array(text.utf8))
        return hash.finalize().withUnsafeBytes { Int64(bigEndian: $0.loadUnaligned(as: Int64.self)) }
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
