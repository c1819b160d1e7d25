import Kernel

/// Something went wrong below the business: always an operating error, never a refusal.
package enum StoreError: Error, Sendable, CustomStringConvertible {
    /// A statement failed; `code` is SQLSTATE or SQLite's extended code.
    case statement(code: String, message: String, sql: String)
    /// Another transaction was in the way (40001, 40P01); run the whole again.
    case tryAgain(String)
    /// The connection broke before COMMIT was sent, or the engine undid the transaction: nothing of it stands.
    case connectionLost(String)
    /// The connection broke while COMMIT was under way; `stamp` tells the engine which transaction to ask for. A caller
    /// sees it only where the server stayed away: the work may stand or not, and its keys tell.
    case commitUnknown(stamp: String)
    /// Disk, memory or connections are used up: nothing of it stands, and it may go well later.
    case noRoom(String)
    /// The database is not what this program can serve.
    case unsuitable(String)
    /// A row holds what no version of this program writes.
    case unexpected(String)
    /// The store is closing and takes no more work.
    case closed

    package var description: String {
        switch self {
        case .statement(let code, let message, let sql): "\(message) [\(code)] in: \(sql)"
        case .tryAgain(let reason): "another transaction was in the way: \(reason)"
        case .connectionLost(let reason): "the database connection was lost: \(reason)"
        case .noRoom(let reason): "the database has no room just now: \(reason)"
        case .commitUnknown(let stamp): "the connection was lost while transaction \(stamp) was committing"
        case .unsuitable(let reason), .unexpected(let reason): reason
        case .closed: "the store is closed"
        }
    }

    /// A matter of the moment: whoever asked may come again with the same key.
    package var passes: Bool {
        switch self {
        case .tryAgain, .connectionLost, .commitUnknown, .noRoom, .closed: true
        case .statement, .unsuitable, .unexpected: false
        }
    }

    /// The work may be run again, as nothing of it was kept.
    package var isTransient: Bool {
        switch self {
        case .tryAgain, .connectionLost: true
        default: false
        }
    }
}

/// Too much is waiting; the caller may come again.
package struct StoreBusy: Refusal {
    package var code: String { "store.busy" }
    package var message: String { "More work is waiting than can be done soon. Try again in a second." }
    package var kind: RefusalKind { .busy }
}

/// Text holds U+0000, which PostgreSQL cannot store.
package struct NulInText: Refusal {
    package var code: String { "input.nul" }
    package var message: String { "Text must not hold the character U+0000." }
    package var kind: RefusalKind { .invalid }
    package init() {}
}
