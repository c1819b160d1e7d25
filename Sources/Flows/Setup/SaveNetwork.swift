import Facilities
import Kernel
import Store

/// A network as a file, a demo or a rehearsal describes it: everything refers to everything else by code.
package struct NetworkPlan: Sendable {
    package struct Collection: Sendable {
        package let service: String
        package let weekdays: Weekdays
        package let leaves: LocalTime
        package let cutOffMinutes: Int

        package init(service: String, weekdays: Weekdays, leaves: LocalTime, cutOffMinutes: Int) {
            self.service = service
            self.weekdays = weekdays
            self.leaves = leaves
            self.cutOffMinutes = cutOffMinutes
        }
    }

    package struct Box: Sendable {
        package let code: String
        package let inner: Dimensions
        package let maxLoad: Grams
        package let tare: Grams
        package let cost: Int64
        package let onHand: Int64

        package init(code: String, inner: Dimensions, maxLoad: Grams, tare: Grams, cost: Int64, onHand: Int64) {
            self.code = code
            self.inner = inner
            self.maxLoad = maxLoad
            self.tare = tare
            self.cost = cost
            self.onHand = onHand
        }
    }

    package struct Place: Sendable {
        package let site: NewSite
        package let hours: [OpeningWindow]
        package let locations: [NewLocation]
        package let cartons: [Box]
        package let collections: [Collection]

        package init(
            site: NewSite, hours: [OpeningWindow], locations: [NewLocation], cartons: [Box], collections: [Collection]
        ) {
            self.site = site
            self.hours = hours
            self.locations = locations
            self.cartons = cartons
            self.collections = collections
        }
    }

    /// A lane between two sites.
    package struct Line: Sendable {
        package let from: String
        package let to: String
        package let service: String
        package let mode: TransportMode
        package let transitMinutes: Int
        /// Of one parcel, in minor units of the operator's currency.
        package let parcelCost: Int64
        package let departures: [LaneDeparture]

        package init(
            from: String, to: String, service: String, mode: TransportMode, transitMinutes: Int, parcelCost: Int64 = 0,
            departures: [LaneDeparture]
        ) {
            self.from = from
            self.to = to
            self.service = service
            self.mode = mode
            self.transitMinutes = transitMinutes
            self.parcelCost = parcelCost
            self.departures = departures
        }
    }

    /// A carrier with a service of its own.
    package struct Haulier: Sendable {
        package let carrier: NewCarrier
        package let service: @Sendable (CarrierID) -> NewService

        package init(carrier: NewCarrier, service: @escaping @Sendable (CarrierID) -> NewService) {
            self.carrier = carrier
            self.service = service
        }
    }

    package var places: [Place]
    package var carrier: NewCarrier
    /// By code, for the one carrier; its id is filled in.
    package var services: [@Sendable (CarrierID) -> NewService]
    /// Who drives between the sites; nil where nobody does.
    package var haulier: Haulier?
    package var lanes: [Line]

    package init(
        places: [Place], carrier: NewCarrier, services: [@Sendable (CarrierID) -> NewService], haulier: Haulier? = nil,
        lanes: [Line] = []
    ) {
        self.haulier = haulier
        self.places = places
        self.carrier = carrier
        self.services = services
        self.lanes = lanes
    }
}

/// Writes a whole network in one transaction.
package struct SaveNetwork: Flow {
    let plan: NetworkPlan

    package struct Made: Sendable {
        /// In the order of the plan.
        package var sites: [SiteID]
        /// By code.
        package let services: [String: ServiceID]
        package let carrier: CarrierID
        /// By site and code.
        package let locations: [SiteID: [String: Location]]
    }

    package init(_ plan: NetworkPlan) { self.plan = plan }

    package func run(in tx: Transaction) throws -> Made {
        let carrier = try SaveCarriers.run([plan.carrier], in: tx)[0].id
        var new = plan.services.map { $0(carrier) }
        if let haulier = plan.haulier { new.append(haulier.service(try SaveCarriers.run([haulier.carrier], in: tx)[0].id)) }
        let saved = try SaveServices.run(new, in: tx)
        let services = Dictionary(zip(new.map(\.code), saved.map(\.id)), uniquingKeysWith: { first, _ in first })
        let sites = try SaveSites.run(plan.places.map(\.site), in: tx).map(\.id)
        var locations: [SiteID: [String: Location]] = [:]
        for (id, place) in zip(sites, plan.places) {
            let made = try SaveLocations.run(place.locations, at: id, in: tx)
            locations[id] = Dictionary(made.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        }
        try SetHours.run(
            zip(sites, plan.places).filter { !$1.hours.isEmpty }.map { NewHours(site: $0, windows: $1.hours) }, in: tx)
        _ = try SaveCartons.run(zip(sites, plan.places).flatMap { id, place in place.cartons.map { $0.at(id) } }, in: tx)
        try saveLanes(sites, services, in: tx)
        return Made(sites: sites, services: services, carrier: carrier, locations: locations)
    }

    private func saveLanes(_ sites: [SiteID], _ services: [String: ServiceID], in tx: Transaction) throws {
        let byCode = Dictionary(zip(plan.places.map(\.site.code), sites), uniquingKeysWith: { first, _ in first })
        func service(_ code: String) throws -> ServiceID {
            guard let id = services[code] else { throw NotFound("service", code) }
            return id
        }
        func site(_ code: String) throws -> SiteID {
            guard let id = byCode[code] else { throw NotFound("site", code) }
            return id
        }
        var lanes: [NewLane] = []
        for (id, place) in zip(sites, plan.places) {
            let byService = Dictionary(grouping: place.collections, by: \.service).sorted { $0.key < $1.key }
            for (code, collections) in byService {
                let departures = collections.flatMap { one in
                    one.weekdays.numbers.map {
                        LaneDeparture(weekday: $0, leaves: one.leaves, cutOffMinutes: one.cutOffMinutes)
                    }
                }
                lanes.append(
                    NewLane(origin: id, service: try service(code), mode: .road, transitMinutes: 0, departures: departures))
            }
        }
        for one in plan.lanes {
            lanes.append(
                NewLane(
                    origin: try site(one.from), destination: try site(one.to), service: try service(one.service),
                    mode: one.mode, transitMinutes: one.transitMinutes, parcelCost: one.parcelCost,
                    departures: one.departures))
        }
        _ = try SaveLanes.run(lanes, in: tx)
    }
}

extension NetworkPlan.Box {
    fileprivate func at(_ site: SiteID) -> NewCarton {
        NewCarton(site: site, code: code, inner: inner, maxLoad: maxLoad, tare: tare, cost: cost, onHand: onHand)
    }
}
