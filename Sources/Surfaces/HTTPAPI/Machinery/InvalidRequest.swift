import Kernel

/// One rule that the input breaks.
package struct Violation: Codable, Hashable, Sendable {
    /// JSON pointer into the body, where it is the body that is wrong.
    package var pointer: String?
    /// Name of the path, query or header parameter, where it is that.
    package var parameter: String?
    /// One sentence that names the value and the rule.
    package var detail: String

    static let fields: FieldNotes = [
        "pointer": FieldNote("JSON pointer (RFC 6901) of the value in the body.", example: "/lines/0/quantity"),
        "parameter": "Name of the path, query or header parameter.",
        "detail": "One sentence that names the value and the rule.",
    ]
}

/// The request says something that the endpoint cannot take. All rules broken are listed, not the first alone.
package struct InvalidRequest: Refusal, Equatable {
    package let code: String
    package let violations: [Violation]

    package var kind: RefusalKind { .invalid }
    package var message: String { violations.first?.detail ?? "The request is invalid." }

    package init(_ violations: [Violation], code: String = "input.invalid") {
        self.code = code
        self.violations = violations
    }

    package init(_ rule: String, code: String = "input.invalid") {
        self.init([Violation(detail: rule)], code: code)
    }

    package init(parameter: String, _ rule: String, code: String = "input.invalid") {
        self.init([Violation(parameter: parameter, detail: rule)], code: code)
    }
}
