import Decisions
import Facilities
import Kernel

/// The ways of parcels from a site to a destination by a service: at most two are worth weighing, the courier's own
/// collection at the site, and our lanes to the collection nearest to the destination.
struct WayFinder {
    let network: Network
    let destination: Coordinates?
    var book = QuoteBook()

    /// What a way costs and promises.
    struct Quote: Sendable {
        let way: Way
        /// Ascending by weight; lanes and sorting included.
        let prices: [RateBreak]
        /// The same as sourcing asks for them.
        let steps: [SourcingProblem.PriceBreak]
        let promise: Promise
    }

    /// What is asked of a site.
    struct Question {
        let site: Site
        let service: CarrierService
        let ordered: Instant
        /// Nil where the goods are there.
        let availableFrom: Instant?
        let load: WorkLoad
    }

    /// The cheapest way that meets the deadline, or the one that promises the earliest day where none does.
    /// - Parameter capacity: what is limited on the way, as far as it is taken; nothing is taken of it here.
    func quote(_ question: Question, deadline: Instant?, _ capacity: inout CapacityLedger) -> Quote? {
        let day = question.site.zone.day(of: question.ordered)
        let ways = candidates(from: question.site.id, by: question.service.id, on: day)
        if ways.count == 1 { return quote(ways[0], question, &capacity) }
        var quotes: [Quote] = []
        for way in ways {
            if let one = quote(way, question, &capacity) { quotes.append(one) }
        }
        guard quotes.count > 1 else { return quotes.first }
        let punctual = quotes.filter { quote in deadline.map { quote.promise.promisedBy <= $0 } ?? true }
        if punctual.isEmpty { return quotes.min { $0.promise.promisedBy < $1.promise.promisedBy } }
        return punctual.min { ($0.prices[0].price, $0.promise.promisedBy) < ($1.prices[0].price, $1.promise.promisedBy) }
    }

    func candidates(from site: SiteID, by service: ServiceID, on day: CivilDate) -> [Way] {
        let ways = network.ways(from: site, by: service, on: day)
        guard ways.count > 1 else { return ways }
        let distant = ways.filter { !$0.lanes.isEmpty }
        let nearest = distant.count < 2 ? distant.first
            : distant.min { (metres($0), $0.lanes.count, $0.injection) < (metres($1), $1.lanes.count, $1.injection) }
        return ways.filter { $0.lanes.isEmpty } + (nearest.map { [$0] } ?? [])
    }

    /// From where the courier takes over; 0 where nobody knows where the destination lies.
    private func metres(_ way: Way) -> Int64 {
        guard let destination, let site = network.site(way.injection) else { return 0 }
        return site.place.distance(to: destination).rawValue
    }

    /// The ring of the service around the end of a way that the destination lies in.
    func zone(_ way: Way, _ service: ServiceID) -> ServiceZone? {
        destination == nil ? network.farthestZone(service) : network.zone(service, Metres(metres(way)))
    }

    /// What one way costs and promises; nil where it promises nothing.
    func quote(_ way: Way, _ question: Question, _ capacity: inout CapacityLedger) -> Quote? {
        guard let zone = zone(way, question.service.id) else { return nil }
        // Where something is limited, what one order takes changes what the next one is told.
        if capacity.isLimited { return make(way, zone, question, &capacity) }
        let asked = QuoteBook.Question(
            site: question.site.id, service: question.service.id, injection: way.injection, zone: zone.name,
            ordered: question.ordered, availableFrom: question.availableFrom)
        return book.answer(asked) { make(way, zone, question, &capacity) }
    }

    private func make(_ way: Way, _ zone: ServiceZone, _ question: Question, _ capacity: inout CapacityLedger) -> Quote? {
        let (site, service) = (question.site, question.service)
        let day = site.zone.day(of: question.ordered)
        guard let origin = origin(site.id, leavingBy: way.lanes.first, service.id, passing: false, &capacity),
            let hops = hops(way, service.id, &capacity), let collections = network.collections(way.injection, service.id)
        else { return nil }
        let prices = network.rateTable(service.id, zone: zone.name, day: day)
        let request = PromiseRequest(
            ordered: question.ordered, availableFrom: question.availableFrom, origin: origin, hops: hops,
            service: PromiseService(
                departures: collections.departures, transit: service.transit(in: zone),
                room: capacity.room(of: service.id, from: way.injection)),
            destination: PromiseDestination(zone: site.zone), load: question.load)
        // No promise within the calendar's horizon: the way is none today.
        guard !prices.isEmpty, let promise = try? Promise.make(for: request) else { return nil }
        let whole = prices.map { RateBreak(upTo: $0.upTo, price: $0.price + way.parcelCost) }
        return Quote(
            way: way, prices: whole, steps: whole.map { .init(upToGrams: $0.upTo.rawValue, price: $0.price) }, promise: promise)
    }

