import ArgumentParser
import Foundation
import Glibc
import Kernel

/// The buyers, in a process of their own: keeps connections busy, or sends at a rate, and says how long answers took.
struct SurgeClient: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "surge-client", abstract: "What surge starts as its clients.", shouldDisplay: false)

    @Option var port: Int
    @Option var key: String
    @Option var path = "/v1/orders"
    /// Orders in a request.
    @Option var orders = 1
    @Option var connections = 64
    @Option var seconds = 5.0
    /// Requests a second; 0: as fast as answers come.
    @Option var rate = 0.0
    @Option(name: .customLong("run")) var name: String
    @Flag var hot = false
    /// Pages through the orders instead, each connection at its own place.
    @Flag var read = false

    func run() throws {
        if read { return try page() }
        let head = "POST \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\n"
        var orders = SurgeOrders(run: name, seed: 1, isHot: hot)
        let size = self.orders
        var load = try SurgeLoad(port: port, connections: connections, rate: rate) { _ in
            let body = orders.body(orders: size)
            return Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body
        }
        try load.run(seconds: seconds)
        print(load.summary.text)
    }

    private func page() throws {
        let key = key
        var load = try SurgeLoad(port: port, connections: connections, rate: rate) { answer in
            let page = (try? JSON(String(decoding: answer, as: UTF8.self)))?["next"]?.string.map { "&cursor=\($0)" } ?? ""
            return Array("GET /v1/orders?limit=50\(page) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\n\r\n".utf8)
        }
        try load.run(seconds: seconds)
        print(load.summary.text)
    }
}

/// Requests over keep-alive connections, one at a time each, driven by poll on one thread.
struct SurgeLoad {
    private struct Lane {
        let socket: Int32
        /// Nil where it waits for work; the moment the request was due.
        var since: Double?
        var answer: [UInt8] = []
        /// The body of its last answer.
        var last: ArraySlice<UInt8> = []
    }

    private var lanes: [Lane] = []
    private var idle: [Int] = []
    private var watched: [pollfd] = []
    private let rate: Double
    private let make: (ArraySlice<UInt8>) -> [UInt8]
    private var millis: [Double] = []
    private var taken = 0
    private var refused = 0
    private var elapsed = 0.0
    private var failure: String?

    /// - Parameter make: a request, given the body of the connection's last answer.
    init(port: Int, connections: Int, rate: Double, _ make: @escaping (ArraySlice<UInt8>) -> [UInt8]) throws {
        self.rate = rate
        self.make = make
        for index in 0..<connections {
            lanes.append(Lane(socket: try Self.connected(to: port)))
            watched.append(pollfd(fd: lanes[index].socket, events: Int16(POLLIN), revents: 0))
            idle.append(index)
        }
    }

    private static func connected(to port: Int) throws -> Int32 {
        let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in(), one: Int32 = 1
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(made, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard status == 0 else { throw SurgeFailed(reason: "no connection to port \(port)") }
        setsockopt(made, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        return made
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    mutating func run(seconds: Double) throws {
        let start = Self.now, end = start + seconds
        var due = start, busy = 0
        while failure == nil {
            let now = Self.now
            // A request that is late counts from when it was due: a slow server must not slow its own measure down.
            while let lane = idle.last, now < end, rate == 0 || due <= now {
                idle.removeLast()
                try send(make(lanes[lane].last), on: lane, since: rate == 0 ? now : due)
                if rate > 0 { due += 1 / rate }
                busy += 1
            }
            if now >= end, busy == 0 || now > end + 30 { break }
            let patience = rate > 0 && !idle.isEmpty ? max(0, min(1, due - now)) : 1
            guard poll(&watched, nfds_t(watched.count), Int32((patience * 1000).rounded(.down))) > 0 else { continue }
            for lane in watched.indices where watched[lane].revents != 0 { if try receive(on: lane) { busy -= 1 } }
        }
        elapsed = Self.now - start
        for lane in lanes { close(lane.socket) }
        if let failure { throw SurgeFailed(reason: failure) }
    }

    private mutating func send(_ bytes: [UInt8], on lane: Int, since: Double) throws {
        lanes[lane].since = since
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(lanes[lane].socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw SurgeFailed(reason: "a connection broke on sending") }
            sent += count
        }
    }

    /// True where an answer is whole.
    private mutating func receive(on lane: Int) throws -> Bool {
        let space = 65_536
        let got = [UInt8](unsafeUninitializedCapacity: space) { buffer, count in
            count = max(0, recv(lanes[lane].socket, buffer.baseAddress, space, 0))
        }
        guard !got.isEmpty else { throw SurgeFailed(reason: "a connection was closed by the server") }
        lanes[lane].answer += got
        guard let (head, length) = Self.head(lanes[lane].answer), lanes[lane].answer.count >= head + length else { return false }
        let answer = lanes[lane].answer
        lanes[lane].answer.removeAll(keepingCapacity: true)
        settle(answer, body: head)
        lanes[lane].last = answer[head...]
        millis.append((Self.now - (lanes[lane].since ?? 0)) * 1000)
        lanes[lane].since = nil
        idle.append(lane)
        return true
    }

    private mutating func settle(_ answer: [UInt8], body: Int) {
        let status = String(decoding: answer[9..<12], as: UTF8.self)
        guard status.hasPrefix("2") else {
            refused += 1
            if status != "503" { failure = String(decoding: answer.prefix(2000), as: UTF8.self) }
            return
        }
        taken += max(1, Self.count("\"is_repeat\":false", in: answer))
        let problems = Self.count("\"problem\":{", in: answer)
        refused += problems
        if problems > 0 { failure = String(decoding: answer[body...].prefix(2000), as: UTF8.self) }
    }

    private static func count(_ word: StaticString, in bytes: [UInt8]) -> Int {
        word.withUTF8Buffer { word in
            bytes.withUnsafeBufferPointer { bytes in
                var found = 0, at = 0
                while at + word.count <= bytes.count {
                    guard bytes[at] == word[0], bytes[at..<at + word.count].elementsEqual(word) else {
                        at += 1
                        continue
                    }
                    found += 1
                    at += word.count
                }
                return found
            }
        }
    }

    /// Where the body begins, and its length; nil where the head is not whole.
    private static func head(_ bytes: [UInt8]) -> (Int, Int)? {
        let limit = min(bytes.count, 4096)
        guard limit > 4, let end = (3..<limit).first(where: { bytes[$0] == 10 && bytes[$0 - 1] == 13 && bytes[$0 - 2] == 10 }) else {
            return nil
        }
        let text = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        guard let field = text.range(of: "content-length: ") else { return (end + 1, 0) }
        return (end + 1, Int(text[field.upperBound...].prefix { $0.isNumber }) ?? 0)
    }

    var summary: JSON {
        let sorted = millis.sorted()
        func micros(_ share: Double) -> JSON {
            sorted.isEmpty ? .int(0) : .int(Int64(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] * 1000))
        }
        return [
            "taken": .int(Int64(taken)), "refused": .int(Int64(refused)), "micros": .int(Int64(elapsed * 1e6)),
            "p50Micros": micros(0.5), "p99Micros": micros(0.99), "requests": .int(Int64(sorted.count)),
        ]
    }
}
