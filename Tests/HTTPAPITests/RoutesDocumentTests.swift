import Flows
import Kernel
import Testing

@testable import HTTPAPI

/// What the document says of the routes.
@Suite struct RoutesDocumentTests {
    @Test func `every refusal of placing an order is documented with its status`() async throws {
        try await withNetwork { network, client in
            let document = try await client.call("GET", "/openapi.json", expecting: 200)
            let responses = try #require(document["paths"]?["/v1/orders"]?["post"]?["responses"])
            for code in PlaceOrderRefused.codes + ["store.busy", "auth.key_unknown", "idempotency.key_reused"] {
                #expect(responses.text.contains("`\(code)`"), "\(code)")
            }
            #expect(responses["409"]?["description"]?.string?.contains("inventory.stock_short") ?? false)
            #expect(responses["503"] != nil)
        }
    }

    @Test func `every route has a chapter and a name of its own`() async throws {
        try await withNetwork { network, client in
            let document = try await client.call("GET", "/openapi.json", expecting: 200)
            let chapters = Set((document["tags"]?.array ?? []).compactMap { $0["name"]?.string })
            for endpoint in network.assembly.endpoints {
                #expect(chapters.contains(endpoint.declaration.tag ?? ""), "\(endpoint.declaration.operationID)")
                #expect(!endpoint.declaration.operationID.contains("V1"), "\(endpoint.declaration.operationID)")
            }
        }
    }

    @Test func `a path that is no id is refused by its name`() async throws {
        try await withNetwork { network, client in
            let reply = try await client.with(key: network.tokens.operator).get("/v1/orders/abc")
            #expect(reply.status == 422)
        }
    }
}
