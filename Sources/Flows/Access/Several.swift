import Store

/// The same sort of flow several times, all of them or none.
package struct Several<Base: Flow>: Flow where Base.Answer: Sendable {
    private let all: [Base]

    package init(_ all: [Base]) { self.all = all }

    package func run(in tx: Transaction) throws -> [Base.Answer] { try all.map { try $0.run(in: tx) } }
}
