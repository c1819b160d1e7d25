import CryptoExtras
import Foundation
import Kernel

/// Passwords as they are kept: scrypt (RFC 7914) with a salt of their own, and their cost beside them.
package enum Password {
    /// How dear one guess is: N = 2^`logRounds`, r = 8.
    package struct Cost: Hashable, Sendable {
        package let logRounds: Int
        package let parallelism: Int

        package init(logRounds: Int, parallelism: Int) {
            self.logRounds = logRounds
            self.parallelism = parallelism
        }

        /// What OWASP's sheet on storing passwords asks for within 32 MiB.
        package static let usual = Cost(logRounds: 15, parallelism: 3)
    }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case tooShort
        case tooLong

        package var code: String { self == .tooShort ? "account.password_short" : "account.password_long" }
        package var message: String {
            self == .tooShort ? "A password has at least \(shortest) characters." : "A password has at most \(longest) bytes."
        }
        package var kind: RefusalKind { .invalid }
        package var field: String? { "/password" }
    }

    static let shortest = 10, longest = 200
    private static let blockSize = 8, saltBytes = 16, keyBytes = 32

    /// `scrypt$15$3$salt$key`. Takes a tenth of a second or more: never inside a transaction.
    package static func hash(_ password: String, _ cost: Cost, _ random: RandomBytes) throws -> String {
        guard password.count >= shortest else { throw Refused.tooShort }
        guard password.utf8.count <= longest else { throw Refused.tooLong }
        let salt = random(saltBytes)
        let key = try derive(password, salt: salt, cost)
        return "scrypt$\(cost.logRounds)$\(cost.parallelism)$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }

    /// As dear as `hash`, also where `kept` is nil, so that the time taken does not tell whether there is an account.
    package static func matches(_ password: String, _ kept: String?, _ cost: Cost) throws -> Bool {
        let parts = (kept ?? "").split(separator: "$")
        guard parts.count == 5, let logRounds = Int(parts[1]), let parallelism = Int(parts[2]),
            let salt = Data(base64Encoded: String(parts[3])), let key = Data(base64Encoded: String(parts[4]))
        else {
            _ = try derive(String(password.prefix(longest)), salt: [UInt8](repeating: 0, count: saltBytes), cost)
            return false
        }
        guard password.utf8.count <= longest else { return false }
        let given = try derive(password, salt: Array(salt), Cost(logRounds: logRounds, parallelism: parallelism))
        return given.count == key.count && zip(given, key).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, salt: [UInt8], _ cost: Cost) throws -> [UInt8] {
        try KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: keyBytes, rounds: 1 << cost.logRounds, blockSize: blockSize,
            parallelism: cost.parallelism
        ).withUnsafeBytes(Array.init)
    }
}
