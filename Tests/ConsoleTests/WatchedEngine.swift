import Kernel
import Store
import Synchronization

/// The plans of all statements that read, once a text.
final class PlanBook: Sendable {
    struct Plan: Sendable {
        let text: String
        let steps: [String]
    }

    private let plans = Mutex<[String: Plan]>([:])

    var all: [Plan] { plans.withLock { $0.values.sorted { $0.text < $1.text } } }
    func knows(_ text: String) -> Bool { plans.withLock { $0[text] != nil } }
    func add(_ plan: Plan) { plans.withLock { $0[plan.text] = plan } }
}

/// An SQLite engine that asks for the plan of every statement before it first runs.
struct WatchedEngine: Engine {
    let base: any Engine
    let book: PlanBook

    var name: String { base.name }
    var address: String { base.address }
    var readers: Int { base.readers }
    var isShared: Bool { base.isShared }
    func acquire() throws { try base.acquire() }
    func release() { base.release() }

    func connect(readOnly: Bool) throws -> any Connection {
        WatchedConnection(try base.connect(readOnly: readOnly), book)
    }
}

private final class WatchedConnection: Connection {
    private let base: any Connection
    private let book: PlanBook

    init(_ base: any Connection, _ book: PlanBook) { (self.base, self.book) = (base, book) }

    func query(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws {
        let text = sql.parts.map { part in if case .text(let text) = part { text } else { "?" } }.joined()
        if !book.knows(text) {
            var steps: [String] = []
            try base.query("EXPLAIN QUERY PLAN " + sql) { row in
                for _ in 0..<3 { _ = try row.next(Int64.self) }
                steps.append(try row.next())
            }
            book.add(.init(text: text, steps: steps))
        }
        try base.query(sql, body)
    }

    func run(_ sql: SQL) throws -> Int { try base.run(sql) }
    func define(_ statement: String) throws { try base.define(statement) }
    func begin(readOnly: Bool) throws { try base.begin(readOnly: readOnly) }
    func commit() throws { try base.commit() }
    func rollback() throws { try base.rollback() }
    func savepoint() throws { try base.savepoint() }
    func releaseSavepoint() throws { try base.releaseSavepoint() }
    func rollbackToSavepoint() throws { try base.rollbackToSavepoint() }
    func reconnect() throws { try base.reconnect() }
    func committed(stamp: String) throws -> Bool { try base.committed(stamp: stamp) }
    func lockSchema() throws { try base.lockSchema() }
    func close() { base.close() }
}
