import Kernel

/// A request that may be repeated, by its caller's own key: what became of it.
package enum RequestClaim: Equatable, Sendable {
    /// Nobody used the key yet, or whoever did has died over it: it is the caller's now.
    case fresh
    /// The answer given before.
    case answered(status: Int, body: String)
    /// The key was used for other content.
    case conflict
    case inProgress
}

/// Claims a key for a request, or says what became of the one that claimed it before.
package struct ClaimRequest: Flow {
    let scope: String
    let key: String
    let fingerprint: String
    /// After this a claim without an answer lapses: the process that made it is gone.
    static let patience = Duration.minutes(2)

    package init(scope: String, key: String, fingerprint: String) {
        self.scope = scope
        self.key = key
        self.fingerprint = fingerprint
    }

    package func run(in tx: Transaction) throws -> RequestClaim {
        let claimed = try tx.run(
            """
            INSERT INTO request (scope, key, fingerprint, created_at) VALUES (\(scope), \(key), \(fingerprint), \(tx.now))
            ON CONFLICT (scope, key) DO NOTHING
            """)
        if claimed == 1 { return .fresh }
        let known = try tx.first(
            "SELECT fingerprint, status, body, created_at FROM request WHERE scope = \(scope) AND key = \(key) \(.forUpdate)"
        ) { try ($0.next(String.self), $0.next(Int?.self), $0.next(String?.self), $0.next(Instant.self)) }
        guard let (known, status, body, created) = known else { return .inProgress }
        guard known == fingerprint else { return .conflict }
        if let status { return .answered(status: status, body: body ?? "") }
        guard created + Self.patience < tx.now else { return .inProgress }
        try tx.run("UPDATE request SET created_at = \(tx.now) WHERE scope = \(scope) AND key = \(key)", expecting: 1)
        return .fresh
    }
}

/// Keeps the answer to a claimed request, or gives the claim back where it was not carried out.
package struct CloseRequest: Flow {
    let scope: String
    let key: String
    let answer: (status: Int, body: String)?

    /// - Parameter answer: nil frees the key.
    package init(scope: String, key: String, answer: (status: Int, body: String)?) {
        self.scope = scope
        self.key = key
        self.answer = answer
    }

    package func run(in tx: Transaction) throws {
        guard let answer else {
            try tx.run("DELETE FROM request WHERE scope = \(scope) AND key = \(key) AND status IS NULL")
            return
        }
        try tx.run(
            "UPDATE request SET status = \(answer.status), body = \(answer.body) WHERE scope = \(scope) AND key = \(key)")
    }
}

/// Forgets requests older than a moment; answers how many.
package struct ForgetRequests: Flow {
    let before: Instant

    package init(before: Instant) { self.before = before }

    package func run(in tx: Transaction) throws -> Int { try tx.run("DELETE FROM request WHERE created_at < \(before)") }
}
