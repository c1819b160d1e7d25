import Kernel
import Orders
import Store
import Warehouse

/// Takes a wave back of which nothing was picked: its tasks are called off, its bins are free, its orders can be released anew.
package struct UndoWave: Flow {
    let wave: WaveID
    let actor: String

    package enum Refused: Refusal, Equatable {
        case undone(WaveID)
        case begun(WaveID, left: Int, of: Int)

        package static let codes = ["wave.undone", "wave.begun"]
        package var code: String { if case .undone = self { Self.codes[0] } else { Self.codes[1] } }
        package var message: String {
            switch self {
            case .undone(let id): "\(id) was taken back already."
            case .begun(let id, let left, let all): "Of \(id) only \(left) of \(all) tasks are still open; it is worked to its end."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package init(_ wave: WaveID, actor: String) {
        self.wave = wave
        self.actor = actor
    }

    /// How many fulfillment orders are open again.
    package func run(in tx: Transaction) throws -> Int {
        guard let wave = try Waves.load(wave, in: tx) else { throw NotFound("wave", wave) }
        guard wave.undone == nil else { throw Refused.undone(wave.id) }
        let tasks = try Tasks.load(
            where: "site = \(wave.site) AND kind = 'pick' AND state = 'open' AND wave = \(wave.id)", limit: 100_000, in: tx)
        guard tasks.count == wave.tasks else { throw Refused.begun(wave.id, left: tasks.count, of: wave.tasks) }
        _ = try GiveUpAllocations.run(tasks.compactMap(\.allocation), as: "released", in: tx)
        let orders = Set(tasks.compactMap(\.fulfillment)).sorted()
        try Fulfillments.unrelease(orders, in: tx)
        try Waves.undo(wave, actor: actor, in: tx)
        return orders.count
    }
}
