import Kernel
import Store
import Warehouse

/// Open tasks are done before all others of their site, or in their turn again.
package struct PutFirst: Flow {
    package enum What: Sendable {
        case task(TaskID)
        case wave(WaveID)
    }

    let what: What
    let isFirst: Bool
    let actor: String

    package init(_ what: What, isFirst: Bool, actor: String) {
        self.what = what
        self.isFirst = isFirst
        self.actor = actor
    }

    /// How many tasks changed their place.
    package func run(in tx: Transaction) throws -> Int {
        switch what {
        case .task(let id):
            guard let task = try Tasks.load([id], in: tx).first else { throw NotFound("task", id) }
            guard task.state == .open else { throw Tasks.Refused.notOpen(id, task.state) }
            return try Tasks.put(first: isFirst, [id], key: id.description, at: task.site, actor: actor, in: tx)
        case .wave(let id):
            guard let wave = try Waves.load(id, in: tx) else { throw NotFound("wave", id) }
            let open = try Tasks.load(
                where: "site = \(wave.site) AND kind = 'pick' AND state = 'open' AND wave = \(id)", limit: 100_000, in: tx)
            return try Tasks.put(first: isFirst, open.map(\.id), key: id.description, at: wave.site, actor: actor, in: tx)
        }
    }
}
