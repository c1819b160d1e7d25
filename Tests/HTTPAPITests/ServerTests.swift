import Kernel
import Testing

@testable import HTTPAPI

@Suite struct ServerTests {
    @Test func `health is ok, or not now with the reason in the log`() async throws {
        try await withServer { client, _ in
            let reply = try await client.get("/healthz")
            #expect(reply.status == 200 && reply.body == #"{"status":"ok"}"#)
        }
        let log = LogBook()
        try await withServer(log: log, health: { throw ShopFailure(secret: "disk full") }) { client, _ in
            let reply = try await client.get("/healthz")
            #expect(reply.status == 503 && reply.code == "server.unhealthy" && !reply.body.contains("disk full"))
        }
        #expect(log.lines.contains { $0.contains("disk full") })
    }

    @Test func `a shutdown finishes the requests in flight`() async throws {
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let slow = Endpoint.get("/slow", "Take a while", for: .open).handle { _ in
            enter.yield()
            try await Task.sleep(for: .milliseconds(300))
            return Note(text: "done")
        }
        try await withServer([slow]) { client, group in
            async let reply = client.get("/slow")
            _ = await entered.first { _ in true }
            await group.triggerGracefulShutdown()
            let body = try await reply.body
            #expect(body == #"{"text":"done"}"#)
            #expect(await closes { _ = try await client.get("/slow") })
        }
    }

    /// Whether requests are turned away within ten seconds: the listener closes soon after the shutdown began.
    private func closes(_ request: () async throws -> Void) async -> Bool {
        let clock = ContinuousClock(), end = clock.now + .seconds(10)
        while clock.now < end {
            do { try await request() } catch { return error is PlainClient.Failed }
        }
        return false
    }

    @Test func `two requests share a connection, also after a refused body`() async throws {
        try await withServer { client, _ in
            let refused = "POST /v1/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
            let asked = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let reply = try await client.exchange(Array((refused + asked).utf8))
            #expect(reply.status == 401)
            #expect(reply.body.contains("HTTP/1.1 200") && reply.body.hasSuffix(#"{"status":"ok"}"#))
        }
    }

    @Test func `a body that does not arrive whole is refused and no error of ours`() async throws {
        let log = LogBook()
        try await withServer(log: log) { client, _ in
            let head =
                "POST /v1/orders HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(TinyKeys.merchant)\r\nContent-Type: application/json\r\n"
            let reply = try await client.exchange(Array("\(head)Transfer-Encoding: chunked\r\n\r\nzz\r\n".utf8))
            #expect(reply.status == 400)
        }
        #expect(!log.lines.contains { $0.contains(#""level":"error""#) })
    }

    @Test(arguments: [
        "GARBAGE\r\n\r\n", "GET / HTTP/1.1\r\nBad Header: x\r\n\r\n", "GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n",
    ])
    func `bytes that are not HTTP are refused and the server lives on`(bytes: String) async throws {
        try await withServer { client, _ in
            let reply = try? await client.exchange(Array(bytes.utf8))
            #expect(reply?.status ?? 400 >= 400)
            let healthy = try await client.get("/healthz")
            #expect(healthy.status == 200)
        }
    }
}
