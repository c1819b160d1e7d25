import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NIOCore

/// Carries a request through one endpoint: who calls, is the input right, was it answered before, do it, answer.
struct EndpointResponder: HTTPResponder {
    let compiled: CompiledEndpoint
    let components: [String: Schema]
    let keys: any KeyLookup
    let ledger: any IdempotencyLedger

    func respond(to request: Request, context: APIContext) async throws -> Response {
        let declaration = compiled.declaration
        let caller = try await declaration.access.caller(of: request.headers, in: keys)
        context.notes.set(caller: caller)
        let path = try pathParameters(request, context)
        let query = try WireText.query(request.uri.query)
        let body = try await body(of: request)
        try check(path, query, body)
        let checked = CheckedRequest(
            path: compiled.pathIsOneValue ? path.first?.value ?? .null : .object(path), query: query, body: body,
            caller: caller, requestID: context.requestID, logger: context.logger)
        guard declaration.isIdempotent, let caller, let key = try IdempotencyKey.read(request.headers) else {
            return response(try await answer(checked, context))
        }
        let fingerprint = IdempotencyKey.fingerprint(
            method: request.method, path: request.uri.path, query: query, body: body)
        return try await once(key, caller.keyID, fingerprint, checked, context)
    }

    /// A refusal that the documentation does not list is answered all the same; the log says so.
    private func answer(_ request: CheckedRequest, _ context: APIContext) async throws -> Answer {
        do {
            return try await compiled.endpoint.respond(request)
        } catch let refusal as any Refusal {
            let known = compiled.declaration.refusals.contains { $0.code == refusal.code } || refusal is InvalidRequest
            if !known { context.logger.warning("undocumented refusal", metadata: ["code": "\(refusal.code)"]) }
            throw refusal
        }
    }

    private func response(_ answer: Answer) -> Response {
        var headers = answer.headers
        if let mediaType = answer.mediaType { headers[.contentType] = mediaType }
        return Response(
            status: answer.isPending ? compiled.declaration.pendingStatus ?? compiled.endpoint.status : compiled.endpoint.status,
            headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: answer.bytes))
        )
    }
}

extension EndpointResponder {
    private func pathParameters(_ request: Request, _ context: APIContext) throws -> [String: WireValue] {
        var values: [String: WireValue] = [:]
        for parameter in compiled.pathParameters {
            guard let encoded = context.parameters.get(parameter.name),
                let text = WireText.decoded(encoded, plusIsSpace: false)
            else {
                throw InvalidRequest(parameter: parameter.name, "The path is not percent-encoded UTF-8 without U+0000.")
            }
            values[parameter.name] = .bare(text)
        }
        return values
    }

    private func body(of request: Request) async throws -> CheckedBody {
        guard compiled.endpoint.body != .none else { return .none }
        let limit = compiled.declaration.bodyLimitBytes
        let mediaType = request.headers[.contentType]?.split { "; \t".contains($0) }.first?.lowercased() ?? ""
        let encoding = request.headers[.contentEncoding]?.lowercased() ?? "identity"
        guard compiled.endpoint.mediaTypes.contains(mediaType), encoding == "identity" else {
            throw ProtocolRefusal.unsupportedMediaType(compiled.endpoint.mediaTypes)
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw ProtocolRefusal.bodyTooLarge(limit)
        }
        let bytes: [UInt8]
        do {
            bytes = Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw ProtocolRefusal.bodyTooLarge(limit)
        } catch {
            // The connection broke, or its chunks are no chunks.
            throw ProtocolRefusal.malformedBody(
                Malformed(pointer: "", rule: "The body does not arrive whole.", offset: 0))
        }
        guard compiled.endpoint.body == .json else { return .bytes(bytes, mediaType: mediaType) }
        // The fingerprint of a request with a key of its own is taken of the values.
        if request.headers[.idempotencyKey] == nil, let read = compiled.endpoint.reader?(bytes) { return .read(read) }
        do throws(Malformed) {
            return .json(try WireReader.read(bytes))
        } catch {
            throw ProtocolRefusal.malformedBody(error)
        }
    }

    private func check(_ path: [String: WireValue], _ query: WireValue, _ body: CheckedBody) throws(InvalidRequest) {
        var parameters = SchemaCheck(components: components)
        parameters.check(.object(path), against: .object(compiled.pathParameters))
        parameters.check(query, against: .object(compiled.query))
        var violations = parameters.violations.map {
            Violation(parameter: $0.path.joined(separator: "/"), detail: $0.rule)
        }
        if case .json(let value) = body, let schema = compiled.body {
            var check = SchemaCheck(components: components)
            check.check(value, against: schema)
            violations += check.violations.map { Violation(pointer: JSONPointer.text($0.path), detail: $0.rule) }
        }
        guard violations.isEmpty else { throw InvalidRequest(violations) }
    }
}

extension EndpointResponder {
    /// Does the request unless its key was answered before. A refusal is an answer and is kept, but for "not now";
    /// an unexpected error frees the key.
    private func once(
        _ key: String, _ scope: KeyID, _ fingerprint: String, _ request: CheckedRequest, _ context: APIContext
    ) async throws -> Response {
        switch try await ledger.begin(key: key, scope: scope, fingerprint: fingerprint) {
        case .conflict: throw IdempotencyRefusal.keyReused
        case .inProgress: throw IdempotencyRefusal.inProgress
        case .replay(let stored):
            var headers: HTTPFields = [.idempotencyReplayed: "true"]
            if let mediaType = stored.mediaType { headers[.contentType] = mediaType }
            return Response(
                status: .init(integerLiteral: stored.status), headers: headers,
                body: .init(byteBuffer: ByteBuffer(bytes: stored.body)))
        case .fresh: break
        }
        do {
            let answer = try await answer(request, context)
            let status = compiled.endpoint.status.code
            await keep(
                StoredAnswer(status: status, mediaType: answer.mediaType, body: answer.bytes), key, scope, context)
            return response(answer)
        } catch let refusal as any Refusal where refusal.kind != .busy {
            await keep(Failure(refusal, requestID: context.requestID).stored, key, scope, context)
            throw refusal
        } catch {
            try await ledger.abandon(key: key, scope: scope)
            throw error
        }
    }

    /// Keeps an answer to what is done already: that it cannot be kept must not make it look undone.
    private func keep(_ answer: StoredAnswer, _ key: String, _ scope: KeyID, _ context: APIContext) async {
        do {
            try await ledger.finish(key: key, scope: scope, with: answer)
        } catch {
            context.logger.error("idempotent answer not kept", metadata: ["error": "\(error)"])
        }
    }
}
