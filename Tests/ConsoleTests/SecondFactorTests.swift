import Flows
import Identity
import Kernel
import Store
import Synchronization
import TestGround
import Testing

@testable import Console

@Suite struct SecondFactorTests {
    private static let text = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    @Test("codes are those of RFC 6238, appendix B", arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] as [(Int64, String)])
    func codes(_ second: Int64, _ code: String) throws {
        #expect(try #require(SecondFactor.Secret(Self.text)).code(at: second / 30) == code)
    }

    @Test("a secret is 160 bits in base 32, and nothing else is taken for one")
    func secrets() throws {
        let secret = SecondFactor.Secret.make { count in (0..<count).map(UInt8.init) }
        #expect(secret.text == "AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT" && "\(secret)".contains("hidden"))
        #expect(secret.link(login: "ann@x").hasPrefix("otpauth://totp/Waybill:ann%40x?secret=AAAQ"))
        for text in ["", "AAAA", Self.text + "A", Self.text.lowercased()] { #expect(SecondFactor.Secret(text) == nil) }
    }

    @Test("an account with a second factor is opened by password and a code that was not used yet", arguments: EngineKind.shared)
    func signIn(_ kind: EngineKind) async throws {
        let clock = Mutex(Instant.testStart)
        try await ConsoleServer.run(kind, clock: { clock.withLock { $0 } }) { server in
            let secret = try #require(SecondFactor.Secret(Self.text))
            @Sendable func code() -> String { secret.code(at: clock.withLock { $0 }.micros / 30_000_000) }
            let planner = try await server.visitor(.planner)
            #expect(try await planner.post("/account/password", ["password": "correct horse battery"]).status == 303)
            #expect(try await planner.post("/account/second-factor", ["secret": Self.text, "code": "000000"]).status == 422)
            #expect(try await planner.post("/account/second-factor", ["secret": Self.text, "code": code()]).status == 303)
            var form = ["login": "demo-planner", "password": "correct horse battery"]
            #expect(try await server.nobody.post("/sign-in", form).status == 401)
            form["code"] = code()
            #expect(try await server.nobody.post("/sign-in", form).status == 401, "the code that set it up was used")
            clock.withLock { $0 = $0 + .seconds(30) }
            form["code"] = code()
            #expect(try await server.nobody.post("/sign-in", form).status == 303)
            #expect(try await server.nobody.post("/sign-in", form).status == 401)
            #expect(try await planner.post("/account/second-factor/removal").status == 303)
            form["code"] = ""
            #expect(try await server.nobody.post("/sign-in", form).status == 303)
        }
    }
}
