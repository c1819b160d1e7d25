import Facilities
import Kernel
import Store

/// The whole network at one moment: what stands where, what passes, what needs a person. Nothing personal.
package struct Journey: Equatable, Sendable {
    package var now: Instant
    package var hasOrders: Bool
    package var stages: StageTally
    /// Of the last 24 hours.
    package var flows: FlowCounts
    /// By id order.
    package var sites: [SiteCard]
    /// The newest first.
    package var events: [EventLine]
    package var openExceptions: Int64
    /// By kind and site, the most urgent first; not all.
    package var exceptions: [ExceptionLine]

    package init(
        now: Instant, hasOrders: Bool, stages: StageTally, flows: FlowCounts, sites: [SiteCard], events: [EventLine],
        openExceptions: Int64, exceptions: [ExceptionLine]
    ) {
        self.now = now
        self.hasOrders = hasOrders
        self.stages = stages
        self.flows = flows
        self.sites = sites
        self.events = events
        self.openExceptions = openExceptions
        self.exceptions = exceptions
    }

    /// What stands at all sites together.
    package var work: SiteWork {
        sites.map(\.work).reduce(into: SiteWork()) { sum, one in
            sum.openOrders += one.openOrders
            sum.lateOrders += one.lateOrders
            sum.reservedUnits += one.reservedUnits
            sum.unitsOnPickLists += one.unitsOnPickLists
            sum.unitsInTotes += one.unitsInTotes
            sum.unitsPacked += one.unitsPacked
            sum.parcelsWithoutLabel += one.parcelsWithoutLabel
            sum.parcelsReady += one.parcelsReady
        }
    }
}

extension Journey {
    /// Reads the picture from one snapshot, in a few milliseconds whatever the history.
    package static func read(_ network: Network, in tx: Transaction) throws -> Journey {
        let stages = try StageTally.read(in: tx)
        let work = try SiteWork.all(stages, in: tx)
        let cards = network.sites.map { site in
            SiteCard(
                id: site.id, code: site.code, name: site.name, city: site.address.city, kind: site.kind, mode: site.mode,
                work: work[site.id] ?? SiteWork(), collection: NextCollection(site, in: network, after: tx.now))
        }
        let names = Dictionary(uniqueKeysWithValues: network.sites.map { ($0.id, $0.name) })
        return Journey(
            now: tx.now, hasOrders: try tx.value("SELECT 1 FROM orders LIMIT 1", as: Int.self) != nil, stages: stages,
            flows: try FlowCounts.read(since: tx.now - .hours(24), in: tx), sites: cards,
            events: try EventLine.latest(12, sites: names, in: tx), openExceptions: try ExceptionLine.countOpen(in: tx),
            exceptions: try ExceptionLine.open(6, sites: names, in: tx))
    }
}
