import Kernel

extension Promise {
    /// The earliest promise for this request.
    ///
    /// Work starts when the order is placed or its supply is available, whichever is later, and takes the site's open
    /// time; the parcel leaves with the first departure after it is ready and the buffer has passed. Every hop adds its
    /// transit, the sorting at the next site and the wait for what leaves there.
    ///
    /// Where a site's work or a departure is limited, work stands behind what is booked already, and a departure that is
    /// full is left to others; the promise holds what is to be booked for it.
    package static func make(for request: PromiseRequest) throws(NoPromise) -> Promise {
        let origin = request.origin, calendar = origin.calendar
        let start = max(request.ordered, request.availableFrom ?? request.ordered)
        let buffer = Duration.minutes(origin.bufferMinutes)
        guard let opening = calendar.nextOpening(atOrAfter: start),
            let handled = calendar.add(workingMinutes: origin.handlingMinutes, to: opening)
        else { throw .siteClosed }
        var work = WorkPlan(request.load)
        let ready = max(handled, try work.run(origin.work, from: opening)) + buffer
        let first = request.hops.first.map { ($0.departures, $0.room) } ?? (request.service.departures, request.service.room)
        let shipBy = try work.leave(first.0, first.1, atOrAfter: ready)
        guard let releaseBy = calendar.latestStart(workingMinutes: origin.handlingMinutes, by: shipBy - buffer)
        else { throw .siteClosed }
        let collected = try request.collected(leaving: shipBy, booking: &work)
        let delivery = try DeliveryWindow.after(
            departure: collected, from: request.hops.last?.site.calendar.zone ?? calendar.zone, by: request.service.transit,
            to: request.destination, seen: collected)

        var steps = [PromiseStep(.ordered, at: request.ordered)]
        steps.reserveCapacity(PromiseStep.What.allCases.count)
        if start > request.ordered { steps.append(PromiseStep(.supplyAvailable, at: start)) }
        if opening > start { steps.append(PromiseStep(.siteOpens, at: opening)) }
        steps.append(PromiseStep(.ready, at: ready))
        steps.append(PromiseStep(.departs, at: shipBy))
        if collected > shipBy { steps.append(PromiseStep(.collected, at: collected)) }
        if delivery.earliest < delivery.latest { steps.append(PromiseStep(.mayArrive, at: delivery.opens)) }
        steps.append(PromiseStep(.promised, at: delivery.closes))
        return Promise(releaseBy: releaseBy, shipBy: shipBy, delivery: delivery, steps: steps, bookings: work.bookings)
    }
}

extension PromiseRequest {
    /// When the service collects what left the origin at `departure`.
    package func collected(leaving departure: Instant) throws(NoPromise) -> Instant {
        var work = WorkPlan(load)
        return try collected(leaving: departure, booking: &work)
    }

    func collected(leaving departure: Instant, booking work: inout WorkPlan) throws(NoPromise) -> Instant {
        var departure = departure
        for (index, hop) in hops.enumerated() {
            let arrives = departure + hop.transit
            guard let sorted = hop.site.calendar.add(workingMinutes: hop.site.handlingMinutes, to: arrives)
            else { throw .siteClosed }
            let ready = max(sorted, try work.run(hop.site.work, from: arrives)) + .minutes(hop.site.bufferMinutes)
            let next = index + 1 < hops.count
                ? (hops[index + 1].departures, hops[index + 1].room) : (service.departures, service.room)
            departure = try work.leave(next.0, next.1, atOrAfter: ready)
        }
        return departure
    }
}
