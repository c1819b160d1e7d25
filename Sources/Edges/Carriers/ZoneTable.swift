import Kernel

/// How a carrier finds the zone of a way; a zone is an index into the card's rows.
package enum ZoneTable: Hashable, Sendable {
    /// By the great circle between both ends: the first band whose limit is not exceeded.
    case distance([Band])
    /// By the regions of both ends; a pair holds in its direction only.
    case regions([RegionPair: Int])

    package struct Band: Hashable, Sendable {
        package var upTo: Metres
        package var zone: Int

        package init(upTo: Metres, zone: Int) {
            self.upTo = upTo
            self.zone = zone
        }
    }

    package struct RegionPair: Hashable, Sendable {
        package var from: String
        package var to: String

        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    /// The zones it can give, ascending.
    var indices: [Int] {
        switch self {
        case .distance(let bands): bands.map(\.zone).sorted()
        case .regions(let pairs): pairs.values.sorted()
        }
    }

    /// Nil where the way is not served, or an end lacks what the table needs.
    package func zone(from: CarrierPlace, to: CarrierPlace) -> Int? {
        switch self {
        case .distance(let bands):
            // A place nobody knows is priced by the outermost zone: it may be that far.
            guard let start = from.coordinates, let end = to.coordinates else { return bands.last?.zone }
            let distance = start.distance(to: end)
            return bands.first { distance <= $0.upTo }?.zone
        case .regions(let pairs):
            return pairs[RegionPair(from: from.region, to: to.region)]
        }
    }
}
