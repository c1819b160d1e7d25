import Foundation
import FoundationNetworking
import Kernel

/// Sends what an adapter says, with the names it knows filled in.
struct ShopClient: Sendable {
    struct Reply: Sendable {
        var status: Int
        var json: JSON
        var text: String
    }

    let base: String
    let headers: [String: String]
    private let session: URLSession

    init(_ adapter: ShopAdapter) {
        base = adapter.base
        headers = adapter.headers ?? [:]
        let settings = URLSessionConfiguration.ephemeral
        settings.httpMaximumConnectionsPerHost = adapter.atOnce
        settings.timeoutIntervalForRequest = 60
        session = URLSession(configuration: settings)
    }

    /// Throws where no answer came or a name is not known.
    func send(_ step: ShopAdapter.Step, _ names: [String: String]) async throws -> Reply {
        guard let url = URL(string: try Self.filled(base + step.path, names)) else {
            throw InvalidInput(field: "/path", "\(base + step.path) is no address.")
        }
        var request = URLRequest(url: url)
        request.httpMethod = step.method
        if let body = step.body {
            request.httpBody = Data(try Self.filled(body.text, names).utf8)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        for (name, value) in headers.merging(step.headers ?? [:], uniquingKeysWith: { _, own in own }) {
            request.setValue(try Self.filled(value, names), forHTTPHeaderField: name)
        }
        let (data, response) = try await session.data(for: request)
        let text = String(decoding: data, as: UTF8.self)
        return Reply(
            status: (response as? HTTPURLResponse)?.statusCode ?? 0, json: (try? JSON(text)) ?? .null, text: text)
    }

    /// A whole number that stands alone in quotes becomes a number: `"${units}"` → `100`; `"#${run}"` stays text.
    static func filled(_ text: String, _ names: [String: String]) throws -> String {
        var result = "", rest = text[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            let name = String(rest[start.upperBound..<end])
            guard let value = value(name, names) else { throw InvalidInput(field: "/\(name)", "Nothing is known as \(name).") }
            let after = rest.index(after: end)
            let alone = rest[..<start.lowerBound].hasSuffix("\"") && rest[after...].hasPrefix("\"")
            if alone, Int64(value) != nil {
                result += rest[..<start.lowerBound].dropLast() + value
                rest = rest[after...].dropFirst()
            } else {
                result += rest[..<start.lowerBound] + value
                rest = rest[after...]
            }
        }
        return result + rest
    }

    private static func value(_ name: String, _ names: [String: String]) -> String? {
        guard name.hasPrefix("env:") else { return names[name] }
        return ProcessInfo.processInfo.environment[String(name.dropFirst(4))]
    }
}
