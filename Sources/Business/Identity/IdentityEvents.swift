import Kernel
import Store

/// What this module says to the log; nothing in it is personal.
package enum IdentityEvents {
    /// A key was made. Key: the key. Payload: name, role.
    package static let keyCreated = "key.created"
    /// A key was revoked. Key: the key. No payload.
    package static let keyRevoked = "key.revoked"
    /// A recipient was erased. Key: the recipient. No payload.
    package static let recipientForgotten = "recipient.forgotten"

    static func keyCreated(_ key: KeyRecord, actor: String) -> NewEvent {
        NewEvent(
            keyCreated, key: key.id.description, occurred: key.created, actor: actor,
            payload: ["name": .string(key.name), "role": .string(key.role.rawValue)])
    }

    static func keyRevoked(_ id: KeyID, occurred: Instant, actor: String) -> NewEvent {
        NewEvent(keyRevoked, key: id.description, occurred: occurred, actor: actor)
    }

    static func recipientForgotten(
        _ id: RecipientID, of merchant: MerchantID, occurred: Instant, actor: String
    ) -> NewEvent {
        NewEvent(recipientForgotten, key: id.description, occurred: occurred, actor: actor, owner: merchant)
    }
}
