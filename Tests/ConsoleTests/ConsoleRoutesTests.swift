import Identity
import Testing
import Views

@testable import Console

@Suite struct ConsoleRoutesTests {
    /// Pages that answer without end.
    private static let streams: Set = ["/live"]

    /// The registered pages that are looked at, with ids that nothing has.
    private static func paths(_ parts: ConsoleParts) -> [(page: Page, path: String)] {
        Pages.all(parts).filter { $0.method == .get && !streams.contains($0.path) }.map { page in
            (page, page.path.split(separator: "/").map { $0.hasPrefix("{") ? "none" : String($0) }.reduce("") { $0 + "/" + $1 })
        }
    }

    /// Script elements without a source, and handlers in attributes.
    private static func inlineScripts(in html: String) -> [String] {
        let scripts = html.matches(of: /<script[^>]*>/).map { String($0.0) }.filter { !$0.contains(" src=\"") }
        return scripts + html.matches(of: /\son[a-z]+="/).map { String($0.0) }
    }

    @Test("every page answers every role with a page, what is not theirs with 403 or 404, and never with a failure")
    func everyPageAsEveryRole() async throws {
        try await ConsoleServer.run { server in
            for role in AccountRole.allCases {
                let visitor = try await server.visitor(role)
                for (page, path) in Self.paths(server.parts) {
                    let reply = try await visitor.get(path.isEmpty ? "/" : path)
                    if page.isOpen(to: role) {
                        #expect([200, 303, 404].contains(reply.status), "\(role) \(page.path)")
                    } else {
                        #expect(reply.status == 403, "\(role) \(page.path)")
                    }
                    guard reply.status != 303, reply.headers["content-type"]?.hasPrefix("text/html") == true else { continue }
                    #expect(MarkupCheck(reply.text).faults == [], "\(role) \(page.path)")
                    #expect(reply.headers["content-security-policy"] == Replies.policy)
                    #expect(!reply.text.contains(" style=\"") && !reply.text.contains("<style") && !reply.text.contains("http://"))
                    #expect(Self.inlineScripts(in: reply.text) == [], "\(page.path)")
                }
            }
        }
    }

    @Test("who is not signed in is led to sign in, and comes back to where they wanted to go")
    func nobody() async throws {
        try await ConsoleServer.run { server in
            for (page, path) in Self.paths(server.parts) where page.roles != nil {
                let reply = try await server.nobody.get(path.isEmpty ? "/" : path)
                #expect(reply.status == 303, "\(page.path)")
                #expect(reply.headers["location"]?.hasPrefix("/sign-in") == true, "\(page.path)")
            }
            #expect(try await server.nobody.get("/accounts?after=1").headers["location"] == "/sign-in?to=%2Faccounts%3Fafter%3D1")
        }
    }

    @Test("a form that is not from a page of the session changes nothing")
    func foreignForms() async throws {
        try await ConsoleServer.run { server in
            let owner = try await server.visitor(.owner)
            for page in Pages.all(server.parts) where page.method == .post && page.roles != nil {
                let path = page.path.replacing("{account}", with: "acc_1")
                #expect(try await owner.post(path, ["csrf": "wrong"]).status == 403, "\(page.path)")
                #expect(try await owner.post(path, [:], ["Sec-Fetch-Site": "cross-site"]).status == 403, "\(page.path)")
                #expect(try await owner.post(path, [:], ["Origin": "http://elsewhere.example"]).status == 403, "\(page.path)")
            }
            #expect(try await server.nobody.post("/sign-in", ["login": "x"], ["Sec-Fetch-Site": "cross-site"]).status == 403)
        }
    }

    @Test("what pages need from the server is kept for good under a path of its content")
    func assets() async throws {
        try await ConsoleServer.run { server in
            var bytes = 0
            for asset in Assets.all {
                let reply = try await server.nobody.get(asset.path)
                let kept = asset.isForGood ? "public, max-age=31536000, immutable" : "no-cache"
                #expect(reply.status == 200 && reply.headers["cache-control"] == kept)
                #expect(reply.text == asset.text, "a client takes it compressed or plain as the same")
                bytes += reply.text.utf8.count
            }
            let first = try await server.visitor(.owner).get("/tower")
            #expect(bytes + first.text.utf8.count < 150_000)
        }
    }

    @Test("every page is in the navigation of a role that may see it, or another one leads to it")
    func navigation() async throws {
        try await ConsoleServer.run { server in
            let page = try await server.visitor(.owner).get("/accounts").text
            #expect(page.contains(#"<a href="/accounts" aria-current="page">"#) && page.contains(#"href="/tower""#))
            #expect(try await !server.visitor(.floor).get("/account").text.contains(#"href="/accounts""#))
        }
    }
}
