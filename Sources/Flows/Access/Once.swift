import Kernel
import Store

/// Does once what a device may send twice: the answer is kept in the same transaction and given again to the same key.
///
/// What is refused leaves no trace, and may be sent again.
package struct Once: Flow {
    private let scope: String
    private let key: String
    private let fingerprint: String
    private let act: @Sendable (Transaction) throws -> String

    package enum Refused: Refusal, Equatable {
        case keyUsed(String)

        package static let codes = ["scan.key_used"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .keyUsed(let key): "The key '\(key)' was used before for something else."
            }
        }
        package var kind: RefusalKind { .conflict }
        package var field: String? { "/key" }
    }

    /// - Parameters:
    ///   - scope: whose keys they are.
    ///   - key: the device's own, 1 to 100 characters.
    ///   - fingerprint: of what is to be done.
    ///   - act: answers what is kept.
    package init(
        scope: String, key: String, fingerprint: String, _ act: @escaping @Sendable (Transaction) throws -> String
    ) {
        (self.scope, self.key, self.fingerprint, self.act) = (scope, key, fingerprint, act)
    }

    package func run(in tx: Transaction) throws -> String {
        guard (1...100).contains(key.utf8.count) else {
            throw InvalidInput(field: "/key", "A key has 1 to 100 characters, not \(key.utf8.count).")
        }
        switch try ClaimRequest(scope: scope, key: key, fingerprint: fingerprint).run(in: tx) {
        case .answered(_, let body): return body
        case .conflict, .inProgress: throw Refused.keyUsed(key)
        case .fresh:
            let answer = try act(tx)
            try CloseRequest(scope: scope, key: key, answer: (status: 200, body: answer)).run(in: tx)
            return answer
        }
    }
}
