import Kernel
import Store

/// Where the flows of an agent run: under the virtual clock of a rehearsal, or on a serving store.
protocol FlowGround {
    func perform<F: Flow>(_ flow: F) throws -> F.Answer
    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) throws -> T
    var now: Instant { get }
}

extension Stepper: FlowGround {}

extension Store: FlowGround {
    func perform<F: Flow>(_ flow: F) throws -> F.Answer { try performBlocking(flow) }
    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) throws -> T { try readBlocking(body) }
    var now: Instant { clock() }
}
