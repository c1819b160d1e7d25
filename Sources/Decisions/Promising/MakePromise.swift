import Kernel

extension Promise {
    /// The earliest promise for this request.
    ///
    /// Work starts when the order is placed or its supply is available, whichever is later, and takes the site's open
    /// time; the parcel leaves with the first departure after it is ready and the buffer has passed. Every hop adds its
    /// transit, the sorting at the next site and the wait for what leaves there.
    package static func make(for request: PromiseRequest) throws(NoPromise) -> Promise {
        let origin = request.origin, calendar = origin.calendar
        let start = max(request.ordered, request.availableFrom ?? request.ordered)
        let buffer = Duration.minutes(origin.bufferMinutes)
        guard let opening = calendar.nextOpening(atOrAfter: start),
            let handled = calendar.add(workingMinutes: origin.handlingMinutes, to: opening)
        else { throw .siteClosed }
        let ready = handled + buffer
        let first = request.hops.first?.departures ?? request.service.departures
        guard let shipBy = first.next(atOrAfter: ready) else { throw .noDeparture }
        guard let releaseBy = calendar.latestStart(workingMinutes: origin.handlingMinutes, by: shipBy - buffer)
        else { throw .siteClosed }
        let collected = try request.collected(leaving: shipBy)
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
        return Promise(releaseBy: releaseBy, shipBy: shipBy, delivery: delivery, steps: steps)
    }
}

extension PromiseRequest {
    /// When the service collects what left the origin at `departure`.
    package func collected(leaving departure: Instant) throws(NoPromise) -> Instant {
        var departure = departure
        for (index, hop) in hops.enumerated() {
            guard let sorted = hop.site.calendar.add(workingMinutes: hop.site.handlingMinutes, to: departure + hop.transit)
            else { throw .siteClosed }
            let next = index + 1 < hops.count ? hops[index + 1].departures : service.departures
            guard let leaves = next.next(atOrAfter: sorted + .minutes(hop.site.bufferMinutes)) else { throw .noDeparture }
            departure = leaves
        }
        return departure
    }
}
