import Kernel

/// Writes the journey of one parcel, first scan to last, each later than the one before.
struct CourierJourney {
    private let facts: ShipmentFacts
    private(set) var updates: [TrackingUpdate] = []

    private var originHub: String { facts.origin + " hub" }
    private var destinationHub: String { facts.destination + " hub" }

    init(_ facts: ShipmentFacts) {
        self.facts = facts
        let due = facts.calendar.firstAttempt(handedOver: facts.handedOver, transitDays: facts.transitDays)
        let isDelayed = facts.happens("delayed", partsPerMillion: facts.rates.delayed)
        let day = isDelayed ? facts.calendar.day(1, after: due) : due
        let loading = max(time(of: day, from: 7 * 60, to: 9 * 60, "loading"), facts.handedOver + .minutes(90))

        linehaul(until: loading, isDelayed: isDelayed)
        if facts.happens("lost", partsPerMillion: facts.rates.lost) {
            updates.removeLast()  // It never reaches the destination's hub.
            let declared = time(of: facts.calendar.day(5, after: day), from: 16 * 60, to: 18 * 60, "declared")
            add(.lost, declared, originHub, "Declared lost", "LO", .carrierParcelLost)
        } else if facts.happens("damaged", partsPerMillion: facts.rates.damaged) {
            let found = last + .minutes(20)
            add(.damaged, found, destinationHub, "Damaged in handling", "DM", .carrierDamagedParcel)
            sendBack(destinationHub, .carrierDamagedParcel)
        } else {
            attempts(first: loading)
        }
        if let turned = facts.interceptedAt { turnBack(at: turned) }
    }

    /// What had not happened yet does not: the parcel goes back.
    private mutating func turnBack(at turned: Instant) {
        updates.removeAll { $0.at > turned }
        let hub = updates.last?.place ?? originHub
        add(.returnToOrigin, max(last, turned) + .hours(1), hub, "Turned back for the sender", "IC", .shipperCancelled)
        let day = facts.calendar.day(max(1, facts.transitDays), after: facts.calendar.zone.day(of: last))
        add(.returned, time(of: day, from: 10 * 60, to: 16 * 60, "turned"), facts.origin, "Returned to sender", "RD", .shipperCancelled)
    }

    // MARK: The way there

    private mutating func linehaul(until loading: Instant, isDelayed: Bool) {
        let start = facts.handedOver, gap = loading - start
        var random = facts.random("linehaul")
        func share(_ most: Duration) -> Duration {
            // 60 to 100 % of a fifth of the gap or of `most`, whichever is less.
            .microseconds(min(gap.micros / 5, most.micros) / 100 * Int64(60 + random.below(41)))
        }
        let arrived = start + share(.hours(3))
        let departed = arrived + share(.hours(6))
        let reached = loading - share(.hours(5))
        add(.handedOver, start, facts.origin, "Picked up", "PU")
        add(.arrivedAtHub, arrived, originHub, "Arrived at hub", "AR")
        add(.departedHub, departed, originHub, "Departed hub", "DP")
        let middle = Instant(micros: (departed.micros + reached.micros) / 2)
        if isDelayed {
            let causes: [IncidentReason] = [.weatherDelay, .carrierCapacityExceeded, .carrierVehicleIssue]
            var random = facts.random("cause")
            add(.exception, middle, "", "Delayed on the way", "EX", causes[random.below(causes.count)])
        } else if facts.transitDays >= 2 {
            add(.inTransit, middle, "", "In transit", "IT")
        }
        add(.arrivedAtHub, reached, destinationHub, "Arrived at hub", "AR")
    }

    // MARK: At the door

    private mutating func attempts(first loading: Instant) {
        let isRefused = facts.happens("refused", partsPerMillion: facts.rates.refused)
        let isUnfindable = facts.happens("address", partsPerMillion: facts.rates.addressNotFound)
        var leaves = loading
        for attempt in 1...facts.rates.attempts {
            var random = facts.random("attempt \(attempt)")
            let isAway = random.chance(partsPerMillion: facts.rates.notHome)
            let arrives = leaves + .seconds(3600 + random.below(8 * 3600))
            if attempt == 1 { add(.departedHub, leaves - .minutes(5), destinationHub, "Sorted to route", "DP") }
            add(.outForDelivery, leaves, facts.destination, "Out for delivery", "OD")
            if isUnfindable {
                add(.attempted, arrives, facts.destination, "Address not found", "NA", .consigneeIncorrectAddress)
            } else if isAway {
                add(.attempted, arrives, facts.destination, "Nobody home", "NH", .consigneeNotHome)
            } else if isRefused {
                add(.attempted, arrives, facts.destination, "Refused", "RF", .consigneeRefused)
                sendBack(facts.destination, .consigneeRefused)
                return
            } else {
                deliver(at: arrives)
                return
            }
            let next = facts.calendar.day(1, after: facts.calendar.zone.day(of: arrives))
            leaves = time(of: next, from: 7 * 60, to: 9 * 60, "loading \(attempt)")
        }
        sendBack(destinationHub, isUnfindable ? .consigneeIncorrectAddress : .consigneeNotHome)
    }

    private mutating func deliver(at instant: Instant) {
        var random = facts.random("proof")
        let digits = String(random.next(), radix: 16)
        add(.delivered, instant, facts.destination, "Delivered, signed for", "DL")
        updates[updates.count - 1].proof = "pod_" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func sendBack(_ place: String, _ reason: IncidentReason) {
        add(.returnToOrigin, last + .hours(2), place, "On its way back", "RT", reason)
        let day = facts.calendar.day(max(1, facts.transitDays), after: facts.calendar.zone.day(of: last))
        let arrives = time(of: day, from: 10 * 60, to: 16 * 60, "returned")
        add(.returned, arrives, facts.origin, "Returned to sender", "RD", reason)
    }

    // MARK: Means

    private var last: Instant { updates.last?.at ?? facts.handedOver }

    private func time(of day: CivilDate, from: Int, to: Int, _ question: String) -> Instant {
        var random = facts.random(question)
        let opens = facts.calendar.zone.instant(day, LocalTime(minuteOfDay: from) ?? .midnight)
        return opens + .seconds(random.below((to - from) * 60))
    }

    private mutating func add(
        _ code: TrackingCode, _ at: Instant, _ place: String, _ detail: String, _ vendorCode: String,
        _ reason: IncidentReason? = nil
    ) {
        updates.append(TrackingUpdate(
            trackingNumber: facts.trackingNumber, at: at, code: code, place: place, detail: detail, vendorCode: vendorCode,
            reason: reason))
    }
}
