import Kernel
import Orders
import Store
import Transport
import Warehouse

/// Units, and parcels with them, that an event took from one stage to the next.
struct StageMove: Equatable {
    /// Nil where the units were not in the journey before.
    var from: Stage?
    var to: Stage
    /// Nil for the network as a whole.
    var site: SiteID?
    var units: Int64
    /// What joins and leaves the stages as parcels: a stage before packing has none.
    var parcels: Int64 = 0
}

/// An event that says nothing about where its units went, though its type has to.
package struct UnreadableMove: Error, CustomStringConvertible {
    let type: String
    let payload: JSON
    package var description: String { "a '\(type)' has to name from and to: \(payload.text)" }
}

/// Reads the moves of units from the log.
///
/// Steps forward are told by the event of the step, and so is a packed parcel that is cancelled. Whatever else moves
/// units (a claim that broke, a short pick, a cancel) is told by `order.moved` with the positions in `from` and `to`.
/// A `parcel.tracked` that changed the parcel's state tells the states before and after in `from` and `to`.
enum StageMoves {
    static let movedType = "order.moved"

    static let types: Set<String> = [
        NewEvent.orderPlacedType, NewEvent.fulfillmentType, NewEvent.pickedType, NewEvent.parcelPackedType,
        NewEvent.parcelHandedOverType, NewEvent.parcelTrackedType, NewEvent.parcelVoidedType, movedType,
        NewEvent.parcelDepartedType, NewEvent.parcelStoppedType, NewEvent.parcelMissingType, NewEvent.orderEditedType,
    ]

    /// Nil where no unit changes its stage.
    static func of(_ type: String, site: SiteID?, quantity: Int64?, payload: JSON) throws -> StageMove? {
        let units = quantity ?? 0
        func step(_ from: Stage?, _ to: Stage, parcels: Int64 = 0) -> StageMove {
            StageMove(from: from, to: to, site: site, units: units, parcels: parcels)
        }
        switch type {
        case NewEvent.orderPlacedType, NewEvent.orderEditedType: return step(nil, .waiting)
        case NewEvent.fulfillmentType: return step(.waiting, .reserved)
        case NewEvent.pickedType: return step(.reserved, .picked)
        case NewEvent.parcelPackedType: return step(.picked, .packed, parcels: 1)
        // What a courier takes at another of our sites was on its way already.
        case NewEvent.parcelHandedOverType: return payload["from"] == nil ? step(.packed, .handedOver, parcels: 1) : nil
        case NewEvent.parcelDepartedType, NewEvent.parcelStoppedType, NewEvent.parcelMissingType:
            guard payload["to"]?.string != nil else { return nil }
            let (from, to): (Position, Position) = try ends(of: type, payload)
            return step(Stage(from), Stage(to), parcels: 1)
        case NewEvent.parcelVoidedType: return step(.packed, .cancelled, parcels: 1)
        case NewEvent.parcelTrackedType:
            guard payload["to"]?.string != nil else { return nil }
            let (from, to): (ParcelState, ParcelState) = try ends(of: type, payload)
            guard let before = Stage(from), let after = Stage(to) else { throw UnreadableMove(type: type, payload: payload) }
            return before == after ? nil : step(before, after, parcels: 1)
        case movedType:
            let (from, to): (Position, Position) = try ends(of: type, payload)
            return step(Stage(from), Stage(to))
        default: return nil
        }
    }

    private static func ends<T: RawRepresentable<String>>(of type: String, _ payload: JSON) throws -> (T, T) {
        guard let from = payload["from"]?.string.flatMap(T.init(rawValue:)),
            let to = payload["to"]?.string.flatMap(T.init(rawValue:))
        else { throw UnreadableMove(type: type, payload: payload) }
        return (from, to)
    }
}

extension Stage {
    /// Whether what stands here stands in parcels.
    var holdsParcels: Bool {
        switch self {
        case .packed, .handedOver, .outForDelivery, .delivered, .returning, .returned, .lost: true
        case .waiting, .reserved, .picked, .disposed, .cancelled: false
        }
    }
}
