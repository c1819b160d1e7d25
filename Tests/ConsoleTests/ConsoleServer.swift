import Facilities
import Flows
import Foundation
import FoundationNetworking
import HTTPAPI
import Hummingbird
import Identity
import Kernel
import Logging
import Rehearsal
import ServiceLifecycle
import Store
import TestGround
import Views

@testable import Console

/// The console over the demo's network, and a way to visit it.
struct ConsoleServer: Sendable {
    let store: Store
    let parts: ConsoleParts
    let url: URL

    /// Cheap enough for a test.
    static let cost = Password.Cost(logRounds: 4, parallelism: 1)

    /// Runs the console on a free port of the loopback address while `body` visits it.
    static func run<Result: Sendable>(
        _ kind: EngineKind = .sqliteFile, isDemo: Bool = true, isBehindTLS: Bool = false,
        clock: @escaping @Sendable () -> Instant = { .wallClock }, _ body: @Sendable (ConsoleServer) async throws -> Result
    ) async throws -> Result {
        try await withDatabase(kind) { database in
            try database.stepper(migrations: Assembly.migrations, now: .wallClock).perform(DemoNetwork())
            let store = try database.store(migrations: Assembly.migrations, clock: { .wallClock })
            defer { store.close() }
            if isDemo { try await DemoAccounts.prepare(store, now: clock()) }
            let vault = Vault(try MasterKey(id: "test", bytes: Array(repeating: 7, count: 32)))
            let parts = ConsoleParts(
                store: store, orders: OrderDesk(network: NetworkCache(), vault: vault),
                isBehindTLS: isBehindTLS, isDemo: isDemo, passwordCost: cost, freshness: .zero,
                clock: clock, picture: { .sample })
            return try await serve(store, parts, body)
        }
    }

    static func serve<Result: Sendable>(
        _ store: Store, _ parts: ConsoleParts, _ body: @Sendable (ConsoleServer) async throws -> Result
    ) async throws -> Result {
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        try ConsoleRoutes(parts).add(to: router)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let app = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in running.yield(channel.localAddress?.port ?? 0) }, logger: quiet)
        let group = ServiceGroup(configuration: .init(services: [app], logger: quiet))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            guard let port = await ports.first(where: { _ in true }), let url = URL(string: "http://127.0.0.1:\(port)")
            else { throw CancellationError() }
            let result = await resultOf { try await body(ConsoleServer(store: store, parts: parts, url: url)) }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try result.get()
        }
    }

    private static func resultOf<T: Sendable>(_ body: () async throws -> T) async -> Swift.Result<T, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }

    /// Somebody who is signed in with this role, as the demo lets them in.
    func visitor(_ role: AccountRole) async throws -> Visitor {
        let answer = try await Visitor(url: url).post("/sign-in/demo", ["role": role.rawValue])
        guard let cookie = answer.cookie else { throw CancellationError() }
        return Visitor(url: url, cookie: cookie)
    }

    var nobody: Visitor { Visitor(url: url) }
}

/// A browser as far as a plain client is one: it keeps its session and follows nothing by itself.
struct Visitor: Sendable {
    let url: URL
    var cookie: String?

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> PageReply { try await send("GET", path, nil, headers) }

    /// Posts with the form's token of this session, unless `form` has one.
    func post(_ path: String, _ form: [String: String] = [:], _ headers: [String: String] = [:]) async throws -> PageReply {
        var form = form
        if form["csrf"] == nil, let token = cookie?.split(separator: "=").last?.split(separator: ".").first {
            form["csrf"] = Visit.formToken(APIToken(String(token)))
        }
        let body = form.map { "\(FormValues.encoded($0.key))=\(FormValues.encoded($0.value))" }.sorted().joined(separator: "&")
        return try await send("POST", path, body, headers)
    }

    private func send(_ method: String, _ path: String, _ body: String?, _ headers: [String: String]) async throws -> PageReply {
        guard let address = URL(string: url.absoluteString + path) else { throw CancellationError() }
        var request = URLRequest(url: address, timeoutInterval: 20)
        request.httpMethod = method
        request.httpShouldHandleCookies = false
        request.httpBody = body.map { Data($0.utf8) }
        if body != nil { request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type") }
        if let cookie { request.setValue(cookie, forHTTPHeaderField: "Cookie") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let session = URLSession(configuration: .ephemeral, delegate: StayHere(), delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request)
        guard let answer = response as? HTTPURLResponse else { throw CancellationError() }
        let fields = answer.allHeaderFields.map { (String(describing: $0).lowercased(), String(describing: $1)) }
        return PageReply(
            status: answer.statusCode, headers: Dictionary(fields, uniquingKeysWith: { _, last in last }),
            text: String(decoding: data, as: UTF8.self))
    }
}

/// An answer as the visitor sees it.
struct PageReply: Sendable {
    let status: Int
    let headers: [String: String]
    let text: String

    /// The session that it opens, as a browser sends it back.
    var cookie: String? {
        headers["set-cookie"].flatMap { $0.split(separator: ";").first.map(String.init) }
            .flatMap { $0.hasPrefix(SessionCookie.name + "=") && !$0.hasSuffix("=") ? $0 : nil }
    }
}

/// Leaves redirects to the one who asked.
private final class StayHere: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) { completionHandler(nil) }
}
