import Exceptions
import Kernel
import Orders
import Returns
import Store
import Transport

extension NetworkMoves {
    /// How long a missing unit is looked for before it may be given up.
    static let search = Duration.hours(72)

    /// Units and loose parcels that were expected at the end of a trip and are not there. Whoever drove has them; each
    /// needs a person, with a deadline and what is at stake.
    func miss(
        _ parcels: [Parcel], _ returns: [ReturnParcel], _ units: [UnitID], of trip: Trip, occurred: Instant, actor: String,
        in tx: Transaction
    ) throws {
        try depart(parcels, trip: trip, occurred: trip.departed ?? occurred, actor: actor, in: tx)
        try depart(returns, trip: trip, occurred: trip.departed ?? occurred, actor: actor, in: tx)
        let all = parcels.map(\.id) + returns.map(\.unit) + units
        try Containment.take(all, holder: .carrier(trip.carrier), occurred: occurred, in: tx)
        for parcel in parcels { tx.emit(short(parcel.id, parcel.merchant, trip, occurred, actor)) }
        for parcel in returns { tx.emit(short(parcel.unit, parcel.merchant, trip, occurred, actor)) }
        for unit in units { tx.emit(short(unit, nil, trip, occurred, actor)) }
        try Trips.count(trip.id, all.map { ($0, .short) }, occurred: occurred, in: tx)
        let merchants = Dictionary(
            uniqueKeysWithValues: parcels.map { ($0.id, $0.merchant) } + returns.map { ($0.unit, $0.merchant) })
        try Exceptions.open(
            try all.map { unit in
                NewException(
                    Self.short, subject: unit, merchant: merchants[unit], site: trip.destination, ownerRole: .operator,
                    due: occurred + Self.search, stake: try stake(unit, in: tx),
                    detail: "Loaded on \(trip.id) and not found at its end. Look for it, or declare it lost.")
            }, occurred: occurred, actor: actor, in: tx)
        // Bags whose contents were not told of the departure yet.
        var walk = UnitWalk(.depart, through: units, trip: trip.id, at: trip.departed ?? occurred, actor: actor), none = 0
        if !units.isEmpty { try go(on: &walk, budget: &none, in: tx) }
    }

    static let short = "unit.short"

    private func short(_ unit: UnitID, _ owner: MerchantID?, _ trip: Trip, _ occurred: Instant, _ actor: String) -> NewEvent {
        .unit(
            NewEvent.unitShortType, unit, site: trip.destination, owner: owner, actor: actor, at: occurred,
            payload: ["trip": .id(trip.id), "carrier": .id(trip.carrier)])
    }

    /// What the goods inside were sold for; nil where that is in several currencies.
    private func stake(_ unit: UnitID, in tx: Transaction) throws -> Money? {
        let values = try OrderRecords.value(of: UnitTree.contents(of: [unit], in: tx), in: tx)
        return values.count == 1 ? values[0] : nil
    }
}
