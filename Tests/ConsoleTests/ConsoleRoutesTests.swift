import Foundation
import Testing
import Views

@testable import Console

@Suite struct ConsoleRoutesTests {
    @Test("an open console shows the page to whoever comes")
    func open() async throws {
        let answer = try await withConsole(.open, journey: { .sample }) { try await fetch($0) }
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
        #expect(answer.headers["cache-control"] == "no-store")
        #expect(MarkupCheck(answer.text).faults == [])
    }

    @Test("the page runs no script and no style but its own")
    func policy() async throws {
        let (one, two) = try await withConsole(.open, journey: { .sample }) { (try await fetch($0), try await fetch($0)) }
        let policy = try #require(one.headers["content-security-policy"])
        let nonce = try #require(policy.firstMatch(of: /script-src 'nonce-([a-z0-9]+)'/)).output.1
        #expect(policy.hasPrefix("default-src 'none'"))
        #expect(one.text.contains("<script nonce=\"\(nonce)\">") && one.text.contains("<style nonce=\"\(nonce)\">"))
        #expect(!two.text.contains(nonce))
        #expect(!one.text.contains(" style=\"") && !one.text.contains("http://") && !one.text.contains("https://"))
    }

    @Test("a console that is not open asks for an operator's key and says why", arguments: [
        (nil, 401, "This page asks for a key"), ("wb_nobody", 401, "unknown, expired or revoked"),
        ("wb_merchant", 403, "not an operator"), ("wb_operator", 200, "The journey"),
    ] as [(String?, Int, String)])
    func closed(_ key: String?, _ status: Int, _ says: String) async throws {
        try await withConsole(.operators(TwoKeys()), journey: { .sample }) { url in
            for path in ["", "live"] {
                let answer = try await fetch(url.appendingPathComponent(path), bearer: key)
                #expect(answer.status == status)
                #expect(answer.text.contains(says))
                #expect((answer.headers["www-authenticate"] != nil) == (status == 401))
                #expect(answer.text.contains("Berlin Ost") == (status == 200))
            }
        }
    }

    @Test("screens that ask at the same time share one reading")
    func shared() async throws {
        let readings = Counter()
        try await withConsole(.open, freshness: .seconds(60), journey: { readings.add(); return .sample }) { url in
            for _ in 0..<5 { _ = try await fetch(url) }
        }
        #expect(readings.value == 1)
    }
}
