import Crypto
import HTTPTypes
import Kernel
import Synchronization

/// Remembers which keys of which callers were answered, and with what.
///
/// A begun key ends with `finish` or `abandon`; one whose process died in between must lapse by itself.
package protocol IdempotencyLedger: Sendable {
    /// Claims the key for a request with this fingerprint, or says what became of the one that claimed it before.
    func begin(key: String, scope: KeyID, fingerprint: String) async throws -> IdempotencyClaim
    /// Keeps the answer, to be given to whoever repeats the request.
    func finish(key: String, scope: KeyID, with answer: StoredAnswer) async throws
    /// Frees the key: the request was not carried out and may be tried again.
    func abandon(key: String, scope: KeyID) async throws
}

package enum IdempotencyClaim: Equatable, Sendable {
    /// Nobody used the key yet; it is now ours.
    case fresh
    case replay(StoredAnswer)
    /// The key was used for other content.
    case conflict
    case inProgress
}

/// An answer as it is kept.
package struct StoredAnswer: Codable, Equatable, Sendable {
    package var status: Int
    package var mediaType: String?
    package var body: [UInt8]

    package init(status: Int, mediaType: String?, body: [UInt8]) {
        self.status = status
        self.mediaType = mediaType
        self.body = body
    }
}

enum IdempotencyRefusal: Refusal, Equatable {
    case keyReused
    case inProgress

    var code: String {
        switch self {
        case .keyReused: "idempotency.key_reused"
        case .inProgress: "idempotency.in_progress"
        }
    }

    var message: String {
        switch self {
        case .keyReused: "The Idempotency-Key was used before for a request with other content."
        case .inProgress: "The request with this Idempotency-Key is still being worked on; try again in a second."
        }
    }

    var kind: RefusalKind { .conflict }
}

/// The header's value, and the SHA-256 by which a repeated request is told from another one.
enum IdempotencyKey {
    static let header = "Idempotency-Key"
    static let length = 1...255

    /// The key of a request; nil where it has none.
    static func read(_ headers: HTTPFields) throws(InvalidRequest) -> String? {
        let values = headers[values: .idempotencyKey]
        guard let value = values.first else { return nil }
        guard values.count == 1, length.contains(value.utf8.count),
            value.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw InvalidRequest(parameter: header, "The key must be 1 to 255 visible ASCII characters, given once.")
        }
        return value
    }

    /// Hexadecimal SHA-256 over method, path, query and body; the order of members and white space do not count.
    static func fingerprint(method: HTTPRequest.Method, path: String, query: WireValue, body: CheckedBody) -> String {
        var bytes = Array("\(method.rawValue)\n\(path)\n".utf8)
        query.writeCanonical(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        switch body {
        case .none, .read: break
        case .json(let value): value.writeCanonical(to: &bytes)
        case .bytes(let raw, _): bytes += raw
        }
        return SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Keeps the keys in memory: for tests, and for a demonstration that need not outlive its process.
package final class MemoryIdempotencyLedger: IdempotencyLedger {
    private struct Name: Hashable {
        var key: String
        var scope: KeyID
    }

    private struct Entry {
        var fingerprint: String
        var answer: StoredAnswer?
    }

    private let entries = Mutex<[Name: Entry]>([:])

    package init() {}

    package func begin(key: String, scope: KeyID, fingerprint: String) -> IdempotencyClaim {
        entries.withLock { entries in
            guard let entry = entries[Name(key: key, scope: scope)] else {
                entries[Name(key: key, scope: scope)] = Entry(fingerprint: fingerprint)
                return .fresh
            }
            guard entry.fingerprint == fingerprint else { return .conflict }
            return entry.answer.map { .replay($0) } ?? .inProgress
        }
    }

    package func finish(key: String, scope: KeyID, with answer: StoredAnswer) {
        entries.withLock { $0[Name(key: key, scope: scope)]?.answer = answer }
    }

    package func abandon(key: String, scope: KeyID) {
        entries.withLock { $0[Name(key: key, scope: scope)] = nil }
    }
}
