import Kernel
import Testing

@testable import HTTPAPI

@Suite struct RequestTests {
    private static let order = #"{"number":"A-1","lines":[{"sku":"MUG","quantity":2}]}"#

    @Test func `an order is placed, read, listed and forgotten`() async throws {
        try await withServer { client, _ in
            var client = client
            client.key = TinyKeys.operator
            let placed = try await client.post("/v1/orders", Self.order)
            #expect(placed.status == 201)
            #expect(placed.headers["content-type"] == "application/json")
            #expect(placed.body == #"{"id":"ord_0000000000001","number":"A-1","pieces":2,"state":"open"}"#)
            #expect(try await client.get("/v1/orders/ord_0000000000001").body == placed.body)
            #expect(try await client.get("/v1/orders").json == ["items": [try placed.json], "next": nil])
            let noted = try await client.send(
                "PUT", "/v1/orders/ord_0000000000001/note", [:], Array(#"{"text":"soon"}"#.utf8))
            #expect(try noted.json["note"] == "soon")
            let gone = try await client.send("DELETE", "/v1/orders/ord_0000000000001")
            #expect(gone.status == 204 && gone.body.isEmpty)
        }
    }

    @Test func `a path parameter is percent-decoded and a query parameter typed`() async throws {
        try await withServer { client, _ in
            let path = try await client.get("/v1/greetings/J%C3%B6rg%2F2+1")
            let query = try await client.get("/v1/greetings/x?loud=true")
            #expect(try path.json == ["text": "Hello Jörg/2+1"])
            #expect(try query.json == ["text": "HELLO x"])
        }
    }

    @Test(arguments: [
        ("/v1/greetings/x?loud=maybe", "loud"), ("/v1/greetings/x?quiet=1", "quiet"),
        ("/v1/greetings/x?loud=true&loud=true", "loud"), ("/v1/greetings/%00", "name"), ("/v1/greetings/%FF", "name"),
        ("/v1/greetings/x?%", nil), ("/v1/greetings/x?loud=%00", nil),
    ])
    func `a wrong parameter is refused by its name`(path: String, parameter: String?) async throws {
        try await withServer { client, _ in
            let reply = try await client.get(path)
            #expect(reply.status == 422 && reply.code == "input.invalid")
            #expect(reply.headers["content-type"] == "application/problem+json")
            #expect(reply.violations.map(\.parameter) == [parameter])
        }
    }

    @Test(arguments: [
        (
            #"{"number":"A","lines":[{"sku":"M","quantity":0}]}"#, "/lines/0/quantity",
            "0 must be at least 1 and at most 1000."
        ),
        (
            #"{"number":"A","lines":[{"sku":"M","quantity":1.5}]}"#, "/lines/0/quantity",
            "1.5 must be a whole number of at most 64 bits."
        ),
        (
            #"{"number":"A","lines":[{"sku":"M","quantity":9223372036854775808}]}"#, "/lines/0/quantity",
            "9223372036854775808 must be a whole number of at most 64 bits."
        ),
        (#"{"number":"A","lines":[{"sku":"M","quantity":"2"}]}"#, "/lines/0/quantity", "'2' must be a whole number."),
        (
            #"{"number":"A","lines":[{"sku":"M","quantiy":2,"quantity":2}]}"#, "/lines/0/quantiy",
            "'quantiy' is not a known name here."
        ),
        (#"{"number":"A","lines":[]}"#, "/lines", "There are 0 items; at least 1 are needed."),
        (
            #"{"number":"","lines":[{"sku":"M","quantity":2}]}"#, "/number",
            "The text has 0 characters; it needs at least 1."
        ),
        (#"{"lines":[{"sku":"M","quantity":2}]}"#, "/number", "'number' is missing."),
        (#"{"number":null,"lines":[{"sku":"M","quantity":2}]}"#, "/number", "null must be a string."),
        (
            #"{"number":"A","lines":[{"sku":"M","quantity":2}],"total":{"minor":1,"currency":"EURO"}}"#,
            "/total/currency", "'EURO' must be one of AED"
        ),
        (
            #"{"number":"A","lines":[{"sku":"M","quantity":2}],"placed":"yesterday"}"#, "/placed",
            "'yesterday' is not a time"
        ),
        (#"[]"#, "", "an array must be an object."),
    ])
    func `a wrong field is refused by pointer, value and rule`(body: String, pointer: String, rule: String) async throws
    {
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant).post("/v1/orders", body)
            #expect(reply.status == 422 && reply.code == "input.invalid")
            #expect(reply.violations.map(\.pointer) == [pointer])
            #expect(reply.violations.first?.detail.hasPrefix(rule) == true, "\(reply.body)")
        }
    }

    @Test func `all wrong fields are refused at once`() async throws {
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant)
                .post("/v1/orders", #"{"lines":[{"sku":"","quantity":0},{}],"a":1}"#)
            #expect(
                reply.violations.map(\.pointer) == [
                    "/number", "/lines/0/sku", "/lines/0/quantity", "/lines/1/sku", "/lines/1/quantity", "/a",
                ])
        }
    }

    @Test(arguments: [
        "", "{", "{}x", "{'a':1}", #"{"a":01}"#, #"{"a":1.}"#, #"{"a":+1}"#, #"{"a":NaN}"#, #"{"a":tru}"#,
        #"{"a":"\ud800"}"#,
        #"{"a":"\u0000"}"#, #"{"a":"\x"}"#, #"{"a":1,"a":1}"#, "\u{FEFF}{}", "{\"a\":\"\n\"}", #"{"a":"#, "[1,]",
        String(repeating: "[", count: 100_000), #"{"a":1e}"#, "\"\\",
    ])
    func `a body that is not strict JSON is malformed`(body: String) async throws {
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant).post("/v1/orders", body)
            #expect(reply.status == 400 && reply.code == "input.malformed")
            #expect(reply.violations.count == 1)
        }
    }

    @Test func `a body that is not UTF-8 is malformed`() async throws {
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant)
                .send("POST", "/v1/orders", [:], [0x22, 0xFF, 0xC0, 0x22])
            #expect(reply.status == 400 && reply.code == "input.malformed")
        }
    }

    @Test func `a body may be as large as its endpoint says and no larger`() async throws {
        try await withServer { client, _ in
            let client = client.with(key: TinyKeys.merchant)
            let fits = try await client.post("/v1/everything", String(repeating: " ", count: 4096))
            #expect(fits.status == 400)
            let declared = try await client.post("/v1/everything", String(repeating: " ", count: 4097))
            #expect(declared.status == 413 && declared.code == "input.too_large")
            let chunk = "1001\r\n" + String(repeating: " ", count: 4097) + "\r\n0\r\n\r\n"
            let chunked = try await client.exchange(
                Array(
                    """
                    POST /v1/everything HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(TinyKeys.merchant)\r\n\
                    Content-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)
                    """.utf8))
            #expect(chunked.status == 413)
        }
    }

    @Test(arguments: ["text/plain", "", "application/jsonp", "application/x-www-form-urlencoded"])
    func `a body of another media type is refused`(type: String) async throws {
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.merchant)
                .post("/v1/orders", Self.order, ["Content-Type": type])
            #expect(reply.status == 415 && reply.code == "input.media_type")
        }
    }

    @Test func `a media type may have parameters, and no content encoding`() async throws {
        try await withServer { client, _ in
            let client = client.with(key: TinyKeys.merchant)
            let plain = try await client.post(
                "/v1/orders", Self.order, ["Content-Type": "Application/JSON; charset=utf-8"])
            let packed = try await client.post("/v1/orders", Self.order, ["Content-Encoding": "gzip"])
            #expect(plain.status == 201 && packed.status == 415)
        }
    }

    @Test func `a wrong path is not found and a wrong method not allowed`() async throws {
        try await withServer { client, _ in
            let lost = try await client.get("/v1/nowhere")
            #expect(lost.status == 404 && lost.code == "http.unknown_path")
            let wrong = try await client.send("PATCH", "/v1/orders/ord_0000000000001")
            #expect(wrong.status == 405 && wrong.code == "http.method_not_allowed")
            #expect(wrong.headers["allow"] == "DELETE, GET, HEAD")
            #expect(try await client.send("PURGE", "/v1/orders").headers["allow"] == "GET, HEAD, POST")
            let head = try await client.send("HEAD", "/v1/nowhere")
            #expect(head.status == 404 && head.body.isEmpty)
        }
    }

    @Test func `every form of value comes back as it was sent`() async throws {
        let body = #"""
            {"box":{"height":30,"length":10,"width":20},"ids":["sku_0000000000001"],"labels":{"a":"\u00e9\ud83d\ude00\n"},\#
            "matrix":[[1,2],[]],"price":{"currency":"EUR","minor":-5},"real":1.5,"small":255,"state":"open","text":"t",\#
            "tree":{"branches":[{"branches":[],"name":"b"}],"name":"a"},"when":"2026-11-21T05:03:00Z","whole":-7,"yes":true}
            """#
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.site).post("/v1/everything", body)
            #expect(reply.status == 200)
            #expect(reply.body == body.replacing(#"\u00e9\ud83d\ude00"#, with: "é😀"))
        }
    }

    @Test(arguments: [
        ("2.0", "2"), ("2", "2"), ("1e3", "1000"), ("-1.50E2", "-150"), ("120e-1", "12"), ("0.0", "0"), ("-0.0", "0"),
        ("1.5", "1.5"),
        ("1e400", "1e400"), ("9223372036854775808.0", "9223372036854775808.0"), ("1e-400", "1e-400"), ("0.5e1", "5"),
    ])
    func `a whole number may be written with a fraction or an exponent`(text: String, number: String) throws {
        #expect(try WireReader.read(Array(text.utf8)) == .number(number))
    }

    @Test func `bytes that are not JSON go in and out`() async throws {
        try await withServer { client, _ in
            let client = client.with(key: TinyKeys.operator)
            let label = try await client.get("/v1/label")
            #expect(label.body == "^XA^XZ" && label.headers["content-type"] == "text/plain")
            #expect(label.headers["content-disposition"] == #"attachment; filename="label.zpl""#)
            let rows = try await client.post("/v1/imports", "a,b\n1,2\n", ["Content-Type": "text/csv"])
            #expect(try rows.json == ["text": "8 bytes"])
            #expect(try await client.post("/v1/imports", "{}").status == 415)
        }
    }
}
