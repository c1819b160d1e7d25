import Exceptions
import Kernel
import Store

/// A person says how something that needed them was dealt with. Refused as `ActOnException` is where words close nothing.
package struct ResolveException: Flow {
    let id: ExceptionID
    let outcome: String
    let actor: String

    package init(_ id: ExceptionID, outcome: String, actor: String) {
        self.id = id
        self.outcome = outcome
        self.actor = actor
    }

    /// False where it was closed already.
    package func run(in tx: Transaction) throws -> Bool {
        if let exception = try Exceptions.find(id, in: tx), exception.closed == nil {
            guard ExceptionCatalog.find(exception.kind).actions.contains(where: { $0.step == .resolve }) else {
                throw ActOnException.Refused.notOfThisKind(.resolve, exception.kind)
            }
            try SettleDispute.whereClosed(exception, words: outcome, actor: actor, in: tx)
            try DecideClaim.whereClosed(exception, words: outcome, actor: actor, in: tx)
        }
        return try Exceptions.close(id, outcome: outcome, actor: actor, in: tx)
    }
}
