import Kernel
import Testing

@testable import HTTPAPI

@Suite struct IdempotencyTests {
    private static let order = #"{"number":"A-1","lines":[{"sku":"MUG","quantity":2}]}"#

    @Test func `a repeated key gets the first answer, however the body is written`() async throws {
        try await withServer { client, _ in
            let client = client.with(key: TinyKeys.merchant)
            let first = try await client.post("/v1/orders", Self.order, ["Idempotency-Key": "k1"])
            let again = try await client.post(
                "/v1/orders", #" { "lines" : [ {"quantity":2, "sku":"\u004dUG"} ], "number" : "A-1" } "#,
                ["Idempotency-Key": "k1"])
            #expect(first.status == 201 && again.status == 201)
            #expect(again.body == first.body)
            #expect(first.headers["idempotency-replayed"] == nil && again.headers["idempotency-replayed"] == "true")
            #expect(try await client.post("/v1/orders", Self.order).body != first.body)
        }
    }

    @Test func `a key used for other content is refused`() async throws {
        try await withServer { client, _ in
            let client = client.with(key: TinyKeys.merchant)
            _ = try await client.post("/v1/orders", Self.order, ["Idempotency-Key": "k1"])
            let other = try await client.post(
                "/v1/orders", Self.order.replacing("2", with: "3"), ["Idempotency-Key": "k1"])
            #expect(other.status == 409 && other.code == "idempotency.key_reused")
        }
    }

    @Test func `two callers may use the same key`() async throws {
        try await withServer { client, _ in
            let first = try await client.with(key: TinyKeys.merchant).post(
                "/v1/orders", Self.order, ["Idempotency-Key": "k1"])
            let second = try await client.with(key: TinyKeys.operator).post(
                "/v1/orders", Self.order, ["Idempotency-Key": "k1"])
            #expect(second.status == 201 && second.body != first.body)
        }
    }

    @Test func `a refusal is an answer and is repeated`() async throws {
        try await withServer { client, _ in
            let client = client.with(key: TinyKeys.merchant)
            let body = Self.order.replacing("MUG", with: "SOLD-OUT")
            let first = try await client.post("/v1/orders", body, ["Idempotency-Key": "k1"])
            let again = try await client.post("/v1/orders", body, ["Idempotency-Key": "k1"])
            #expect(first.status == 409 && again.body == first.body)
            #expect(again.headers["idempotency-replayed"] == "true")
            #expect(again.headers["content-type"] == "application/problem+json")
        }
    }

    @Test(arguments: [("BUSY", 2, 503), ("A-1", 666, 500)])
    func `what was not carried out frees its key`(number: String, quantity: Int, status: Int) async throws {
        try await withServer { client, _ in
            let client = client.with(key: TinyKeys.merchant)
            let body = #"{"number":"\#(number)","lines":[{"sku":"MUG","quantity":\#(quantity)}]}"#
            for _ in 0..<2 {
                let reply = try await client.post("/v1/orders", body, ["Idempotency-Key": "k1"])
                #expect(reply.status == status && reply.headers["idempotency-replayed"] == nil)
            }
            #expect(try await client.post("/v1/orders", Self.order, ["Idempotency-Key": "k1"]).status == 201)
        }
    }

    @Test func `a key whose request is still being worked on is refused for now`() async throws {
        let ledger = MemoryIdempotencyLedger()
        let body = CheckedBody.json(try WireReader.read(Array(Self.order.utf8)))
        let fingerprint = IdempotencyKey.fingerprint(method: .post, path: "/v1/orders", query: .empty, body: body)
        #expect(ledger.begin(key: "k1", scope: KeyID(1), fingerprint: fingerprint) == .fresh)
        try await withServer(ledger: ledger) { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant).post(
                "/v1/orders", Self.order, ["Idempotency-Key": "k1"])
            #expect(reply.status == 409 && reply.code == "idempotency.in_progress")
        }
    }

    @Test(arguments: ["has space", String(repeating: "k", count: 256), "ké"])
    func `a key that is no visible ASCII of 1 to 255 is refused`(key: String) async throws {
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant).post(
                "/v1/orders", Self.order, ["Idempotency-Key": key])
            #expect(reply.status == 422 && reply.violations.map(\.parameter) == ["Idempotency-Key"])
        }
    }

    @Test func `an answer that cannot be kept is still given`() async throws {
        let log = LogBook()
        try await withServer(log: log, ledger: ForgetfulLedger()) { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant).post(
                "/v1/orders", Self.order, ["Idempotency-Key": "k1"])
            #expect(reply.status == 201)
        }
        #expect(log.lines.contains { $0.contains("idempotent answer not kept") })
    }
}

private struct ForgetfulLedger: IdempotencyLedger {
    func begin(key: String, scope: KeyID, fingerprint: String) -> IdempotencyClaim { .fresh }
    func finish(key: String, scope: KeyID, with answer: StoredAnswer) throws { throw ShopFailure(secret: "disk") }
    func abandon(key: String, scope: KeyID) {}
}
