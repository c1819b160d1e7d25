import Edges
import Kernel
import Orders
import Partners
import Store
import Transport

/// Asks carriers to turn parcels back, through the outbox.
enum AskCarrier {
    static let call = "parcel.intercept"

    /// - Parameter cancel: the request that waits for the answer; nil where only the parcels are meant.
    static func run(_ parcels: [Parcel], cancel: CancelID?, in tx: Transaction) throws {
        guard !parcels.isEmpty else { return }
        let numbers = Dictionary(
            try Labels.of(parcels.map(\.id), in: tx).filter { $0.state == .current }.map { ($0.parcel, $0.number ?? "") },
            uniquingKeysWith: { _, last in last })
        let asked = parcels.map { Interception(id: tx.id(), parcel: $0.id, order: $0.order, cancel: cancel) }
        try Interceptions.add(asked, in: tx)
        for parcel in parcels {
            tx.emit(.parcel(parcel, NewEvent.parcelInterceptionType, at: tx.now, payload: ["state": "asked"]))
        }
        try tx.enqueue(
            call,
            zip(asked, parcels).map { one, parcel in
                (one.id.raw, parcel.merchant, ["number": .string(numbers[parcel.id] ?? "")])
            })
    }
}

/// Makes the calls of `AskCarrier`, and gives the request to cancel its last word.
package struct InterceptWorker: OutboxWorker {
    package let kind = AskCarrier.call
    let desk: CarrierDesk

    package init(_ desk: CarrierDesk) { self.desk = desk }

    package func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome {
        guard let number = request["number"]?.string else { return .refused("no number") }
        do {
            let reply = try desk.client.intercept(InterceptRequest(trackingNumber: number, at: desk.clock()))
            return .done(["turned_at": .string(reply.turnedAt.description)])
        } catch {
            return LabelWorker.outcome(error)
        }
    }

    /// Asking twice gives the same answer: it may simply be sent again.
    package func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome? { nil }

    package func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        guard let asked = try Interceptions.load(where: "id = \(InterceptionID(item.subject))", in: tx).first,
            let parcel = try Parcels.load([asked.parcel], in: tx).first
        else { throw StoreError.unexpected("interception \(item.subject) is gone") }
        let (state, why): (InterceptionState, String?) =
            switch outcome {
            case .done: (.accepted, nil)
            case .refused(let reason), .retry(let reason), .unknown(let reason), .later(_, let reason): (.refused, reason)
            }
        try Interceptions.answer(asked.id, state, why: why, in: tx)
        tx.emit(
            .parcel(
                parcel, NewEvent.parcelInterceptionType, actor: "carrier", at: tx.now, payload: ["state": .string(state.rawValue)]))
        if let cancel = asked.cancel { try answer(cancel, in: tx) }
    }

    /// When the last carrier has answered, so is the request.
    private func answer(_ cancel: CancelID, in tx: Transaction) throws {
        guard let pending = try Cancels.pending(cancel, in: tx) else { return }
        let all = try Interceptions.load(where: "cancel = \(cancel)", in: tx)
        guard all.allSatisfy({ $0.state != .asked }) else { return }
        let parcels = try Parcels.load(all.filter { $0.state == .accepted }.map(\.parcel), in: tx)
        let turned = parcels.reduce(Quantity(0)) { $0 + $1.units }
        let total = try OrderRecords.components(of: [pending.order], in: tx).reduce(Quantity(0)) { $0 + $1.ordered }
        let stopped = pending.units + turned
        let waits = try Handoffs.of(pending.order, in: tx).contains { $0.state == .cancelRequested }
        let answer: CancelAnswer = waits ? .asked : stopped == 0 ? .refused : stopped == total ? .accepted : .partly
        let refusals = Set(all.compactMap(\.why)).sorted().joined(separator: " ")
        let why = "\(stopped) of \(total) units are stopped or on their way back. \(refusals)"
        try Cancels.settle(cancel, answer, why: why.trimmed, units: turned, in: tx)
        guard let order = try OrderRecords.load([pending.order], in: tx)[pending.order] else { return }
        tx.emit(.orderCancel(order.id, order.merchant, answer: answer, units: stopped, actor: "carrier", at: tx.now))
    }
}

extension Parcel {
    /// Eaches in it.
    var units: Quantity { items.reduce(Quantity(0)) { $0 + $1.quantity } }
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
