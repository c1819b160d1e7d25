import Identity
import Kernel
import Orders
import Store

/// The hold under which an order waits for its live session: until the session closes, or until the latest moment at which
/// it can be released and still leave as was promised, whichever is earlier.
enum SessionHold {
    /// An order whose last safe release has come is not held.
    static func place(_ orders: [OrderRecord], _ session: LiveSession, in tx: Transaction) throws {
        let last = try lastSafeReleases(orders.map(\.id), in: tx)
        for order in orders {
            let until = last[order.id] ?? session.endsAt
            guard until > tx.now else { continue }
            try OrderHolds.place(order, kind: LiveSessions.hold, reason: session.id.description, until: until, in: tx)
            tx.emit(.orderHold(order.id, order.merchant, kind: LiveSessions.hold, isOn: true, until: until, at: tx.now))
        }
    }

    /// The dates of orders have changed: those that wait for a session wait no longer than is safe.
    static func renew(_ orders: [OrderID], in tx: Transaction) throws {
        let waiting = try LiveSessions.waiting(orders, in: tx)
        guard !waiting.isEmpty else { return }
        let last = try lastSafeReleases(waiting, in: tx), records = try OrderRecords.load(waiting, in: tx)
        for order in waiting {
            guard let until = last[order], let record = records[order], let session = try LiveSessions.of([order], in: tx)[order]
            else { continue }
            try OrderHolds.place(
                record, kind: LiveSessions.hold, reason: session.description, until: max(until, tx.now), in: tx)
        }
    }

    /// Of those that have goods somewhere: when the first of it has to be released.
    private static func lastSafeReleases(_ orders: [OrderID], in tx: Transaction) throws -> [OrderID: Instant] {
        let open = try Fulfillments.of(orders, in: tx).filter { $0.state == .open }
        return Dictionary(open.map { ($0.order, $0.releaseBy) }, uniquingKeysWith: min)
    }
}

/// Lets orders of a live session go: first those of one shopper are merged, where that saves parcels.
struct GatherSession {
    let desk: OrderDesk

    private struct NoGain: Error {}

    /// - Parameters:
    ///   - due: orders that go now; held or just let go.
    ///   - session: whose other orders of the same shoppers go with them where they are merged.
    func run(_ due: [OrderID], of session: LiveSessionID, in tx: Transaction) throws {
        let all = Set(due + (try LiveSessions.held(session, in: tx))).sorted()
        let records = try OrderRecords.load(all, in: tx).filter { $0.value.state == .open }
        let homes = try Recipients.addresses(of: records.values.compactMap(\.recipient), in: tx)
        let groups = Dictionary(grouping: all.filter { records[$0]?.recipient.flatMap { homes[$0] } != nil }) {
            records[$0]?.recipient.flatMap { homes[$0] } ?? 0
        }
        var going = Set(due)
        for (_, group) in groups.sorted(by: { $0.value[0] < $1.value[0] }) where group.contains(where: going.contains) {
            try merge(group, &going, in: tx)
        }
        for order in going.sorted() {
            guard let record = records[order], try OrderHolds.release(order, kind: LiveSessions.hold, in: tx) > 0 else { continue }
            tx.emit(.orderHold(order, record.merchant, kind: LiveSessions.hold, isOn: false, at: tx.now))
        }
    }

    /// Each into the first of its group that it saves a parcel with; what is merged with one that goes, goes.
    private func merge(_ group: [OrderID], _ going: inout Set<OrderID>, in tx: Transaction) throws {
        var heads: [OrderID] = []
        for order in group {
            var joined = false
            for head in heads where !joined && (going.contains(head) || going.contains(order)) {
                joined = try saves(head, order, in: tx)
                if joined { going.insert(head) }
            }
            if !joined { heads.append(order) }
        }
    }

    /// Merges an order into another; undone where they come to as many parcels as before, or may not be merged.
    private func saves(_ head: OrderID, _ order: OrderID, in tx: Transaction) throws -> Bool {
        do {
            try tx.attempt {
                let merged = try MergeOrders(into: head, [order], merchant: nil, desk: desk, actor: "system").run(in: tx)
                guard merged.parts < merged.partsBefore else { throw NoGain() }
            }
            return true
        } catch is NoGain {
            return false
        } catch is any Refusal {
            return false
        }
    }
}

/// Closes live sessions at their end, and lets their orders go step by step.
package struct LiveSessionClocks: ClockHandler {
    package let kinds = [LiveSessions.clock, LiveSessionClocks.gathering]
    static let gathering = "live_session.gather"
    /// Orders that one transaction lets go.
    package static let budget = 50
    let desk: OrderDesk

    package init(desk: OrderDesk) { self.desk = desk }

    static func gather(_ session: LiveSession, in tx: Transaction) throws {
        try tx.schedule(gathering, source: "session", due: [(session.id.raw, session.merchant, tx.now, [:])])
    }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        try clocks.map { clock in
            let ends = clock.kind == LiveSessions.clock
            guard let session = try LiveSessions.find(LiveSessionID(clock.subject), locked: ends, in: tx) else { return "gone" }
            guard !ends else {
                if try LiveSessions.close(session, actor: "system", in: tx) { try Self.gather(session, in: tx) }
                return "closed"
            }
            let held = try LiveSessions.held(session.id, in: tx)
            try GatherSession(desk: desk).run(Array(held.prefix(Self.budget)), of: session.id, in: tx)
            guard held.count > Self.budget else { return "done" }
            try Self.gather(session, in: tx)
            return "goes on"
        }
    }
}
