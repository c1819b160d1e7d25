import Foundation
import Kernel
import Testing

@testable import HTTPAPI

@Suite struct DocumentTests {
    private func document(_ endpoints: [Endpoint] = TinyAPI().endpoints) throws -> JSON {
        let parts = testParts()
        return OpenAPIDocument(
            try CompiledAPI(endpoints + Endpoint.operations(parts, document: "")), title: parts.title
        ).json
    }

    @Test func `the router's routes are the document's paths`() throws {
        let router = try makeRouter(TinyAPI().endpoints, testParts())
        let served = router.routes.map { "\($0.method.rawValue) \($0.path)" }.sorted()
        guard case .object(let paths)? = try document()["paths"] else { return #expect(Bool(false), "no paths") }
        let documented = paths.flatMap { path, item -> [String] in
            guard case .object(let methods) = item else { return [] }
            return methods.keys.map { "\($0.uppercased()) \(path)" }
        }
        #expect(served == documented.sorted())
        #expect(served.count == 13)
    }

    @Test func `the served document is valid OpenAPI 3.1`() async throws {
        let served = try await withServer { client, _ in try await client.get("/openapi.json").body }
        #expect(try JSON(served) == document())
        let file = FileManager.default.temporaryDirectory.appending(path: "openapi-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(served.utf8).write(to: file)
        let probe = try Python.run(["-c", "import openapi_spec_validator"])
        guard probe.status == 0 else { return print("skipped: python has no module openapi_spec_validator") }
        let run = try Python.run(["-m", "openapi_spec_validator", file.path])
        #expect(run.status == 0, "\(run.output)")
    }

    @Test func `a schema tells the names, types, limits and notes of a body`() throws {
        let schemas = try #require(try document()["components"]?["schemas"])
        #expect(
            schemas["NewOrderLine"]?.text == """
                {"additionalProperties":false,"properties":{"quantity":{"description":"Pieces.","examples":[2],"format":"int64",\
                "maximum":1000,"minimum":1,"type":"integer"},"sku":{"description":"The merchant's code of the SKU.",\
                "examples":["MUG-1"],"maxLength":64,"minLength":1,"pattern":"^[^\\\\u0000]*$","type":"string"},\
                "weight":{"description":"Grams.","examples":[350],"format":"int64",\
                "maximum":9223372036854775807,"minimum":-9223372036854775808,"type":["integer","null"]}},\
                "required":["quantity","sku"],"type":"object"}
                """)
        #expect(schemas["OrderState"]?["enum"] == ["open", "shipped"])
        #expect(
            schemas["OrderState"]?["description"] == "`open`: Nothing left the building. `shipped`: All of it left.")
        #expect(schemas["PageOfOrder"]?["properties"]?["items"]?["items"] == ["$ref": "#/components/schemas/Order"])
        #expect(schemas["Order"]?["properties"]?["id"]?["pattern"] == "^ord_[0-7][0-9a-hjkmnp-tv-z]{12}$")
        #expect(
            schemas["EverythingBranch"]?["properties"]?["branches"]?["items"] == [
                "$ref": "#/components/schemas/EverythingBranch"
            ])
        #expect(schemas["Everything"]?["properties"]?["labels"]?["propertyNames"] == ["pattern": #"^[^\u0000]*$"#])
        #expect(
            schemas["NewOrder"]?["properties"]?["total"]?["anyOf"]?.array?.first == [
                "$ref": "#/components/schemas/Money"
            ])
    }

    @Test func `an operation tells its roles, parameters and every status it may answer with`() throws {
        let place = try #require(try document()["paths"]?["/v1/orders"]?["post"])
        #expect(place["operationId"] == "placeOrder" && place["tags"] == ["Orders"])
        #expect(place["x-roles"] == ["operator", "merchant"] && place["security"] == [["key": []]])
        guard case .object(let responses)? = place["responses"] else { return #expect(Bool(false), "no responses") }
        #expect(
            responses.keys.sorted() == ["201", "400", "401", "403", "405", "409", "413", "415", "422", "500", "503"])
        #expect(
            responses["409"]?["description"]
                == "Conflict: `inventory.stock_short`, `idempotency.key_reused`, `idempotency.in_progress`.")
        let list = try #require(try document()["paths"]?["/v1/orders"]?["get"])
        #expect(
            list["parameters"]?.array?.compactMap { $0["name"]?.string } == [
                "limit", "cursor", "state", "sites", "placedAfter",
            ])
        #expect(try document()["paths"]?["/v1/greetings/{name}"]?["get"]?["security"] == [])
    }

    private struct Twin: Codable, Sendable { var a: String }
    private enum Other { struct Twin: Codable, Sendable { var b: String } }
    private struct Picky: Codable, Sendable {
        init(from decoder: any Decoder) throws {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no dummies"))
        }
    }
    private struct Misnamed: Codable, Sendable, Documented {
        var name: String
        static let fields: FieldNotes = ["nmae": "The name."]
    }
    private struct Nested: Decodable, Sendable { var inner: Money }

    @Test func `an endpoint that cannot be documented is refused when the server is assembled`() {
        func post<B: Decodable & Sendable>(_ type: B.Type, _ path: String = "/a") -> Endpoint {
            Endpoint.post(path, "A", for: .open).body(type).handle { _, _ in Nothing() }
        }
        let wrong: [[Endpoint]] = [
            [post(Picky.self)], [post(Misnamed.self)], [post(Twin.self), post(Twin.self)],
            [Endpoint.get("/a/{b}", "A", for: .open).handle { _ in Nothing() }],
            [Endpoint.get("/a", "A", for: .open).path(String.self).handle { _ in Nothing() }],
            [Endpoint.get("/a/{x}/{y}", "A", for: .open).path(LinePath.self).handle { _ in Nothing() }],
            [Endpoint.get("/a", "A", for: .open).query(Nested.self).handle { _ in Nothing() }],
            [Endpoint.post("/a", "A", for: .open).idempotent.handle { _ in Nothing() }],
        ]
        for endpoints in wrong {
            #expect(throws: SchemaError.self) { try CompiledAPI(endpoints) }
        }
    }
}

private enum Python {
    static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
