import HTTPTypes
import Kernel

/// An endpoint that is being declared: the types of its path parameters, query and body, until `handle` ends it.
package struct EndpointDraft<Path: Decodable & Sendable, Query: Decodable & Sendable, Body: Decodable & Sendable>:
    Sendable
{
    var declaration: Endpoint.Declaration
    /// Reads a body that is right without the general way; nil where that has to look at it.
    var reader: (@Sendable ([UInt8]) -> Body?)?

    /// The type of the one path parameter, or a struct with a field for each.
    package func path<P>(_ type: P.Type) -> EndpointDraft<P, Query, Body> { .init(declaration: declaration) }

    /// A struct with a field for each query parameter; optional fields may be left out.
    package func query<Q>(_ type: Q.Type) -> EndpointDraft<Path, Q, Body> { .init(declaration: declaration) }

    /// The JSON body.
    package func body<B>(_ type: B.Type) -> EndpointDraft<Path, Query, B> { .init(declaration: declaration) }

    /// The JSON body, read by a reader of its own where that can.
    func body<B>(_ type: B.Type, by reader: @escaping @Sendable ([UInt8]) -> B?) -> EndpointDraft<Path, Query, B> {
        .init(declaration: declaration, reader: reader)
    }

    /// Further text for the documentation, in Markdown.
    package func describing(_ text: String) -> Self { changed { $0.description = text } }

    /// The name that generated clients give it; otherwise made from method and path.
    package func named(_ operationID: String) -> Self { changed { $0.operationID = operationID } }

    /// Documents refusals of the business by their codes.
    package func refusing(_ kind: RefusalKind, _ codes: String...) -> Self {
        changed { $0.refusals += codes.map { Endpoint.RefusalNote(kind: kind, code: $0) } }
    }

    /// Takes the header `Idempotency-Key`: the same key gets the same answer.
    package var idempotent: Self { changed { $0.isIdempotent = true } }

    /// The status of a success, where it is not 200 (or 204 for an empty reply).
    package func answering(_ status: HTTPResponse.Status) -> Self { changed { $0.status = status } }

    /// The status of a `PendingReply` that is pending.
    package func pending(_ status: HTTPResponse.Status) -> Self { changed { $0.pendingStatus = status } }

    /// The largest body taken, in bytes; 1 MiB unless said.
    package func bodyLimit(bytes: Int) -> Self { changed { $0.bodyLimitBytes = bytes } }

    private func changed(_ change: (inout Endpoint.Declaration) -> Void) -> Self {
        var copy = self
        change(&copy.declaration)
        return copy
    }
}

extension Endpoint {
    package typealias Draft = EndpointDraft<Nothing, Nothing, Nothing>

    /// Reads something.
    package static func get(_ path: String, _ summary: String, for access: Access) -> Draft {
        draft(.get, path, summary, access)
    }
    /// Makes or starts something.
    package static func post(_ path: String, _ summary: String, for access: Access) -> Draft {
        draft(.post, path, summary, access)
    }
    /// Makes or replaces the thing at the path.
    package static func put(_ path: String, _ summary: String, for access: Access) -> Draft {
        draft(.put, path, summary, access)
    }
    /// Changes what the body names of the thing at the path.
    package static func patch(_ path: String, _ summary: String, for access: Access) -> Draft {
        draft(.patch, path, summary, access)
    }
    /// Removes the thing at the path.
    package static func delete(_ path: String, _ summary: String, for access: Access) -> Draft {
        draft(.delete, path, summary, access)
    }

    private static func draft(
        _ method: HTTPRequest.Method, _ path: String, _ summary: String, _ access: Access
    ) -> Draft {
        Draft(
            declaration: Declaration(
                method: method, path: path, summary: summary, access: access, operationID: operationID(method, path)))
    }

    /// `getV1OrdersByOrder` for GET /v1/orders/{order}.
    private static func operationID(_ method: HTTPRequest.Method, _ path: String) -> String {
        path.split(separator: "/").reduce(into: method.rawValue.lowercased()) { name, part in
            let words = part.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
            name += (part.hasPrefix("{") ? "By" : "") + words.joined()
        }
    }
}
