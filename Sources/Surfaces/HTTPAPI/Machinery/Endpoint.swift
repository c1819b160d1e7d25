import HTTPTypes
import Kernel

/// One route of the API: what it documents, what it takes and gives, who may call it, and what it does.
///
/// One list of endpoints feeds both the router and the OpenAPI document. An endpoint is declared like this:
///
///     Endpoint.post("/v1/orders/{order}/cancellations", "Cancel an order", for: [.merchant, .operator])
///         .path(OrderID.self).body(CancelOrder.self).idempotent
///         .refusing(.conflict, "orders.shipped")
///         .handle { call, body in try await flows.cancel(call.path, body, by: call.caller) }
package struct Endpoint: Sendable {
    package internal(set) var declaration: Declaration
    let body: BodyForm
    let reply: ReplyForm
    /// Makes the typed body of a JSON text that is right; nil where the general way has to look at it.
    let reader: (@Sendable ([UInt8]) -> (any Sendable)?)?
    /// Derives what the endpoint takes and gives.
    let shapes: @Sendable (SchemaBook) throws -> Shapes
    let respond: @Sendable (CheckedRequest) async throws -> Answer

    enum BodyForm: Equatable, Sendable {
        case none, json
        case bytes(mediaTypes: [String])
    }

    enum ReplyForm: Equatable, Sendable {
        case none, json
        case bytes(mediaTypes: [String])
    }

    struct Shapes: Sendable {
        var path: Schema
        var query: [Schema.Property]
        var body: Schema?
        var reply: Schema?
    }

    /// What an endpoint says of itself, apart from its types.
    package struct Declaration: Sendable {
        package let method: HTTPRequest.Method
        /// Template with names in braces: `/v1/orders/{order}`.
        package let path: String
        package let summary: String
        package let access: Access
        package var description: String?
        package var tag: String?
        package var operationID: String
        package var refusals: [RefusalNote] = []
        package var isIdempotent = false
        package var bodyLimitBytes = 1 << 20
        /// The status of a success; nil: 204 for an empty reply, else 200.
        package var status: HTTPResponse.Status?
        /// The status of a success that has to be waited for; nil where there is none.
        package var pendingStatus: HTTPResponse.Status?
    }

    /// A refusal that the endpoint documents.
    package struct RefusalNote: Equatable, Sendable {
        package let kind: RefusalKind
        package let code: String
    }
}

extension [Endpoint] {
    /// The same endpoints in one chapter of the documentation.
    package func tagged(_ name: String) -> [Endpoint] {
        map { endpoint in
            var copy = endpoint
            copy.declaration.tag = name
            return copy
        }
    }
}

extension Endpoint {
    /// The status of a success.
    var status: HTTPResponse.Status { declaration.status ?? (reply == .none ? .noContent : .ok) }
    var mediaTypes: [String] {
        switch body {
        case .none: []
        case .json: ["application/json"]
        case .bytes(let mediaTypes): mediaTypes
        }
    }
}

/// What a handler gave, ready for the wire.
struct Answer: Sendable {
    var mediaType: String?
    var bytes: [UInt8] = []
    var headers: HTTPFields = [:]
    var isPending = false
}
