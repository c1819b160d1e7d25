import Foundation
import HTTPTypes
import Kernel
import Store

/// What went wrong, as RFC 9457 has it: the body of every answer that is not a success.
package struct Problem: Codable, Equatable, Sendable, Documented {
    /// `/problems/<code>`.
    package var type: String
    /// The code in words; the same for every problem of the code.
    package var title: String
    package var status: Int
    /// What is wrong in this case, in one sentence.
    package var detail: String
    /// Stable name such as `inventory.stock_short`.
    package var code: String
    /// The id of the request, also in the header `X-Request-Id`.
    package var instance: String
    package var errors: [Violation]?

    package static let fields: FieldNotes = [
        "type": FieldNote("`/problems/` and the code.", format: "uri-reference", example: "/problems/input.invalid"),
        "title": "The code in words.",
        "status": FieldNote("The status of the answer.", range: 400...599, example: 422),
        "detail": "What is wrong in this case, in one sentence.",
        "code": FieldNote("Stable name of the problem.", example: "input.invalid"),
        "instance": "The id of the request, also in the header X-Request-Id.",
        "errors": "Each rule that the input breaks.",
    ]

    package static let mediaType = "application/problem+json"

    package init(status: Int, code: String, detail: String, requestID: String, errors: [Violation]? = nil) {
        type = "/problems/\(code)"
        let words = code.split { $0 == "." || $0 == "_" }.joined(separator: " ")
        title = words.prefix(1).uppercased() + words.dropFirst()
        self.status = status
        self.detail = detail
        self.code = code
        instance = requestID
        self.errors = errors
    }
}

extension RefusalKind {
    /// The one table from refusal to status.
    package var status: HTTPResponse.Status {
        switch self {
        case .invalid: .unprocessableContent
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .busy: .serviceUnavailable
        }
    }
}

/// The answer to a request that fails: the problem, its headers, and whether the log must tell the rest.
struct Failure {
    var problem: Problem
    var headers: HTTPFields = [:]
    /// True for an error that nobody expected; the answer reveals nothing of it.
    var isUnexpected = false

    init(_ error: any Error, requestID: String) {
        switch error {
        case let refusal as ProtocolRefusal: self.init(refusal, requestID)
        case let refusal as any Refusal: self.init(refusal, requestID)
        case let error as StoreError where error.passes: self.init(passingAt: requestID)
        default: self.init(unexpectedAt: requestID)
        }
    }

    var body: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(problem)) } catch { return Array(#"{"status":\#(problem.status)}"#.utf8) }
    }

    var stored: StoredAnswer { StoredAnswer(status: problem.status, mediaType: Problem.mediaType, body: body) }

    private init(passingAt requestID: String) {
        problem = Problem(
            status: 503, code: "store.unavailable", detail: "The store cannot take this just now. Try again with the same key.",
            requestID: requestID)
        headers[.retryAfter] = "5"
        isUnexpected = true
    }

    private init(unexpectedAt requestID: String) {
        problem = Problem(
            status: 500, code: "server.error", detail: "Something went wrong on our side; the log has the rest.",
            requestID: requestID)
        isUnexpected = true
    }

    private init(_ refusal: any Refusal, _ requestID: String) {
        let errors =
            (refusal as? InvalidRequest)?.violations
            ?? refusal.field.map { [Violation(pointer: $0, detail: refusal.message)] }
        problem = Problem(
            status: refusal.kind.status.code, code: refusal.code, detail: refusal.message, requestID: requestID,
            errors: errors)
        switch refusal.kind {
        case .unauthenticated: headers[.wwwAuthenticate] = #"Bearer realm="waybill""#
        case .busy: headers[.retryAfter] = "1"
        default: break
        }
    }

    private init(_ refusal: ProtocolRefusal, _ requestID: String) {
        var errors: [Violation]?
        if case .malformedBody(let malformed) = refusal {
            errors = [Violation(pointer: malformed.pointer, detail: malformed.rule)]
        }
        problem = Problem(
            status: refusal.status.code, code: refusal.code, detail: refusal.message, requestID: requestID,
            errors: errors)
        switch refusal {
        case .methodNotAllowed(let allowed): headers[.allow] = allowed.joined(separator: ", ")
        // What is left of the body is not worth reading.
        case .bodyTooLarge: headers[.connection] = "close"
        default: break
        }
    }
}
