import Crypto
import Foundation
import Kernel
import Store

/// A code of six digits that changes every 30 seconds (RFC 6238, HMAC-SHA1), for accounts that ask for one.
package enum SecondFactor {
    /// The secret that an app on the phone keeps: 160 bits.
    package struct Secret: Sendable, CustomStringConvertible, CustomReflectable {
        /// In base 32 (RFC 4648) without padding, as apps take it.
        package let text: String

        package static func make(_ random: RandomBytes) -> Secret { Secret(text: base32(random(20))) }

        /// Nil where the text is not the base 32 of 20 bytes.
        package init?(_ text: String) {
            guard text.utf8.count == 32, Self.bytes(text) != nil else { return nil }
            self.text = text
        }

        private init(text: String) { self.text = text }

        /// What a QR code for the app holds.
        package func link(login: String) -> String {
            let name = login.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return "otpauth://totp/Waybill:\(name)?secret=\(text)&issuer=Waybill"
        }

        /// The code of a step of 30 seconds since 1970.
        package func code(at step: Int64) -> String {
            let message = (0..<8).map { UInt8(truncatingIfNeeded: step >> ((7 - $0) * 8)) }
            let key = SymmetricKey(data: Self.bytes(text) ?? [])
            let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key))
            let at = Int(mac[19] & 15)
            let number = mac[at..<at + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
            let digits = String(number % 1_000_000)
            return String(repeating: "0", count: 6 - digits.count) + digits
        }

        package var description: String { "second factor (hidden)" }
        package var customMirror: Mirror { Mirror(self, children: []) }

        private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

        private static func base32(_ bytes: [UInt8]) -> String {
            let bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
            let symbols = stride(from: 0, to: bits.count, by: 5).map { start in
                alphabet[bits[start..<min(start + 5, bits.count)].reduce(0) { $0 << 1 | Int($1) }]
            }
            return String(decoding: symbols, as: UTF8.self)
        }

        private static func bytes(_ text: String) -> [UInt8]? {
            var bits: [UInt8] = []
            for symbol in text.utf8 {
                guard let value = alphabet.firstIndex(of: symbol) else { return nil }
                bits += (0..<5).map { UInt8(value >> (4 - $0) & 1) }
            }
            return stride(from: 0, to: bits.count - bits.count % 8, by: 8).map { bits[$0..<$0 + 8].reduce(0) { $0 << 1 | $1 } }
        }
    }

    package struct Refused: Refusal, Equatable {
        package var code: String { "account.code_wrong" }
        package var message: String { "This is not the code that the app shows now." }
        package var kind: RefusalKind { .invalid }
        package var field: String? { "/code" }
        package init() {}
    }

    private static let period: Int64 = 30_000_000

    /// The step whose code this is: the running one, or one beside it for clocks that differ. Nil where it is none of them.
    static func step(of code: String, _ secret: Secret, at now: Instant) -> Int64? {
        let running = now.micros / period
        return [running, running - 1, running + 1].first { secret.code(at: $0) == code }
    }

    /// Asks for a code from now on, where `code` shows that the app has the secret. Emits `account.second_factor`.
    package static func set(
        _ secret: Secret, code: String, of id: AccountID, at now: Instant, _ vault: Vault, in tx: Transaction
    ) throws {
        guard let step = step(of: code, secret, at: now) else { throw Refused() }
        let sealed = try Secrets.seal(secret.text, of: nil, context: context(id), vault, in: tx)
        try tx.run("UPDATE account SET totp = \(sealed), totp_used = \(step) WHERE id = \(id)", expecting: 1)
        tx.emit(IdentityEvents.account(IdentityEvents.accountSecondFactor, id, ["on": .bool(true)], id.description, tx))
    }

    /// Asks for no code any more. Emits `account.second_factor`.
    package static func remove(of id: AccountID, actor: String, in tx: Transaction) throws {
        try tx.run("UPDATE account SET totp = NULL, totp_used = 0 WHERE id = \(id)", expecting: 1)
        tx.emit(IdentityEvents.account(IdentityEvents.accountSecondFactor, id, ["on": .bool(false)], actor, tx))
    }

    /// Takes a code, each once; nothing where the account asks for none.
    ///
    /// - Throws: `SignInGuard.Refused.wrong`.
    package static func use(_ code: String, of id: AccountID, at now: Instant, _ vault: Vault, in tx: Transaction) throws {
        let row = try tx.first("SELECT totp, totp_used FROM account WHERE id = \(id) \(.forUpdate)") {
            (sealed: try $0.next(String?.self), used: try $0.next(Int64.self))
        }
        guard let sealed = row?.sealed, let used = row?.used else { return }
        let text = try Secrets.open([sealed], of: nil, context: context(id), vault, in: tx)
        guard let secret = text.first.flatMap(Secret.init(_:)), let step = step(of: code, secret, at: now), step > used else {
            throw SignInGuard.Refused.wrong
        }
        try tx.run("UPDATE account SET totp_used = \(step) WHERE id = \(id)", expecting: 1)
    }

    private static func context(_ id: AccountID) -> String { "the second factor of \(id)" }
}
