import Exceptions
import Facilities
import Kernel
import Orders
import Store
import Transport

/// Voids what label a parcel has, and asks the same issuer for a new one. The parcel waits for it as if just packed. The
/// pieces of a shipment go together: those that have not left get new labels with it.
package struct ReissueLabel: Flow {
    let parcel: UnitID
    let reason: String
    let actor: String

    package init(_ parcel: UnitID, reason: String, actor: String) {
        self.parcel = parcel
        self.reason = reason
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        guard let parcel = try Parcels.load([parcel], in: tx).first else { throw NotFound("parcel", parcel) }
        if parcel.state == .voided || parcel.pull { throw SupplyLabel.Refused.voided(parcel.id) }
        guard parcel.state == .packed || parcel.state == .labelled else {
            throw SupplyLabel.Refused.shipped(parcel.id, parcel.state)
        }
        let pieces = [parcel] + (try VoidLabels.company(of: [parcel.id], in: tx))
        let standing = try Labels.of(pieces.map(\.id), in: tx).filter { $0.state == .current || $0.state == .requested }
        try VoidLabels.of(pieces, reason: reason, in: tx)
        try tx.closeClocks([LabelClocks.expiry, LabelClocks.patience], of: standing.map(\.id.raw), outcome: "re-issued")
        try Self.ask(again: pieces, why: reason, actor: actor, in: tx)
    }

    /// Takes parcels that have no label any more back to be labelled.
    static func ask(again parcels: [Parcel], why: String, actor: String, in tx: Transaction) throws {
        guard !parcels.isEmpty else { return }
        try Parcels.change(parcels.filter { $0.state == .labelled }.map(\.id), to: .packed, occurred: tx.now, in: tx)
        for parcel in parcels {
            tx.emit(.parcel(parcel, NewEvent.parcelUnlabelledType, actor: actor, at: tx.now, payload: ["reason": .string(why)]))
        }
        try Exceptions.close(
            parcels.map(\.id.description), kind: LabelClocks.failed, outcome: "asked again", actor: actor, in: tx)
        try RequestLabels.run(parcels, in: tx)
    }
}
