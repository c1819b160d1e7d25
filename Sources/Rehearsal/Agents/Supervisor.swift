import Exceptions
import Flows
import Kernel
import Store
import Views

/// Looks into the inbox every morning and deals with what no machine can: each kind by its own way out.
extension Rehearsal {
    /// What closes by itself when the thing it waits for happens.
    private static let selfClosing: Set = [
        "order.late", "fulfillment.late", "parcel.weight", "parcel.return_to_origin", "shortage.undecided", "return.debt",
        "return.ungraded", "refund.late", "trip.late", "trip.overdue", "trip.uncounted", "transfer.late",
        "partner.report_overdue", "return.never_arrived", "label.awaited",
    ]
    /// Until then a missing unit may still turn up, and a person may still hear from somebody.
    private static let patience = Duration.hours(36)

    func supervise() throws {
        var cursor: ExceptionCursor?
        repeat {
            let page = try stepper.read { [cursor] in
                try ExceptionPages.open(.init(), .network, after: cursor, limit: 200, in: $0)
            }
            for one in page where !Self.selfClosing.contains(one.kind) && one.openedAt + Self.patience <= stepper.now {
                // What was done about another may have ended this one as well.
                do { try deal(with: one) } catch is Exceptions.Closed { continue }
            }
            cursor = page.count == 200 ? page.last?.cursor : nil
        } while cursor != nil
        try settle()
    }

    private func deal(with one: ExceptionView) throws {
        switch one.kind {
        case "unit.short":
            guard let unit = UnitID(one.subject) else { return }
            try stepper.perform(DeclareLost(unit, desk: assembly.orders, occurred: stepper.now, actor: "supervisor"))
        case "label.failed":
            try act(one, tried[one.subject, default: 0] < 2 ? .retryLabel : .cancelOrder)
            tried[one.subject, default: 0] += 1
        case "parcel.no_route": try act(one, .cancelOrder)
        default: try act(one, .resolve)
        }
    }

    /// What has moved on meanwhile needs no more than a note.
    private func act(_ one: ExceptionView, _ step: ExceptionStep) throws {
        let note = "looked into"
        do {
            try stepper.perform(ActOnException(one.id, step, note: note, until: nil, actor: "supervisor"))
        } catch is ActOnException.Refused {
            try stepper.perform(ActOnException(one.id, .resolve, note: note, until: nil, actor: "supervisor"))
        }
    }
}
