import Hummingbird
import Kernel
import Testing

@testable import HTTPAPI

@Suite struct ProblemTests {
    @Test(arguments: [
        (RefusalKind.invalid, 422), (.unauthenticated, 401), (.forbidden, 403), (.notFound, 404), (.conflict, 409),
        (.busy, 503),
    ])
    func `each kind of refusal has its status`(kind: RefusalKind, status: Int) {
        #expect(kind.status.code == status)
    }

    @Test func `a refusal of the business is told whole`() async throws {
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant).post(
                "/v1/orders", #"{"number":"A","lines":[{"sku":"SOLD-OUT","quantity":2}]}"#, ["X-Request-Id": "abc-1"])
            #expect(reply.status == 409)
            #expect(
                try reply.decoded()
                    == Problem(
                        status: 409, code: "inventory.stock_short", detail: "There is none left of SOLD-OUT.",
                        requestID: "abc-1",
                        errors: [Violation(pointer: "/lines/0/sku", detail: "There is none left of SOLD-OUT.")]))
            #expect(try reply.json["type"] == "/problems/inventory.stock_short")
            #expect(try reply.json["title"] == "Inventory stock short")
        }
    }

    @Test func `not now says when to try again`() async throws {
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant).post(
                "/v1/orders", #"{"number":"BUSY","lines":[{"sku":"M","quantity":2}]}"#)
            #expect(reply.status == 503 && reply.headers["retry-after"] == "1")
        }
    }

    @Test func `an unexpected error reveals nothing and is logged whole`() async throws {
        let log = LogBook()
        try await withServer(log: log) { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant).post(
                "/v1/orders", #"{"number":"A","lines":[{"sku":"M","quantity":666}]}"#)
            #expect(reply.status == 500 && reply.code == "server.error")
            #expect(!reply.body.contains("hunter2") && !reply.body.contains("ShopFailure"))
            let id = try #require(reply.headers["x-request-id"])
            #expect(
                log.lines.contains { $0.contains("hunter2") && $0.contains(id) && $0.contains(#""level":"error""#) })
        }
    }

    @Test func `a call without a key, with a strange key or of another role is not let through`() async throws {
        try await withServer { client, _ in
            let without = try await client.get("/v1/orders")
            #expect(without.status == 401 && without.code == "auth.key_missing")
            #expect(without.headers["www-authenticate"] == #"Bearer realm="waybill""#)
            let strange = try await client.with(key: "wb_nobody").get("/v1/orders")
            #expect(strange.status == 401 && strange.code == "auth.key_unknown")
            let basic = try await client.get("/v1/orders", ["Authorization": "Basic abc"])
            #expect(basic.code == "auth.key_missing")
            let site = try await client.with(key: TinyKeys.site).post("/v1/orders", "{")
            #expect(site.status == 403 && site.code == "auth.role_not_allowed")
            #expect(site.body.contains("'site'"))
        }
    }

    @Test(arguments: [
        ("ok-id_1.2:3", true), ("", false), ("has space", false), ("naïve", false),
        (String(repeating: "x", count: 65), false),
    ])
    func `a sane request id is kept and another replaced`(id: String, kept: Bool) async throws {
        try await withServer { client, _ in
            let reply = try await client.get("/healthz", ["X-Request-Id": id])
            #expect((reply.headers["x-request-id"] == id) == kept)
            #expect(reply.headers["x-request-id"]?.isEmpty == false)
        }
    }

    @Test func `every answer carries the security headers, and a page may set its own`() async throws {
        try await withServer(extraRoutes: { router in
            router.get("page") { _, _ in Response(status: .ok, headers: [.contentSecurityPolicy: "default-src 'self'"])
            }
        }) { client, _ in
            for path in ["/healthz", "/nowhere", "/v1/orders"] {
                let reply = try await client.get(path)
                #expect(reply.headers["x-content-type-options"] == "nosniff")
                #expect(reply.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'")
                #expect(reply.headers["cache-control"] == "no-store")
            }
            #expect(try await client.get("/page").headers["content-security-policy"] == "default-src 'self'")
            #expect(try await client.send("POST", "/page").status == 405)
        }
    }

    @Test func `the log has one line a request, and no path, query or body in it`() async throws {
        let log = LogBook()
        try await withServer(log: log) { client, _ in
            _ = try await client.with(key: TinyKeys.merchant).get(
                "/v1/greetings/Anna?loud=true", ["X-Request-Id": "r1"])
            _ = try await client.with(key: TinyKeys.merchant).get("/v1/orders?state=open", ["X-Request-Id": "r2"])
            _ = try await client.get("/nowhere/Anna", ["X-Request-Id": "r3"])
        }
        let lines = log.lines.filter { $0.contains(#""message":"request""#) }
        #expect(lines.count == 3)
        #expect(!log.lines.joined().contains("Anna") && !log.lines.joined().contains("wb_"))
        let second = try #require(lines.first { $0.contains("r2") })
        let line = try JSON(second.trimmingSuffix("\n"))
        #expect(line["method"] == "GET" && line["route"] == "/v1/orders" && line["status"] == "200")
        #expect(line["caller"] == "key_0000000000001" && line["time"] == "2027-01-15T08:00:00Z")
        #expect(try #require(lines.first { $0.contains("r3") }).contains(#""code":"http.unknown_path""#))
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
