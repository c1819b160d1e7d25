import Foundation
import Kernel

@testable import HTTPAPI

#if canImport(Glibc)
    import Glibc
#endif

/// A plain HTTP/1.1 client over a socket: one request a connection, bytes as given, so that wrong ones can be sent.
struct PlainClient: Sendable {
    var port: Int
    var key: String?

    func with(key: String) -> PlainClient { PlainClient(port: port, key: key) }

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await send("GET", path, headers)
    }

    func post(_ path: String, _ body: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await send("POST", path, headers, Array(body.utf8))
    }

    /// - Parameter body: sent as JSON unless `headers` say otherwise.
    func send(_ method: String, _ path: String, _ headers: [String: String] = [:], _ body: [UInt8]? = nil) async throws
        -> Reply
    {
        var all = ["Host": "localhost:\(port)", "Connection": "close"]
        if let key { all["Authorization"] = "Bearer \(key)" }
        if let body {
            all["Content-Type"] = "application/json"
            all["Content-Length"] = String(body.count)
        }
        all.merge(headers) { _, own in own }
        let head = all.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }
            .joined()
        return try await exchange(Array("\(method) \(path) HTTP/1.1\r\n\(head)\r\n".utf8) + (body ?? []))
    }

    /// Sends the bytes and reads the answer, on a thread of its own: a blocked thread of the pool would be one that
    /// the server lacks.
    func exchange(_ bytes: [UInt8]) async throws -> Reply {
        let port = port
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try Self.exchange(bytes, port) }) }
        }
    }

    private static func exchange(_ bytes: [UInt8], _ port: Int) throws -> Reply {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failed(description: "no connection to port \(port)") }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        return try Reply(readToEnd(socket))
    }

    private static func readToEnd(_ socket: Int32) -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(socket, &chunk, chunk.count, 0)
            guard count > 0 else { return all }
            all += chunk[..<count]
        }
    }
}

/// The answer to a request, with a body of known length.
struct Reply: Sendable {
    let status: Int
    /// By lower-case name.
    let headers: [String: String]
    let body: String

    init(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else {
            throw PlainClient.Failed(description: "no answer: '\(text)'")
        }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw PlainClient.Failed(description: lines[0]) }
        self.status = status
        headers = Dictionary(
            lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map {
                    (line[..<$0].lowercased(), line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces))
                }
            }, uniquingKeysWith: { $0 + "," + $1 })
        body = String(text[end.upperBound...])
    }

    func decoded<T: Decodable>(_ type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: Data(body.utf8))
    }

    var json: JSON { get throws { try JSON(body) } }

    /// The code of the problem that the body is.
    var code: String? { try? decoded(Problem.self).code }
    var violations: [Violation] { (try? decoded(Problem.self).errors) ?? [] }
}
