import Kernel
import Store
import Transport

/// One parcel, bag, pallet, container or trailer with what is around it, in it, and who had it.
package struct UnitStory: Sendable {
    /// A stay inside another unit.
    package struct Stay: Sendable {
        package let unit: UnitID
        package let code: String
        package let kind: UnitKind
        package let from: Instant
        package let until: Instant?
    }

    /// Nil where it is no parcel.
    package let parcel: ParcelSummary?
    /// Nil for who sees parcels only.
    package let unit: UnitView?
    /// Who had it, the first first.
    package let holdings: [Holding]
    /// In what it was, the first first.
    package let stays: [Stay]
    package let legs: [ParcelLeg]
    package let reports: [TrackingView.Report]
    /// The trip that this is the trailer of.
    package let trip: TripID?
    package let names: Names

    package var code: String { parcel?.code ?? unit?.code ?? "" }

    /// - Throws: `NotFound` where there is no such unit for the reader.
    package static func read(_ id: UnitID, _ scope: Scope, in tx: Transaction) throws -> UnitStory {
        let parcel = try ParcelSummary.list("p.id = \(id) AND \(scope.ownsParcel("p"))", limit: 1, in: tx).first
        let unit = try UnitView.look(id.description, scope, in: tx)
        guard parcel != nil || unit != nil else { throw NotFound("unit", id) }
        let isTrailer = unit?.kind == .trailer, isParcel = parcel != nil, isSeen = unit != nil
        return UnitStory(
            parcel: parcel, unit: unit, holdings: try Holding.of(id, in: tx), stays: try isSeen ? stays(of: id, in: tx) : [],
            legs: try ParcelLeg.of([id], in: tx)[id] ?? [], reports: try isParcel ? reports(of: id, in: tx) : [],
            trip: try isTrailer ? tx.value("SELECT id FROM trip WHERE trailer = \(id)") : nil,
            names: try Names(merchants: parcel.map { [$0.merchant] } ?? [], in: tx))
    }

    private static func stays(of id: UnitID, in tx: Transaction) throws -> [Stay] {
        try tx.query(
            """
            SELECT c.parent, u.code, u.kind, c.from_at, c.until_at FROM containment c JOIN handling_unit u ON u.id = c.parent
            WHERE c.child = \(id) ORDER BY c.sequence
            """
        ) { try Stay(unit: $0.next(), code: $0.next(), kind: $0.next(), from: $0.next(), until: $0.next()) }
    }

    private static func reports(of id: UnitID, in tx: Transaction) throws -> [TrackingView.Report] {
        try tx.query(
            """
            SELECT code, reason, occurred_at, recorded_at, proof FROM tracking WHERE parcel = \(id)
            ORDER BY occurred_at, recorded_at, vendor_event
            """
        ) {
            try TrackingView.Report(
                code: $0.next(), reason: $0.next(), occurredAt: $0.next(), recordedAt: $0.next(), proof: $0.next())
        }
    }
}

/// Which parcels a list is asked for; nil asks for all.
package struct ParcelFilter: Sendable {
    package var site: SiteID?
    package var state: ParcelState?

    package init(site: SiteID? = nil, state: ParcelState? = nil) { (self.site, self.state) = (site, state) }
}

/// A page of parcels, and where to go on.
package struct ParcelWindow: Sendable {
    package let rows: [ParcelSummary]
    /// Ask for what comes after it; nil where nothing does. There may be more although no row is here.
    package let next: UnitID?
}

extension ParcelSummary {
    /// A page of the network's parcels, the newest first.
    ///
    /// Those that still move are few, so that an index leads to them; of the others one page is picked out of `reach`.
    ///
    /// - Parameter id: where the page before ended; nil for the first page.
    package static func window(
        _ filter: ParcelFilter, after id: UnitID?, limit: Int, reach: Int = 10_000, in tx: Transaction
    ) throws -> ParcelWindow {
        var along: SQL = "id < \(id?.raw ?? Int64.max)", floor: UnitID?
        if let state = filter.state, !state.isEnd {
            let sites = try filter.site.map { [$0] } ?? tx.values("SELECT id FROM site ORDER BY id", as: SiteID.self)
            along = along + " AND site IN \(list: sites) AND state = \(state)"
        } else {
            if filter.site != nil || filter.state != nil {
                floor = try tx.value("SELECT id FROM parcel WHERE \(along) ORDER BY id DESC LIMIT 1 OFFSET \(reach - 1)")
                along = along + " AND id >= \(floor?.raw ?? -1)"
            }
            if let site = filter.site { along = along + " AND site + 0 = \(site)" }
            if let state = filter.state { along = along + " AND COALESCE(state, '') = \(state)" }
        }
        let ids: [UnitID] = try tx.values("SELECT id FROM parcel WHERE \(along) ORDER BY id DESC LIMIT \(limit + 1)")
        let rows = Array(try all(Array(ids.prefix(limit)), in: tx).reversed())
        return ParcelWindow(rows: rows, next: ids.count > limit ? rows.last?.id : floor)
    }
}

extension ParcelState {
    /// Nothing happens to it any more: most parcels there ever were.
    fileprivate var isEnd: Bool {
        switch self {
        case .delivered, .returned, .lost, .voided: true
        case .packed, .labelled, .inTransit, .handedOver, .outForDelivery, .attempted, .availableForPickup, .returning: false
        }
    }
}
