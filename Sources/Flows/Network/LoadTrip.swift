import Kernel
import Returns
import Store
import Transport

/// Loads bags, pallets and loose parcels onto a trip.
package struct LoadTrip: Flow {
    let trip: TripID
    let units: [UnitID]
    let occurred: Instant
    let actor: String

    package init(_ trip: TripID, _ units: [UnitID], occurred: Instant, actor: String) {
        self.trip = trip
        self.units = units
        self.occurred = occurred
        self.actor = actor
    }

    /// The trailer. A unit that is on it already stays there.
    package func run(in tx: Transaction) throws -> UnitID {
        let trip = try Trips.find(trip, in: tx)
        guard trip.state == .loading || trip.state == .planned else {
            throw Trips.Refused.wrongState(trip.id, trip.state, wanted: .loading)
        }
        let known = try HandlingUnits.load(units, in: tx)
        if let missing = units.first(where: { known[$0] == nil }) { throw NotFound("unit", missing) }
        let around = try UnitTree.ancestors(of: units, in: tx)
        let fresh = units.filter { trip.trailer == nil || around[$0]?.first != trip.trailer }
        try check(fresh, around, of: trip, in: tx)
        let trailer = try Trailers.of(trip, occurred: occurred, in: tx)
        try Containment.put(fresh, into: trailer, occurred: occurred, in: tx)
        if trip.state == .planned {
            try Trips.change(trip, to: .loading, occurred: occurred, in: tx)
            tx.emit(.trip(trip, .loading, actor: actor, at: occurred))
        }
        return trailer
    }

    private func check(_ units: [UnitID], _ around: [UnitID: [UnitID]], of trip: Trip, in tx: Transaction) throws {
        let here = try HandlingUnits.standing(units, at: trip.origin, in: tx)
        let bags = try Bags.load(units, in: tx)
        let parcels = Dictionary(uniqueKeysWithValues: try Parcels.load(units, in: tx).map { ($0.id, $0) })
        let returns = Dictionary(uniqueKeysWithValues: try ReturnParcels.load(units, in: tx).map { ($0.unit, $0) })
        let legs = try Routes.next(of: parcels.keys.sorted() + returns.keys.sorted(), at: trip.origin, in: tx)
        for id in units {
            guard here.contains(id) else { throw NetworkRefused.notHere(id, trip.origin) }
            if let outer = around[id]?.first { throw NetworkRefused.inside(id, outer) }
            if let parcel = parcels[id] {
                try check(parcel, legs[id], trip)
            } else if returns[id] != nil {
                try check(id, legs[id], trip)
            } else if let bag = bags[id] {
                guard bag.state.isShut else { throw NetworkRefused.notShut(id, bag.state) }
                guard bag.lane == trip.lane || bag.destination == trip.destination else {
                    throw NetworkRefused.otherWay(id, bag.lane)
                }
            } else {
                throw NetworkRefused.notABag(id)
            }
        }
        if let pulled = try UnitTree.pulled(inside: bags.keys.sorted(), limit: 1, in: tx).first {
            throw NetworkRefused.pull(pulled, inside: try UnitTree.ancestors(of: [pulled], in: tx)[pulled]?.first)
        }
    }

    private func check(_ parcel: Parcel, _ leg: RouteLeg?, _ trip: Trip) throws {
        if parcel.pull { throw NetworkRefused.pull(parcel.id, inside: nil) }
        guard parcel.state == .labelled || parcel.state == .packed else { throw NetworkRefused.notReady(parcel.id, parcel.state) }
        try check(parcel.id, leg, trip)
    }

    private func check(_ parcel: UnitID, _ leg: RouteLeg?, _ trip: Trip) throws {
        guard let leg, leg.lane == trip.lane || leg.destination == trip.destination else {
            throw NetworkRefused.otherWay(parcel, leg?.lane)
        }
    }
}

/// The trailers of trips: one each, with a licence plate of its own.
enum Trailers {
    static func of(_ trip: Trip, occurred: Instant, in tx: Transaction) throws -> UnitID {
        if let trailer = trip.trailer { return trailer }
        let trailer = tx.id(UnitID.self)
        let number = try NumberSeries.take(1, from: "trailer", in: tx)
        try HandlingUnits.add([(trailer, "TR" + String(1_000_000 + number))], kind: .trailer, site: trip.origin, occurred: occurred, in: tx)
        try Trips.setTrailer(trip.id, trailer, in: tx)
        return trailer
    }
}
