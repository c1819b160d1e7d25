import Foundation
import HTTPTypes

extension EndpointDraft {
    /// Ends the declaration with what the endpoint does; the reply may be `Nothing`.
    package func handle<Reply: Codable & Sendable>(
        _ handler: @escaping @Sendable (Call<Path, Query>, Body) async throws -> Reply
    ) -> Endpoint {
        let isEmpty = Reply.self == Nothing.self
        return endpoint(reply: isEmpty ? .none : .json, { isEmpty ? nil : try $0.schema(of: Reply.self) }) { request in
            let body: Body = try Body.self == Nothing.self ? CheckedRequest.nothing() : request.typedBody()
            return try .json(try await handler(try request.typedCall(), body))
        }
    }

    /// Ends the declaration with bytes that are not JSON.
    /// - Parameter mediaTypes: those that the handler may answer with.
    package func download(
        as mediaTypes: String..., handler: @escaping @Sendable (Call<Path, Query>) async throws -> Download
    ) -> Endpoint {
        endpoint(reply: .bytes(mediaTypes: mediaTypes), { _ in nil }) { request in
            Answer(try await handler(try request.typedCall()))
        }
    }

    private var erasedReader: (@Sendable ([UInt8]) -> (any Sendable)?)? {
        guard let reader else { return nil }
        return { bytes in reader(bytes).map { $0 as any Sendable } }
    }

    fileprivate func endpoint(
        body: Endpoint.BodyForm? = nil, reply: Endpoint.ReplyForm,
        _ replySchema: @escaping @Sendable (SchemaBook) throws -> Schema?,
        _ respond: @escaping @Sendable (CheckedRequest) async throws -> Answer
    ) -> Endpoint {
        let takesJSON = Body.self != Nothing.self
        return Endpoint(
            declaration: declaration, body: body ?? (takesJSON ? .json : .none), reply: reply,
            reader: erasedReader,
            shapes: { book in
                Endpoint.Shapes(
                    path: Path.self == Nothing.self ? .object([]) : try book.schema(of: Path.self),
                    query: try book.properties(of: Query.self),
                    body: takesJSON ? try book.schema(of: Body.self) : nil, reply: try replySchema(book))
            }, respond: respond)
    }
}

extension EndpointDraft where Body == Nothing {
    /// Ends the declaration of an endpoint without a body.
    package func handle<Reply: Codable & Sendable>(
        _ handler: @escaping @Sendable (Call<Path, Query>) async throws -> Reply
    ) -> Endpoint {
        handle { call, _ in try await handler(call) }
    }

    /// Ends the declaration of a list that is read by pages: `limit` and `cursor` join the query.
    package func list<Item: Codable & Sendable>(
        _ handler: @escaping @Sendable (Call<Path, Query>, PageRequest) async throws -> Page<Item>
    ) -> Endpoint {
        let list = declaration.path
        return EndpointDraft<Path, Paged<Query>, Nothing>(declaration: declaration).handle { paged, _ in
            try await handler(paged.with(query: paged.query.rest), PageRequest(paged.query.page, of: list))
        }
    }

    /// Ends the declaration of an endpoint that takes bytes that are not JSON.
    /// - Parameter mediaTypes: those that it takes; another is refused with 415.
    package func upload<Reply: Codable & Sendable>(
        of mediaTypes: String..., handler: @escaping @Sendable (Call<Path, Query>, Upload) async throws -> Reply
    ) -> Endpoint {
        endpoint(body: .bytes(mediaTypes: mediaTypes), reply: .json, { try $0.schema(of: Reply.self) }) { request in
            guard case .bytes(let bytes, let mediaType) = request.body else {
                throw InvalidRequest("The body is missing.")
            }
            return try .json(try await handler(try request.typedCall(), Upload(mediaType: mediaType, bytes: bytes)))
        }
    }
}

/// A reply that may say that what was asked for is not there yet.
package protocol PendingReply {
    var isPending: Bool { get }
}

/// A reply of the hot path, which writes its JSON by hand: what the encoder would write, byte for byte.
protocol PlainReply {
    func write(to out: inout [UInt8])
}

/// A reply that is not JSON: a label, a file of rows, a text.
package struct Download: Sendable {
    package var mediaType: String
    package var bytes: [UInt8]
    /// Offered to a browser as the name to save it under.
    package var fileName: String?

    package init(mediaType: String, bytes: [UInt8], fileName: String? = nil) {
        self.mediaType = mediaType
        self.bytes = bytes
        self.fileName = fileName
    }
}

/// A request body that is not JSON, as it came.
package struct Upload: Sendable {
    /// One of the endpoint's media types, without parameters.
    package let mediaType: String
    package let bytes: [UInt8]
}

extension Answer {
    /// JSON with members in the order of their names, or nothing at all for `Nothing`.
    fileprivate static func json<Reply: Encodable>(_ reply: Reply) throws -> Answer {
        if Reply.self == Nothing.self { return Answer() }
        if let plain = reply as? any PlainReply {
            var bytes: [UInt8] = []
            plain.write(to: &bytes)
            return Answer(mediaType: "application/json", bytes: bytes)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let isPending = (reply as? any PendingReply)?.isPending ?? false
        return Answer(mediaType: "application/json", bytes: Array(try encoder.encode(reply)), isPending: isPending)
    }

    fileprivate init(_ download: Download) {
        self.init(mediaType: download.mediaType, bytes: download.bytes)
        if let name = download.fileName {
            let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
            headers[.contentDisposition] = "attachment; filename=\"\(plain)\""
        }
    }
}
