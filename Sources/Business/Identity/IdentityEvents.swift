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

    /// Key: the account. Payload: role.
    package static let accountCreated = "account.created"
    package static let accountRoleChanged = "account.role_changed"
    /// Key: the account. No payload.
    package static let accountDisabled = "account.disabled"
    package static let accountEnabled = "account.enabled"
    package static let accountPasswordSet = "account.password_set"
    package static let accountInvited = "account.invited"
    package static let accountSecondFactor = "account.second_factor"
    package static let signedIn = "account.signed_in"

    /// Somebody did something that left no other event of theirs. Key: the actor. Payload: what.
    package static let acted = "account.acted"

    package static func acted(_ actor: String, _ what: String, at occurred: Instant) -> NewEvent {
        NewEvent(acted, key: actor, occurred: occurred, actor: actor, payload: ["what": .string(what)])
    }

    package static func accountInvited(_ id: AccountID, _ actor: String, _ tx: Transaction) -> NewEvent {
        account(accountInvited, id, [:], actor, tx)
    }

    static func account(
        _ type: String, _ id: AccountID, _ payload: JSON, _ actor: String, _ tx: Transaction
    ) -> NewEvent {
        NewEvent(type, key: id.description, occurred: tx.now, actor: actor, payload: payload)
    }

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
