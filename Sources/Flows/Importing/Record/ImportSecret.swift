import Crypto
import Foundation
import Identity
import Kernel
import Store

/// The key under which an import's people are staged, so that no staged row can be read without the operator's master key.
///
/// It stands where all that is personal stands: as the sealed text of a recipient that belongs to the operator. Forgetting
/// that recipient makes whatever is left of the staged people unreadable.
struct ImportSecret: Sendable {
    private let key: SymmetricKey
    /// Recipients that are no merchant's.
    private static let operatorID = MerchantID(0)

    /// Makes the key of a new import; answers where it stands.
    static func make(_ vault: Vault, in tx: Transaction) throws -> RecipientID {
        guard let country = Country.all.first else { throw StoreError.unexpected("there is no country") }
        let text = Data(Vault.systemRandom(32)).base64EncodedString()
        return try Recipients.add([(operatorID, Person(name: text, country: country))], vault, in: tx)[0]
    }

    static func open(_ id: RecipientID, _ vault: Vault, in tx: Transaction) throws -> ImportSecret {
        guard let text = try Recipients.open([id], vault, in: tx)[id]?.name, let bytes = Data(base64Encoded: text) else {
            throw StoreError.unexpected("the key of an import is gone")
        }
        return ImportSecret(key: SymmetricKey(data: bytes))
    }

    /// Base64 of nonce, ciphertext and tag.
    func seal(_ person: StagedPerson) throws -> String {
        let sealed = try AES.GCM.seal(Data(try StagedText.write(person).utf8), using: key)
        guard let combined = sealed.combined else { throw StoreError.unexpected("a person cannot be sealed") }
        return combined.base64EncodedString()
    }

    func open(_ text: String) throws -> Person {
        do {
            let box = try AES.GCM.SealedBox(combined: Data(base64Encoded: text) ?? Data())
            let person: StagedPerson = try StagedText.read(String(decoding: try AES.GCM.open(box, using: key), as: UTF8.self))
            return person.person
        } catch is CryptoKitError {
            throw StoreError.unexpected("a staged person does not open")
        }
    }
}
