import Identity
import Kernel
import Store

/// A flow as what somebody does: the log then says who, whatever the flow itself says of it.
package struct Acted<Base: Flow>: Flow {
    private let base: Base
    private let actor: String

    /// - Parameter actor: the id of an account or key.
    package init(_ base: Base, by actor: String) { (self.base, self.actor) = (base, actor) }

    package func run(in tx: Transaction) throws -> Base.Answer {
        try tx.acting(as: actor, else: IdentityEvents.acted(actor, "\(Base.self)", at: tx.now)) { try base.run(in: tx) }
    }
}
