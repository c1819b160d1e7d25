import HTTPTypes
import Kernel

/// One endpoint as an Operation Object.
struct OpenAPIOperation {
    private let compiled: CompiledEndpoint
    private var declaration: Endpoint.Declaration { compiled.declaration }

    init(_ compiled: CompiledEndpoint) { self.compiled = compiled }

    var json: JSON {
        .object(
            [
                "operationId": .string(declaration.operationID), "summary": .string(declaration.summary),
                "parameters": .array(parameters), "responses": .object(responses),
                "security": declaration.access == .open ? [] : [["key": []]],
            ]
            .with("description", description.map(JSON.string))
            .with("tags", declaration.tag.map { [.string($0)] })
            .with("requestBody", requestBody)
            .with("x-roles", declaration.access == .open ? nil : .array(declaration.access.names.map(JSON.string))))
    }

    private var description: String? {
        let roles = declaration.access.names.map { "`\($0)`" }.joined(separator: ", ")
        let parts = [declaration.description, roles.isEmpty ? nil : "For keys of the roles: \(roles)."].compactMap(
            \.self)
        return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
    }

    private var parameters: [JSON] {
        var all =
            compiled.pathParameters.map { parameter($0, in: "path") }
            + compiled.query.map { parameter($0, in: "query") }
        if declaration.isIdempotent {
            let schema = Schema.string(pattern: "^[!-~]+$", length: IdempotencyKey.length)
            all.append([
                "name": .string(IdempotencyKey.header), "in": "header", "schema": schema.document,
                "description": "Any text of the caller's own; a repeated request with it gets the first answer.",
            ])
        }
        return all
    }

    private func parameter(_ property: Schema.Property, in place: String) -> JSON {
        var schema = property.schema
        schema.isNullable = false
        let description = schema.description
        schema.description = nil
        var members: [String: JSON] = [
            "name": .string(property.name), "in": .string(place), "required": .bool(property.isRequired),
            "schema": schema.document,
        ]
        if case .array = schema.shape, place == "query" { members["explode"] = false }
        return .object(members.with("description", description.map(JSON.string)))
    }

    private var requestBody: JSON? {
        let content: [String: JSON]
        switch compiled.endpoint.body {
        case .none: return nil
        case .json: content = ["application/json": ["schema": compiled.body?.document ?? [:]]]
        case .bytes(let mediaTypes): content = Self.bytes(mediaTypes)
        }
        return [
            "required": true, "content": .object(content),
            "description": .string("At most \(declaration.bodyLimitBytes) bytes."),
        ]
    }

    fileprivate static func bytes(_ mediaTypes: [String]) -> [String: JSON] {
        Dictionary(mediaTypes.map { ($0, [:]) }, uniquingKeysWith: { first, _ in first })
    }
}

extension OpenAPIOperation {
    private var responses: [String: JSON] {
        var all = [String(compiled.endpoint.status.code): success]
        if let pending = compiled.declaration.pendingStatus { all[String(pending.code)] = success }
        for (status, codes) in refusalCodes {
            let description = codes.map { "`\($0)`" }.joined(separator: ", ")
            all[String(status.code)] = [
                "description": .string("\(status.reasonPhrase): \(description)."),
                "content": [Problem.mediaType: ["schema": ["$ref": "#/components/schemas/Problem"]]],
                "headers": OpenAPIHeaders.references(["X-Request-Id"] + Self.headers(of: status)),
            ]
        }
        return all
    }

    private var success: JSON {
        let headers = ["X-Request-Id"] + (declaration.isIdempotent ? ["Idempotency-Replayed"] : [])
        let content: [String: JSON]
        switch compiled.endpoint.reply {
        case .none: content = [:]
        case .json: content = ["application/json": ["schema": compiled.reply?.document ?? [:]]]
        case .bytes(let mediaTypes): content = Self.bytes(mediaTypes)
        }
        return .object(
            [
                "description": .string(compiled.endpoint.status.reasonPhrase),
                "headers": OpenAPIHeaders.references(headers),
            ]
            .with("content", content.isEmpty ? nil : .object(content)))
    }

    private static func headers(of status: HTTPResponse.Status) -> [String] {
        switch status {
        case .unauthorized: ["WWW-Authenticate"]
        case .serviceUnavailable: ["Retry-After"]
        case .methodNotAllowed: ["Allow"]
        default: []
        }
    }

    /// The codes of each status that the operation may answer with: its own, and those of the machinery.
    private var refusalCodes: [(HTTPResponse.Status, [String])] {
        var codes: [HTTPResponse.Status: [String]] = [:]
        func add(_ status: HTTPResponse.Status, _ code: String) { codes[status, default: []].append(code) }
        for note in declaration.refusals { add(note.kind.status, note.code) }
        if declaration.access != .open {
            for refusal in [AccessRefusal.keyMissing, .keyUnknown, .roleNotAllowed("")] {
                add(refusal.kind.status, refusal.code)
            }
        }
        add(.unprocessableContent, "input.invalid")
        if compiled.query.contains(where: { $0.name == "cursor" }) { add(.unprocessableContent, "input.cursor") }
        if declaration.isIdempotent {
            for refusal in [IdempotencyRefusal.keyReused, .inProgress] { add(refusal.kind.status, refusal.code) }
        }
        if compiled.endpoint.body != .none { addBodyRefusals(add) }
        // A path parameter that is empty leaves another path.
        if !compiled.pathParameters.isEmpty { add(.notFound, "http.unknown_path") }
        add(.methodNotAllowed, "http.method_not_allowed")
        add(.internalServerError, "server.error")
        return codes.sorted { $0.key.code < $1.key.code }.map { ($0.key, $0.value) }
    }

    private func addBodyRefusals(_ add: (HTTPResponse.Status, String) -> Void) {
        let malformed = ProtocolRefusal.malformedBody(.init(pointer: "", rule: "", offset: 0))
        if compiled.endpoint.body == .json { add(malformed.status, malformed.code) }
        for refusal in [ProtocolRefusal.bodyTooLarge(0), .unsupportedMediaType([])] {
            add(refusal.status, refusal.code)
        }
    }
}
