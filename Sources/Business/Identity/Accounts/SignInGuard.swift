import Crypto
import Kernel
import Store

/// Slows down guessing: after a few wrong tries an account, and an address, waits longer and longer.
package enum SignInGuard {
    /// What is tried with, as a hash: nobody's address is kept.
    package struct Subject: Hashable, Sendable {
        let key: String
        /// So many wrong tries are free.
        let free: Int64

        package static func login(_ text: String) -> Subject { Subject("login " + Account.normalised(text), free: 5) }
        package static func address(_ text: String) -> Subject { Subject("address " + text, free: 20) }

        /// Who tries links of shoppers; many share an address.
        package static func shopper(_ address: String) -> Subject { Subject("shopper " + address, free: 100) }
        /// The second proof of one order.
        package static func proof(of order: OrderID) -> Subject { Subject("proof " + order.description, free: 5) }

        private init(_ text: String, free: Int64) {
            key = hexadecimal(Array(SHA256.hash(data: Array(text.utf8))))
            self.free = free
        }
    }

    /// In the order of the checks; the same words whether the account, the password or the code is wrong.
    package enum Refused: Refusal, Equatable {
        case waiting(seconds: Int64)
        case wrong

        package var code: String { if case .wrong = self { "sign_in.wrong" } else { "sign_in.waiting" } }
        package var message: String {
            switch self {
            case .waiting(let seconds): "Too many wrong tries: wait \(seconds) seconds."
            case .wrong: "Name, password or code is wrong."
            }
        }
        package var kind: RefusalKind { if case .wrong = self { .unauthenticated } else { .busy } }
        package var field: String? { "/password" }
    }

    private static let firstWait = Duration.seconds(15), longestWait = Duration.hours(1), memory = Duration.days(1)

    /// - Throws: `Refused.waiting`.
    package static func check(_ subjects: [Subject], at now: Instant, in tx: Transaction) throws {
        let until: Instant? = try tx.value(
            "SELECT MAX(closed_until) FROM sign_in_guard WHERE subject IN \(list: subjects.map(\.key))", as: Instant?.self) ?? nil
        guard let until, until > now else { return }
        throw Refused.waiting(seconds: max(1, (until - now).micros / 1_000_000))
    }

    /// Counts a wrong try; each one beyond those that are free doubles the wait. Forgets what is older than a day.
    package static func count(_ subjects: [Subject], at now: Instant, in tx: Transaction) throws {
        try tx.run("DELETE FROM sign_in_guard WHERE closed_until < \(now - memory)")
        for subject in subjects.sorted(by: { $0.key < $1.key }) {
            let known: Int64? = try tx.value(
                "SELECT failures FROM sign_in_guard WHERE subject = \(subject.key) \(.forUpdate)")
            let failures = (known ?? 0) + 1
            let until = now + wait(failures - subject.free)
            try tx.run(
                """
                INSERT INTO sign_in_guard (subject, failures, closed_until) VALUES (\(subject.key), \(failures), \(until))
                ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, closed_until = excluded.closed_until
                """)
        }
    }

    package static func clear(_ subject: Subject, in tx: Transaction) throws {
        try tx.run("DELETE FROM sign_in_guard WHERE subject = \(subject.key)")
    }

    static func wait(_ excess: Int64) -> Duration {
        guard excess > 0 else { return .zero }
        return min(longestWait, firstWait * (1 << min(excess - 1, 20)))
    }
}
