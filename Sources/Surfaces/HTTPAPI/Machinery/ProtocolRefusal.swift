import HTTPTypes

/// A "no" of HTTP itself, before any rule of the business is asked.
enum ProtocolRefusal: Error, Equatable {
    case malformedBody(Malformed)
    case unknownPath
    case methodNotAllowed([String])
    case bodyTooLarge(Int)
    case unsupportedMediaType([String])

    var status: HTTPResponse.Status {
        switch self {
        case .malformedBody: .badRequest
        case .unknownPath: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        }
    }

    var code: String {
        switch self {
        case .malformedBody: "input.malformed"
        case .unknownPath: "http.unknown_path"
        case .methodNotAllowed: "http.method_not_allowed"
        case .bodyTooLarge: "input.too_large"
        case .unsupportedMediaType: "input.media_type"
        }
    }

    var message: String {
        switch self {
        case .malformedBody(let malformed): "The body is not valid JSON: byte \(malformed.offset): \(malformed.rule)"
        case .unknownPath: "There is nothing at this path."
        case .methodNotAllowed(let allowed): "This path answers \(allowed.joined(separator: ", "))."
        case .bodyTooLarge(let limit): "The body may have at most \(limit) bytes."
        case .unsupportedMediaType(let types): "Send the body, not encoded, as \(types.joined(separator: " or "))."
        }
    }
}
