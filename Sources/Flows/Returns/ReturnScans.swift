import Edges
import Exceptions
import Facilities
import Kernel
import Returns
import Store
import Transport

/// A shopper hands a return in at one of our sites: the code on the screen or on the parcel is scanned. From there it goes to
/// its desk over our lanes.
package struct DropOffReturns: Flow {
    let site: SiteID
    let codes: [String]
    let network: NetworkCache
    let occurred: Instant
    let actor: String

    package init(_ codes: [String], at site: SiteID, network: NetworkCache, occurred: Instant, actor: String) {
        self.site = site
        self.codes = codes
        self.network = network
        self.occurred = occurred
        self.actor = actor
    }

    /// The returns, in the order of the codes.
    package func run(in tx: Transaction) throws -> [RMAID] {
        guard try Site.find(site, in: tx) != nil else { throw NotFound("site", site) }
        let units = try HandlingUnits.find(codes: codes, in: tx)
        let parcels = try ReturnParcels.load(units.values, in: tx)
        let byUnit = Dictionary(uniqueKeysWithValues: parcels.map { ($0.unit, $0) })
        let rmas = Dictionary(uniqueKeysWithValues: try RMAs.load(parcels.map(\.rma), in: tx).map { ($0.id, $0) })
        let found = try codes.map { code -> (ReturnParcel, RMA) in
            guard let parcel = units[code].flatMap({ byUnit[$0] }), let rma = rmas[parcel.rma] else {
                throw NotFound("return", code)
            }
            guard rma.state.awaitsGoods, ReturnParcelState.transitions[parcel.state]?.contains(.droppedOff) ?? false
            else { throw ReturnNotThere(rma.id, rma.state, wanted: .inTransit) }
            return (parcel, rma)
        }
        let moved = try ReturnParcels.change(found.map(\.0), to: .droppedOff, at: site, in: tx)
        try HandlingUnits.hand(moved.map(\.unit), to: .site(site), occurred: occurred, in: tx)
        try ReturnScans.first(found.map(\.1), occurred: occurred, actor: actor, in: tx)
        try ReturnRoutes.run(moved.map { ($0, site) }, network.network(in: tx), in: tx)
        return found.map(\.1.id)
    }
}

enum ReturnScans {
    static let transit = "return.transit"

    /// The first scan of returns that were only authorised so far: from now on they are on their way.
    static func first(_ returns: [RMA], occurred: Instant, actor: String, in tx: Transaction) throws {
        let fresh = returns.filter { $0.state == .authorised }
        guard !fresh.isEmpty else { return }
        try RMAs.change(fresh, to: .inTransit, actor: actor, occurred: occurred, in: tx)
        try tx.closeClocks([ReturnPapers.expiry], of: fresh.map(\.id.raw), outcome: "met")
        try tx.schedule(
            transit, source: "policy", due: fresh.map { ($0.id.raw, $0.merchant, occurred + .days($0.terms.transitDays), [:]) })
    }

    /// What carriers report of the parcels of returns; reports of other units are passed over.
    static func take(_ reports: [(unit: UnitID, update: TrackingUpdate)], in tx: Transaction) throws {
        var parcels = Dictionary(
            uniqueKeysWithValues: try ReturnParcels.load(reports.map(\.unit), in: tx).map { ($0.unit, $0) })
        guard !parcels.isEmpty else { return }
        let carriers = try CarrierService.carriers(of: parcels.values.map(\.service), in: tx)
        for (unit, update) in reports {
            guard let parcel = parcels[unit], let step = ReturnStep(update.code, carriers[parcel.service]) else { continue }
            let changed = try ReturnParcels.change(
                [parcel], to: step.state, at: step.state == .arrived ? parcel.site : nil, in: tx)
            guard !changed.isEmpty else { continue }
            parcels[unit] = try ReturnParcels.load([unit], in: tx).first
            let rma = try RMAs.load(parcel.rma, in: tx)
            try first([rma], occurred: update.at, actor: "carrier", in: tx)
            let holder: Holder = step.state == .arrived ? .site(parcel.site) : step.holder
            try HandlingUnits.hand([unit], to: holder, occurred: update.at, in: tx)
            if step.state == .lost { try Exceptions.open([.lostReturn(parcel, rma, by: "The carrier lost it", at: update.at)], in: tx) }
        }
    }
}

/// What a carrier's report does to the parcel of a return; nil: nothing but the story.
private struct ReturnStep {
    let state: ReturnParcelState
    let holder: Holder

    init?(_ code: TrackingCode, _ carrier: CarrierID?) {
        guard let carrier else { return nil }
        holder = .carrier(carrier)
        switch code {
        case .handedOver, .inTransit, .arrivedAtHub, .departedHub, .outForDelivery: state = .withCarrier
        case .delivered: state = .arrived
        case .lost: state = .lost
        case .labelCreated, .attempted, .availableForPickup, .returnToOrigin, .returned, .damaged, .exception: return nil
        }
    }
}

extension NewException {
    static func lostReturn(_ parcel: ReturnParcel, _ rma: RMA, by whom: String, at: Instant) -> NewException {
        NewException(
            ReturnExceptions.parcelLost, subject: rma.id, merchant: rma.merchant, site: parcel.site, ownerRole: .operator,
            due: at + .hours(48), stake: Money(max(0, rma.expected.amount), rma.currency),
            detail: "\(whom). Claim it; the shopper has done their part.")
    }
}
