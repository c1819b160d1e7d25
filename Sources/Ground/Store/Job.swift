import Kernel

/// Tells a waiting caller its result; run after the commit.
package typealias Settlement = @Sendable () -> Void

/// A flow on its way to the writer, with the caller who waits for it.
package protocol Job: Sendable {
    /// Runs alone under a savepoint. Throws only what undoes the whole batch.
    func runAlone(in tx: Transaction) throws -> Settlement
    /// Runs as all there is in its transaction, without a savepoint. Throws `Undone` where it failed.
    func runWhole(in tx: Transaction) throws -> Settlement
    /// Runs in a transaction of its own that only reads and needs no savepoint.
    func runReading(in tx: Transaction) throws -> Settlement
    /// How many of the jobs at the front of `jobs` are of this kind and run with this one as a set, and their settlements.
    func runSet(_ jobs: ArraySlice<any Job>, in tx: Transaction) throws -> [Settlement]?
    /// As many of them decided ahead; nil where they cannot be.
    func decideAhead(_ jobs: ArraySlice<any Job>, in tx: Transaction) throws -> DecidedSet?
    func fail(_ error: any Error)
    /// As its flow's.
    var lane: Int64 { get }
    var weight: Int { get }
    /// Jobs of one kind run as a set; nil for those that run alone.
    var kind: ObjectIdentifier? { get }
}

/// The jobs at the front of a batch, decided before their transaction.
package struct DecidedSet: Sendable {
    let count: Int
    /// Writes what was decided; nil where it holds no longer, and nothing was written.
    let write: @Sendable (Transaction) throws -> [Settlement]?
}

/// A job failed, and its transaction is to be rolled back; its caller is then told.
struct Undone: Error {
    let settlement: Settlement
}

package struct FlowJob<F: Flow>: Job {
    let flow: F
    let settle: @Sendable (Result<F.Answer, any Error>) -> Void

    package init(_ flow: F, settle: @escaping @Sendable (Result<F.Answer, any Error>) -> Void) {
        self.flow = flow
        self.settle = settle
    }

    package var lane: Int64 { flow.lane }
    package var weight: Int { flow.weight }
    package var kind: ObjectIdentifier? { F.self is any BatchFlow.Type ? ObjectIdentifier(F.self) : nil }

    package func runAlone(in tx: Transaction) throws -> Settlement {
        try answer { try tx.attempt { try flow.run(in: tx) } }
    }

    package func runWhole(in tx: Transaction) throws -> Settlement {
        do {
            return settlement(.success(try flow.run(in: tx)))
        } catch let error as StoreError where error.isTransient {
            throw error
        } catch {
            throw Undone(settlement: settlement(.failure(error)))
        }
    }

    package func runReading(in tx: Transaction) throws -> Settlement { try answer { try flow.run(in: tx) } }

    private func answer(_ body: () throws -> F.Answer) throws -> Settlement {
        do {
            return settlement(.success(try body()))
        } catch let error as StoreError where error.isTransient {
            throw error
        } catch {
            return settlement(.failure(error))
        }
    }

    package func runSet(_ jobs: ArraySlice<any Job>, in tx: Transaction) throws -> [Settlement]? {
        guard F.self is any BatchFlow.Type else { return nil }
        return try (flow as? any BatchFlow).map { try Self.run(Self.peers(jobs), as: $0, in: tx) }
    }

    package func decideAhead(_ jobs: ArraySlice<any Job>, in tx: Transaction) throws -> DecidedSet? {
        guard F.self is any AheadFlow.Type, let flow = flow as? any AheadFlow else { return nil }
        return try Self.decideAhead(Self.peers(jobs), as: flow, in: tx)
    }

    private static func peers(_ jobs: ArraySlice<any Job>) -> [Self] {
        var peers: [Self] = []
        for job in jobs {
            guard let peer = job as? Self else { break }
            peers.append(peer)
        }
        return peers
    }

    /// The set-wise run.
    private static func run<B: BatchFlow>(_ peers: [Self], as _: B, in tx: Transaction) throws -> [Settlement] {
        let flows = peers.compactMap { $0.flow as? B }
        var loaded = try B.load(flows, in: tx)
        let settlements = try decide(peers, flows, &loaded, in: tx)
        try B.write(loaded, in: tx)
        try tx.flush()
        return settlements
    }

    private static func decideAhead<A: AheadFlow>(_ peers: [Self], as _: A, in tx: Transaction) throws -> DecidedSet? {
        let flows = peers.compactMap { $0.flow as? A }
        guard var loaded = try A.look(flows, in: tx) else { return nil }
        let settlements = try decide(peers, flows, &loaded, in: tx)
        let decided = loaded
        return DecidedSet(count: peers.count) { tx in
            guard try A.stillHolds(decided, in: tx) else { return nil }
            try A.write(decided, in: tx)
            try tx.flush()
            return settlements
        }
    }

    /// A refusal is one caller's answer; any other error undoes the batch.
    private static func decide<B: BatchFlow>(
        _ peers: [Self], _ flows: [B], _ loaded: inout B.Loaded, in tx: Transaction
    ) throws -> [Settlement] {
        var settlements: [Settlement] = []
        for (peer, flow) in zip(peers, flows) {
            do {
                let answer = try tx.deciding { try flow.decide(&loaded, in: tx) }
                guard let answer = answer as? F.Answer else { preconditionFailure("a flow has one kind of answer") }
                settlements.append(peer.settlement(.success(answer)))
            } catch let refusal as any Refusal {
                settlements.append(peer.settlement(.failure(refusal)))
            }
        }
        return settlements
    }

    package func fail(_ error: any Error) { settle(.failure(error)) }

    private func settlement(_ result: Result<F.Answer, any Error>) -> Settlement {
        let settle = settle
        return { settle(result) }
    }
}
