import Dispatch
import Synchronization

/// Work on values that is done beside a transaction: by another thread while this one goes on, or by this one when it asks
/// for the result and nobody has begun.
package final class Aside<Value: Sendable>: Sendable {
    private let body: @Sendable () throws -> Value
    private let isTaken = Atomic(false)
    private let result = Mailbox<Value>()

    /// - Parameter isMuch: whether it is worth another thread.
    package init(isMuch: Bool, _ body: @escaping @Sendable () throws -> Value) {
        self.body = body
        if isMuch { asideQueue.async { self.run() } }
    }

    /// To be asked for once.
    package func get() throws -> Value {
        run()
        return try result.wait()
    }

    private func run() {
        guard !isTaken.exchange(true, ordering: .relaxed) else { return }
        result.put(Result { try body() })
    }
}

private let asideQueue = DispatchQueue(label: "waybill aside")
