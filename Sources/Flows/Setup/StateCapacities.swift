import Exceptions
import Facilities
import Kernel
import Store

/// States how much a site does in its shifts and sends with its departures, from now on.
///
/// Never refused for what is booked: a shift of which more is booked than it now does stands over, somebody is asked to
/// decide, and the next shift with room for what is too much is named. New promises go where there is room.
package struct StateCapacities: Flow {
    let site: SiteID
    let stated: [SiteCapacity]
    let actor: String

    package init(_ stated: [SiteCapacity], at site: SiteID, actor: String) {
        self.site = site
        self.stated = stated
        self.actor = actor
    }

    /// Answers the slots that are over.
    package func run(in tx: Transaction) throws -> [OverbookedSlot] {
        try SetCapacities.run(stated, at: site, actor: actor, in: tx)
        let network = try Network.current(nil, in: tx)
        let (over, within) = try CapacityBook.restate(network.capacity(site), at: site, in: tx)
        try OverbookedSlot.close(within, in: tx)
        let ledger = try CapacityLedger(network, locked: false, in: tx)
        return try OverbookedSlot.open(over, ledger, in: tx)
    }
}

/// A shift or departure of which more is booked than it does.
package struct OverbookedSlot: Sendable {
    package static let kind = "capacity.over"

    package let booked: BookedSlot
    /// When the first later one begins that has room for what is too much; nil where none has.
    package let roomFrom: Instant?

    /// Tells the site's operator of each, once.
    static func open(_ slots: [BookedSlot], _ ledger: CapacityLedger, in tx: Transaction) throws -> [OverbookedSlot] {
        var ledger = ledger
        let all = slots.map { OverbookedSlot(booked: $0, roomFrom: ledger.room(for: $0.over, after: $0.slot, of: $0.key)) }
        try Exceptions.open(
            all.map { one in
                NewException(
                    kind, subject: subject(one.booked.key, one.booked.slot.starts), site: one.booked.key.site,
                    ownerRole: .operator, due: max(one.booked.slot.starts, tx.now), detail: one.detail)
            }, in: tx)
        return all
    }

    /// Those that are over no more.
    static func close(_ slots: [BookedSlot], in tx: Transaction) throws {
        try Exceptions.close(slots.map { subject($0.key, $0.slot.starts) }, kind: kind, outcome: "within capacity", in: tx)
    }

    private static func subject(_ key: WorkKey, _ starts: Instant) -> String {
        let service = key.process == .departure ? "/\(key.service)" : ""
        return "\(key.site)/\(key.process.rawValue)\(service)/\(starts)"
    }

    private var detail: String {
        let slot = booked.slot, room = roomFrom.map { "The next room for them is from \($0)." } ?? "Nothing later has room for them."
        return "\(slot.booked) are booked and it does \(slot.capacity ?? 0): \(booked.over) too many. \(room)"
    }
}
