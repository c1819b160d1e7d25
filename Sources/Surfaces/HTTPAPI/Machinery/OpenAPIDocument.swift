import HTTPTypes
import Kernel

/// What the document says of the API as a whole.
package struct DocumentTitle: Sendable {
    package var title: String
    package var version: String
    /// Markdown.
    package var description: String
    /// Chapters in their order: name and one paragraph.
    package var chapters: [(name: String, description: String)]

    package init(
        title: String, version: String, description: String, chapters: [(name: String, description: String)] = []
    ) {
        self.title = title
        self.version = version
        self.description = description
        self.chapters = chapters
    }
}

/// The API in OpenAPI 3.1.
struct OpenAPIDocument {
    let api: CompiledAPI
    let title: DocumentTitle

    init(_ api: CompiledAPI, title: DocumentTitle) {
        self.api = api
        self.title = title
    }

    var text: String { json.text }

    var json: JSON {
        [
            "openapi": "3.1.0",
            "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
            "info": [
                "title": .string(title.title), "version": .string(title.version),
                "description": .string(title.description),
            ],
            "servers": [["url": "/"]],
            "tags": .array(title.chapters.map { ["name": .string($0.name), "description": .string($0.description)] }),
            "paths": paths,
            "components": [
                "schemas": .object(api.components.mapValues(\.document)),
                "securitySchemes": [
                    "key": ["type": "http", "scheme": "bearer", "description": "A key of Waybill: `wb_…`."]
                ],
                "headers": .object(OpenAPIHeaders.all),
            ],
        ]
    }

    private var paths: JSON {
        var paths: [String: [String: JSON]] = [:]
        for compiled in api.endpoints {
            let method = compiled.declaration.method.rawValue.lowercased()
            paths[compiled.declaration.path, default: [:]][method] = OpenAPIOperation(compiled).json
        }
        return .object(paths.mapValues(JSON.object))
    }
}

/// Headers of answers, described once.
enum OpenAPIHeaders {
    static let all: [String: JSON] = [
        "X-Request-Id": header("The id of the request: the one sent, or a new one."),
        "Idempotency-Replayed": header("`true` where this is the answer to an earlier request with the same key."),
        "Retry-After": header("Seconds to wait before trying again."),
        "WWW-Authenticate": header("How to authenticate."),
        "Allow": header("The methods that the path answers."),
    ]

    static func references(_ names: [String]) -> JSON {
        .object(
            Dictionary(
                names.map { ($0, ["$ref": .string("#/components/headers/\($0)")]) },
                uniquingKeysWith: { first, _ in first }))
    }

    private static func header(_ description: String) -> JSON {
        ["description": .string(description), "schema": ["type": "string"]]
    }
}
