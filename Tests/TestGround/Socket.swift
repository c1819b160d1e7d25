import Foundation

/// The few calls of a TCP socket that a test's proxy needs.
struct Socket: Sendable {
    let descriptor: Int32

    struct Failure: Error {
        let call: String
        let code: Int32
    }

    #if os(Linux)
        private static let stream = Int32(SOCK_STREAM.rawValue), noSignal = Int32(MSG_NOSIGNAL)
    #else
        private static let stream = SOCK_STREAM, noSignal: Int32 = 0
    #endif

    /// Listens on a free port of the loopback interface.
    static func listening() throws -> (Socket, port: Int) {
        let socket = Socket(descriptor: try checked("socket", Foundation.socket(AF_INET, stream, 0)))
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        try address.withSockaddr { try checked("bind", bind(socket.descriptor, $0, size)) }
        try checked("listen", listen(socket.descriptor, 64))
        try address.withSockaddr { try checked("getsockname", getsockname(socket.descriptor, $0, &size)) }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// Connects to a port of this machine.
    static func connected(to port: Int) throws -> Socket {
        let socket = Socket(descriptor: try checked("socket", Foundation.socket(AF_INET, stream, 0)))
        var address = loopback(UInt16(port))
        try address.withSockaddr {
            try checked("connect", connect(socket.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)))
        }
        return socket
    }

    /// Nil once the socket was shut down.
    func accepted() -> Socket? {
        let accepted = accept(descriptor, nil, nil)
        return accepted < 0 ? nil : Socket(descriptor: accepted)
    }

    /// What arrives next; empty at the end of the stream.
    func receive() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(0, count)))
    }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Self.noSignal) }
            if sent <= 0 { return }
            rest = rest.dropFirst(sent)
        }
    }

    /// Ends the stream in both directions; whoever waits on it wakes up.
    func cut() { shutdown(descriptor, 2) }
    func close() { Foundation.close(descriptor) }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    @discardableResult
    private static func checked(_ call: String, _ code: Int32) throws -> Int32 {
        guard code >= 0 else { throw Failure(call: call, code: errno) }
        return code
    }
}

extension sockaddr_in {
    @discardableResult
    fileprivate mutating func withSockaddr<T>(_ body: (UnsafeMutablePointer<sockaddr>) throws -> T) rethrows -> T {
        try withUnsafeMutablePointer(to: &self) { try $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
    }
}
