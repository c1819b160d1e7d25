import Edges
import Flows
import Kernel
import Store
import Transport

/// Parcels between packing and the door.
struct PendingTracking {
    var unweighed: [Int: [UnitID]] = [:]
    var updates = Agenda<TrackingUpdate>()
    /// When the courier turned parcels back, by number: what it had planned for them after that does not happen.
    var turned: [String: Instant] = [:]
    var isScheduled = false
}

extension Rehearsal {
    /// The courier collects everything that leaves today; what happens to it then is in the carrier's hands.
    func collect(_ site: Int) throws { try collect(at: made.sites[site]) }

    func collect(at site: SiteID) throws {
        let until = plan.world.zone.instant(plan.world.zone.day(of: stepper.now) + 1, .midnight)
        for service in network.services(from: site).map(\.id) {
            while true {
                let handed = try stepper.perform(
                    HandOver(
                        site: site, service: service, until: until, network: assembly.network,
                        occurred: stepper.now, actor: "driver"))
                if handed.parcels.isEmpty { break }
                try settle()
                try follow(handed.numbers)
            }
        }
    }

    /// Asks the carrier for all it will report of these parcels.
    func follow(_ numbers: [String]) throws {
        let updates = try courier.track(numbers, since: stepper.now - .seconds(1), now: .distantFuture)
        for update in updates where update.code != .labelCreated { pending.updates.add(update, at: update.at) }
        scheduleTracking()
    }

    /// The courier answers what it is asked; what it turns back comes back instead of going on.
    func turnBack(_ order: OrderID) throws {
        try settle()
        let numbers = try stepper.read { tx in
            let turned = try Interceptions.load(where: "order_id = \(order) AND state = 'accepted'", in: tx).map(\.parcel)
            return try Labels.of(turned, in: tx).filter { $0.state == .current }.compactMap(\.number)
        }
        let fresh = numbers.filter { pending.turned[$0] == nil }
        for number in fresh { pending.turned[number] = stepper.now }
        try follow(fresh)
    }

    /// Carriers report in batches, on the hour after it happened.
    private func scheduleTracking() {
        guard !pending.isScheduled, let next = pending.updates.next else { return }
        let hour = Duration.hours(1).micros
        agenda.add(.tracking, at: Instant(micros: (next.micros / hour + 1) * hour))
        pending.isScheduled = true
    }

    func track() throws {
        pending.isScheduled = false
        var due: [TrackingUpdate] = []
        while let at = pending.updates.next, at <= stepper.now, let (_, update) = pending.updates.take() {
            let isDropped = pending.turned[update.trackingNumber].map { $0 < update.at } ?? false
            if !isDropped || update.reason == .shipperCancelled { due.append(update) }
        }
        let taken = try stepper.perform(RecordTracking(issuer: "courier", due))
        results.reports += taken.recorded
        noteReturns(due)
        scheduleTracking()
    }
}
