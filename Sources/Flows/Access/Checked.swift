import Store

/// A flow that runs only where a check passes, in the same transaction: that the things named are the caller's own.
package struct Checked<Base: Flow>: Flow {
    private let base: Base
    private let check: @Sendable (Transaction) throws -> Void

    /// - Parameter check: throws the refusal.
    package init(_ base: Base, _ check: @escaping @Sendable (Transaction) throws -> Void) {
        self.base = base
        self.check = check
    }

    package func run(in tx: Transaction) throws -> Base.Answer {
        try check(tx)
        return try base.run(in: tx)
    }
}
