import Decisions
import Facilities
import Kernel
import Orders
import Store

/// Offers back what fulfillment orders have booked and need no more, the latest shifts first. Work that is done was done:
/// it frees nothing, but a shift that has not begun is free of what was done before it.
enum FreeCapacity {
    static func run(_ fulfillments: [FulfillmentID], in tx: Transaction) throws {
        guard !fulfillments.isEmpty else { return }
        let booked = try CapacityBook.bookings(of: Set(fulfillments).sorted(), in: tx)
        guard !booked.isEmpty else { return }
        let heads = try Fulfillments.load(Set(booked.map(\.fulfillment)).sorted(), in: tx)
        var surplus: [Key: Int64] = [:]
        for head in heads {
            for process in WorkProcess.allCases {
                let mine = booked.filter { $0.fulfillment == head.id && $0.key.process == process }
                // Parcels are sorted and sent at each site of the way: none of them, or all.
                let all = mine.reduce(Int64(0)) { $0 + $1.units }
                let early = isDone(process, head) ? mine.filter { $0.starts > tx.now }.reduce(Int64(0)) { $0 + $1.units } : 0
                surplus[Key(head.id, process)] = max(early, all - needed(process, of: head, booked: all))
            }
        }
        var freed: [CapacityBooking] = []
        for var one in booked {
            let part = min(one.units, surplus[Key(one.fulfillment, one.key.process)] ?? 0)
            guard part > 0 else { continue }
            surplus[Key(one.fulfillment, one.key.process)]? -= part
            one.units = part
            freed.append(one)
        }
        try CapacityBook.free(freed, in: tx)
        let touched = Set(freed.map { WorkBooking(key: $0.key, starts: $0.starts, units: 0) })
        let within = try CapacityBook.load(Set(freed.map(\.key.site)).sorted(), locked: false, in: tx).filter {
            $0.over == 0 && touched.contains(WorkBooking(key: $0.key, starts: $0.slot.starts, units: 0))
        }
        try OverbookedSlot.close(within, in: tx)
    }

    private struct Key: Hashable {
        let fulfillment: FulfillmentID
        let process: WorkProcess

        init(_ fulfillment: FulfillmentID, _ process: WorkProcess) {
            self.fulfillment = fulfillment
            self.process = process
        }
    }

    private static func isDone(_ process: WorkProcess, _ head: FulfillmentOrder) -> Bool {
        switch process {
        case .pick: [.picked, .packed, .shipped, .closed].contains(head.state)
        case .pack: [.packed, .shipped, .closed].contains(head.state)
        case .sort, .departure: false
        }
    }

    /// What is done or still to be done.
    private static func needed(_ process: WorkProcess, of head: FulfillmentOrder, booked: Int64) -> Int64 {
        let isOff = head.state == .cancelled
        let asked = head.lines.reduce(Int64(0)) { $0 + $1.quantity.rawValue }
        return switch process {
        case .pick: isOff ? head.lines.reduce(0) { $0 + $1.picked.rawValue } : asked
        case .pack: isOff ? head.lines.reduce(0) { $0 + $1.packed.rawValue } : asked
        case .sort, .departure: isOff || asked == 0 ? 0 : booked
        }
    }
}
