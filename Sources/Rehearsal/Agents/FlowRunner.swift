import Store

/// Runs flows one after the other: on the one thread of a rehearsal, or on a serving store.
protocol FlowRunner {
    func run<F: Flow>(_ flow: F) throws -> F.Answer
    func look<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) throws -> T
}

extension Stepper: FlowRunner {
    func run<F: Flow>(_ flow: F) throws -> F.Answer { try perform(flow) }
    func look<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) throws -> T { try read(body) }
}

extension Store: FlowRunner {
    func run<F: Flow>(_ flow: F) throws -> F.Answer { try performBlocking(flow) }
    func look<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) throws -> T { try readBlocking(body) }
}
