import Kernel
import Logging

/// Stands for "no path parameter", "no query", "no body" or "no reply".
package struct Nothing: Codable, Hashable, Sendable {
    package init() {}
}

/// One request to an endpoint, as its handler sees it.
package struct Call<Path: Sendable, Query: Sendable>: Sendable {
    package let path: Path
    package let query: Query
    /// Also in the answer's header `X-Request-Id`, in every line of the log and in every problem.
    package let requestID: String
    package let logger: Logger
    let identity: Caller?

    /// - Throws: `AccessRefusal.keyMissing` at an open endpoint, which knows nobody.
    package var caller: Caller {
        get throws {
            guard let identity else { throw AccessRefusal.keyMissing }
            return identity
        }
    }

    func with<Other: Sendable>(query other: Other) -> Call<Path, Other> {
        Call<Path, Other>(path: path, query: other, requestID: requestID, logger: logger, identity: identity)
    }
}

/// A request whose parts were checked against the endpoint's schemas and have no Swift type yet.
struct CheckedRequest: Sendable {
    var path: WireValue
    var query: WireValue
    var body: CheckedBody
    var caller: Caller?
    var requestID: String
    var logger: Logger

    func typedCall<Path: Decodable & Sendable, Query: Decodable & Sendable>() throws -> Call<Path, Query> {
        Call(
            path: try Self.typed(path) { Violation(parameter: $0, detail: $1) },
            query: try Self.typed(query) { Violation(parameter: $0, detail: $1) },
            requestID: requestID, logger: logger, identity: caller)
    }

    func typedBody<Body: Decodable>() throws -> Body {
        if case .read(let value) = body, let body = value as? Body { return body }
        guard case .json(let value) = body else { throw InvalidRequest("The request has no JSON body.") }
        return try Self.typed(value) { Violation(pointer: $0.isEmpty ? "" : "/" + $0, detail: $1) }
    }

    /// The value of `T`, which is `Nothing`.
    static func nothing<T: Decodable>() throws -> T { try WireDecoder(.empty).read(T.self) }

    /// Turns what a type says on decoding into a violation by its place.
    private static func typed<T: Decodable>(_ value: WireValue, _ violation: (String, String) -> Violation) throws -> T
    {
        if T.self == Nothing.self { return try nothing() }
        do {
            return try WireDecoder(value).read(T.self)
        } catch let error as DecodingError {
            let context = error.context
            let place = context.codingPath.map { JSONPointer.escaped($0.stringValue) }.joined(separator: "/")
            throw InvalidRequest([violation(place, context.debugDescription)])
        }
    }
}

enum CheckedBody: Sendable {
    case none
    case json(WireValue)
    /// Read and checked by the endpoint's own reader.
    case read(any Sendable)
    case bytes([UInt8], mediaType: String)
}

extension DecodingError {
    fileprivate var context: Context {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context
        @unknown default: Context(codingPath: [], debugDescription: "The value is not of the expected type.")
        }
    }
}
