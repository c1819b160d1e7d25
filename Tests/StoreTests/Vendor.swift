import Kernel
import Store
import Synchronization

/// Somebody outside who does each thing that is asked once a key, and remembers every call.
final class Vendor: Sendable {
    enum Mood {
        case works
        /// Says no for good.
        case refuses
        /// Fails before anything happened.
        case isDown
        /// Does the thing, but its answer is lost.
        case mumbles
    }

    private struct State {
        var mood = Mood.works
        var calls: [OutboxID: Int] = [:]
        var done: Set<OutboxID> = []
        var log: [String] = []
    }

    private let state = Mutex(State())

    func set(_ mood: Mood) { state.withLock { $0.mood = mood } }

    /// How often each key was sent.
    var calls: [Int] { state.withLock { $0.calls.sorted { $0.key < $1.key }.map(\.value) } }
    var log: [String] { state.withLock { $0.log } }

    func send(_ key: OutboxID, _ request: JSON) -> OutboxOutcome {
        state.withLock { state in
            state.calls[key, default: 0] += 1
            state.log.append("send \(request["what"]?.string ?? "")")
            switch state.mood {
            case .works, .mumbles: state.done.insert(key)
            case .refuses: return .refused("not for you")
            case .isDown: return .retry("down")
            }
            return state.mood == .works ? .done(["key": .id(key)]) : .unknown("no answer")
        }
    }

    func ask(_ key: OutboxID) -> OutboxOutcome? {
        state.withLock { state in
            state.log.append("ask")
            if state.mood == .isDown { return .unknown("down") }
            return state.done.contains(key) ? .done(["key": .id(key)]) : nil
        }
    }
}

/// Buys something from the vendor for a subject; what came of it stands in the table `purchase`.
struct Purchase: OutboxWorker {
    let kind = "purchase"
    let vendor: Vendor
    /// Subjects whose request cannot be filled.
    var unfillable: Set<Int64> = []
    /// Subjects whose answer cannot be written.
    var unsettleable: Set<Int64> = []

    struct Broken: Error {}

    static let migrations = [
        Migration(9040, "purchase", ["CREATE TABLE purchase (subject BIGINT PRIMARY KEY, outcome TEXT NOT NULL)"])
    ]

    func fill(_ item: OutboxItem, in tx: Transaction) throws -> JSON {
        if unfillable.contains(item.subject) { throw Broken() }
        return ["what": item.payload["what"] ?? nil]
    }

    func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome { vendor.send(item.id, request) }
    func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome? { vendor.ask(item.id) }

    func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        let word =
            switch outcome {
            case .done: "done"
            case .refused(let reason): "refused: \(reason)"
            case .retry(let reason), .unknown(let reason), .later(_, let reason): "given up: \(reason)"
            }
        try tx.run("INSERT INTO purchase (subject, outcome) VALUES (\(item.subject), \(word))")
        if unsettleable.contains(item.subject) { throw Broken() }
    }

    static func enqueue(_ subjects: ClosedRange<Int64>, in tx: Transaction) throws {
        try tx.enqueue("purchase", subjects.map { ($0, MerchantID(3), ["what": .string("thing \($0)")]) })
    }

    /// The calls' states and what was written of them, by subject.
    static func stands(_ tx: Transaction) throws -> [String] {
        try tx.query(
            """
            SELECT outbox.subject, state, COALESCE(outcome, '-') FROM outbox
            LEFT JOIN purchase ON purchase.subject = outbox.subject ORDER BY outbox.subject
            """
        ) { try "\($0.next(Int.self)) \($0.next(String.self)) \($0.next(String.self))" }
    }
}
