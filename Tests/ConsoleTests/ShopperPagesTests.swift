import Identity
import Kernel
import Testing

@testable import Console

@Suite struct ShopperPagesTests {
    @Test("a link that we never gave out leads nowhere, and who tries many has to wait")
    func guessing() async throws {
        try await ConsoleServer.run { server in
            for number in 0..<100 {
                #expect(try await server.nobody.get("/t/0r5abc-\(number)").status == 404)
            }
            _ = try await server.nobody.get("/t/0r5abc-last")
            #expect(try await server.nobody.get("/t/0r5abc-more").status == 503)
        }
    }

    @Test("a well signed link to an order that is not there is a page that says so, in the shopper's language")
    func gone() async throws {
        try await ConsoleServer.run { server in
            let link = ShopperLink(OrderID(77), server.parts.vault)
            #expect(try await server.nobody.get(link.path).status == 404)
            let reply = try await server.nobody.get("/t/none", ["Accept-Language": "pt"])
            #expect(reply.text.contains("Esta ligação não leva a nenhum pedido."))
        }
    }
}
