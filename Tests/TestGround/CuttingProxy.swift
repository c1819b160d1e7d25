import Foundation
import Synchronization

/// Stands between a node and its server, and cuts the connection when it sees COMMIT go by.
package final class CuttingProxy: Sendable {
    package enum Cut: CaseIterable, Sendable {
        /// The server never sees the COMMIT.
        case before
        /// The server commits, and its answer is lost.
        case after
        /// The server has the COMMIT and may be at any point of it.
        case amid
    }

    private struct State {
        var armed: Cut?
        var outage = 0.0
        var awayUntil = DispatchTime.now()
        var cuts = 0
    }

    private let state = Mutex(State())
    private let listener: Socket
    private let serverPort: Int
    /// The server's URL by way of this proxy.
    package let url: String

    package init(to server: String) throws {
        guard var parts = URLComponents(string: server) else { throw Socket.Failure(call: "url", code: 0) }
        serverPort = parts.port ?? 5432
        let (listener, port) = try Socket.listening()
        self.listener = listener
        parts.host = "127.0.0.1"
        parts.port = port
        parts.query = "sslmode=disable&gssencmode=disable"
        url = parts.string ?? ""
        Thread { [self] in while let client = self.listener.accepted() { self.serve(client) } }.start()
    }

    package var cuts: Int { state.withLock { $0.cuts } }

    /// Cuts at the next COMMIT, and stays away for so many seconds after it.
    package func arm(_ cut: Cut, outage: Double = 0) {
        state.withLock { ($0.armed, $0.outage) = (cut, outage) }
    }

    package func close() {
        listener.cut()
        listener.close()
    }

    private func serve(_ client: Socket) {
        let isAway = state.withLock { DispatchTime.now() < $0.awayUntil }
        guard !isAway, let server = try? Socket.connected(to: serverPort) else { return client.close() }
        let link = Link(client: client, server: server)
        link.spawn { [self] in pumpUp(link) }
        link.spawn { link.pumpDown() }
        link.closeAtEnd()
    }

    private func pumpUp(_ link: Link) {
        while true {
            let bytes = link.client.receive()
            if bytes.isEmpty { return }
            guard let cut = Self.holdsCommit(bytes) ? takeArmed() : nil else {
                link.server.send(bytes)
                continue
            }
            switch cut {
            case .before: break
            case .after:
                link.mute()
                link.server.send(bytes)
                link.awaitAnswer()
            case .amid: link.server.send(bytes)
            }
            return
        }
    }

    private func takeArmed() -> Cut? {
        state.withLock { state in
            guard let cut = state.armed else { return nil }
            state.armed = nil
            state.cuts += 1
            state.awayUntil = .now() + state.outage
            return cut
        }
    }

    /// A simple query of the text COMMIT: 'Q', its length, the text and a zero.
    private static let commit: [UInt8] = [0x51, 0, 0, 0, 11] + Array("COMMIT".utf8) + [0]

    private static func holdsCommit(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: commit) }
    }
}

/// One connection through the proxy.
private final class Link: Sendable {
    let client: Socket
    let server: Socket
    private let pumps = DispatchGroup()
    private let isMuted = Mutex(false)
    private let answered = DispatchSemaphore(value: 0)

    init(client: Socket, server: Socket) {
        self.client = client
        self.server = server
    }

    func spawn(_ pump: @escaping @Sendable () -> Void) {
        pumps.enter()
        Thread { [self] in
            pump()
            client.cut()
            server.cut()
            pumps.leave()
        }.start()
    }

    /// The descriptors are given back when both directions are done with them.
    func closeAtEnd() {
        pumps.notify(queue: .global()) { [client, server] in
            client.close()
            server.close()
        }
    }

    func pumpDown() {
        while true {
            let bytes = server.receive()
            if bytes.isEmpty { return }
            if isMuted.withLock({ $0 }) { answered.signal() } else { client.send(bytes) }
        }
    }

    /// From now on the client hears nothing.
    func mute() { isMuted.withLock { $0 = true } }
    func awaitAnswer() { _ = answered.wait(timeout: .now() + 10) }
}
