import Exceptions
import Kernel
import Orders
import Store
import Transport

/// One order with all that happened to it and all that stands around it.
package struct OrderStory: Sendable {
    package let order: OrderDetails
    /// Why units are where they are, the first first.
    package let decisions: [SourcingView.Decision]
    /// The newest first.
    package let happened: [Happening]
    /// Of the order, its parcels, returns and shortages; those that are open first.
    package let exceptions: [ExceptionView]
    /// The ways of its parcels between our sites.
    package let legs: [UnitID: [ParcelLeg]]
    /// Who had a parcel last.
    package let holders: [UnitID: Holding]
    package let cartons: [UnitID: CartonUse]
    /// What the shopper was given although nothing came back.
    package let goodwill: [GoodwillView]
    /// For its parcels, the newest first.
    package let claims: [ClaimView]
    package let names: Names

    /// - Throws: `NotFound` where there is no such order for the reader.
    package static func read(_ id: OrderID, _ scope: Scope, in tx: Transaction) throws -> OrderStory {
        let order = try OrderDetails.find(id, scope, in: tx)
        let events = try EventLog.history(of: id.description, in: tx)
        let names = try Names(
            merchants: [order.merchant], actors: scope == .network ? events.map(\.actor) : [], in: tx)
        let goodwill = try GoodwillView.of(id, scope, in: tx), claims = try ClaimView.of(id, scope, in: tx)
        let parcels = order.parcels.map(\.id)
        let subjects = [id.description] + parcels.map(\.description) + order.returns.map(\.id.description)
            + order.shortages.map(\.id.description) + order.fulfillmentOrders.map(\.id.description)
            + goodwill.map(\.refund.description) + claims.map(\.id.description)
        return OrderStory(
            order: order, decisions: try SourcingView.find(id, scope, in: tx).decisions,
            happened: Happening.tell(events, numbers: [id: order.number], names).reversed(),
            exceptions: try ExceptionPages.of(subjects, scope, in: tx), legs: try ParcelLeg.of(parcels, in: tx),
            holders: try Holding.last(of: parcels, in: tx), cartons: try cartons(of: parcels, in: tx),
            goodwill: goodwill, claims: claims, names: names)
    }

    private static func cartons(of parcels: [UnitID], in tx: Transaction) throws -> [UnitID: CartonUse] {
        let found = try tx.query(
            """
            SELECT p.id, c.code, p.fill_ppm FROM parcel p JOIN carton c ON c.id = p.carton WHERE p.id IN \(list: parcels)
            ORDER BY p.id
            """
        ) { (try $0.next(UnitID.self), CartonUse(code: try $0.next(), fillPPM: try $0.next())) }
        return Dictionary(uniqueKeysWithValues: found)
    }
}

/// The carton that was chosen for a parcel: the cheapest by cost and freight into which all of it goes.
package struct CartonUse: Sendable {
    package let code: String
    /// How much of its room the goods take, in millionths.
    package let fillPPM: Int64
}

/// Something in the story of one thing.
package struct Happening: Sendable {
    package let type: String
    package let occurred: Instant
    /// The name of who did it, where that is a person of ours.
    package let by: String?
    /// In words; nil where no sentence tells it.
    package let line: EventLine?
    /// A state, kind or date that the event names.
    package let what: String

    static func tell(_ events: [Event], numbers: [OrderID: String], _ names: Names) -> [Happening] {
        let words = EventWords(orderNumbers: numbers, sites: names.sites)
        return events.map { event in
            let told = words.tell(
                ToldEvent(
                    type: event.type, key: event.key, occurred: event.occurred, site: event.site, quantity: event.quantity,
                    payload: event.payload))
            let line = told.map {
                EventLine(
                    position: event.position, occurred: event.occurred, says: $0.says, names: $0.names,
                    quantity: event.quantity ?? 0, tone: $0.tone)
            }
            let what = ["kind", "payment", "promised_by", "state"].lazy.compactMap { event.payload[$0]?.string }.first
            return Happening(
                type: event.type, occurred: event.occurred, by: names.people[event.actor], line: line, what: what ?? "")
        }
    }
}

/// A stretch of a parcel's way between our sites.
package struct ParcelLeg: Sendable {
    package let origin: SiteID
    package let destination: SiteID
    package let cutOff: Instant
    package let departs: Instant
    package let arrives: Instant
    /// `planned`, `done` or `missed`.
    package let state: LegState

    /// By parcel, in the order of the way.
    static func of(_ parcels: [UnitID], in tx: Transaction) throws -> [UnitID: [ParcelLeg]] {
        let found = try tx.query(
            """
            SELECT parcel, origin, destination, cut_off_at, departs_at, arrives_at, state FROM parcel_leg
            WHERE parcel IN \(list: parcels) ORDER BY parcel, sequence
            """
        ) {
            (
                try $0.next(UnitID.self),
                try ParcelLeg(
                    origin: $0.next(), destination: $0.next(), cutOff: $0.next(), departs: $0.next(), arrives: $0.next(),
                    state: $0.next())
            )
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }
}

/// Who had a unit, from when until when.
package struct Holding: Sendable {
    /// `site`, `carrier` or `shopper`.
    package let kind: String
    package let holder: Int64
    package let from: Instant
    package let until: Instant?

    package func name(_ names: Names) -> String? {
        switch kind {
        case "site": names.sites[SiteID(holder)]
        case "carrier": names.carriers[CarrierID(holder)]
        default: nil
        }
    }

    /// All of one unit, in the order in which they were.
    static func of(_ unit: UnitID, in tx: Transaction) throws -> [Holding] {
        try tx.query("SELECT holder_kind, holder, from_at, until_at FROM custody WHERE unit = \(unit) ORDER BY sequence") {
            try Holding(kind: $0.next(), holder: $0.next(), from: $0.next(), until: $0.next())
        }
    }

    static func last(of units: [UnitID], in tx: Transaction) throws -> [UnitID: Holding] {
        let found = try tx.query(
            "SELECT unit, holder_kind, holder, from_at, until_at FROM custody WHERE unit IN \(list: units) ORDER BY unit, sequence"
        ) {
            (try $0.next(UnitID.self), try Holding(kind: $0.next(), holder: $0.next(), from: $0.next(), until: $0.next()))
        }
        return Dictionary(found, uniquingKeysWith: { _, later in later })
    }
}

extension ExceptionPages {
    /// Those of these things that the reader may see; the open ones first, then the newest.
    package static func of(_ subjects: [String], _ scope: Scope, in tx: Transaction) throws -> [ExceptionView] {
        try tx.query(
            """
            SELECT \(ExceptionView.columns) FROM exception WHERE subject IN \(list: subjects) AND \(owns(scope))
            ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 100
            """, ExceptionView.decode)
    }
}
