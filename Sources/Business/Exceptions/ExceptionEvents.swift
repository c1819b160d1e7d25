import Kernel
import Store

/// What this module says to the log. The key is the subject, so that it stands between the subject's own events.
package enum ExceptionEvents {
    /// Something needs a person. Payload: exception, kind, owner_role, due, stake_minor and currency where known.
    package static let exceptionOpened = "exception.opened"
    /// It was dealt with. Payload: exception, kind, owner_role, outcome, open_seconds.
    package static let exceptionClosed = "exception.closed"

    /// Nobody dealt with it by its due; the operator sees it as well. Payload: exception, kind, owner_role.
    package static let exceptionEscalated = "exception.escalated"

    /// Somebody, or nobody, looks after it from now on. Payload: exception, kind, owner_role.
    package static let exceptionAssigned = "exception.assigned"
    /// Somebody wrote something on it. Payload: exception, kind, owner_role.
    package static let exceptionNoted = "exception.noted"

    static func assigned(_ record: ExceptionRecord, actor: String, occurred: Instant) -> NewEvent {
        care(exceptionAssigned, record, actor: actor, occurred: occurred)
    }

    static func noted(_ record: ExceptionRecord, actor: String, occurred: Instant) -> NewEvent {
        care(exceptionNoted, record, actor: actor, occurred: occurred)
    }

    private static func care(_ type: String, _ record: ExceptionRecord, actor: String, occurred: Instant) -> NewEvent {
        NewEvent(
            type, key: record.subject, occurred: occurred, actor: actor, site: record.site, owner: record.merchant,
            payload: [
                "exception": .id(record.id), "kind": .string(record.kind), "owner_role": .string(record.ownerRole.rawValue),
            ])
    }

    static func escalated(_ record: ExceptionRecord, occurred: Instant) -> NewEvent {
        NewEvent(
            exceptionEscalated, key: record.subject, occurred: occurred, site: record.site, owner: record.merchant,
            payload: [
                "exception": .id(record.id), "kind": .string(record.kind), "owner_role": .string(record.ownerRole.rawValue),
            ])
    }

    static func opened(_ id: ExceptionID, _ new: NewException, occurred: Instant, actor: String) -> NewEvent {
        var payload: [String: JSON] = [
            "exception": .id(id), "kind": .string(new.kind), "owner_role": .string(new.ownerRole.rawValue),
            "due": .string(new.due.description),
        ]
        if let stake = new.stake {
            payload["stake_minor"] = .int(stake.minor)
            payload["currency"] = .string(stake.currency.code)
        }
        return NewEvent(
            exceptionOpened, key: new.subject, occurred: occurred, actor: actor, site: new.site, owner: new.merchant,
            payload: .object(payload))
    }

    static func closed(_ record: ExceptionRecord, outcome: String, occurred: Instant, actor: String) -> NewEvent {
        NewEvent(
            exceptionClosed, key: record.subject, occurred: occurred, actor: actor, site: record.site,
            owner: record.merchant,
            payload: [
                "exception": .id(record.id), "kind": .string(record.kind),
                "owner_role": .string(record.ownerRole.rawValue), "outcome": .string(outcome),
                "open_seconds": .int((occurred - record.opened).micros / 1_000_000),
            ])
    }
}
