import Kernel

/// One use case: everything it changes happens in one transaction or not at all.
///
/// A flow may run more than once before its answer is given (another transaction was in the way), so it is a
/// value and keeps nothing between runs.
package protocol Flow: Sendable {
    associatedtype Answer: Sendable
    func run(in tx: Transaction) throws -> Answer
    /// Whose turn it takes where many wait: the lanes of a queue take turns, so that one's many keep no other's few waiting.
    var lane: Int64 { get }
    /// How much work it is, in orders or the like; at least 1.
    var weight: Int { get }
}

extension Flow {
    package var lane: Int64 { 0 }
    package var weight: Int { 1 }
}

/// A use case of the hot path, done for many callers at once: one set-wise read, decisions one by one in arrival
/// order, one set-wise write.
///
/// The answers are the same as if the flows had run one by one.
package protocol BatchFlow: Flow {
    associatedtype Loaded
    /// Reads what the decisions need, locked where they rest on it.
    static func load(_ flows: [Self], in tx: Transaction) throws -> Loaded
    /// Decides one, given what the earlier ones of the batch have decided; all refusals come from here, and one that
    /// refuses leaves `loaded` as it was.
    func decide(_ loaded: inout Loaded, in tx: Transaction) throws -> Answer
    /// Writes what was decided; cannot refuse.
    static func write(_ loaded: Loaded, in tx: Transaction) throws
}

/// A hot flow whose decisions may be made before they are due: on rows without locks, while the batch before is still written.
package protocol AheadFlow: BatchFlow where Loaded: Sendable {
    /// As `load`, without locks; nil where these have to be decided on locked rows.
    static func look(_ flows: [Self], in tx: Transaction) throws -> Loaded?
    /// Locks what the decisions rest on, in the transaction that writes them; false where it is not as it was, and all has to
    /// be loaded and decided anew.
    static func stillHolds(_ loaded: Loaded, in tx: Transaction) throws -> Bool
}

extension BatchFlow {
    package func run(in tx: Transaction) throws -> Answer {
        var loaded = try Self.load([self], in: tx)
        let answer = try decide(&loaded, in: tx)
        try Self.write(loaded, in: tx)
        return answer
    }
}

/// A flow written in place, for use cases of a few lines.
package struct InPlace<Answer: Sendable>: Flow {
    private let body: @Sendable (Transaction) throws -> Answer
    package init(_ body: @escaping @Sendable (Transaction) throws -> Answer) { self.body = body }
    package func run(in tx: Transaction) throws -> Answer { try body(tx) }
}
