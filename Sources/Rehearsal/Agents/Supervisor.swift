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
        case "unit.short": try act(one, .declareLost)
        case "label.failed":
            try act(one, tried[one.subject, default: 0] < 2 ? .retryLabel : .cancelOrder)
            tried[one.subject, default: 0] += 1
        case "parcel.no_route": try act(one, .findWay, .cancelOrder)
        default: try act(one)
        }
    }

    /// The first of these steps that can be taken; what has moved on meanwhile needs no more than a note.
    private func act(_ one: ExceptionView, _ steps: ExceptionStep...) throws {
        for step in steps + [.resolve] {
            do {
                return try stepper.perform(
                    ActOnException(
                        one.id, step, note: "looked into", until: nil, desk: assembly.orders, actor: "supervisor"))
            } catch is ActOnException.Refused { continue }
        }
    }
}
