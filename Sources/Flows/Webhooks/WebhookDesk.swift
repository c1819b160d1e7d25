import Crypto
import Edges
import Foundation
import Identity
import Kernel
import Store
import Synchronization
import Webhooks

/// What telling webhooks needs.
package struct WebhookDesk: Sendable {
    package let vault: Vault
    package let client: any WebhookClient
    let clock: @Sendable () -> Instant
    let health = ReceiverHealth()

    /// - Parameter clock: the moment told to receivers, who compare it with their own.
    package init(vault: Vault, client: any WebhookClient, clock: @escaping @Sendable () -> Instant) {
        self.vault = vault
        self.client = client
        self.clock = clock
    }
}

/// What messages are signed with: `whsec_` and base64 of random bytes. Shown once.
package struct WebhookSecret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    package let text: String
    private static let prefix = "whsec_"

    package init(_ text: String) { self.text = text }

    /// A new one of 32 bytes.
    package static func make(_ random: RandomBytes) -> WebhookSecret {
        WebhookSecret(prefix + Data(random(32)).base64EncodedString())
    }

    /// `v1,` and base64 of HMAC-SHA-256 over id, seconds and body, joined by dots (Standard Webhooks).
    func signature(id: String, seconds: Int64, body: String) -> String {
        let key = SymmetricKey(data: Data(base64Encoded: String(text.dropFirst(Self.prefix.count))) ?? Data())
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(seconds).\(body)".utf8), using: key)
        return "v1," + Data(code).base64EncodedString()
    }

    package var description: String { Self.prefix + "… (hidden)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Which receivers gave no answer a moment ago: what waits for them waits on, so that one that hangs holds up no other.
final class ReceiverHealth: Sendable {
    private let silent = Mutex<[WebhookID: Instant]>([:])
    static let rest = Duration.seconds(10)

    /// How long the webhook is left alone; nil where it is not.
    func wait(_ id: WebhookID, at now: Instant) -> Duration? {
        silent.withLock { silent in
            guard let until = silent[id] else { return nil }
            if now < until, until - now <= Self.rest { return until - now }
            silent[id] = nil
            return nil
        }
    }

    func note(_ id: WebhookID, answered: Bool, at now: Instant) {
        silent.withLock { $0[id] = answered ? nil : now + Self.rest }
    }
}
