import Foundation
import FoundationNetworking
import HTTPAPI
import Hummingbird
import Kernel
import Logging
import ServiceLifecycle
import Views

@testable import Console

/// An answer of the server as a plain client sees it.
struct PageAnswer: Sendable {
    let status: Int
    let headers: [String: String]
    let text: String
}

/// Runs the console on a free port of the loopback address while `body` talks to it.
func withConsole<Result: Sendable>(
    _ access: ConsoleAccess, freshness: Duration = .zero, journey: @escaping @Sendable () async throws -> Journey,
    _ body: @Sendable (URL) async throws -> Result
) async throws -> Result {
    let (ports, running) = AsyncStream.makeStream(of: Int.self)
    let router = Router()
    try ConsoleRoutes(access, freshness: freshness, journey: journey).add(to: router)
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let app = Application(
        router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { channel in running.yield(channel.localAddress?.port ?? 0) }, logger: quiet)
    let group = ServiceGroup(configuration: .init(services: [app], logger: quiet))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        guard let port = await ports.first(where: { _ in true }), let url = URL(string: "http://127.0.0.1:\(port)/")
        else { throw CancellationError() }
        let result = await resultOf { try await body(url) }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return try result.get()
    }
}

private func resultOf<T: Sendable>(_ body: () async throws -> T) async -> Swift.Result<T, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
}

func fetch(_ url: URL, bearer: String? = nil) async throws -> PageAnswer {
    var request = URLRequest(url: url, timeoutInterval: 10)
    if let bearer { request.setValue("Bearer \(bearer)", forHTTPHeaderField: "Authorization") }
    let (data, response) = try await URLSession.shared.data(for: request)
    guard let answer = response as? HTTPURLResponse else { throw CancellationError() }
    let headers = answer.allHeaderFields.map { (String(describing: $0).lowercased(), String(describing: $1)) }
    return PageAnswer(
        status: answer.statusCode, headers: Dictionary(headers, uniquingKeysWith: { _, last in last }),
        text: String(decoding: data, as: UTF8.self))
}

/// Knows two keys: one of the operator, one of a merchant.
struct TwoKeys: KeyLookup {
    func caller(forBearer token: String) async throws -> Caller? {
        switch token {
        case "wb_operator": Caller(keyID: KeyID(1), role: .operator, name: "operator")
        case "wb_merchant": Caller(keyID: KeyID(2), role: .merchant(MerchantID(3)), name: "merchant")
        default: nil
        }
    }
}
