import Exceptions
import Kernel
import Store
import Transport

/// Puts a parcel on the scale. One that weighs other than its goods and carton should is held for a second look.
package struct WeighParcels: Flow {
    let weights: [(parcel: UnitID, weight: Grams)]
    let occurred: Instant
    let actor: String

    package struct Weighed: Sendable, Equatable {
        package let parcel: UnitID
        package let expected: Grams
        /// False: the parcel stays here until somebody has looked into it.
        package let isWithinTolerance: Bool
    }

    package init(_ weights: [(parcel: UnitID, weight: Grams)], occurred: Instant, actor: String) {
        self.weights = weights
        self.occurred = occurred
        self.actor = actor
    }

    package enum Refused: Refusal, Equatable {
        case notHere(UnitID, ParcelState)
        case pull(UnitID)

        package static let codes = ["parcel.not_here", "parcel.pull"]
        package var code: String { if case .pull = self { Self.codes[1] } else { Self.codes[0] } }
        package var message: String {
            switch self {
            case .notHere(let id, let state): "\(id) is \(state.rawValue) and no longer on the packing floor."
            case .pull(let id): "PULL: \(id) is cancelled. Take it out and unpack it."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package func run(in tx: Transaction) throws -> [Weighed] {
        let parcels = Dictionary(
            uniqueKeysWithValues: try Parcels.load(weights.map(\.parcel), in: tx).map { ($0.id, $0) })
        return try weights.map { id, weight in
            guard weight > 0 else { throw InvalidInput(field: "/weight_g", "A parcel weighs more than \(weight) g.") }
            guard let parcel = parcels[id] else { throw NotFound("parcel", id) }
            if parcel.pull { throw Refused.pull(id) }
            guard parcel.state == .packed || parcel.state == .labelled else { throw Refused.notHere(id, parcel.state) }
            return try weigh(parcel, weight, in: tx)
        }
    }

    private func weigh(_ parcel: Parcel, _ weight: Grams, in tx: Transaction) throws -> Weighed {
        let difference = abs(weight.rawValue - parcel.expected.rawValue)
        let isGood = difference <= Self.tolerance(parcel.expected)
        if isGood {
            try Parcels.weigh(parcel.id, weight, in: tx)
            try Exceptions.close([parcel.id.description], kind: "parcel.weight", outcome: "weighed again", in: tx)
        } else {
            try OpenAtStake.run(
                [
                    NewException(
                        "parcel.weight", subject: parcel.id, merchant: parcel.merchant, site: parcel.site, ownerRole: .site,
                        due: parcel.shipBy,
                        detail: "Weighs \(weight) g where \(parcel.expected) g were expected. Open and check the contents.")
                ], occurred: occurred, actor: actor, in: tx)
        }
        return Weighed(parcel: parcel.id, expected: parcel.expected, isWithinTolerance: isGood)
    }

    /// 50 g or 5 % of the expected weight, whichever is more: cartons and filling vary.
    static func tolerance(_ expected: Grams) -> Int64 { max(50, expected.rawValue / 20) }
}
