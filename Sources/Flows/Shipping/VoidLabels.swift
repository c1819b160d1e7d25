import Edges
import Kernel
import Store
import Transport

/// Takes labels back from their carrier.
enum VoidLabels {
    /// Voids what stands on these parcels, and gives back what their carrier has issued. A shipment is voided together: its
    /// other pieces that are with us are labelled anew.
    static func of(_ parcels: [Parcel], reason: String, in tx: Transaction) throws {
        guard !parcels.isEmpty else { return }
        let company = try company(of: parcels.map(\.id), in: tx)
        let back = try Labels.void(of: (parcels + company).map(\.id), reason: reason, in: tx)
            .filter { $0.issuer == RequestLabels.issuer }
        let owner = Dictionary(uniqueKeysWithValues: (parcels + company).map { ($0.id, $0.merchant) })
        let left = Set(try Labels.standing(in: back.compactMap(\.shipment), in: tx).compactMap(\.shipment))
        var whole: Set<LabelID> = []
        try giveBack(
            back.compactMap { label in
                guard let number = label.number, let owner = owner[label.parcel] else { return nil }
                guard let shipment = label.shipment, let master = label.master, !left.contains(shipment) else {
                    return (label.id, number, owner, false)
                }
                return whole.insert(shipment).inserted ? (shipment, master, owner, true) : nil
            }, in: tx)
        try ReissueLabel.ask(again: company, why: "another piece of its shipment: \(reason)", actor: "system", in: tx)
    }

    /// The other parcels of their shipments that are with us and go on.
    static func company(of parcels: [UnitID], in tx: Transaction) throws -> [Parcel] {
        let shipments = try Labels.of(parcels, in: tx).filter { $0.state == .current || $0.state == .requested }.compactMap(\.shipment)
        guard !shipments.isEmpty else { return [] }
        let known = Set(parcels)
        let others = try Labels.standing(in: shipments, in: tx).map(\.parcel).filter { !known.contains($0) }
        return try Parcels.load(others, in: tx).filter { $0.state.isWithUs && !$0.pull }
    }

    /// - Parameter labels: with number and owner, and whether the number stands for a whole shipment.
    static func giveBack(_ labels: [(LabelID, String, MerchantID, Bool)], in tx: Transaction) throws {
        guard !labels.isEmpty else { return }
        try tx.enqueue(
            RequestLabels.void, labels.map { ($0.0.raw, $0.2, ["number": .string($0.1), "shipment": .bool($0.3)]) })
    }
}

/// Tells the carrier that a label will not be used.
package struct VoidWorker: OutboxWorker {
    package let kind = RequestLabels.void
    let desk: CarrierDesk

    package init(_ desk: CarrierDesk) { self.desk = desk }

    package func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome {
        guard let number = request["number"]?.string else { return .refused("no number") }
        do {
            let isShipment = request["shipment"]?.bool ?? false
            let reply = try desk.client.void(VoidRequest(trackingNumber: number, isShipment: isShipment, at: desk.clock()))
            return .done(["credit": .int(reply.credit.minor)])
        } catch {
            return LabelWorker.outcome(error)
        }
    }

    /// Voiding twice gives the same answer: it may simply be sent again.
    package func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome? { nil }

    package func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {}
}

/// Tells the carrier what it took.
package struct ManifestWorker: OutboxWorker {
    static let call = "manifest"
    package let kind = ManifestWorker.call
    let desk: CarrierDesk

    package init(_ desk: CarrierDesk) { self.desk = desk }

    package func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome {
        let numbers = request["numbers"]?.array?.compactMap(\.string) ?? []
        let at = request["at"]?.string.flatMap { Instant($0) } ?? desk.clock()
        do {
            let reply = try desk.client.manifest(
                ManifestRequest(idempotencyKey: item.id.description, trackingNumbers: numbers, handedOver: at))
            return .done([
                "number": .string(reply.manifestNumber), "rejected": .array(reply.rejected.map { .string($0.trackingNumber) }),
            ])
        } catch {
            return LabelWorker.outcome(error)
        }
    }

    /// The same key gives the same manifest: it may simply be sent again.
    package func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome? { nil }

    package func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        guard case .done(let reply) = outcome, let number = reply["number"]?.string else { return }
        try Manifests.number(ManifestID(item.subject), number, in: tx)
    }
}
