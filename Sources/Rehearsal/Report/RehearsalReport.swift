import Kernel

/// What a rehearsal came to: what became of the orders, how well and at what cost, and how fast it ran.
///
/// A value that is filled from plain numbers, so that it can be kept, compared and drawn away from any store. Counts
/// are orders unless they say otherwise.
package struct RehearsalReport: Codable, Equatable, Sendable {
    /// The same seed and input give the same digest, in every process and on every engine.
    package var seed: UInt64
    package var digest: String
    /// Of the store it ran on: `sqlite`, `postgres`.
    package var engine: String
    /// The virtual time of the first and the last event.
    package var from: Instant
    package var until: Instant
    package var orders: Int64
    /// By the state at the end, in the order given.
    package var finalStates: [NamedCount]
    /// What was neither delivered nor cancelled, by its reason.
    package var unfinished: [NamedCount]
    package var daysToDoor: DaysToDoor
    package var promises: PromiseRecord
    package var parcels: ParcelRecord
    package var shipping: ShippingRecord
    package var cartonFill: CartonFill
    package var backlog: [SiteBacklog]
    /// What of the input was not as it should be, by what was done about it.
    package var inputCorners: [NamedCount]
    package var exceptions: [NamedCount]
    /// Orders that no shopper paid for, by purpose and state.
    package var outbound: [NamedCount] = []
    /// What shoppers wanted changed after they had ordered, by what it was answered with.
    package var wishes: [NamedCount] = []
    /// What was handed to partners and what came of it; empty where there are none.
    package var partners: [NamedCount]
    package var returns: ReturnRecord?
    package var auditFindings: Int64
    package var pace: Pace

    package init(
        seed: UInt64, digest: String, engine: String, from: Instant, until: Instant, orders: Int64,
        finalStates: [NamedCount], unfinished: [NamedCount], daysToDoor: DaysToDoor, promises: PromiseRecord,
        parcels: ParcelRecord, shipping: ShippingRecord, cartonFill: CartonFill, backlog: [SiteBacklog],
        inputCorners: [NamedCount], exceptions: [NamedCount], partners: [NamedCount] = [], returns: ReturnRecord? = nil,
        auditFindings: Int64, pace: Pace
    ) {
        self.seed = seed
        self.digest = digest
        self.engine = engine
        self.from = from
        self.until = until
        self.orders = orders
        self.finalStates = finalStates
        self.unfinished = unfinished
        self.daysToDoor = daysToDoor
        self.promises = promises
        self.parcels = parcels
        self.shipping = shipping
        self.cartonFill = cartonFill
        self.backlog = backlog
        self.inputCorners = inputCorners
        self.exceptions = exceptions
        self.partners = partners
        self.returns = returns
        self.auditFindings = auditFindings
        self.pace = pace
    }
}

package struct NamedCount: Codable, Equatable, Sendable {
    package var name: String
    package var count: Int64

    package init(_ name: String, _ count: Int64) {
        self.name = name
        self.count = count
    }
}
