import Kernel
import Store
import Transport

/// A wish to stop one parcel that has left the site where it was packed: between our sites every next scan says *pull*, a
/// courier is asked to turn it back.
package struct InterceptParcel: Flow {
    let parcel: UnitID
    let actor: String

    package init(_ parcel: UnitID, actor: String) {
        self.parcel = parcel
        self.actor = actor
    }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case notLeft(UnitID)
        case ended(UnitID, ParcelState)
        case asked(UnitID)

        package static let codes = ["parcel.not_left", "parcel.ended", "parcel.asked"]
        package var code: String {
            switch self {
            case .notLeft: Self.codes[0]
            case .ended: Self.codes[1]
            case .asked: Self.codes[2]
            }
        }
        package var message: String {
            switch self {
            case .notLeft(let id): "\(id) has not left; cancel its order."
            case .ended(let id, let state): "\(id) is \(state.rawValue) and cannot be stopped."
            case .asked(let id): "The carrier of \(id) is asked already."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    /// `accepted`: it is kept back; `asked`: the carrier's answer follows.
    package func run(in tx: Transaction) throws -> InterceptionState {
        guard let found = try Parcels.load([parcel], in: tx).first else { throw NotFound("parcel", parcel) }
        if found.state.isWithUs {
            let isAway = try StoppedParcels.onTheRoad([found], in: tx).contains(found.id)
            guard found.leftAt != nil || isAway else { throw Refused.notLeft(parcel) }
            try StoppedParcels.mark([found], reason: "intercepted", actor: actor, in: tx)
            return .accepted
        }
        guard found.state.isWithCarrier, found.state != .returning else { throw Refused.ended(parcel, found.state) }
        let open = try Interceptions.of([parcel], of: found.order, in: tx).contains { $0.state == .asked }
        guard !open else { throw Refused.asked(parcel) }
        try AskCarrier.run([found], cancel: nil, in: tx)
        return .asked
    }
}
