import Kernel

extension Promise {
    /// The earliest promise for this request.
    ///
    /// Work starts when the order is placed or its supply is available, whichever is later, and takes the site's open
    /// time; the parcel leaves with the first departure after it is ready and the buffer has passed.
    package static func make(for request: PromiseRequest) throws(NoPromise) -> Promise {
        let origin = request.origin, calendar = origin.calendar
        let start = max(request.ordered, request.availableFrom ?? request.ordered)
        let buffer = Duration.minutes(origin.bufferMinutes)
        guard let opening = calendar.nextOpening(atOrAfter: start),
            let handled = calendar.add(workingMinutes: origin.handlingMinutes, to: opening)
        else { throw .siteClosed }
        let ready = handled + buffer
        guard let shipBy = request.service.departures.next(atOrAfter: ready) else { throw .noDeparture }
        guard let releaseBy = calendar.latestStart(workingMinutes: origin.handlingMinutes, by: shipBy - buffer)
        else { throw .siteClosed }
        let delivery = try DeliveryWindow.after(
            departure: shipBy, from: calendar.zone, by: request.service.transit, to: request.destination,
            seen: shipBy)

        var steps = [PromiseStep(.ordered, at: request.ordered)]
        steps.reserveCapacity(PromiseStep.What.allCases.count)
        if start > request.ordered { steps.append(PromiseStep(.supplyAvailable, at: start)) }
        if opening > start { steps.append(PromiseStep(.siteOpens, at: opening)) }
        steps.append(PromiseStep(.ready, at: ready))
        steps.append(PromiseStep(.departs, at: shipBy))
        if delivery.earliest < delivery.latest { steps.append(PromiseStep(.mayArrive, at: delivery.opens)) }
        steps.append(PromiseStep(.promised, at: delivery.closes))
        return Promise(releaseBy: releaseBy, shipBy: shipBy, delivery: delivery, steps: steps)
    }
}
