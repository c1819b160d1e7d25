import Edges
import Flows
import Kernel
import Store

/// Parcels between packing and the door.
struct PendingTracking {
    var unweighed: [Int: [UnitID]] = [:]
    var updates = Agenda<TrackingUpdate>()
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
    private func follow(_ numbers: [String]) throws {
        let updates = try courier.track(numbers, since: stepper.now - .seconds(1), now: .distantFuture)
        for update in updates where update.code != .labelCreated { pending.updates.add(update, at: update.at) }
        scheduleTracking()
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
        while let at = pending.updates.next, at <= stepper.now, let (_, update) = pending.updates.take() { due.append(update) }
        let taken = try stepper.perform(RecordTracking(issuer: "courier", due))
        results.reports += taken.recorded
        scheduleTracking()
    }
}
