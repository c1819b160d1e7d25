import Exceptions
import Flows
import Kernel
import Store
import Views

/// What the forms of the inbox do: the same flows that the API calls, for the same people.
struct ExceptionActs {
    private static let most = 50

    var pages: [Page] {
        [
            .post("/exceptions/batch", for: ExceptionsPages.actors) { try await Self.batch($0) },
            .post("/exceptions/{exception}/actions", for: ExceptionsPages.actors) { visit in
                let id = try visit.id("exception", ExceptionID.self), scope = visit.scope
                let step = try visit.form.choice("action", ExceptionStep.self), note = try Self.note(visit)
                let until = try Self.until(visit)
                try await visit.perform(ActOnException(id, step, note: note, until: until, desk: visit.parts.orders, actor: visit.actor)) {
                    try Ownership.exceptions([id], scope, in: $0)
                }
                return .to("/exceptions/\(id)", said: "said.case_closed")
            },
            .post("/exceptions/{exception}/notes", for: ExceptionsPages.actors) { visit in
                let id = try visit.id("exception", ExceptionID.self), scope = visit.scope
                let text = try visit.form.text("text", 1...1000)
                _ = try await visit.perform(NoteOnException(id, text, actor: visit.actor)) {
                    try Ownership.exceptions([id], scope, in: $0)
                }
                return .to("/exceptions/\(id)", said: "said.case_noted")
            },
            .post("/exceptions/{exception}/assignee", for: ExceptionsPages.actors) { visit in
                let id = try visit.id("exception", ExceptionID.self), scope = visit.scope
                let who: String? = switch visit.form["who"] {
                case "me": visit.actor
                case "other": try visit.form.text("name", 1...100)
                default: nil
                }
                try await visit.perform(AssignException(id, to: who, actor: visit.actor)) {
                    try Ownership.exceptions([id], scope, in: $0)
                }
                return .to("/exceptions/\(id)", said: "said.case_assigned")
            },
        ]
    }

    private static func note(_ visit: Visit) throws -> String? {
        visit.form.optional("note") == nil ? nil : try visit.form.text("note", 1...200)
    }

    /// The end of the day named; nil where none is.
    private static func until(_ visit: Visit) throws -> Instant? {
        guard let text = visit.form.optional("until") else { return nil }
        guard let day = CivilDate(text) else { throw InvalidInput(field: "/until", "'\(text)' is not \(CivilDate.form).") }
        return visit.format.zone.lastSecond(of: day)
    }

    /// All that are ticked, or none.
    private static func batch(_ visit: Visit) async throws -> PageAnswer {
        let ids = visit.form.all.keys.compactMap { ExceptionID($0) }.sorted(), scope = visit.scope
        guard (1...most).contains(ids.count) else {
            throw InvalidInput(field: "/ticked", "\(ids.count) are ticked; 1 to \(most) can be dealt with at once.")
        }
        let own: @Sendable (Transaction) throws -> Void = { try Ownership.exceptions(ids, scope, in: $0) }
        let note = try note(visit)
        switch visit.form["act"] {
        case "take", "give_up":
            let who = visit.form["act"] == "take" ? visit.actor : nil
            _ = try await visit.perform(Several(ids.map { AssignException($0, to: who, actor: visit.actor) }), checking: own)
            return .to("/exceptions", said: "said.cases_assigned")
        case let text:
            guard let step = ExceptionStep(rawValue: text), step != .wait, step != .restartWebhook else {
                throw InvalidInput(field: "/act", "'\(text)' is not one of the choices.")
            }
            let flows = ids.map { ActOnException($0, step, note: note, until: nil, desk: visit.parts.orders, actor: visit.actor) }
            _ = try await visit.perform(Several(flows), checking: own)
            return .to("/exceptions", said: "said.cases_closed")
        }
    }
}
