import Exceptions
import Inventory
import Kernel
import Orders
import Returns
import Store
import Transport
import Webhooks

/// A person takes one of the actions of an exception's kind; it closes with what was done.
package struct ActOnException: Flow {
    let id: ExceptionID
    let step: ExceptionStep
    let note: String?
    let until: Instant?
    let desk: OrderDesk
    let actor: String

    /// - Parameter until: for `wait`; in seven days unless said.
    package init(_ id: ExceptionID, _ step: ExceptionStep, note: String?, until: Instant?, desk: OrderDesk, actor: String) {
        self.desk = desk
        self.id = id
        self.step = step
        self.note = note
        self.until = until
        self.actor = actor
    }

    /// In the order of the checks, after `exception.not_found` and `exception.closed`.
    package enum Refused: Refusal, Equatable {
        case notOfThisKind(ExceptionStep, String)
        case noteMissing
        case untilPassed(Instant)
        case nothingLeft(String)
        case noWay(UnitID)

        package static let samples: [Refused] = [
            .notOfThisKind(.wait, ""), .noteMissing, .untilPassed(.distantPast), .nothingLeft(""), .noWay(UnitID(0)),
        ]

        package var code: String {
            switch self {
            case .notOfThisKind: "exception.action_unknown"
            case .noteMissing: "exception.note_missing"
            case .untilPassed: "exception.until_passed"
            case .nothingLeft: "exception.nothing_left"
            case .noWay: "exception.no_way"
            }
        }
        package var message: String {
            switch self {
            case .notOfThisKind(let step, let kind): "'\(step.rawValue)' is no action of \(kind)."
            case .noteMissing: "Resolving takes a note that says how."
            case .untilPassed(let moment): "\(moment) has passed; name a later moment."
            case .nothingLeft(let subject): "\(subject) has moved on; there is nothing left to do this to."
            case .noWay(let parcel): "Still no lane and no collection takes \(parcel) on from where it stands."
            }
        }
        package var kind: RefusalKind {
            switch self {
            case .noteMissing, .untilPassed: .invalid
            default: .conflict
            }
        }
        package var field: String? {
            switch self {
            case .notOfThisKind, .nothingLeft, .noWay: nil
            case .noteMissing: "/note"
            case .untilPassed: "/until"
            }
        }
    }

    package func run(in tx: Transaction) throws {
        let exception = try Exceptions.requireOpen(id, in: tx)
        guard ExceptionCatalog.find(exception.kind).actions.contains(where: { $0.step == step }) else {
            throw Refused.notOfThisKind(step, exception.kind)
        }
        switch step {
        case .resolve, .denyReturn: if note?.isEmpty ?? true { throw Refused.noteMissing }
        default: break
        }
        try act(on: exception, in: tx)
        try SettleDispute.whereClosed(exception, words: note ?? "", actor: actor, in: tx)
        try DecideClaim.whereClosed(exception, words: note ?? "", actor: actor, in: tx)
        let outcome = [step == .resolve ? nil : step.rawValue, note].compactMap(\.self).joined(separator: ": ")
        // What was done may have closed it already.
        if try !Exceptions.close(id, outcome: outcome, actor: actor, in: tx), let note {
            _ = try Exceptions.note(id, note, actor: actor, in: tx)
        }
    }

    private func act(on exception: ExceptionRecord, in tx: Transaction) throws {
        switch step {
        case .resolve: break
        case .cancelOrder: try cancel(exception, in: tx)
        case .retryLabel: try retryLabel(exception, in: tx)
        case .wait: try wait(exception, in: tx)
        case .restartWebhook: try restart(exception, in: tx)
        case .declareLost: try DeclareLost(unit(of: exception), desk: desk, occurred: tx.now, actor: actor).run(in: tx)
        case .findWay: try findWay(exception, in: tx)
        case .turnBack: _ = try InterceptParcel(unit(of: exception), actor: actor).run(in: tx)
        case .approveReturn, .denyReturn: try decide(exception, in: tx)
        }
    }

    private func unit(of exception: ExceptionRecord) throws -> UnitID {
        guard let unit = UnitID(exception.subject) else { throw Refused.nothingLeft(exception.subject) }
        return unit
    }

    private func findWay(_ exception: ExceptionRecord, in tx: Transaction) throws {
        let id = try unit(of: exception)
        guard let parcel = try Parcels.load([id], in: tx).first, let site = parcel.atSite, parcel.state.isWithUs, !parcel.pull
        else { throw Refused.nothingLeft(exception.subject) }
        let stuck = try ChooseRoutes.again([(parcel, site)], desk.network.network(in: tx), in: tx)
        guard stuck.isEmpty else { throw Refused.noWay(id) }
    }

    private func decide(_ exception: ExceptionRecord, in tx: Transaction) throws {
        guard let rma = RMAID(exception.subject) else { throw Refused.nothingLeft(exception.subject) }
        try DecideReturn(
            rma, merchant: exception.merchant, decision: step == .approveReturn ? .authorised : .denied,
            reason: note ?? step.rawValue, actor: actor
        ).run(in: tx)
    }

    private func cancel(_ exception: ExceptionRecord, in tx: Transaction) throws {
        guard let order = try order(of: exception.subject, in: tx) else { throw Refused.nothingLeft(exception.subject) }
        let answer = try CancelOrder(order, merchant: exception.merchant, reason: exception.kind, actor: actor).run(in: tx)
        if answer.answer == .refused { throw Refused.nothingLeft(order.description) }
    }

    private func retryLabel(_ exception: ExceptionRecord, in tx: Transaction) throws {
        guard let id = UnitID(exception.subject), let parcel = try Parcels.load([id], in: tx).first, parcel.state == .packed,
            !parcel.pull
        else { throw Refused.nothingLeft(exception.subject) }
        let pieces = try Parcels.of(parcel.order, in: tx).filter { $0.fulfillment == parcel.fulfillment && $0.state == .packed && !$0.pull }
        let asked = Dictionary(grouping: try Labels.of(pieces.map(\.id), in: tx), by: \.parcel)
        let failed = pieces.filter { asked[$0.id]?.last?.state == .failed }
        guard failed.contains(where: { $0.id == id }) else { throw Refused.nothingLeft(exception.subject) }
        try RequestLabels.run(failed, in: tx)
        try Exceptions.close(
            failed.map(\.id.description).filter { $0 != exception.subject }, kind: exception.kind,
            outcome: ExceptionStep.retryLabel.rawValue, actor: actor, in: tx)
    }

    private func wait(_ exception: ExceptionRecord, in tx: Transaction) throws {
        let until = until ?? tx.now + .days(7)
        guard until > tx.now else { throw Refused.untilPassed(until) }
        guard let id = ShortageID(exception.subject), let shortage = try Shortages.open(id, in: tx) else {
            throw Refused.nothingLeft(exception.subject)
        }
        try tx.schedule(
            Shortages.clock, source: "decision", due: [(id.raw, shortage.owner, until, ["order": .id(shortage.order)])])
    }

    private func restart(_ exception: ExceptionRecord, in tx: Transaction) throws {
        guard let id = WebhookID(exception.subject), try Webhooks.find(id, in: tx) != nil else {
            throw Refused.nothingLeft(exception.subject)
        }
        try Webhooks.set(id, .active, actor: actor, in: tx)
    }

    private func order(of subject: String, in tx: Transaction) throws -> OrderID? {
        if let order = OrderID(subject) { return order }
        if let parcel = UnitID(subject) { return try Parcels.load([parcel], in: tx).first?.order }
        if let fulfillment = FulfillmentID(subject) { return try Fulfillments.load([fulfillment], in: tx).first?.order }
        if let shortage = ShortageID(subject) { return try Shortages.open(shortage, in: tx)?.order }
        return nil
    }
}

/// Says who looks after an exception.
package struct AssignException: Flow {
    let id: ExceptionID
    let person: String?
    let actor: String

    package init(_ id: ExceptionID, to person: String?, actor: String) {
        self.id = id
        self.person = person
        self.actor = actor
    }

    package func run(in tx: Transaction) throws { try Exceptions.assign(id, to: person, actor: actor, in: tx) }
}

/// Writes something on an exception.
package struct NoteOnException: Flow {
    let id: ExceptionID
    let text: String
    let actor: String

    package init(_ id: ExceptionID, _ text: String, actor: String) {
        self.id = id
        self.text = text
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> NoteID { try Exceptions.note(id, text, actor: actor, in: tx) }
}
