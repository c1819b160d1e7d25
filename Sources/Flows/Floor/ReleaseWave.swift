import Facilities
import Inventory
import Kernel
import Orders
import Store
import Warehouse

/// Releases what has to leave a site by a cut-off: chooses bins and puts pick tasks on the floor.
///
/// An order that is held or unpaid stays; so does one whose goods are not all in pickable bins yet. One that counts on goods
/// which have not come takes what lies free of the same, or waits for them.
package struct ReleaseWave: Flow {
    let site: SiteID
    let until: Instant
    let limit: Int

    package enum Refused: Refusal, Equatable {
        case paused(SiteID, reason: String)

        package static let codes = ["wave.release_paused"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .paused(let site, let reason): "Release is paused at \(site): \(reason)"
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package struct Released: Sendable, Equatable {
        package let wave: WaveID?
        package let fulfillments: Int
        package let tasks: Int
        /// Not yet in a bin.
        package let left: Int
    }

    /// - Parameters:
    ///   - until: the latest ship-by to release.
    ///   - limit: at most this many fulfillment orders in one transaction.
    package init(site: SiteID, until: Instant, limit: Int = 300) {
        self.site = site
        self.until = until
        self.limit = limit
    }

    /// What `run` would release; nothing is done.
    package func preview(in tx: Transaction) throws -> Released {
        let (due, _, _, ready) = try ready(in: tx)
        return Released(wave: nil, fulfillments: ready.count, tasks: ready.reduce(0) { $0 + $1.lines.count }, left: due.count - ready.count)
    }

    private typealias Ready = (
        due: [FulfillmentOrder], claims: [Reservation], early: [(claim: Reservation, goods: SupplyID)], ready: [FulfillmentOrder]
    )

    private func ready(in tx: Transaction) throws -> Ready {
        let due = try Fulfillments.due(at: site, until: until, limit: limit, in: tx)
        let claims = try Reservations.open(of: due.flatMap { $0.lines.map(\.id) }, in: tx)
        var sources = try Allocations.sources(of: claims, in: tx)
        let early = try EarlyGoods.find(for: claims.filter { $0.state == .active && sources[$0.id] == nil }, in: tx)
        for (claim, _) in early { sources[claim.id] = PickSource(sku: claim.sku) }
        return (due, claims, early, try whole(due, claims, sources, in: tx))
    }

    package func run(in tx: Transaction) throws -> Released {
        if let pause = try ReleasePauses.find(site, in: tx) { throw Refused.paused(site, reason: pause.reason) }
        let (due, claims, early, ready) = try ready(in: tx)
        guard !ready.isEmpty else { return Released(wave: nil, fulfillments: 0, tasks: 0, left: due.count) }
        let ids = Set(ready.flatMap { $0.lines.map(\.id) })
        let taken = early.filter { ids.contains($0.claim.line) }
        try EarlyGoods.take(taken, in: tx)
        let ours = taken.isEmpty ? claims : try Reservations.load(claims.map(\.id), in: tx)
        let made = try Allocations.allocate(ours.filter { ids.contains($0.line) }, at: site, in: tx)
        let wave = tx.id(WaveID.self)
        try Fulfillments.release(ready.map(\.id), wave: wave, in: tx)
        let tasks = try AllocateWork.addTasks(made, ready, wave: wave, at: site, in: tx)
        try Waves.add(wave, site: site, shipBy: until, orders: ready.count, tasks: tasks, in: tx)
        return Released(wave: wave, fulfillments: ready.count, tasks: tasks, left: due.count - ready.count)
    }

    /// Those whose every unit is claimed on hand and lies in pickable bins, in the order of their departure.
    private func whole(
        _ fulfillments: [FulfillmentOrder], _ claims: [Reservation], _ sources: [ReservationID: PickSource], in tx: Transaction
    ) throws -> [FulfillmentOrder] {
        var free = try Allocations.pickable(sources.values, at: site, in: tx)
        let active = Dictionary(grouping: claims.filter { $0.state == .active }, by: \.line)
        return fulfillments.sorted { ($0.shipBy, $0.id) < ($1.shipBy, $1.id) }.filter { one in
            var need: [PickSource: Int64] = [:]
            for line in one.lines {
                let mine = active[line.id] ?? []
                guard mine.reduce(Quantity(0), { $0 + $1.quantity }) == line.quantity else { return false }
                for claim in mine {
                    guard let source = sources[claim.id] else { return false }
                    need[source, default: 0] += claim.quantity.rawValue
                }
            }
            guard need.allSatisfy({ free[$0.key, default: 0] >= $0.value }) else { return false }
            for (source, quantity) in need { free[source, default: 0] -= quantity }
            return true
        }
    }
}
