import Foundation
import Kernel
import Store
import Synchronization

/// Repeated requests as the store keeps them, for two days.
package final class StoreRequests: IdempotencyLedger {
    private let store: Store
    private let begun = Mutex(0)
    private static let memory = Duration.days(2)
    private static let sweepEvery = 1000

    package init(_ store: Store) { self.store = store }

    package func begin(key: String, scope: KeyID, fingerprint: String) async throws -> IdempotencyClaim {
        try await sweep()
        switch try await store.perform(ClaimRequest(scope: scope.description, key: key, fingerprint: fingerprint)) {
        case .fresh: return .fresh
        case .conflict: return .conflict
        case .inProgress: return .inProgress
        case .answered(let status, let body): return .replay(try StoredAnswer(status: status, kept: body))
        }
    }

    package func finish(key: String, scope: KeyID, with answer: StoredAnswer) async throws {
        let kept = (status: answer.status, body: answer.kept)
        try await store.perform(CloseRequest(scope: scope.description, key: key, answer: kept))
    }

    package func abandon(key: String, scope: KeyID) async throws {
        try await store.perform(CloseRequest(scope: scope.description, key: key, answer: nil))
    }

    /// Forgets what is old, now and then.
    private func sweep() async throws {
        let count = begun.withLock { count in
            count += 1
            return count
        }
        guard count % Self.sweepEvery == 0 else { return }
        _ = try await store.perform(ForgetRequests(before: store.clock() - Self.memory))
    }
}

extension StoredAnswer {
    /// One text: the media type, a line feed, and the body in base64.
    fileprivate var kept: String { (mediaType ?? "") + "\n" + Data(body).base64EncodedString() }

    /// - Throws: `StoreError.unexpected` where the text is not what `kept` writes.
    fileprivate init(status: Int, kept: String) throws {
        let parts = kept.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let body = Data(base64Encoded: String(parts[1])) else {
            throw StoreError.unexpected("a kept answer cannot be read")
        }
        self.init(status: status, mediaType: parts[0].isEmpty ? nil : String(parts[0]), body: Array(body))
    }
}