    private func hops(_ way: Way, _ service: ServiceID, _ capacity: inout CapacityLedger) -> [PromiseHop]? {
        var hops: [PromiseHop] = []
        for (index, lane) in way.lanes.enumerated() {
            let next = index + 1 < way.lanes.count ? way.lanes[index + 1] : nil
            guard let end = lane.destination, let departures = network.departures(lane.id)?.departures,
                let site = origin(end, leavingBy: next, service, passing: true, &capacity)
            else { return nil }
            hops.append(
                PromiseHop(
                    departures: departures, transit: .minutes(lane.transitMinutes), site: site,
                    room: capacity.room(of: lane.service, from: lane.origin)))
        }
        return hops
    }

    /// - Parameters:
    ///   - lane: nil where the courier collects there.
    ///   - passing: parcels are only sorted there.
    private func origin(
        _ site: SiteID, leavingBy lane: Lane?, _ service: ServiceID, passing: Bool, _ capacity: inout CapacityLedger
    ) -> PromiseOrigin? {
        guard let known = network.site(site), let calendar = network.calendar(site),
            let next = lane.map({ network.departures($0.id) }) ?? network.collections(site, service)
        else { return nil }
        return PromiseOrigin(
            calendar: calendar, handlingMinutes: known.handlingMinutes, bufferMinutes: next.longestCutOffMinutes,
            work: capacity.work(at: site, passing: passing))
    }
}

/// A lane of a way with the departure that is taken.
struct LaneStop {
    let lane: Lane
    let cutOff: Instant
    let departs: Instant
    let arrives: Instant
}

extension Network {
    /// The departures taken along a way, and when what is ready at `ready` is sorted at its end; nil where something on the
    /// way never leaves.
    func stops(of way: Way, readyAt ready: Instant) -> (stops: [LaneStop], sorted: Instant)? {
        var at = ready, stops: [LaneStop] = []
        for lane in way.lanes {
            guard let next = departures(lane.id)?.next(readyAt: at), let end = lane.destination, let site = site(end),
                let calendar = calendar(end)
            else { return nil }
            let arrives = next.departs + .minutes(lane.transitMinutes)
            stops.append(LaneStop(lane: lane, cutOff: next.cutOff, departs: next.departs, arrives: arrives))
            guard let sorted = calendar.add(workingMinutes: site.handlingMinutes, to: arrives) else { return nil }
            at = sorted
        }
        return (stops, at)
    }
}

/// When a parcel leaves by each lane of a way, and when the courier collects it at the end.
struct Itinerary {
    let way: Way
    let stops: [LaneStop]
    let collected: Instant
    let arrival: Instant
}

extension WayFinder {
    /// The itinerary of a parcel that stands ready at `ready`; nil where something on the way never leaves.
    func itinerary(_ way: Way, by service: CarrierService, readyAt ready: Instant) -> Itinerary? {
        guard let (stops, at) = network.stops(of: way, readyAt: ready), let zone = zone(way, service.id),
            let last = network.site(way.injection),
            let collected = network.collections(way.injection, service.id)?.next(readyAt: at)?.departs,
            let window = try? DeliveryWindow.estimate(
                from: collected, in: last.zone, by: service.transit(in: zone), to: PromiseDestination(zone: last.zone),
                now: collected)
        else { return nil }
        return Itinerary(way: way, stops: stops, collected: collected, arrival: window.closes)
    }
}

extension CarrierService {
    func transit(in zone: ServiceZone) -> TransitTime {
        TransitTime(
            minimumDays: zone.minimumDays, likelyDays: zone.likelyDays, movesOn: deliversOn, deliversOn: deliversOn)
    }
}
