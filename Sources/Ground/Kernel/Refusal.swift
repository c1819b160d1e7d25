/// An expected "no": bad input, a rule of the business, a state that does not allow it.
///
/// Each command has a closed enum of its refusals, in the order in which they are checked. Codes are stable
/// (`inventory.stock_short`) and part of the API.
package protocol Refusal: Error, Sendable {
    var code: String { get }
    /// One sentence that names the field, the value and the rule.
    var message: String { get }
    var kind: RefusalKind { get }
    /// The input field at fault as a JSON pointer (`/lines/0/quantity`), where there is one.
    var field: String? { get }
}

extension Refusal {
    package var field: String? { nil }
}

/// What sort of "no" it is; surfaces map it to a status in one place.
package enum RefusalKind: String, Sendable, CaseIterable {
    /// The input itself is wrong.
    case invalid
    /// The caller is nobody we know.
    case unauthenticated
    /// The caller may not do this.
    case forbidden
    /// The thing does not exist, or not for this caller.
    case notFound
    /// The state of the thing, or an earlier request, does not allow it.
    case conflict
    /// Not now: too much is waiting, or another part is down.
    case busy
}

/// A refusal of input by its field, for checks that every command shares.
package struct InvalidInput: Refusal, Equatable {
    package let code: String
    package let message: String
    package let field: String?
    package var kind: RefusalKind { .invalid }

    /// - Parameters:
    ///   - field: JSON pointer of the value at fault.
    ///   - rule: one sentence with the value and the rule.
    package init(field: String, _ rule: String, code: String = "input.invalid") {
        self.code = code
        self.field = field
        message = rule
    }
}

/// The thing named does not exist, or not for this caller.
package struct NotFound: Refusal, Equatable {
    package let what: String
    package let name: String
    package var code: String { "\(what).not_found" }
    package var message: String { "There is no \(what) '\(name)'." }
    package var kind: RefusalKind { .notFound }

    package init(_ what: String, _ name: some CustomStringConvertible) {
        self.what = what
        self.name = name.description
    }
}
